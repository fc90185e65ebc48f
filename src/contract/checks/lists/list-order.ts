import { type Pointer, pointerTo } from '../../../json/json-pointer.ts';
import { statedOrder } from '../../../openapi/infer/stated-order.ts';
import type { Check } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import { failedFinding, passedFinding } from '../judging/findings.ts';
import { firstOutOfOrder } from '../judging/first-out-of-order.ts';
import { collectionOf, createdIn, type Listing, listingOf } from '../judging/listings.ts';

export const listOrder: Check = {
  id: 'list-order',
  grade: 'contract',
  rule: 'A list that nobody asked for another order is in the one that its document states, such as newest first.',
  blindTo:
    'Lists whose document states no order; the order of records with the same value, where others keep records too.',
  phases: ['lists'],
  judge(run, context) {
    const collection = collectionOf(run, context);
    const listing = collection && listingOf(run, 'list', collection);
    if (!collection?.list || !listing) return [];
    const resource = context.model.resources.get(collection.name);
    const order = statedOrder(collection.list.definition, resource?.order, resource?.timestamps?.created);
    if (!order) return [];
    const stated = pointerTo('#', 'x-sparring', 'resources', collection.name, 'order');
    const chain = [collection.list.pointer, ...(context.document.resolve(stated) ? [stated] : [])];
    const values = listing.items.map((item) => item[order.field]);
    const at = firstOutOfOrder(values, order.direction);
    const inferred = !order.isSaid;
    if (at !== undefined) {
      const expected = `${order.field} ${order.direction}`;
      const seen = `${JSON.stringify(values[at])} behind ${JSON.stringify(values[at - 1])}`;
      return [
        {
          ...failedFinding(listing.index, chain, { expected, seen, location: `body/${at}/${order.field}` }),
          inferred,
        },
      ];
    }
    const made = createdIn(run, collection.id);
    const ties = context.isLoopback && order.isSaid ? judgeTies(listing, made, order, chain) : [];
    if (ties.length > 0) return ties;
    return new Set(values).size < 2 && made.length < 2
      ? []
      : [{ ...passedFinding(listing.index, chain), inferred }];
  },
};

/** Records with the same value, which were made within an instant, stand in the order of their making in the same direction. */
function judgeTies(
  { find, ids, index }: Listing,
  made: readonly string[],
  { direction, field }: { readonly direction: string; readonly field: string },
  chain: readonly Pointer[],
): readonly Finding[] {
  const shown = ids.filter((id) => made.includes(id));
  return shown.slice(1).flatMap((id, at) => {
    const before = shown[at] ?? id;
    if (find(id)?.[field] !== find(before)?.[field]) return [];
    const isLater = made.indexOf(id) > made.indexOf(before);
    if (isLater === (direction === 'ascending')) return [];
    const expected = `records with the same ${field} ${direction} by when they were made`;
    const seen = `${id} behind ${before}, which was made ${isLater ? 'before' : 'after'} it`;
    return [failedFinding(index, chain, { expected, seen, location: 'body' })];
  });
}
