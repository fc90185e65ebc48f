import { includesStatus } from '../../webhooks/status-range.ts';
import type { Check } from '../types.ts';
import { sendingOf, toldIn, webhookFinding, webhookRunOf } from './webhook-findings.ts';

export const webhookOnce: Check = {
  id: 'webhook-once',
  grade: 'contract',
  rule: 'An event whose receiver took it does not arrive a second time.',
  blindTo: 'What is sent once more long afterwards; most providers promise no more than at least once.',
  phases: ['webhooks'],
  judge(caseRun) {
    const run = webhookRunOf(caseRun);
    if (!run) return [];
    const told = toldIn(run);
    return run.moments.flatMap((moment, at) => {
      const here = told.filter(({ index }) => index === at);
      const { definitions, policy } = moment.facts;
      // Nothing in the documents of webhooks says so, but receivers are written for it.
      const ground = { moment, facts: sendingOf(moment.facts).facts, inferred: true };
      if (moment.because === 'settled') {
        if (here.length === 0) return [webhookFinding(ground)];
        const expected = `no more of ${moment.facts.event}, which the receiver has taken`;
        return [webhookFinding(ground, { expected, seen: `it arrived again after ${moment.what}` })];
      }
      const [first] = here;
      if (moment.expect !== 'delivery' || !first) return [];
      const isTaken = includesStatus(policy.success, first.arrival.status);
      const most = isTaken ? definitions.length : (moment.count ?? 1);
      if (here.length <= most) return [webhookFinding(ground)];
      const expected = `${moment.facts.event} once, since ${moment.what}`;
      return [
        webhookFinding(ground, {
          expected: most === 1 ? expected : `${most} attempts at ${moment.facts.event}`,
          seen: `it arrived ${here.length} times`,
        }),
      ];
    });
  },
};
