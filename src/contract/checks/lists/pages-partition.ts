import type { Pointer } from '../../../json/json-pointer.ts';
import { pagingOf } from '../../../openapi/infer/list-paging.ts';
import type { Check } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import { failedFinding, passedFinding } from '../judging/findings.ts';
import { collectionOf, type Listing, listingOf, missingIn } from '../judging/listings.ts';

export const pagesPartition: Check = {
  id: 'pages-partition',
  grade: 'contract',
  rule: 'The pages of a list show each of its records once: none twice, none left out.',
  blindTo: 'Lists that are too long to be read to their end; accounts that others use too.',
  phases: ['lists'],
  judge(run, context) {
    const collection = collectionOf(run, context);
    if (!collection?.list || !context.exclusive) return [];
    const whole = listingOf(run, 'list', collection);
    const start = pagingOf(context.document, collection.list)?.start?.schema?.replace(/\/schema$/, '');
    const chain = [collection.list.pointer, ...(start === undefined ? [] : [start])];
    return ['pages', 'linked pages'].flatMap((name) => {
      const paged = listingOf(run, name, collection);
      const isLinked = name === 'linked pages' && paged?.pages.length === 1;
      // Without a link to a next page there is nothing to follow; whether there should be one is seen from the rest.
      if (!paged || (isLinked && !mentionsNext(paged))) return [];
      return judgePages(paged, whole, chain);
    });
  },
};

function judgePages(
  paged: Listing,
  whole: Listing | undefined,
  chain: readonly Pointer[],
): readonly Finding[] {
  const { ids, index, idsByPage, pages } = paged;
  const findings: Finding[] = [];
  idsByPage.forEach((page, at) => {
    const before = new Set(idsByPage.slice(0, at).flat());
    const again = page.filter((id) => before.has(id));
    if (again.length > 0) {
      const seen = `${again.slice(0, 3).join(', ')} on page ${at + 1} again`;
      findings.push(
        failedFinding(pages[at]?.index ?? index, chain, {
          expected: 'records that no page before shows',
          seen,
          location: 'body',
        }),
      );
    }
  });
  if (findings.length === 0 && whole?.isComplete && paged.isComplete) {
    const lost = missingIn(whole, paged);
    if (lost.length > 0) {
      const expected = `all ${new Set(whole.ids).size} records of the list on its pages`;
      const seen = `${new Set(ids).size} on ${pages.length} pages, and no ${lost.slice(0, 3).join(', ')}`;
      findings.push(failedFinding(pages.at(-1)?.index ?? index, chain, { expected, seen, location: 'body' }));
    }
    const extra = missingIn(paged, whole);
    if (extra.length > 0) {
      const seen = `${extra.slice(0, 3).join(', ')}, which the list does not show`;
      findings.push(
        failedFinding(pages.at(-1)?.index ?? index, chain, {
          expected: 'records of the list',
          seen,
          location: 'body',
        }),
      );
    }
  }
  return findings.length > 0 ? findings : [passedFinding(index, chain)];
}

/** Whether an answer speaks of a next page at all, if only to say that there is none. */
function mentionsNext({ pages: [first] }: Listing): boolean {
  return /"next/i.test(first?.response.text ?? '') || first?.response.headers.link !== undefined;
}
