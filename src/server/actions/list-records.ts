import type { ListShape, Paging } from '../../openapi/infer-list.ts';
import { type Behaviour, JsonText } from '../../providers/provider.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import type { ActionSource } from './create-action-behaviour.ts';
import { envelopeRest, wrap } from './envelope.ts';
import { assertParents, belongs } from './find-record.ts';

/** What a list's text was made from, so that an unchanged list is not made again. */
interface Kept {
  readonly version: number;
  readonly text: JsonText;
}

/** Answers the records in the resource's order, filtered and paged as the query says. */
export function listRecords({ action, document }: ActionSource): Behaviour {
  const { list, parents, resource, schema, status } = action;
  if (!list) throw new TypeError(`${action.operation.id} is no list.`);
  const rest = envelopeRest(document, schema, list.itemsAt, list.totalAt);
  const inOrder = ordering(resource.order);
  // By the collection's committed list, which is a new array after every change.
  const kept = new WeakMap<object, Kept>();
  return (context) => {
    const { query, unit } = context;
    const collection = unit.collection(resource.collection);
    const all = collection.list();
    if (parents.length === 0 && Object.keys(query).length === 0) {
      const former = kept.get(all);
      if (former?.version === collection.version) return { status, body: former.text };
      const text = render({ list, rest }, page(list.paging, query, inOrder(all)), all.length);
      kept.set(all, { version: collection.version, text });
      return { status, body: text };
    }
    assertParents(action, context);
    const filters = list.filters.filter((field) => query[field] !== undefined);
    const filtered = inOrder(all).filter(
      (record) =>
        belongs(action, context, record) &&
        filters.every((field) => matches(record.value[field], query[field])),
    );
    return { status, body: render({ list, rest }, page(list.paging, query, filtered), filtered.length) };
  };
}

interface Envelope {
  readonly list: ListShape;
  /** What stands in it beside the records and their number. */
  readonly rest: unknown;
}

/** The records' kept texts within the envelope's. */
function render(envelope: Envelope, records: readonly StoredRecord[], total: number): JsonText {
  const items = `[${records.map(({ json }) => json).join(',')}]`;
  const value = () =>
    fill(
      envelope,
      records.map((record) => record.value),
      total,
    );
  if (envelope.list.itemsAt.length === 0) return new JsonText(items, value);
  const [before = '', after = ''] = JSON.stringify(fill(envelope, '\u0000', total)).split('"\\u0000"');
  return new JsonText(`${before}${items}${after}`, value);
}

function fill({ list, rest }: Envelope, items: unknown, total: number): unknown {
  return wrap(list.itemsAt, items, list.totalAt ? wrap(list.totalAt, total, rest) : rest);
}

/** Sorts by `field` or `-field`, ties by creation in the same direction; without one, by creation. */
function ordering(order: string | undefined): (records: readonly StoredRecord[]) => readonly StoredRecord[] {
  if (order === undefined) return (records) => records;
  const descending = order.startsWith('-');
  const field = descending ? order.slice(1) : order;
  const ascending = (a: StoredRecord, b: StoredRecord) =>
    compare(a.value[field], b.value[field]) || a.ordinal - b.ordinal;
  return (records) => records.toSorted(descending ? (a, b) => ascending(b, a) : ascending);
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [first, second] = [String(a ?? ''), String(b ?? '')];
  return first < second ? -1 : first > second ? 1 : 0;
}

function matches(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) return wanted.some((one) => matches(value, one));
  if (Array.isArray(value)) return value.some((one) => matches(one, wanted));
  return String(value) === String(wanted);
}

function page(
  paging: Paging | undefined,
  query: Readonly<Record<string, unknown>>,
  records: readonly StoredRecord[],
): readonly StoredRecord[] {
  if (!paging) return records;
  const size = numberOf(paging.size, query) ?? paging.defaultSize;
  const start = numberOf(paging.start, query);
  if (size === undefined) return paging.style === 'offset' ? records.slice(start ?? 0) : records;
  const offset = paging.style === 'page' ? (Math.max(1, start ?? 1) - 1) * size : (start ?? 0);
  return records.slice(offset, offset + size);
}

function numberOf(name: string | undefined, query: Readonly<Record<string, unknown>>): number | undefined {
  const value = name === undefined ? undefined : query[name];
  return typeof value === 'number' ? value : undefined;
}
