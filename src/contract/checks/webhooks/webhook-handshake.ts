import { isToHandshake } from '../../execute/webhooks/is-to-handshake.ts';
import type { Check } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import { judgeSilence } from '../judging/judge-silence.ts';
import { sendingOf, webhookFinding } from '../judging/webhook-findings.ts';
import { webhookRunOf } from '../judging/webhook-runs.ts';

export const webhookHandshake: Check = {
  id: 'webhook-handshake',
  grade: 'contract',
  rule: 'A new subscription is sent what verifies it, once, and nothing else before it is verified.',
  blindTo: 'Handshakes that the document does not describe as an event.',
  phases: ['webhooks'],
  judge(caseRun) {
    const run = webhookRunOf(caseRun);
    const facts = run?.script.handshake?.facts;
    if (!run || !facts) return [];
    const asked = run.checkpoints.flatMap((checkpoint, at): readonly Finding[] => {
      const own = run.arrivals.filter(({ address, checkpoint: when }) => address === 'own' && when === at);
      const count = own.filter((arrival) => isToHandshake(arrival, run.script)).length;
      const ground = { checkpoint, ...sendingOf(facts) };
      if (checkpoint.expect !== 'handshake') {
        if (count === 0) return [];
        const expected = `no more of ${facts.event}, though ${checkpoint.what}`;
        return [webhookFinding(ground, { expected, seen: 'it arrived again' })];
      }
      if (count === 1 && own.length === 1) return [webhookFinding(ground)];
      const expected = `${facts.event} and nothing else, since ${checkpoint.what}`;
      const seen = count === own.length ? `it arrived ${count} times` : 'something else arrived';
      return [webhookFinding(ground, { expected, seen })];
    });
    const elsewhere = run.arrivals.filter(
      (arrival) => arrival.address === 'other' && isToHandshake(arrival, run.script),
    );
    const again = elsewhere.slice(1).flatMap((arrival) => {
      const checkpoint = run.checkpoints[arrival.checkpoint];
      if (!checkpoint) return [];
      const expected = `${facts.event} once, at a subscription that takes it`;
      const ground = { checkpoint, ...sendingOf(facts) };
      return [webhookFinding(ground, { expected, seen: `it arrived again after ${checkpoint.what}` })];
    });
    return [...asked, ...again, ...judgeSilence(caseRun, ['unverified'])];
  },
};
