import { isObject } from '../../openapi/is-object.ts';
import { pointerTo } from '../../openapi/json-pointer.ts';
import { resolverOf } from '../../openapi/resolver-of.ts';
import type { WebhookHeader } from '../../openapi/webhooks.ts';
import { matchTemplate } from '../../webhooks/template.ts';
import { schemaChain } from '../provenance-of.ts';
import type { Check, Finding, JudgeContext } from '../types.ts';
import { isToHandshake } from '../webhook-arrivals.ts';
import type { Arrival, WebhookFacts, WebhookMoment } from '../webhook-types.ts';
import { webhookFinding, webhookRunOf } from './webhook-findings.ts';

export const webhookHeaders: Check = {
  id: 'webhook-headers',
  grade: 'contract',
  rule: 'A webhook carries the headers that the document declares, with values that it allows.',
  blindTo: 'Headers of which the document says nothing.',
  phases: ['webhooks'],
  judge(caseRun, context) {
    const run = webhookRunOf(caseRun);
    if (!run) return [];
    return run.arrivals.flatMap((arrival) => {
      const moment = run.moments[arrival.moment];
      if (!moment || arrival.address !== 'own') return [];
      const handshake = isToHandshake(arrival, run.script) ? run.script.handshake : undefined;
      const facts = handshake?.facts ?? run.script.facts;
      const declared = facts.definitions[0]?.headers ?? [];
      return [
        ...declared.flatMap((header) => judgeDeclared(header, arrival, moment, context)),
        ...judgeSettings(facts, arrival, moment, context, run.isMock),
      ];
    });
  },
};

function judgeDeclared(
  header: WebhookHeader,
  arrival: Arrival,
  moment: WebhookMoment,
  { document, validators }: JudgeContext,
): readonly Finding[] {
  const { name, required, schema } = header;
  const value = arrival.headers[name.toLowerCase()];
  const location = `header/${name.toLowerCase()}`;
  const at = schema === undefined ? (moment.facts.definitions[0]?.pointer ?? '#') : schema;
  const ground = { moment, facts: [schemaChain(document, at, [])] };
  if (value === undefined) {
    if (!required) return [];
    return [webhookFinding(ground, { expected: `the header ${name}`, seen: 'none', location })];
  }
  if (schema === undefined) return [webhookFinding(ground)];
  const readings: readonly unknown[] = [
    value,
    ...(value !== '' && Number.isFinite(Number(value)) ? [Number(value)] : []),
  ];
  const violations = readings.map((reading) => validators.validate(schema, reading, 'response', name));
  if (violations.some(({ length }) => length === 0)) return [webhookFinding(ground)];
  const expected = `${name} ${violations[0]?.[0]?.message}`;
  return [webhookFinding(ground, { expected, seen: value.slice(0, 200), location })];
}

/** Headers of the delivery settings; on a mock also those that the document shows an example of, which it sends. */
function judgeSettings(
  { layers, policy }: WebhookFacts,
  arrival: Arrival,
  moment: WebhookMoment,
  { document }: JudgeContext,
  isMock: boolean,
): readonly Finding[] {
  return Object.entries(policy.headers).flatMap(([name, template]) => {
    const layer = layers.find((at) => {
      const node = resolverOf(document).at(at)?.node;
      return isObject(node) && isObject(node.headers) && node.headers[name] !== undefined;
    });
    if (layer === undefined && !isMock) return [];
    const value = arrival.headers[name.toLowerCase()];
    const ground =
      layer === undefined
        ? { moment, facts: [[moment.facts.definitions[0]?.pointer ?? '#']], inferred: true }
        : { moment, facts: [[layer, pointerTo(layer, 'headers', name)]] };
    if (value !== undefined && matchTemplate(template, value)) return [webhookFinding(ground)];
    const failure = { expected: `${name}: ${template}`, seen: value?.slice(0, 200) ?? 'none' };
    return [webhookFinding(ground, { ...failure, location: `header/${name.toLowerCase()}` })];
  });
}
