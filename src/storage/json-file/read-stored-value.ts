import type { RecordValue } from '../../model/record.ts';
import type { JsonPath } from './locate-syntax-problem.ts';

/** A value that is not what a data file holds at that place; `expected` follows "expected". */
export class UnexpectedStoredValue extends Error {
  readonly path: JsonPath;
  readonly expected: string;

  constructor(path: JsonPath, expected: string) {
    super(expected);
    this.path = path;
    this.expected = expected;
  }
}

// Each narrows a value, or throws `Unexpected` with its path.

export function object(value: unknown, path: JsonPath, expected: string): RecordValue {
  if (isObject(value)) return value;
  throw new UnexpectedStoredValue(path, expected);
}

export function list(value: unknown, path: JsonPath): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new UnexpectedStoredValue(path, 'an array');
}

export function string(value: unknown, path: JsonPath): string {
  if (typeof value === 'string') return value;
  throw new UnexpectedStoredValue(path, `"${path.at(-1)}", a string`);
}

export function finite(value: unknown, path: JsonPath): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new UnexpectedStoredValue(path, `"${path.at(-1)}", a number`);
}

export function boolean(value: unknown, path: JsonPath): boolean {
  if (typeof value === 'boolean') return value;
  throw new UnexpectedStoredValue(path, `"${path.at(-1)}", true or false`);
}

export function ordinal(value: unknown, path: JsonPath): number {
  if (Number.isSafeInteger(value) && typeof value === 'number' && value >= 0) return value;
  throw new UnexpectedStoredValue(path, 'a whole number from 0');
}

function isObject(value: unknown): value is RecordValue {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
