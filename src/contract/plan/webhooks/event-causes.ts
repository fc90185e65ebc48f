import type { SubscriptionPlan, WebhookCause, WebhookFacts } from '../../model/webhook-script.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { findCauses } from './find-causes.ts';
import { definitionOf, type EmitRule, emitRulesOf, webhookFacts } from './webhook-facts.ts';

/** An event, and what fires it by one rule of the document. */
export interface EventCause {
  readonly facts: WebhookFacts;
  readonly causes: readonly WebhookCause[];
  /** Undefined for an event that only a mock fires, by hand. */
  readonly rule: EmitRule | undefined;
}

/** What fires an event, by each rule that does; without any, a mock can be told to. */
export function eventCausesOf(
  context: PlanContext,
  event: string,
  subscription: SubscriptionPlan,
): readonly EventCause[] {
  const { document } = context;
  const definition = definitionOf(document, event);
  if (!definition) return [];
  const factsBy = (rule: EmitRule | undefined) =>
    webhookFacts(document, event, [definition], subscription, rule);
  const rules = emitRulesOf(document).filter(({ extension }) => extension.event === event);
  if (rules.length === 0) return [{ facts: factsBy(undefined), causes: [{ by: 'hand' }], rule: undefined }];
  return rules.map((rule) => {
    const facts = factsBy(rule);
    return { facts, causes: causesOf(context, rule, facts), rule };
  });
}

function causesOf(
  context: PlanContext,
  { collection = '', operation }: EmitRule,
  facts: WebhookFacts,
): readonly WebhookCause[] {
  if (!operation) return findCauses(context, collection, facts);
  const role = context.collections.roleOf(operation);
  return [{ by: 'operation', change: 'call', operation, collection: role?.collection }];
}

/** An event that nothing fires which fires this one, nor a subscription itself: one of other records. */
export function otherEvent(
  { collection, extension }: SubscriptionPlan,
  { facts, rule }: EventCause,
  all: readonly EventCause[],
): string | undefined {
  if (extension.events === undefined) return undefined;
  const isRelated = (eventCause: EventCause) =>
    eventCause.facts.event === facts.event ||
    eventCause.rule?.collection === collection.name ||
    (eventCause.rule?.collection === rule?.collection && eventCause.rule?.operation === rule?.operation);
  const related = new Set(all.filter(isRelated).map((eventCause) => eventCause.facts.event));
  return all.find((eventCause) => !related.has(eventCause.facts.event))?.facts.event;
}
