import { isToHandshake } from '../../execute/webhooks/is-to-handshake.ts';
import type { Check } from '../../model/check.ts';
import type { WebhookFacts } from '../../model/webhook-script.ts';
import {
  arrivalExcerpt,
  placesOf,
  sendingOf,
  valueInPayload,
  webhookFinding,
} from '../judging/webhook-findings.ts';
import { matchArrivals, webhookRunOf } from '../judging/webhook-runs.ts';

export const webhookOnlySubscribed: Check = {
  id: 'webhook-only-subscribed',
  grade: 'contract',
  rule: 'A subscriber is told of the events that it asked for, and of no others.',
  blindTo: 'Events of which the payload does not name itself.',
  phases: ['webhooks'],
  judge(caseRun) {
    const run = webhookRunOf(caseRun);
    if (!run) return [];
    const { facts, other, subscription } = run.script;
    const asked = subscription ? [[subscription.pointer]] : sendingOf(facts).facts;
    const names = namePlacesOf(facts);
    const own = matchArrivals(run).flatMap(({ arrival, checkpoint }) =>
      names.map((keys) => {
        const name = valueInPayload(arrival.json, keys);
        const ground = { checkpoint, facts: asked };
        if (name === facts.event) return webhookFinding(ground);
        const seen = JSON.stringify(name) ?? 'nothing';
        return webhookFinding(ground, { expected: facts.event, seen, location: `payload/${keys.join('/')}` });
      }),
    );
    const others = run.checkpoints.flatMap((checkpoint, at) => {
      if (other === undefined || checkpoint.expect !== 'delivery') return [];
      const ground = { checkpoint, facts: asked };
      const astray = run.arrivals.find(
        (arrival) =>
          arrival.address === 'other' && arrival.checkpoint === at && !isToHandshake(arrival, run.script),
      );
      if (!astray) return [webhookFinding(ground)];
      const expected = `nothing at a subscription to ${other}, though ${checkpoint.what}`;
      return [webhookFinding(ground, { expected, seen: arrivalExcerpt(astray) })];
    });
    return [...own, ...others];
  },
};

/** Where payloads of an event name it: as its rule says, else where the document's example does. */
function namePlacesOf({ definitions, emits, event }: WebhookFacts): readonly (readonly string[])[] {
  if (emits) return placesOf(emits.extension.payload, (expression) => expression === '$event.name');
  return placesOf(definitions[0]?.examples[0]?.value, (text) => text === event);
}
