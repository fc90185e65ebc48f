import { isObject } from '../../../json/is-object.ts';
import { pointerTo } from '../../../json/json-pointer.ts';
import { resolverOf } from '../../../openapi/document/resolver-of.ts';
import type { WebhookHeader } from '../../../openapi/webhooks/webhooks.ts';
import { matchTemplate } from '../../../webhooks/signers/template.ts';
import type { Check, JudgeContext } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import { schemaChain } from '../judging/provenance-of.ts';
import { webhookFinding } from '../judging/webhook-findings.ts';
import { type Arrived, judgeArrivals } from '../judging/webhook-runs.ts';

export const webhookHeaders: Check = {
  id: 'webhook-headers',
  grade: 'contract',
  rule: 'A webhook carries the headers that the document declares, with values that it allows.',
  blindTo: 'Headers of which the document says nothing.',
  phases: ['webhooks'],
  judge: (caseRun, context) =>
    judgeArrivals(caseRun, (arrived) => [
      ...(arrived.facts.definitions[0]?.headers ?? []).flatMap((header) =>
        judgeDeclared(header, arrived, context),
      ),
      ...judgeSettings(arrived, context),
    ]),
};

function judgeDeclared(
  { name, required, schema }: WebhookHeader,
  { arrival, facts, checkpoint }: Arrived,
  { document, validators }: JudgeContext,
): readonly Finding[] {
  const value = arrival.headers[name.toLowerCase()];
  const location = `header/${name.toLowerCase()}`;
  const at = schema ?? facts.definitions[0]?.pointer ?? '#';
  const ground = { checkpoint, facts: [schemaChain(document, at, [])] };
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
  { arrival, facts, checkpoint, run }: Arrived,
  { document }: JudgeContext,
): readonly Finding[] {
  const { definitions, layers, policy } = facts;
  return Object.entries(policy.headers).flatMap(([name, template]) => {
    const layer = layers.find((at) => {
      const node = resolverOf(document).at(at)?.node;
      return isObject(node) && isObject(node.headers) && node.headers[name] !== undefined;
    });
    if (layer === undefined && !run.isMock) return [];
    const value = arrival.headers[name.toLowerCase()];
    const ground =
      layer === undefined
        ? { checkpoint, facts: [[definitions[0]?.pointer ?? '#']], inferred: true }
        : { checkpoint, facts: [[layer, pointerTo(layer, 'headers', name)]] };
    if (value !== undefined && matchTemplate(template, value)) return [webhookFinding(ground)];
    const failure = { expected: `${name}: ${template}`, seen: value?.slice(0, 200) ?? 'none' };
    return [webhookFinding(ground, { ...failure, location: `header/${name.toLowerCase()}` })];
  });
}
