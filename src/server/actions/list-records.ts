import type { ListShape, Paging } from '../../openapi/infer-list.ts';
import { type Behaviour, JsonText } from '../../providers/provider.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import type { ActionSource } from './create-action-behaviour.ts';
import { wrap } from './find-record.ts';

/** What a list's text was made from, so that an unchanged list is not made again. */
interface Kept {
  readonly version: number;
  readonly text: JsonText;
}

/** Answers the records in the resource's order, filtered and paged as the query says. */
export function listRecords({ action }: ActionSource): Behaviour {
  const { list, parents, resource, status } = action;
  if (!list) throw new TypeError(`${action.operation.id} is no list.`);
  const inOrder = ordering(resource.order);
  // By the collection's committed list, which is a new array after every change.
  const kept = new WeakMap<object, Kept>();
  return ({ path, query, unit }) => {
    const collection = unit.collection(resource.collection);
    const all = collection.list();
    if (parents.length === 0 && Object.keys(query).length === 0) {
      const former = kept.get(all);
      if (former?.version === collection.version) return { status, body: former.text };
      const text = render(list, page(list.paging, query, inOrder(all)), all.length);
      kept.set(all, { version: collection.version, text });
      return { status, body: text };
    }
    const filtered = inOrder(all).filter(
      ({ value }) =>
        parents.every(({ parameter, field }) => String(value[field]) === String(path[parameter])) &&
        list.filters.every((field) => query[field] === undefined || matches(value[field], query[field])),
    );
    return { status, body: render(list, page(list.paging, query, filtered), filtered.length) };
  };
}

/** The records' kept texts within the envelope's. */
function render(list: ListShape, records: readonly StoredRecord[], total: number): JsonText {
  const value = () => envelope(list, records.map((record) => record.value), total);
  if (list.itemsAt.length === 0) return new JsonText(`[${records.map(({ json }) => json).join(',')}]`, value);
  const [before = '', after = ''] = JSON.stringify(envelope(list, '\u0000', total)).split('"\\u0000"');
  return new JsonText(`${before}[${records.map(({ json }) => json).join(',')}]${after}`, value);
}

function envelope(list: ListShape, items: unknown, total: number): unknown {
  const withItems = wrap(list.itemsAt, items);
  return list.totalAt ? merge(withItems, wrap(list.totalAt, total)) : withItems;
}

function merge(a: unknown, b: unknown): unknown {
  if (!isPlain(a) || !isPlain(b)) return b;
  return { ...a, ...Object.fromEntries(Object.entries(b).map(([key, value]) => [key, Object.hasOwn(a, key) ? merge(a[key], value) : value])) };
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Sorts by `field` or `-field`, ties by creation in the same direction; without one, by creation. */
function ordering(order: string | undefined): (records: readonly StoredRecord[]) => readonly StoredRecord[] {
  if (order === undefined) return (records) => records;
  const descending = order.startsWith('-');
  const field = descending ? order.slice(1) : order;
  const ascending = (a: StoredRecord, b: StoredRecord) => compare(a.value[field], b.value[field]) || a.ordinal - b.ordinal;
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

function page(paging: Paging | undefined, query: Readonly<Record<string, unknown>>, records: readonly StoredRecord[]): readonly StoredRecord[] {
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
