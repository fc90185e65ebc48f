import type { Check } from '../types.ts';
import { isToHandshake } from '../webhook-arrivals.ts';
import { settingOf, webhookFinding, webhookRunOf } from './webhook-findings.ts';

export const webhookSigned: Check = {
  id: 'webhook-signed',
  grade: 'contract',
  rule: 'A webhook is signed over its exact bytes with the secret of its subscription, and not long ago.',
  blindTo:
    'Webhooks that are not signed, and secrets that the API does not show; how old one is whose scheme signs no time.',
  phases: ['webhooks'],
  judge(caseRun, { document }) {
    const run = webhookRunOf(caseRun);
    if (!run) return [];
    return run.arrivals.flatMap((arrival) => {
      const { verification } = arrival;
      const moment = run.moments[arrival.moment];
      if (!moment || !verification) return [];
      const handshake = isToHandshake(arrival, run.script) ? run.script.handshake : undefined;
      const facts = handshake?.facts ?? run.script.facts;
      const ground = { moment, ...settingOf(document, facts, 'signature') };
      if (verification.valid) return [webhookFinding(ground)];
      const expected = `a signature by the scheme ${facts.policy.signature.scheme}`;
      return [webhookFinding(ground, { expected, seen: verification.message, location: 'headers' })];
    });
  },
};
