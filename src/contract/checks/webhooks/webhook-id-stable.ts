import { isDeepStrictEqual } from 'node:util';
import { placeholdersOf } from '../../../webhooks/signers/template.ts';
import type { Check } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import type { Arrival } from '../../model/webhook-run.ts';
import type { WebhookFacts } from '../../model/webhook-script.ts';
import { placesOf, sendingOf, valueInPayload, webhookFinding } from '../judging/webhook-findings.ts';
import { type MatchedArrival, matchArrivals, webhookRunOf } from '../judging/webhook-runs.ts';

export const webhookIdStable: Check = {
  id: 'webhook-id-stable',
  grade: 'contract',
  rule: 'A delivery keeps its id and its payload over its attempts, and no other delivery has that id.',
  blindTo: 'Webhooks that carry no id; ids of deliveries that other cases cause.',
  phases: ['webhooks'],
  judge(caseRun) {
    const run = webhookRunOf(caseRun);
    if (!run) return [];
    const deliveries = deliveriesOf(matchArrivals(run));
    const kept = deliveries.flatMap(([first, ...others]) =>
      first ? others.map((other) => judgeAttempt(first, other, run.isMock)) : [],
    );
    const distinct = deliveries.flatMap(([first], at) => {
      const earlier = deliveries.slice(0, at).flatMap(([one]) => one ?? []);
      return first ? earlier.flatMap((one) => judgeOther(one, first)) : [];
    });
    return [...kept, ...distinct];
  },
};

/** Attempts by the delivery they are of: each checkpoint that causes one begins a new one. */
function deliveriesOf(told: readonly MatchedArrival[]): readonly (readonly MatchedArrival[])[] {
  const groups = new Map<number, MatchedArrival[]>();
  for (const each of told) {
    const { expect } = each.checkpoint;
    if (expect === 'delivery') groups.set(each.index, [...(groups.get(each.index) ?? []), each]);
    const last = [...groups.values()].at(-1);
    if (expect === 'attempts' && last) last.push(each);
  }
  return [...groups.values()];
}

function judgeAttempt(
  first: MatchedArrival,
  { arrival, checkpoint }: MatchedArrival,
  isMock: boolean,
): Finding {
  const ground = { checkpoint, ...sendingOf(checkpoint.facts) };
  const ids = idsOf(checkpoint.facts, first.arrival);
  const again = idsOf(checkpoint.facts, arrival);
  const [changed] = Object.keys(ids).filter((place) => ids[place] !== again[place]);
  if (changed !== undefined) {
    const expected = `${changed} is ${ids[changed]}, as at the first attempt`;
    return webhookFinding(ground, { expected, seen: again[changed] ?? 'none', location: changed });
  }
  const isSame = isMock
    ? Buffer.compare(first.arrival.body, arrival.body) === 0
    : isDeepStrictEqual(first.arrival.json, arrival.json);
  if (isSame) return webhookFinding(ground);
  return webhookFinding(
    { ...ground, inferred: true },
    { expected: 'the payload of the first attempt', seen: 'another payload', location: 'body' },
  );
}

function judgeOther(one: MatchedArrival, { arrival, checkpoint }: MatchedArrival): readonly Finding[] {
  const [former, ids] = [idsOf(checkpoint.facts, one.arrival), idsOf(checkpoint.facts, arrival)];
  const places = Object.keys(ids);
  if (places.length === 0) return [];
  const ground = { checkpoint, ...sendingOf(checkpoint.facts) };
  const [shared] = places.filter((place) => ids[place] !== undefined && ids[place] === former[place]);
  if (shared === undefined) return [webhookFinding(ground)];
  const expected = `${shared} of its own for each delivery`;
  return [webhookFinding(ground, { expected, seen: `${ids[shared]} for two of them`, location: shared })];
}

/** What tells a delivery from others, by where it stands: in headers, in the payload, in what was signed. */
function idsOf(
  { emits, policy }: WebhookFacts,
  { headers, json, verification }: Arrival,
): Readonly<Record<string, string | undefined>> {
  const inHeaders = Object.entries(policy.headers).filter(([, template]) =>
    placeholdersOf(template).includes('id'),
  );
  const isId = (expression: string) => ['$delivery.id', '$delivery.number', '$event.id'].includes(expression);
  const signed = verification?.valid ? verification.id : undefined;
  return {
    ...Object.fromEntries(inHeaders.map(([name]) => [`header/${name}`, headers[name.toLowerCase()]])),
    ...Object.fromEntries(
      placesOf(emits?.extension.payload, isId).map((keys) => [
        `payload/${keys.join('/')}`,
        JSON.stringify(valueInPayload(json, keys)),
      ]),
    ),
    ...(signed !== undefined && { 'the signed id': signed }),
  };
}
