import type { Check } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import { failedFinding, passedFinding } from '../judging/findings.ts';
import { collectionOf, createdIn, listingOf, missingIn } from '../judging/listings.ts';

export const listedOnce: Check = {
  id: 'listed-once',
  grade: 'contract',
  rule: 'What was created is in the list, once, and nothing else came or went with it.',
  blindTo: 'Lists of which not all can be read; on an account that others use too, what else came with it.',
  phases: ['lists'],
  judge(run, context) {
    const { exclusive } = context;
    const collection = collectionOf(run, context);
    const list = collection && listingOf(run, 'list', collection);
    if (!collection || !list) return [];
    const chain = [list.pages[0]?.exchange.operation.pointer ?? '#'];
    const fail = (expected: string, seen: string): Finding =>
      failedFinding(list.index, chain, { expected, seen, location: 'body' });
    const findings: Finding[] = [];
    const count = (id: string) => list.ids.filter((each) => each === id).length;
    const made = createdIn(run, collection.id);
    for (const id of made) {
      if (count(id) === 0 && list.isComplete)
        findings.push(
          fail(`${id}, which was just created, in the list of ${collection.name}`, 'a list without it'),
        );
    }
    const twice = [...new Set(list.ids)].filter((id) => count(id) > 1);
    const isSteady = exclusive || list.pages.length === 1;
    if (twice.length > 0 && isSteady)
      findings.push(fail('each record once', `${twice.slice(0, 3).join(', ')} more than once`));
    const before = listingOf(run, 'list before', collection);
    const lost = before && exclusive && list.isComplete ? missingIn(before, list) : [];
    if (lost.length > 0)
      findings.push(fail('all that was in the list before', `a list without ${lost.slice(0, 3).join(', ')}`));
    const isNew = (id: string) => !made.includes(id);
    const extra = before?.isComplete && exclusive ? missingIn(list, before).filter(isNew) : [];
    if (extra.length > 0 && made.length > 0)
      findings.push(fail(`nothing new but ${made.join(', ')}`, `${extra.slice(0, 3).join(', ')} as well`));
    return findings.length > 0 ? findings : [passedFinding(list.index, chain)];
  },
};
