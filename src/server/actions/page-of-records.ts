import { SparringError } from '../../errors.ts';
import type { Paging } from '../../openapi/infer/list-paging.ts';
import type { StoredRecord } from '../../state/stored-record.ts';

type Query = Readonly<Record<string, unknown>>;

/** Some of a list's records, and where they stand in it. */
export interface Page {
  readonly records: readonly StoredRecord[];
  /** Number of all records. */
  readonly total: number;
  readonly offset: number;
  /** Most records on a page; undefined: all. */
  readonly size: number | undefined;
  /** What asks for the page after: the value of the parameter that says where a page begins. */
  readonly next: number | string | undefined;
  readonly previous: number | string | undefined;
}

/** The records that a query asks for. A cursor that was not given out begins at the first. */
export function pageOfRecords(
  paging: Paging | undefined,
  query: Query,
  records: readonly StoredRecord[],
): Page {
  const total = records.length;
  const size = paging && (numberOf(paging.size, query) ?? paging.defaultSize);
  const offset = paging ? offsetOf(paging, query, records, size) : 0;
  const end = size === undefined ? total : offset + size;
  const shown = offset === 0 && end >= total ? records : records.slice(offset, end);
  const start = (at: number) =>
    paging?.start === undefined || !size ? undefined : startAt(paging, records, at, size);
  return {
    records: shown,
    total,
    offset,
    size,
    next: end < total && shown.length > 0 ? start(end) : undefined,
    previous: offset > 0 ? start(Math.max(0, offset - (size ?? 0))) : undefined,
  };
}

function offsetOf(
  { by, first, isStrict, start }: Paging,
  query: Query,
  records: readonly StoredRecord[],
  size: number | undefined,
): number {
  if (by === 'cursor')
    return start === undefined ? 0 : offsetAfter(query[start], records, isStrict ? start : undefined);
  const given = numberOf(start, query);
  if (by === 'offset') return Math.max(0, given ?? 0);
  return (Math.max(first, given ?? first) - first) * (size ?? 0);
}

function startAt(
  { by, first }: Paging,
  records: readonly StoredRecord[],
  offset: number,
  size: number,
): number | string | undefined {
  if (by === 'offset') return offset;
  if (by === 'page') return first + Math.ceil(offset / size);
  const before = records[offset - 1];
  return before && Buffer.from(`${offset}.${before.id}`).toString('base64url');
}

/**
 * A cursor names the last record of the page before, and where the next page began in case it is gone; or is such a record's id.
 *
 * @param parameter where the cursor stands; undefined: one that nobody gave out begins at the first record
 * @throws SparringError `invalid-request` for a cursor that nobody gave out
 */
function offsetAfter(
  cursor: unknown,
  records: readonly StoredRecord[],
  parameter: string | undefined,
): number {
  if (cursor === undefined || cursor === null || cursor === '') return 0;
  const text = String(cursor);
  const given = /^(\d{1,9})\.(.*)$/s.exec(Buffer.from(text, 'base64url').toString());
  const [, offset = '0', id = text] = given ?? [];
  if (!given && parameter !== undefined && !records.some((record) => record.id === id))
    throw new SparringError('invalid-request', 'The request breaks the document.', {
      next: 'Send a cursor that an answer gave out, or none.',
      violations: [
        { location: `query/${parameter}`, code: 'cursor', message: 'is no cursor that an answer gave out' },
      ],
    });
  return records.findIndex((record) => record.id === id) + 1 || Number(offset);
}

function numberOf(name: string | undefined, query: Query): number | undefined {
  const value = name === undefined ? undefined : query[name];
  return typeof value === 'number' ? value : undefined;
}
