import { SparringError } from '../../errors.ts';
import type { RecordValue } from '../../model/record.ts';
import type { BehaviourContext, BehaviourResult } from '../model/provider.ts';
import { success } from './success.ts';

const defaultSize = 15;
const largestSize = 250;

/**
 * Answers the records of a list in Rehive's envelope: ordered, newest first unless `orderby` says otherwise, and a page at a
 * time, by number or (`pagination=cursor`) by cursor without a count.
 *
 * @param records those that the request's filters let through, each with a numeric id and `created`
 * @throws SparringError `record-not-found` for a page beyond the last and for a cursor that is none
 */
export function listPage(context: BehaviourContext, records: readonly RecordValue[]): BehaviourResult {
  const { query } = context;
  const size = Math.min(Number(query.page_size ?? defaultSize), largestSize);
  const order = orderOf(query.orderby);
  return query.pagination === 'cursor'
    ? success(pageByCursor(context, records, order, size))
    : success(pageByNumber(context, records.toSorted(byOrder(order)), size));
}

function pageByNumber(context: BehaviourContext, records: readonly RecordValue[], size: number): RecordValue {
  const page = Number(context.query.page ?? 1);
  const last = Math.max(1, Math.ceil(records.length / size));
  if (page > last) throw new SparringError('record-not-found', 'Invalid page.');
  return {
    count: records.length,
    next: page < last ? linkTo(context, { page: page + 1 }) : null,
    previous: page > 1 ? linkTo(context, { page: page > 2 ? page - 1 : undefined }) : null,
    results: records.slice((page - 1) * size, page * size),
  };
}

/** The record that a page by cursor begins after, or ends before. */
interface Cursor {
  readonly backwards: boolean;
  readonly created: number;
  readonly id: number;
}

function pageByCursor(
  context: BehaviourContext,
  records: readonly RecordValue[],
  order: Order,
  size: number,
): RecordValue {
  // By creation alone: what a cursor stands for must not change ("Cursor pagination", limitations).
  const inOrder = byOrder(order.field === 'created' ? order : newestFirst);
  const cursor = readCursor(context.query.cursor);
  const sorted = records.toSorted(inOrder);
  const results = cursor ? neighbours(sorted, inOrder, cursor, size) : sorted.slice(0, size);
  const link = (record: RecordValue | undefined, end: RecordValue | undefined, backwards: boolean) =>
    record === undefined || record === end
      ? null
      : linkTo(context, { cursor: writeCursor(record, backwards) });
  return {
    next: link(results.at(-1), sorted.at(-1), false),
    previous: link(results[0], sorted[0], true),
    results,
  };
}

function neighbours(
  sorted: readonly RecordValue[],
  inOrder: Comparison,
  { backwards, created, id }: Cursor,
  size: number,
): readonly RecordValue[] {
  const at = { created, id };
  return backwards
    ? sorted.filter((record) => inOrder(record, at) < 0).slice(-size)
    : sorted.filter((record) => inOrder(record, at) > 0).slice(0, size);
}

function writeCursor({ created, id }: RecordValue, backwards: boolean): string {
  return Buffer.from(`${backwards ? 'p' : 'n'}.${created}.${id}`).toString('base64url');
}

function readCursor(value: unknown): Cursor | undefined {
  if (value === undefined) return undefined;
  const text = Buffer.from(String(value), 'base64url').toString('latin1');
  const [, direction, created, id] = /^([np])\.(\d+)\.(\d+)$/.exec(text) ?? [];
  if (direction === undefined) throw new SparringError('record-not-found', 'Invalid cursor.');
  return { backwards: direction === 'p', created: Number(created), id: Number(id) };
}

interface Order {
  readonly field: string;
  readonly descending: boolean;
}

type Comparison = (a: RecordValue, b: RecordValue) => number;

const newestFirst: Order = { field: 'created', descending: true };

function orderOf(orderby: unknown): Order {
  if (typeof orderby !== 'string') return newestFirst;
  return { field: orderby.replace(/^-/, ''), descending: orderby.startsWith('-') };
}

/** Ties go by id in the same direction. */
function byOrder({ descending, field }: Order): Comparison {
  const ascending: Comparison = (a, b) => Number(a[field]) - Number(b[field]) || Number(a.id) - Number(b.id);
  return descending ? (a, b) => ascending(b, a) : ascending;
}

/** The URL of the same list elsewhere; it names the document's server, in whose place answers put the caller's host. */
function linkTo({ api, operation, path, query }: BehaviourContext, changes: RecordValue): string {
  const [server] = api.servers;
  const at = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(path[name])),
  );
  const size = query.page_size === defaultSize ? undefined : query.page_size;
  const parameters = Object.entries({ ...query, page_size: size, ...changes }).filter(
    ([, value]) => value !== undefined,
  );
  const search = new URLSearchParams(parameters.map(([name, value]) => [name, String(value)]));
  return `${server?.url ?? ''}${at}${search.size > 0 ? `?${search}` : ''}`;
}
