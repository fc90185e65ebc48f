import type { CaseRun, Finding } from '../types.ts';
import type { Silence } from '../webhook-types.ts';
import { arrivalExcerpt, sendingOf, toldIn, webhookFinding, webhookRunOf } from './webhook-findings.ts';

const reasons: Readonly<Partial<Record<Silence, string>>> = {
  unsubscribed: 'the subscription was deleted before',
  inactive: 'the subscription was switched off before',
  disabled: 'the receiver said before that it is gone',
  refused: 'the call was refused',
  unverified: 'the subscription was not verified yet',
};

/** That nothing arrived in the moments in which, for one of these reasons, nothing may. */
export function judgeSilence(caseRun: CaseRun, because: readonly Silence[]): readonly Finding[] {
  const run = webhookRunOf(caseRun);
  if (!run) return [];
  const told = toldIn(run);
  const { subscription } = run.script;
  return run.moments.flatMap((moment, at) => {
    if (moment.because === undefined || !because.includes(moment.because)) return [];
    const facts = subscription ? [[subscription.pointer]] : sendingOf(moment.facts).facts;
    const here = told.filter(({ index }) => index === at);
    const [first] = here;
    if (!first) return [webhookFinding({ moment, facts })];
    const expected = `nothing, though ${moment.what}, since ${reasons[moment.because]}`;
    return [webhookFinding({ moment, facts }, { expected, seen: arrivalExcerpt(first.arrival) })];
  });
}
