import { findResponse } from '../../openapi/document/find-response.ts';
import { isJsonType, parseMediaType } from '../../openapi/document/media-type.ts';
import type { ApiResponse } from '../../server/message/api-message.ts';
import { alterAnswers } from './alter-answers.ts';
import { answerText, isSuccess } from './json-answers.ts';
import type { MutantOperator } from './mutant.ts';
import type { Script } from './script.ts';

/** What becomes of a success; the count is that of the operation's successes, from 1. */
type Change = (response: ApiResponse, script: Script, count: number) => ApiResponse;

const html = '<!doctype html><title>Error</title><h1>Something went wrong</h1>';

/** Faults of a success as a message: its status, its headers, and how its body is written. */
const changes: readonly (readonly [id: string, fault: string, change: Change])[] = [
  ['status-500', 'fails with 500', (response) => ({ ...response, status: 500 })],
  [
    'status-undeclared',
    'answers a success with a status that is not declared',
    (response, { operation }) => ({
      ...response,
      status: [202, 203, 206, 200].find((status) => !isDeclared(operation, status)) ?? 299,
    }),
  ],
  [
    'status-swapped',
    'answers 200 for 201, or 201 for 200',
    (response) => ({ ...response, status: response.status === 200 ? 201 : 200 }),
  ],
  [
    'redirected',
    'redirects to a sign-in page in place of answering',
    () => ({ status: 302, headers: { location: '/login' }, body: undefined }),
  ],
  ['body-missing', 'leaves the body of a success out', (response) => ({ ...response, body: undefined })],
  [
    'body-truncated',
    'breaks the JSON of a success off in the middle',
    (response) => ({
      ...response,
      body: answerText(response).slice(0, Math.floor(answerText(response).length / 2)),
    }),
  ],
  [
    'body-encoded-twice',
    'answers JSON within a JSON text',
    (response) => ({ ...response, body: JSON.stringify(answerText(response)) }),
  ],
  [
    'body-utf16',
    'writes a body in UTF-16 that is said to be UTF-8',
    (response) => ({ ...response, body: Buffer.from(`\ufeff${answerText(response)}`, 'utf16le') }),
  ],
  [
    'body-html',
    'answers a page of HTML with a good status',
    (response) => ({
      ...response,
      headers: { ...response.headers, 'content-type': 'text/html; charset=utf-8' },
      body: html,
    }),
  ],
  [
    'media-type-wrong',
    'says that its JSON is plain text',
    (response) => ({ ...response, headers: { ...response.headers, 'content-type': 'text/plain' } }),
  ],
  [
    'media-type-missing',
    'does not say what its body is',
    (response) => {
      const { 'content-type': _, ...headers } = response.headers;
      return { ...response, headers };
    },
  ],
  [
    'fails-now-and-then',
    'fails with 503 every third time',
    (response, _, count) => (count % 3 === 0 ? { status: 503, headers: {}, body: undefined } : response),
  ],
];

export const answerMessages: readonly MutantOperator[] = changes.map(([id, fault, change]) => ({
  id,
  family: 'answers',
  fault: `The server ${fault}.`,
  mutations: ({ scripts }) =>
    scripts
      .filter(({ answer }) => isSuccess(answer) && (isJson(answer) || !/^(?:body|media-type)/.test(id)))
      .map((script) => ({
        place: script.operation.id,
        operation: script.operation,
        plant(api) {
          let count = 0;
          return alterAnswers(api, script.operation, (response) => {
            if (!isSuccess(response)) return response;
            count += 1;
            return change(response, script, count);
          });
        },
        // What happens now and then is seen by asking again.
        witness: [...script.before, script.request, ...repeated(id, script)],
      })),
}));

function isJson({ body, headers }: Script['answer']): boolean {
  return body !== '' && isJsonType(parseMediaType(headers['content-type'] ?? '')?.essence ?? '');
}

function repeated(id: string, { request }: Script) {
  return id === 'fails-now-and-then' ? [request, request] : [];
}

function isDeclared(operation: Script['operation'], status: number): boolean {
  return findResponse(operation, status) !== undefined;
}
