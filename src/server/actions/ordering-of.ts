import { objectOrEmpty } from '../../json/is-object.ts';
import { recordPropertiesOf } from '../../openapi/document/record-properties.ts';
import type { ListShape } from '../../openapi/infer/infer-list.ts';
import { askedOrder, type FieldOrder } from '../../openapi/infer/list-sorts.ts';
import { statedOrder } from '../../openapi/infer/stated-order.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import type { ActionSource } from './action-source.ts';
import { orderRecords } from './order-records.ts';

type Records = readonly StoredRecord[];

/** A collection's records in the order that a query asks for, else in the one that the document states, else as they were made. */
export type Ordering = (all: Records, version: number, query: Readonly<Record<string, unknown>>) => Records;

/** Orders of one state of a collection that are kept. */
const mostKept = 16;

export function orderingOf({ action, document }: ActionSource, { sorts }: ListShape): Ordering {
  const { operation, resource } = action;
  const stated = statedOrder(operation.definition, resource.order, resource.timestamps?.created);
  const own = resource.schema === undefined ? [] : recordPropertiesOf(document, resource.schema);
  const fields = new Map([...own, ...sorts.flatMap((sort) => [...sort.fields])]);
  const times = new Set(
    [...fields]
      .filter(([, at]) => /^date/.test(String(objectOrEmpty(document.resolve(at)?.node).format)))
      .map(([name]) => name),
  );
  const sort = (records: Records, orders: readonly FieldOrder[]) =>
    orderRecords(records, orders, (field) => times.has(field));
  // Records made at the same time stand in the direction of the order as well.
  const usual = (all: Records): Records => {
    if (!stated) return all;
    return sort(stated.direction === 'descending' ? all.toReversed() : all, [stated]);
  };
  const kept = new WeakMap<object, { readonly version: number; readonly orders: Map<string, Records> }>();
  return (all, version, query) => {
    const asked =
      sorts.length === 0 ? undefined : askedOrder(sorts, query)?.map((order) => told(order, stated));
    if (!asked && !stated) return all;
    let former = kept.get(all);
    if (former?.version !== version) {
      former = { version, orders: new Map() };
      kept.set(all, former);
    }
    const key = asked ? JSON.stringify(asked) : '';
    const known = former.orders.get(key);
    if (known) return known;
    const ordered = asked ? sort(usual(all), asked) : usual(all);
    if (former.orders.size < mostKept) former.orders.set(key, ordered);
    return ordered;
  };
}

/** A field alone goes the way that the document states for it, else up. */
function told(order: FieldOrder, stated: FieldOrder | undefined): FieldOrder {
  if (order.direction !== 'either') return order;
  return { ...order, direction: order.field === stated?.field ? stated.direction : 'ascending' };
}
