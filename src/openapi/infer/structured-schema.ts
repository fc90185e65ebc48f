import type { Pointer } from '../../json/json-pointer.ts';
import type { Operation, RequestBody, ResponseDefinition } from '../document/document.ts';

const structured = [/\bjson\b/, /^\*\/\*$|^application\/\*$/, /\bxml\b/, /x-www-form-urlencoded|form-data/];

/** The success that an operation is answered with: the status told, else for what makes something 201, else the first, else `default`. */
export function successResponse(
  { responses }: Operation,
  told: number | undefined,
  makes = false,
): ResponseDefinition | undefined {
  if (told !== undefined) return responses.find(({ status }) => status === String(told));
  const successes = responses.filter(({ status }) => /^2(\d\d|XX)$/i.test(status));
  const made = makes ? successes.find(({ status }) => status === '201') : undefined;
  return made ?? successes[0] ?? responses.find(({ status }) => status === 'default');
}

/** Where the schema of a message's structured content stands: JSON first, then any, then XML and forms. */
export function structuredSchema(message: ResponseDefinition | RequestBody | undefined): Pointer | undefined {
  for (const kind of structured) {
    const found = message?.mediaTypes.find(({ name, schema }) => schema !== undefined && kind.test(name));
    if (found) return found.schema;
  }
  return undefined;
}
