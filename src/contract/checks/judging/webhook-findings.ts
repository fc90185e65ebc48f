import { isObject } from '../../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../../json/json-pointer.ts';
import type { ApiDocument } from '../../../openapi/document/document.ts';
import { resolverOf } from '../../../openapi/document/resolver-of.ts';
import type { Finding } from '../../model/finding.ts';
import type { Grade } from '../../model/grade.ts';
import type { Arrival, WebhookCheckpoint } from '../../model/webhook-run.ts';
import type { WebhookFacts } from '../../model/webhook-script.ts';
import { withoutSecrets } from './findings.ts';

/** What a finding about a webhook rests on, and what it says. */
interface Ground {
  readonly checkpoint: WebhookCheckpoint;
  /** Each the pointers that lead to a fact, outermost first. */
  readonly facts: readonly (readonly Pointer[])[];
  readonly inferred?: boolean;
}

interface Failure {
  readonly expected: string;
  readonly seen: string;
  readonly location?: string;
  readonly grade?: Grade;
}

/** A finding: failed where there is a failure. */
export function webhookFinding({ facts, inferred, checkpoint }: Ground, failure?: Failure): Finding {
  const shared = { exchange: checkpoint.exchange, facts, ...(inferred && { inferred }) };
  if (!failure) return { outcome: 'passed', ...shared };
  const { expected, grade, location, seen } = failure;
  const pointer = facts.at(-1)?.at(-1) ?? '#';
  return {
    outcome: 'failed',
    ...shared,
    ...(grade && { grade }),
    evidence: {
      expected,
      seen,
      pointer,
      exchange: checkpoint.exchange,
      ...(location !== undefined && { location }),
    },
  };
}

/** The fact that an event is sent: the rule that fires it; what is only declared is inferred to be sent. */
export function sendingOf({ definitions, emits }: WebhookFacts): Pick<Ground, 'facts' | 'inferred'> {
  const [definition] = definitions;
  const facts = [[definition?.pointer ?? '#'], ...(emits ? [[emits.pointer]] : [])];
  return emits ? { facts } : { facts, inferred: true };
}

/** The fact of the narrowest delivery settings that say anything of a field; where none do, it is the engine's default. */
export function settingOf(
  document: ApiDocument,
  { definitions, layers }: WebhookFacts,
  field: string,
): Pick<Ground, 'facts' | 'inferred'> {
  const layer = layers.find((at) => {
    const node = resolverOf(document).at(at)?.node;
    return isObject(node) && node[field] !== undefined;
  });
  if (layer !== undefined) return { facts: [[layer, pointerTo(layer, field)]] };
  return { facts: [[definitions[0]?.pointer ?? '#']], inferred: true };
}

/** The start of what arrived, for reports. */
export function arrivalExcerpt({ method, text }: Arrival): string {
  const body = withoutSecrets(text).replaceAll(/\s+/g, ' ').trim();
  return body === ''
    ? `${method} without a body`
    : `${method} ${body.slice(0, 200)}${body.length > 200 ? '…' : ''}`;
}

/** Where in a payload a template puts the values of some expressions, as keys. */
export function placesOf(
  template: unknown,
  isWanted: (expression: string) => boolean,
  keys: readonly string[] = [],
): readonly (readonly string[])[] {
  if (typeof template === 'string') return isWanted(template) ? [keys] : [];
  if (!isObject(template)) return [];
  if (Array.isArray(template.$merge))
    return template.$merge.flatMap((part) => (isObject(part) ? placesOf(part, isWanted, keys) : []));
  return Object.entries(template).flatMap(([name, part]) => placesOf(part, isWanted, [...keys, name]));
}

/** The value at keys of a payload. */
export function valueInPayload(payload: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((part, key) => (isObject(part) ? part[key] : undefined), payload);
}
