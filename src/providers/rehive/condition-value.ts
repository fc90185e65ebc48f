import { isObject } from '../../json/is-object.ts';

/** What an expression's parts are worth. */
export type ConditionValue = null | boolean | number | string | readonly ConditionValue[];

/** Thrown where Python would raise an error; such a condition does not hold. */
export class EvaluationError extends Error {}

/** The value at a dotted path (`user.groups.0.name`), own properties only; undefined where there is none. */
export function conditionValueAt(data: unknown, path: readonly string[]): unknown {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

/** A value as a template writes it: Python's words for null, true and false, nothing for what is missing. */
export function textOfValue(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : representationOf(value);
}

function representationOf(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(representationOf).join(', ')}]`;
  if (!isObject(value)) return String(value);
  const entries = Object.entries(value).map(([key, part]) => `'${key}': ${representationOf(part)}`);
  return `{${entries.join(', ')}}`;
}

/** A value written without quotes, as Python reads it: text is a number or no value at all. */
export function literalOf(value: unknown): ConditionValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map((item) => (typeof item === 'string' ? item : literalOf(item)));
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  throw new EvaluationError('Text must be in quotes.');
}

/** As Python's `==`: no kind equals another, but true is 1 and false is 0. */
export function equals(left: ConditionValue, right: ConditionValue): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => equals(item, right[index] ?? null));
  }
  return plain(left) === plain(right);
}

/** Negative, zero or positive; numbers with numbers and text with text only. */
export function compare(left: ConditionValue, right: ConditionValue): number {
  const [first, second] = [plain(left), plain(right)];
  if (typeof first === 'number' && typeof second === 'number') return first - second;
  if (typeof first === 'string' && typeof second === 'string')
    return first < second ? -1 : Number(first > second);
  throw new EvaluationError('These cannot be compared.');
}

/** Whether a list holds a value, or a text a part. */
export function contains(whole: ConditionValue, part: ConditionValue): boolean {
  if (typeof whole === 'string' && typeof part === 'string') return whole.includes(part);
  if (Array.isArray(whole)) return whole.some((item: ConditionValue) => equals(item, part));
  throw new EvaluationError('Only lists and texts hold anything.');
}

export function isTrue(value: ConditionValue): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function plain(value: ConditionValue): ConditionValue {
  return typeof value === 'boolean' ? Number(value) : value;
}
