import { findRecordIn } from '../../execute/records/find-record.ts';
import type { Check } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import { answeredSteps, excerpt, failedFinding, passedFinding } from '../judging/findings.ts';
import { changedFields, collectionOf, listingOf, missingIn } from '../judging/listings.ts';

export const safeMethods: Check = {
  id: 'safe-methods',
  grade: 'rfc',
  rule: 'GET changes nothing: what is read twice is the same, and no record comes of it (RFC 9110, section 9.2.1).',
  blindTo: 'Changes that no operation shows.',
  phases: ['writes'],
  judge(run, context) {
    const { exclusive } = context;
    const collection = collectionOf(run, context);
    if (!collection) return [];
    const findings: Finding[] = [];
    const steps = answeredSteps(run);
    const [once, again] = ['read', 'read again'].map((name) =>
      steps.find(({ exchange }) => exchange.step?.name === name),
    );
    const was = findRecordIn(once?.response.json?.value, collection.id);
    if (once && again && was && once.response.status < 300 && again.response.status < 500) {
      const chain = [again.exchange.operation.pointer];
      const is = findRecordIn(again.response.json?.value, collection.id);
      const isGone = again.response.status === 404 || again.response.status === 410;
      const changed = is && again.response.status < 300 ? changedFields(was, is) : [];
      // What is under way goes on by itself.
      if (isGone)
        findings.push(
          failedFinding(again.index, chain, {
            expected: 'the record that was just read',
            seen: excerpt(again.response),
          }),
        );
      else if (changed.length === 0) findings.push(passedFinding(again.index, chain));
      else
        findings.push(
          failedFinding(again.index, chain, {
            expected: 'the same record as a moment ago',
            seen: `another ${changed.join(', ')}`,
            grade: 'convention',
          }),
        );
    }
    const [before, after] = ['list', 'list again'].map((name) => listingOf(run, name, collection));
    if (exclusive && before?.isComplete && after?.isComplete) {
      const chain = [after.pages[0]?.exchange.operation.pointer ?? '#'];
      const grown = missingIn(after, before);
      const lost = missingIn(before, after);
      if (grown.length + lost.length === 0) findings.push(passedFinding(after.index, chain));
      else
        findings.push(
          failedFinding(after.index, chain, {
            expected: 'the same list as a moment ago',
            seen:
              grown.length > 0
                ? `${grown.slice(0, 3).join(', ')} as well`
                : `no ${lost.slice(0, 3).join(', ')}`,
            location: 'body',
            // Records may run out between two looks; they do not come by themselves.
            ...(grown.length === 0 && { grade: 'convention' }),
          }),
        );
    }
    return findings;
  },
};
