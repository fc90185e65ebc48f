import type { Check } from '../types.ts';
import { settingOf, toldIn, webhookFinding, webhookRunOf } from './webhook-findings.ts';

export const webhookRetried: Check = {
  id: 'webhook-retried',
  grade: 'contract',
  rule: 'A delivery that failed is tried again when the document says, as often as it says, and no redirect is followed that it does not speak of.',
  blindTo: 'On a server that is no mock, retries that come later than is waited for.',
  phases: ['webhooks'],
  judge(caseRun, { document }) {
    const run = webhookRunOf(caseRun);
    if (!run) return [];
    const told = toldIn(run);
    const schedule = settingOf(document, run.script.facts, 'schedule');
    const attempts = run.moments.flatMap((moment, at) => {
      const here = told.filter(({ index }) => index === at);
      const late = here.filter(({ isLate }) => isLate);
      const isSilent = moment.because === 'not due' || moment.because === 'exhausted';
      const ground = { moment, ...schedule };
      const [first] = here;
      if (moment.expect === 'delivery' && first && (moment.count ?? 1) > 1) {
        const missing = (moment.count ?? 1) - here.length;
        if (missing <= 0) return [webhookFinding(ground)];
        const expected = `${amount((moment.count ?? 1) - 1)} of ${moment.facts.event}, since each one failed but the last`;
        return [webhookFinding(ground, { expected, seen: amount(here.length - 1) })];
      }
      if (moment.expect !== 'attempts' && !isSilent) return [];
      const count = isSilent ? 0 : (moment.count ?? 1);
      if (here.length === count && late.length === 0) return [webhookFinding(ground)];
      const expected = `${amount(count)} of ${moment.facts.event}, since ${moment.what}`;
      const since = run.moments[late[0]?.arrival.moment ?? -1]?.what;
      const seen = late.length === 0 ? amount(here.length) : `it came only after ${since}`;
      return [webhookFinding(ground, { expected, seen })];
    });
    const redirected = run.arrivals.flatMap((arrival) => {
      const moment = run.moments[arrival.moment];
      if (arrival.address !== 'redirected' || !moment || moment.facts.policy.redirects > 0) return [];
      const ground = { moment, ...settingOf(document, run.script.facts, 'redirects') };
      const expected = 'no request to where an answer pointed to';
      return [webhookFinding(ground, { expected, seen: 'the redirect was followed' })];
    });
    return [...attempts, ...redirected];
  },
};

function amount(count: number): string {
  if (count === 0) return 'no further attempt';
  return count === 1 ? 'one further attempt' : `${count} further attempts`;
}
