import type { Operation } from '../../openapi/document/document.ts';
import { pathFactsOf } from '../../openapi/infer/path-facts.ts';
import type { ApiResponse } from '../../server/message/api-message.ts';
import { alterAnswers } from './alter-answers.ts';
import { brokenRequests } from './broken-requests.ts';
import { isRefusal } from './json-answers.ts';
import type { MutantOperator, MutationSubject } from './mutant.ts';
import { endingIn, type Script, type WitnessRequest } from './script.ts';

type Change = (response: ApiResponse) => ApiResponse;

const changes: readonly (readonly [id: string, fault: string, change: Change])[] = [
  ['error-as-500', 'crashes where it should refuse', (response) => ({ ...response, status: 500 })],
  ['error-as-200', 'answers errors with 200', (response) => ({ ...response, status: 200 })],
  ['error-status-undeclared', 'refuses with 418', (response) => ({ ...response, status: 418 })],
  [
    'error-body-other',
    'answers errors in a shape of its own',
    (response) => ({
      ...response,
      headers: { ...response.headers, 'content-type': 'application/json' },
      body: '{"oops":["sparring"]}',
    }),
  ],
  [
    'error-body-html',
    'answers errors as pages of HTML',
    (response) => ({
      ...response,
      headers: { ...response.headers, 'content-type': 'text/html' },
      body: '<h1>Error</h1>',
    }),
  ],
  [
    'error-body-missing',
    'answers errors without a body',
    ({ headers, ...response }) => {
      const { 'content-type': _, ...rest } = headers;
      return { ...response, headers: rest, body: undefined };
    },
  ],
];

/** Faults of an operation's refusals. */
export const errorAnswers: readonly MutantOperator[] = changes.map(([id, fault, change]) => ({
  id,
  family: 'answers',
  fault: `The server ${fault}.`,
  mutations: (subject) =>
    subject.scripts.flatMap((script) => {
      const { operation } = script;
      const witness = refusedRequest(subject, script);
      if (!witness) return [];
      return [
        {
          place: operation.id,
          operation,
          plant: (api) =>
            alterAnswers(api, operation, (response) =>
              // Who may not call is another matter.
              isRefusal(response) && response.status !== 401 ? change(response) : response,
            ),
          witness,
        },
      ];
    }),
}));

/** A request that a healthy mock refuses: one that breaks a rule, else one for a record that is not there. */
function refusedRequest(subject: MutationSubject, script: Script): readonly WitnessRequest[] | undefined {
  const [broken] = brokenRequests(subject, script);
  if (broken) return [...script.before, broken.request];
  const path = absentPath(script.operation, script.request.path);
  return path === undefined ? undefined : endingIn(script, { path });
}

/** The path of a record that is not there; undefined where the path names none. */
export function absentPath(operation: Operation, path: string): string | undefined {
  if (pathFactsOf(operation.path)?.idParameter === undefined) return undefined;
  const [before = '', query] = path.split('?', 2);
  const parts = before.replace(/\/$/, '').split('/');
  const id = decodeURIComponent(parts.at(-1) ?? '');
  const absent = /^\d+$/.test(id)
    ? String(Number(id) + 987_654)
    : id
        .replaceAll(/[0-9a-f]/g, (digit) => (digit === '0' ? '1' : digit === 'f' ? 'e' : digit))
        .replace(/.$/, '0');
  const slash = before.endsWith('/') ? '/' : '';
  const whole = `${[...parts.slice(0, -1), encodeURIComponent(absent)].join('/')}${slash}`;
  return query === undefined ? whole : `${whole}?${query}`;
}
