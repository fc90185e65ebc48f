import { isObject } from '../../json/is-object.ts';
import type { RecordValue } from '../../model/record.ts';

/** The text in a field of a record; null when it is absent or something else (state can be edited by hand). */
export function textOf(record: RecordValue | undefined, field: string): string | null {
  const value = record?.[field];
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** The number in a field of a record, or `otherwise`. */
export function numberOf(record: RecordValue | undefined, field: string, otherwise: number): number {
  const value = record?.[field];
  return typeof value === 'number' ? value : otherwise;
}

/** The object in a field of a record; an empty one when it is absent or something else. */
export function objectOf(record: RecordValue | undefined, field: string): RecordValue {
  const value = record?.[field];
  return isObject(value) ? value : {};
}
