import type { Check } from '../../model/check.ts';
import { shownChanges } from '../judging/judge-arms.ts';
import { comparableChanges, probeChanges } from '../judging/probe-changes.ts';
import { deliveredIn, receiverFinding } from '../judging/receiver-findings.ts';

export const forgeryWithoutEffect: Check = {
  id: 'forgery-without-effect',
  grade: 'contract',
  rule: 'What is not signed as it should be changes nothing, whatever it is answered.',
  blindTo: 'Effects that the probe does not tell.',
  phases: ['receivers'],
  judge(run) {
    const last = deliveredIn(run, 'untouched').at(-1);
    const [idle, forged] = run.case.receiver?.arms ?? [];
    const [start, before, after] = run.receiver?.readings ?? [];
    if (!last || !idle || !forged || !start || !before || !after) return [];
    const restless = new Set(probeChanges(start.json, before.json, idle).map(({ place }) => place));
    const changes = probeChanges(before.json, after.json, forged).filter(({ place }) => !restless.has(place));
    if (changes.length === 0) return [receiverFinding(last)];
    const seen = shownChanges(comparableChanges(changes, restless));
    return [
      receiverFinding(last, {
        expected: 'no change by deliveries that are not signed right',
        seen,
        location: 'probe',
      }),
    ];
  },
};
