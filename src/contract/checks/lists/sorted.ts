import { listSortsOf } from '../../../openapi/infer/list-sorts.ts';
import { findItems } from '../../execute/records/find-record.ts';
import type { Check } from '../../model/check.ts';
import { answeredSteps, failedFinding, passedFinding } from '../judging/findings.ts';
import { firstOutOfOrder } from '../judging/first-out-of-order.ts';
import { collectionOf } from '../judging/listings.ts';

export const sorted: Check = {
  id: 'sorted',
  grade: 'contract',
  rule: 'A list that is asked for an order is in that order.',
  blindTo: 'The order of records with the same value, and of choices; pages after the first.',
  phases: ['lists'],
  judge(run, context) {
    const collection = collectionOf(run, context);
    if (!collection?.list) return [];
    const sorts = listSortsOf(context.document, collection.list);
    return answeredSteps(run).flatMap(({ exchange, index, response }) => {
      const { query } = exchange.sent;
      if (!exchange.step?.name.startsWith('sort ') || response.status >= 300) return [];
      const sort = sorts.find((each) =>
        Object.entries(each.query).every(([name, value]) => query[name] === value),
      );
      const items = findItems(response.json?.value, collection.id);
      const values = sort && items?.map((item) => item[sort.field]);
      // Where all are alike there is no order to be seen.
      if (!sort || !values || new Set(values).size < 2) return [];
      const chain = [exchange.operation.pointer, sort.pointer];
      const inferred = !sort.isSaid;
      const at = firstOutOfOrder(values, sort.direction);
      if (at === undefined) return [{ ...passedFinding(index, chain), inferred }];
      const way = sort.direction === 'either' ? 'in order' : sort.direction;
      const expected = `${sort.field} ${way}, as ${Object.entries(query)
        .map((pair) => pair.join('='))
        .join('&')} asks`;
      const seen = `${JSON.stringify(values[at])} behind ${JSON.stringify(values[at - 1])}`;
      return [
        {
          ...failedFinding(index, chain, { expected, seen, location: `body/${at}/${sort.field}` }),
          inferred,
        },
      ];
    });
  },
};
