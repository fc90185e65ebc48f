import { pagingOf, schemaOf } from '../../../openapi/infer/list-paging.ts';
import type { Check } from '../../model/check.ts';
import { failedFinding, passedFinding } from '../judging/findings.ts';
import { collectionOf, listingOf } from '../judging/listings.ts';

export const pageSize: Check = {
  id: 'page-size',
  grade: 'contract',
  rule: 'A page has no more records than were asked for, or than the document says by default.',
  blindTo: 'Pages that could have had more.',
  phases: ['lists'],
  judge(run, context) {
    const collection = collectionOf(run, context);
    const size = collection?.list && pagingOf(context.document, collection.list)?.size;
    if (!collection?.list || !size) return [];
    const chain = [collection.list.pointer, size.schema?.replace(/\/schema$/, '') ?? collection.list.pointer];
    const byDefault = schemaOf(context.document, size)?.default;
    return ['list', 'pages', 'linked pages'].flatMap((name) => {
      const listing = listingOf(run, name, collection);
      return (listing?.pages ?? []).flatMap(({ exchange, index }, at) => {
        const asked = exchange.sent.query[size.name] ?? byDefault;
        const length = listing?.idsByPage[at]?.length ?? 0;
        if (typeof asked !== 'number') return [];
        if (length <= asked) return [passedFinding(index, chain)];
        const expected = `at most ${asked} records, as ${size.name} says`;
        return [failedFinding(index, chain, { expected, seen: `${length}`, location: 'body' })];
      });
    });
  },
};
