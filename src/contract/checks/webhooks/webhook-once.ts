import { includesStatus } from '../../../webhooks/status-range.ts';
import type { Check } from '../../model/check.ts';
import { sendingOf, webhookFinding } from '../judging/webhook-findings.ts';
import { judgeCheckpoints } from '../judging/webhook-runs.ts';

export const webhookOnce: Check = {
  id: 'webhook-once',
  grade: 'contract',
  rule: 'An event whose receiver took it does not arrive a second time.',
  blindTo: 'What is sent once more long afterwards; most providers promise no more than at least once.',
  phases: ['webhooks'],
  judge: (caseRun) =>
    judgeCheckpoints(caseRun, (checkpoint, here) => {
      const { definitions, event, policy } = checkpoint.facts;
      // Nothing in the documents of webhooks says so, but receivers are written for it.
      const ground = { checkpoint, facts: sendingOf(checkpoint.facts).facts, inferred: true };
      if (checkpoint.because === 'settled') {
        if (here.length === 0) return [webhookFinding(ground)];
        const expected = `no more of ${event}, which the receiver has taken`;
        return [webhookFinding(ground, { expected, seen: `it arrived again after ${checkpoint.what}` })];
      }
      const [first] = here;
      if (checkpoint.expect !== 'delivery' || !first) return [];
      const isTaken = includesStatus(policy.success, first.arrival.status);
      const most = isTaken ? definitions.length : (checkpoint.count ?? 1);
      if (here.length <= most) return [webhookFinding(ground)];
      const expected =
        most === 1 ? `${event} once, since ${checkpoint.what}` : `${most} attempts at ${event}`;
      return [webhookFinding(ground, { expected, seen: `it arrived ${here.length} times` })];
    }),
};
