import type { Operation, ResponseDefinition } from './document.ts';

/** The declared response for a status: the same, else its range (`2XX`), else `default` (OpenAPI 3.1, section 4.8.16). */
export function findResponse(operation: Operation, status: number): ResponseDefinition | undefined {
  const { responses } = operation;
  const range = `${Math.floor(status / 100)}XX`;
  return (
    responses.find((response) => response.status === String(status)) ??
    responses.find((response) => response.status === range) ??
    responses.find((response) => response.status === 'default')
  );
}

/** Whether an operation says anything of its success; some documents list its failures alone. */
export function declaresSuccess({ responses }: Operation): boolean {
  return responses.some(({ status }) => /^(?:[23](?:\d\d|XX)|default)$/i.test(status));
}
