import type { Check, Finding } from '../types.ts';
import { isToHandshake } from '../webhook-arrivals.ts';
import { sendingOf, webhookFinding, webhookRunOf } from './webhook-findings.ts';
import { judgeSilence } from './webhook-silence.ts';

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
    const asked = run.moments.flatMap((moment, at): Finding[] => {
      if (moment.expect !== 'handshake') return [];
      const own = run.arrivals.filter(({ address, moment: when }) => address === 'own' && when === at);
      const count = own.filter((arrival) => isToHandshake(arrival, run.script)).length;
      const ground = { moment, ...sendingOf(facts) };
      if (count === 1 && own.length === 1) return [webhookFinding(ground)];
      const expected = `${facts.event} and nothing else, since ${moment.what}`;
      const seen = count === own.length ? `it arrived ${count} times` : 'something else arrived';
      return [webhookFinding(ground, { expected, seen })];
    });
    return [...asked, ...judgeSilence(caseRun, ['unverified'])];
  },
};
