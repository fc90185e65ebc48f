import type { CaseRun } from '../../model/case-run.ts';
import type { Finding } from '../../model/finding.ts';
import type { Silence } from '../../model/webhook-run.ts';
import { arrivalExcerpt, sendingOf, webhookFinding } from './webhook-findings.ts';
import { judgeCheckpoints } from './webhook-runs.ts';

const reasons: Readonly<Partial<Record<Silence, string>>> = {
  unsubscribed: 'the subscription was deleted before',
  inactive: 'the subscription was switched off before',
  disabled: 'the receiver said before that it is gone',
  refused: 'the call was refused',
  unverified: 'the subscription was not verified yet',
};

/** That nothing arrived in the checkpoints in which, for one of these reasons, nothing may. */
export function judgeSilence(caseRun: CaseRun, because: readonly Silence[]): readonly Finding[] {
  return judgeCheckpoints(caseRun, (checkpoint, [first], { script }) => {
    if (checkpoint.because === undefined || !because.includes(checkpoint.because)) return [];
    const { subscription } = script;
    const facts = subscription ? [[subscription.pointer]] : sendingOf(checkpoint.facts).facts;
    if (!first) return [webhookFinding({ checkpoint, facts })];
    const expected = `nothing, though ${checkpoint.what}, since ${reasons[checkpoint.because]}`;
    return [webhookFinding({ checkpoint, facts }, { expected, seen: arrivalExcerpt(first.arrival) })];
  });
}
