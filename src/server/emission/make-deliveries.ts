import { SparringError } from '../../errors.ts';
import { isObject } from '../../json/is-object.ts';
import type { DeliveryEntry } from '../../model/delivery.ts';
import type { EventEntry } from '../../model/event.ts';
import { fillTemplate } from '../../openapi/expressions/fill-template.ts';
import type { ExpressionContext } from '../../openapi/expressions/runtime-expression.ts';
import type { WebhookDefinition } from '../../openapi/webhooks/webhooks.ts';
import { deliveryCollection } from '../../state/collections.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import type { CommittingUnit } from '../../state/unit-of-work.ts';
import type { Admits } from '../model/admits.ts';
import type { ServedApi } from '../model/served-api.ts';
import { deliveryContext, eventContext, unitContext } from './emission-context.ts';
import { type EmissionPlan, emissionPlanOf, type SubscriptionRule } from './emission-plan.ts';
import { serialisePayload } from './serialise-payload.ts';
import { writeRecords } from './write-records.ts';

/** Something that is to be told: an event's or callback's payload, and what its templates see. */
export interface Occurrence {
  readonly event: string;
  /** The event it tells of; null for a callback and for what is fired by hand. */
  readonly entry: EventEntry | null;
  readonly definition: WebhookDefinition;
  /** Its payload for a recipient, by what is known then: `facts`, the subscription and the delivery. */
  readonly payloadFor: (facts: ExpressionContext) => unknown;
  readonly facts: ExpressionContext;
}

/** Emits an event whose payload is a template, as an occurrence of it. */
export function occur(
  plan: EmissionPlan,
  unit: CommittingUnit,
  { event, payload }: { readonly event: string; readonly payload: unknown },
  known: ExpressionContext,
): Occurrence {
  const definition = plan.webhook(event);
  const entry = unit.emitWith(event, (self) => fillTemplate(payload, { ...known, ...eventContext(self) }));
  const facts = { ...known, ...eventContext(entry) };
  return { event, entry, definition, payloadFor: (seen) => fillTemplate(payload, seen), facts };
}

/** Where an occurrence goes. */
export interface Recipient {
  readonly url: string;
  readonly secrets: readonly string[];
  readonly rule: SubscriptionRule | undefined;
  readonly subscription: StoredRecord | undefined;
}

/** The subscriptions of a unit's API that are told of an occurrence, in the document's order, then creation order. */
export function subscribersOf(
  api: ServedApi,
  unit: CommittingUnit,
  occurrence: Occurrence,
): readonly Recipient[] {
  return emissionPlanOf(api).subscriptions.flatMap((rule) =>
    unit
      .collection(rule.collection)
      .list()
      .filter((subscription) => isTold(api, rule, subscription, occurrence))
      .flatMap((subscription) => recipientOf(api, unit, rule, subscription) ?? []),
  );
}

/** A subscription as a recipient; undefined while it has no URL. */
export function recipientOf(
  api: ServedApi,
  unit: CommittingUnit,
  rule: SubscriptionRule,
  subscription: StoredRecord,
): Recipient | undefined {
  const facts = { ...unitContext(api, unit), subscription: subscription.value };
  const url = fillTemplate(rule.extension.url, facts);
  if (typeof url !== 'string' || url === '') return undefined;
  const secrets: readonly unknown[] = [fillTemplate(rule.extension.secret, facts)].flat();
  return {
    url,
    secrets: secrets.filter((secret): secret is string => typeof secret === 'string' && secret !== ''),
    rule,
    subscription,
  };
}

function isTold(
  api: ServedApi,
  rule: SubscriptionRule,
  subscription: StoredRecord,
  { event, facts, payloadFor }: Occurrence,
): boolean {
  const { any, events } = rule.extension;
  const seen = { ...facts, subscription: subscription.value };
  if (events !== undefined) {
    const names = namesIn(fillTemplate(events, seen));
    if (!names.includes(event) && !(any !== undefined && names.includes(any))) return false;
  }
  const { before = null, after = null } = facts;
  if (!rule.holds({ subscription: subscription.value, before, after, event, settings: api.settings }))
    return false;
  return (
    api.provider?.subscribes?.({ subscription: subscription.value, event, payload: payloadFor(seen) }) ?? true
  );
}

/** Event names given as a name, a list of names, or a list of objects with a name. */
function namesIn(value: unknown): readonly string[] {
  return [value].flat().flatMap((item) => {
    const name = isObject(item) ? item.name : item;
    return typeof name === 'string' ? name : [];
  });
}

/**
 * Puts one delivery into the unit: its payload filled for the recipient, checked against the document and serialised once.
 *
 * @throws SparringError `answer-invalid` for a payload that breaks the document.
 */
export function makeDelivery(
  api: ServedApi,
  unit: CommittingUnit,
  occurrence: Occurrence,
  recipient: Recipient,
  admits: Admits,
): DeliveryEntry {
  const { definition, entry, event } = occurrence;
  const { rule, secrets, subscription, url } = recipient;
  const ordinal = unit.collection(deliveryCollection).takeOrdinal();
  const blank: DeliveryEntry = {
    id: unit.derive(deliveryCollection, ordinal).uuid('id'),
    api: api.name,
    event,
    eventId: entry?.id ?? null,
    number: ordinal + 1,
    endpoint: subscription && rule ? `${rule.collection}/${subscription.id}` : url,
    subscription: subscription && rule ? { collection: rule.collection, id: subscription.id } : null,
    url,
    secrets,
    body: '',
    createdAt: unit.now,
    state: 'pending',
    attempts: 0,
    dueAt: unit.now,
  };
  const facts = {
    ...occurrence.facts,
    ...deliveryContext(blank),
    ...(subscription && { subscription: subscription.value }),
  };
  const payload = occurrence.payloadFor(facts);
  assertPayload(api, definition, event, payload);
  const body = serialisePayload(payload, definition.mediaType?.name);
  const delivery = admits(Buffer.byteLength(body)) ? { ...blank, body } : dropped(blank);
  unit.deliver(delivery);
  if (rule && subscription) {
    writeRecords(api, unit, {
      rules: rule.writes.onDelivery,
      rule,
      subscription,
      facts: { ...facts, ...deliveryContext(delivery) },
    });
  }
  return delivery;
}

function dropped(delivery: DeliveryEntry): DeliveryEntry {
  const reason =
    'Too much waits to be delivered already. Keep the state in a folder (--data dir/) to have more wait.';
  return { ...delivery, state: 'dropped', dueAt: null, reason };
}

function assertPayload(api: ServedApi, definition: WebhookDefinition, event: string, payload: unknown): void {
  const { schema } = definition;
  const violations =
    schema === undefined ? [] : api.validators.validate(schema, payload, 'response', 'payload');
  if (violations.length === 0) return;
  throw new SparringError('answer-invalid', `The payload of ${event} breaks the document.`, { violations });
}
