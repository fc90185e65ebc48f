import type { Pointer } from '../../json/json-pointer.ts';
import type { Operation } from './document.ts';

/** Where the schema of a success's JSON body stands. */
export function successSchema({ responses }: Operation): Pointer | undefined {
  return responses
    .find(({ status }) => /^2(\d\d|XX)$/i.test(status))
    ?.mediaTypes.find(({ name }) => /\bjson\b/.test(name))?.schema;
}
