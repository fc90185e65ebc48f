import type { DefinedError, ErrorObject } from 'ajv';
import type { Violation } from '../../errors.ts';

/** More violations than this help nobody. */
const mostViolations = 50;

/** What the validator found, in words, each once. `location` is what the whole value is called, such as `body`. */
export function describeViolations(errors: readonly ErrorObject[], location: string): readonly Violation[] {
  const violations: Violation[] = [];
  for (const error of errors) {
    const violation = describe(error, location);
    if (!violations.some((known) => isSame(known, violation))) violations.push(violation);
    if (violations.length === mostViolations) break;
  }
  return violations;
}

/** Whether two lists say the same. */
export function areSame(some: readonly Violation[], others: readonly Violation[]): boolean {
  return (
    some.length === others.length &&
    some.every((violation, index) => others[index] !== undefined && isSame(violation, others[index]))
  );
}

function isSame(one: Violation, other: Violation): boolean {
  return one.location === other.location && one.code === other.code && one.message === other.message;
}

function describe(error: ErrorObject, prefix: string): Violation {
  const at = prefix + error.instancePath;
  const code = error.keyword;
  if (!isDefined(error)) return { location: at, code, message: error.message ?? `breaks "${code}"` };
  switch (error.keyword) {
    case 'required':
      return { location: `${at}/${error.params.missingProperty}`, code, message: 'is required' };
    case 'dependentRequired':
      return {
        location: `${at}/${error.params.missingProperty}`,
        code,
        message: `is required beside ${error.params.property}`,
      };
    case 'additionalProperties':
      return { location: `${at}/${error.params.additionalProperty}`, code, message: 'is not allowed' };
    case 'unevaluatedProperties':
      return { location: `${at}/${error.params.unevaluatedProperty}`, code, message: 'is not allowed' };
    case 'enum':
      return { location: at, code, message: `must be one of ${listOf(error.params.allowedValues)}` };
    case 'const':
      return { location: at, code, message: `must be ${shown(error.params.allowedValue)}` };
    case 'format':
      return { location: at, code, message: `must be a valid ${error.params.format}` };
    case 'type':
      return { location: at, code, message: `must be ${typeNames(error.params.type)}` };
    case 'false schema':
      return { location: at, code: 'false', message: 'is not allowed' };
    default:
      return { location: at, code, message: error.message ?? `breaks "${code}"` };
  }
}

/** The validator's errors of standard keywords have known parameters; no other keywords are compiled. */
function isDefined(error: ErrorObject): error is DefinedError {
  return typeof error.params === 'object';
}

/** The validator has one name, or a list of them. */
function typeNames(type: unknown): string {
  return Array.isArray(type) ? type.join(' or ') : String(type);
}

/** The values of an `enum` in words, by the schema's own list of them. */
const lists = new WeakMap<readonly unknown[], string>();

function listOf(values: readonly unknown[]): string {
  const known = lists.get(values);
  if (known !== undefined) return known;
  const some = values.slice(0, 20).map(shown).join(', ');
  const list = values.length > 20 ? `${some}, …` : some;
  lists.set(values, list);
  return list;
}

function shown(value: unknown): string {
  return JSON.stringify(value).slice(0, 100);
}
