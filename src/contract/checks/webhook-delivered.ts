import type { Check } from '../types.ts';
import { sendingOf, toldIn, webhookFinding, webhookRunOf } from './webhook-findings.ts';

export const webhookDelivered: Check = {
  id: 'webhook-delivered',
  grade: 'contract',
  rule: 'What fires an event makes it arrive at its subscriber, in time.',
  blindTo: 'Events that nothing known causes; on a server that is no mock, how long it may take.',
  phases: ['webhooks'],
  judge(caseRun) {
    const run = webhookRunOf(caseRun);
    if (!run) return [];
    const told = toldIn(run);
    return run.moments.flatMap((moment, at) => {
      if (moment.expect !== 'delivery') return [];
      const ground = { moment, ...sendingOf(moment.facts) };
      const first = told.find(({ index }) => index === at);
      if (first && !first.isLate) return [webhookFinding(ground)];
      const expected = `${moment.facts.event}, since ${moment.what}`;
      const since = run.moments[first?.arrival.moment ?? -1]?.what;
      const seen = first ? `it arrived only after ${since}` : 'nothing arrived';
      // OpenAPI 3.1, section 4.8.18: callbacks are possible requests, not promised ones.
      const isPromised = run.script.addressed === undefined;
      return [webhookFinding(ground, { expected, seen, ...(!isPromised && { grade: 'convention' }) })];
    });
  },
};
