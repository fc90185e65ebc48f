import type { Check } from '../../model/check.ts';
import { sendingOf, webhookFinding } from '../judging/webhook-findings.ts';
import { judgeCheckpoints } from '../judging/webhook-runs.ts';

export const webhookDelivered: Check = {
  id: 'webhook-delivered',
  grade: 'contract',
  rule: 'What fires an event makes it arrive at its subscriber, in time.',
  blindTo: 'Events that nothing known causes; on a server that is no mock, how long it may take.',
  phases: ['webhooks'],
  judge: (caseRun) =>
    judgeCheckpoints(caseRun, (checkpoint, [first], { isMock, checkpoints, script }) => {
      if (checkpoint.expect !== 'delivery') return [];
      const ground = { checkpoint, ...sendingOf(checkpoint.facts) };
      if (first && !first.isLate) return [webhookFinding(ground)];
      const expected = `${checkpoint.facts.event}, since ${checkpoint.what}`;
      const since = checkpoints[first?.arrival.checkpoint ?? -1]?.what;
      const seen = first ? `it arrived only after ${since}` : 'nothing arrived';
      // OpenAPI 3.1, section 4.8.18: callbacks are possible requests, not promised ones; a mock makes them.
      const isPromised = script.addressed === undefined || isMock;
      return [webhookFinding(ground, { expected, seen, ...(!isPromised && { grade: 'convention' }) })];
    }),
};
