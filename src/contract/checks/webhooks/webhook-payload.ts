import { childOf } from '../../../json/json-pointer.ts';
import { findMediaType, isJsonType, parseMediaType } from '../../../openapi/document/media-type.ts';
import type { WebhookDefinition } from '../../../openapi/webhooks/webhooks.ts';
import type { Check, JudgeContext } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import type { Arrival, WebhookCheckpoint } from '../../model/webhook-run.ts';
import { withoutSecrets } from '../judging/findings.ts';
import { keysOfLocation, schemaChain } from '../judging/provenance-of.ts';
import { arrivalExcerpt, webhookFinding } from '../judging/webhook-findings.ts';
import { judgeArrivals } from '../judging/webhook-runs.ts';

/** More violations of one payload than this help nobody. */
const mostOfOne = 5;

export const webhookPayload: Check = {
  id: 'webhook-payload',
  grade: 'contract',
  rule: 'A webhook is sent by the method, in the media type and with the payload that the document declares.',
  blindTo: 'Whether what the payload says is true; payloads that are not JSON.',
  phases: ['webhooks'],
  judge: (caseRun, context) =>
    judgeArrivals(caseRun, ({ arrival, facts, checkpoint }) => {
      // Any of several callbacks to one address will do.
      const findings = facts.definitions.map((definition) =>
        judgeArrival(definition, arrival, checkpoint, context),
      );
      const whole = findings.find((each) => each.every(({ outcome }) => outcome === 'passed'));
      return whole ?? findings[0] ?? [];
    }),
};

function judgeArrival(
  definition: WebhookDefinition,
  arrival: Arrival,
  checkpoint: WebhookCheckpoint,
  { document, validators }: JudgeContext,
): readonly Finding[] {
  const fail = (pointers: readonly string[], expected: string, seen: string, location: string) => [
    webhookFinding({ checkpoint, facts: [[definition.pointer, ...pointers]] }, { expected, seen, location }),
  ];
  const method = definition.method.toUpperCase();
  if (arrival.method !== method) return fail([], method, arrival.method, 'method');
  if (definition.mediaTypes.length === 0) return [];
  const type = arrival.headers['content-type'] ?? '';
  const found = findMediaType(definition.mediaTypes, type);
  const names = definition.mediaTypes.map(({ name }) => name).join(' or ');
  if (!found) return fail([], names, type || 'no Content-Type', 'header/content-type');
  if (!isJsonType(parseMediaType(type)?.essence ?? '')) return [];
  if (arrival.json === undefined)
    return fail([found.pointer], 'JSON', `no JSON: ${arrivalExcerpt(arrival)}`, 'body');
  const { schema } = found;
  if (schema === undefined) return [];
  const violations = validators.validate(schema, arrival.json, 'response', 'payload');
  const chainTo = (location: string) => [
    found.pointer,
    ...schemaChain(document, schema, keysOfLocation(location)),
  ];
  if (violations.length === 0)
    return [webhookFinding({ checkpoint, facts: [[definition.pointer, ...chainTo('payload')]] })];
  return violations.slice(0, mostOfOne).flatMap(({ location, message }) => {
    const part = keysOfLocation(location).reduce<unknown>(childOf, arrival.json);
    const seen = withoutSecrets(JSON.stringify(part) ?? 'nothing').slice(0, 200);
    return fail(chainTo(location), `${location} ${message}`, seen, location);
  });
}
