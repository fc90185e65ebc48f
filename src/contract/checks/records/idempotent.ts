import type { Check } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import { excerpt, failedFinding, passedFinding } from '../judging/findings.ts';
import { changedFields, listingOf, missingIn } from '../judging/listings.ts';
import { lifeOf, recordInAnswer } from '../judging/record-life.ts';

export const idempotent: Check = {
  id: 'idempotent',
  grade: 'rfc',
  rule: 'PUT and DELETE sent twice leave the same state as sent once (RFC 9110, section 9.2.2).',
  blindTo: 'What no operation shows; repetitions later than at once.',
  phases: ['writes'],
  judge(run, context) {
    const life = lifeOf(run, context);
    if (!life) return [];
    return ['update', 'delete'].flatMap((name): readonly Finding[] => {
      const again = life.step(`${name} again`);
      if (!again || again.response.status >= 500) return [];
      const chain = [again.exchange.operation.pointer];
      const { method } = again.exchange.request;
      const findings: Finding[] = [];
      const [once, twice] = ['', ' again'].map((when) => life.step(`read after ${name}${when}`));
      const was = once && recordInAnswer(life, once);
      if (was && twice && twice.response.status < 500) {
        const is = recordInAnswer(life, twice);
        const changed = is ? changedFields(was, is) : ['the record'];
        const seen = is ? `another ${changed.join(', ')}` : excerpt(twice.response);
        const expected = `the record as after the first ${method}`;
        findings.push(
          changed.length === 0
            ? passedFinding(twice.index, chain)
            : failedFinding(twice.index, chain, { expected, seen, ...(is && { grade: 'convention' }) }),
        );
      }
      const [before, after] = ['', ' again'].map((when) =>
        listingOf(run, `list after ${name}${when}`, life.collection),
      );
      if (before?.isComplete && after?.isComplete && context.exclusive) {
        const changed = [...missingIn(before, after), ...missingIn(after, before)];
        const expected = `the same list as after the first ${method}`;
        const seen = `a list in which ${changed.slice(0, 3).join(', ')} came or went`;
        findings.push(
          changed.length === 0
            ? passedFinding(after.index, chain)
            : failedFinding(after.index, chain, { expected, seen, location: 'body' }),
        );
      }
      return findings;
    });
  },
};
