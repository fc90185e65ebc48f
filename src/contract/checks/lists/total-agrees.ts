import { childOf } from '../../../json/json-pointer.ts';
import type { Operation } from '../../../openapi/document/document.ts';
import { type ListTotal, totalOf } from '../../../openapi/infer/list-total.ts';
import type { Check } from '../../model/check.ts';
import type { ReceivedResponse } from '../../model/exchange.ts';
import type { Finding } from '../../model/finding.ts';
import { failedFinding, passedFinding } from '../judging/findings.ts';
import { collectionOf, type Listing, listingOf } from '../judging/listings.ts';

export const totalAgrees: Check = {
  id: 'total-agrees',
  grade: 'contract',
  rule: 'The total that a list tells is the number of records that all its pages show.',
  blindTo: 'Lists of which not all can be read; accounts that others use too; totals of filtered lists.',
  phases: ['lists'],
  judge(run, context) {
    const collection = collectionOf(run, context);
    const total = collection?.list && totalOf(context.document, collection.list);
    if (!collection?.list || !total || !context.exclusive) return [];
    const operation = collection.list;
    return ['list before', 'list', 'pages', 'linked pages'].flatMap((name) => {
      const listing = listingOf(run, name, collection);
      return listing ? judgeListing(operation, total, listing) : [];
    });
  },
};

function judgeListing(
  operation: Operation,
  total: ListTotal,
  { ids, idsByPage, isComplete, pages }: Listing,
): readonly Finding[] {
  const chain = [operation.pointer, total.pointer];
  const all = new Set(ids).size;
  const location = total.header === undefined ? `body/${total.keys.join('/')}` : `header/${total.header}`;
  return pages.flatMap(({ index, response }, at): Finding[] => {
    const told = numberIn(response, total);
    if (told === undefined) return [];
    const isFine = isComplete ? told === all : told >= all;
    // A mere count may be that of the page.
    const isOfPage = total.isVague && told === idsByPage[at]?.length;
    const inferred = !total.isSaid;
    if (isFine || isOfPage) return [{ ...passedFinding(index, chain), inferred }];
    const expected = isComplete
      ? `${all}, as many as there are on all pages`
      : `at least ${all}, as many as were read`;
    return [{ ...failedFinding(index, chain, { expected, seen: String(told), location }), inferred }];
  });
}

function numberIn({ headers, json }: ReceivedResponse, { header, keys }: ListTotal): number | undefined {
  const value =
    header === undefined
      ? keys.reduce<unknown>((part, key) => childOf(part, key), json?.value)
      : /^\d+$/.test(headers[header] ?? '') && Number(headers[header]);
  // What is no whole number counts nothing: it is a sum.
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}
