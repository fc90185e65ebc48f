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

/** That nothing arrived in the moments in which, for one of these reasons, nothing may. */
export function judgeSilence(caseRun: CaseRun, because: readonly Silence[]): readonly Finding[] {
  return judgeCheckpoints(caseRun, (moment, [first], { script }) => {
    if (moment.because === undefined || !because.includes(moment.because)) return [];
    const { subscription } = script;
    const facts = subscription ? [[subscription.pointer]] : sendingOf(moment.facts).facts;
    if (!first) return [webhookFinding({ moment, facts })];
    const expected = `nothing, though ${moment.what}, since ${reasons[moment.because]}`;
    return [webhookFinding({ moment, facts }, { expected, seen: arrivalExcerpt(first.arrival) })];
  });
}
