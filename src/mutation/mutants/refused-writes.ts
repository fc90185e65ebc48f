import { alterAnswers, aroundCalls, rereadable } from './alter-answers.ts';
import { brokenRequests } from './broken-requests.ts';
import { absentPath } from './error-answers.ts';
import { isRefusal } from './json-answers.ts';
import type { MutantOperator } from './mutant.ts';
import { looksAfter, roleOf } from './roles.ts';
import { endingIn } from './script.ts';
import { overlook } from './validation.ts';

/** Faults of state where an operation should have refused. */
export const refusedWrites: readonly MutantOperator[] = [
  {
    id: 'refused-and-stored',
    family: 'state',
    fault: 'What is refused as invalid is stored all the same.',
    mutations: (subject) =>
      subject.scripts.flatMap((script) => {
        const { operation } = script;
        const role = roleOf(subject.api, operation);
        const broken = brokenRequests(subject, script).find(({ location }) => location.startsWith('body/'));
        if ((role !== 'create' && role !== 'update') || !broken) return [];
        return [
          {
            place: operation.id,
            operation,
            plant: (api) => {
              const lenient = overlook(api, operation, () => true);
              return aroundCalls(api, operation, async ({ next, request }) => {
                const kept = rereadable(request);
                const response = await next(kept);
                if (response.status === 400 || response.status === 422) await next(kept, lenient);
                return response;
              });
            },
            witness: [...script.before, broken.request, ...looksAfter(subject, script)],
          },
        ];
      }),
  },
  {
    id: 'absent-accepted',
    family: 'state',
    fault: 'A record that is not there is answered as if it were.',
    mutations: (subject) =>
      subject.scripts.flatMap((script) => {
        const { answer, operation, request } = script;
        const path = absentPath(operation, request.path);
        if (path === undefined) return [];
        return [
          {
            place: operation.id,
            operation,
            plant: (api) =>
              alterAnswers(api, operation, (response) => {
                if (!isRefusal(response) || response.status !== 404) return response;
                const { 'content-type': type } = answer.headers;
                return {
                  status: answer.status,
                  headers: type === undefined ? {} : { 'content-type': type },
                  body: answer.body === '' ? undefined : answer.body,
                };
              }),
            witness: endingIn(script, { path }),
          },
        ];
      }),
  },
];
