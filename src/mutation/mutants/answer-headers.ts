import { findResponse } from '../../openapi/document/find-response.ts';
import { alterAnswers } from './alter-answers.ts';
import type { MutantOperator } from './mutant.ts';

/** Headers of a success that are declared and sent. */
function headersOperator(
  id: string,
  fault: string,
  change: (value: string) => string | undefined,
): MutantOperator {
  return {
    id,
    family: 'answers',
    fault,
    mutations: ({ api, scripts }) =>
      scripts.flatMap((script) => {
        const { answer, operation } = script;
        const declared = findResponse(operation, answer.status)?.headers ?? [];
        const { answer: check } = api.planOf(operation);
        return declared.flatMap(({ name }) => {
          const key = name.toLowerCase();
          const given = answer.headers[key];
          if (given === undefined) return [];
          const altered = (headers: Readonly<Record<string, string>>) => {
            const { [key]: value, ...rest } = headers;
            const next = value === undefined ? undefined : change(value);
            return next === undefined ? rest : { ...rest, [key]: next };
          };
          if (check.checkHeaders(answer.status, altered(answer.headers)).length === 0) return [];
          return [
            {
              place: `${operation.id} ${key}`,
              operation,
              plant: (served) =>
                alterAnswers(served, operation, (response) => ({
                  ...response,
                  headers: altered(response.headers),
                })),
              witness: [...script.before, script.request],
            },
          ];
        });
      }),
  };
}

export const answerHeaders: readonly MutantOperator[] = [
  headersOperator('header-missing', 'The server leaves a required header out of a success.', () => undefined),
  headersOperator(
    'header-wrong',
    'The server sends a header that is not as its schema says.',
    () => '\u00b6',
  ),
];
