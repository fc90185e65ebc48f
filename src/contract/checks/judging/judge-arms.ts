import type { CaseRun } from '../../model/case-run.ts';
import type { Finding } from '../../model/finding.ts';
import type { ReceiverQuestion } from '../../model/receiver-run.ts';
import { comparableChanges, probeChanges, restlessPlaces } from './probe-changes.ts';
import { deliveredIn, receiverFinding } from './receiver-findings.ts';

/** Characters of a change that are shown. */
const mostShown = 300;

/**
 * Compares what the last arm of a case changed with what the two before it did, which were alike.
 *
 * @param expected in words, what should have changed
 */
export function judgeArms(run: CaseRun, question: ReceiverQuestion, expected: string): readonly Finding[] {
  const last = deliveredIn(run, question).at(-1);
  const [one, two, three] = run.case.receiver?.arms ?? [];
  const [start, afterOne, afterTwo, end] = run.receiver?.readings ?? [];
  if (run.notRun !== undefined || !last || !one || !two || !three || !start || !afterOne || !afterTwo || !end)
    return [];
  const first = probeChanges(start.json, afterOne.json, one);
  const second = probeChanges(afterOne.json, afterTwo.json, two);
  const third = probeChanges(afterTwo.json, end.json, three);
  const restless = restlessPlaces(first, second);
  const wanted = comparableChanges(second, restless);
  const got = comparableChanges(third, restless);
  if (wanted.join('\n') === got.join('\n')) return [receiverFinding(last)];
  return [
    receiverFinding(last, {
      expected: `${expected}: ${shownChanges(differing(wanted, got))}`,
      seen: shownChanges(differing(got, wanted)),
      location: 'probe',
    }),
  ];
}

/** What only the first of two lists has. */
function differing(some: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return some.filter((text) => {
    const at = left.indexOf(text);
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
}

/** Changes in a line; none in words. */
export function shownChanges(changes: readonly string[]): string {
  const text = changes.join('; ');
  if (text === '') return 'nothing beside that';
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}
