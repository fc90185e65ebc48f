import type { FieldOrder } from '../../openapi/infer/list-sorts.ts';
import type { StoredRecord } from '../../state/stored-record.ts';

/** Sorts records by fields; those that have none come last, ties stay as they are. */
export function orderRecords(
  records: readonly StoredRecord[],
  orders: readonly FieldOrder[],
  isTime: (field: string) => boolean,
): readonly StoredRecord[] {
  const keys = orders.map(({ direction, field }) => ({
    sign: direction === 'descending' ? -1 : 1,
    of: isTime(field) ? timeOf(field) : ({ value }: StoredRecord) => value[field],
  }));
  const rows = records.map((record) => ({ record, values: keys.map(({ of }) => of(record)) }));
  rows.sort((a, b) => {
    for (const [index, { sign }] of keys.entries()) {
      const order = compare(a.values[index], b.values[index], sign);
      if (order !== 0) return order;
    }
    return 0;
  });
  return rows.map(({ record }) => record);
}

/** Texts of times by what they mean, whatever their offsets; those that mean none, as texts. */
function timeOf(field: string): (record: StoredRecord) => unknown {
  return ({ value }) => {
    const text = value[field];
    const time = typeof text === 'string' ? Date.parse(text) : Number.NaN;
    return Number.isNaN(time) ? text : time;
  };
}

function compare(a: unknown, b: unknown, sign: number): number {
  if (isNone(a) || isNone(b)) return Number(isNone(a)) - Number(isNone(b));
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  // By code unit, so that the order is the same on every machine.
  const [one, other] = [String(a), String(b)];
  return one < other ? -sign : one > other ? sign : 0;
}

function isNone(value: unknown): boolean {
  return value === null || value === undefined;
}
