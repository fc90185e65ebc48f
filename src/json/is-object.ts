import { ExactNumber } from './exact-number.ts';

/** An object of a document or a body: neither null nor an array. */
export type JsonObject = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
  );
}

/** The value itself where it is an object, else an empty one. */
export function objectOrEmpty(value: unknown): JsonObject {
  return isObject(value) ? value : empty;
}

const empty: JsonObject = Object.freeze({});

/** The kind of a JSON value for messages: `an object`, `a string`, … */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (value instanceof ExactNumber) return 'a number';
  if (typeof value === 'object') return 'an object';
  return `a ${typeof value}`;
}
