import type { Violation } from '../../errors.ts';

/**
 * Messages by the field that each is about, as error bodies of many frameworks have them; `non_field_errors` holds those
 * about the whole. Undefined where nothing in the request is at fault.
 */
export function fieldErrors(violations: readonly Violation[]): Record<string, string[]> | undefined {
  if (violations.length === 0) return undefined;
  const fields = new Map<string, string[]>();
  for (const violation of violations) {
    const field = violation.location.split('/')[1] ?? 'non_field_errors';
    fields.set(field, [...(fields.get(field) ?? []), sentenceOf(violation)]);
  }
  return Object.fromEntries(fields);
}

/** The messages alone, one after the other. */
export function reasonsOf(violations: readonly Violation[]): string {
  return violations.map(sentenceOf).join(', ');
}

/** Most messages go on from the name of their field, such as "is required"; the others are sentences. */
function sentenceOf({ message }: Violation): string {
  return /^[a-z]/.test(message) ? `This field ${message}.` : message;
}
