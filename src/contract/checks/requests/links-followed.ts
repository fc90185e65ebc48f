import type { Check } from '../../model/check.ts';
import { linksOf } from '../../plan/requests/links.ts';
import { answeredSteps, excerpt, failedFinding, passedFinding } from '../judging/findings.ts';

/** What says nothing of the link: who may call, what is there already, how often. */
const aside: ReadonlySet<number> = new Set([401, 402, 403, 409, 412, 423, 429]);

export const linksFollowed: Check = {
  id: 'links-followed',
  grade: 'contract',
  rule: 'The operation that a link names accepts what the link takes from an answer.',
  blindTo: 'Links whose expressions find nothing in the answer.',
  phases: ['sequences'],
  judge: (run, { document }) =>
    answeredSteps(run).flatMap(({ exchange, index, response }) => {
      const name = exchange.step?.name ?? '';
      if (!name.startsWith('link ') || response.status >= 500 || aside.has(response.status)) return [];
      const link = linksOf(document).find(
        (each) => each.source === run.case.operation && `link ${each.name}` === name,
      );
      if (!link) return [];
      const chain = [link.source.pointer, link.pointer];
      if (response.status < 400) return [passedFinding(index, chain)];
      const expected = `a success, since ${link.target.id} is called with what ${link.source.id} answered`;
      return [failedFinding(index, chain, { expected, seen: excerpt(response), location: 'status' })];
    }),
};
