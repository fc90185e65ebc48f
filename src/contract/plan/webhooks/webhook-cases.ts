import { webhooksOf } from '../../../openapi/webhooks.ts';
import type { Case, Gap } from '../../types.ts';
import type {
  SubscriptionPlan,
  WebhookAim,
  WebhookCause,
  WebhookFacts,
  WebhookScript,
} from '../../webhook-types.ts';
import { baseRequest } from '../base-request.ts';
import { makeStep } from '../make-case.ts';
import type { PlanContext } from '../plan-context.ts';
import { callbackCases } from './callback-cases.ts';
import { findCauses } from './find-causes.ts';
import { findHandshake } from './find-handshake.ts';
import { bodyProperties, fieldOf, subscriptionRequest, switchesOf } from './subscription-template.ts';
import { definitionOf, type EmitRule, emitRulesOf, webhookFacts } from './webhook-facts.ts';

export interface WebhookCases {
  readonly cases: readonly Case[];
  readonly gaps: readonly Gap[];
}

/** An event and what fires it. */
interface Telling {
  readonly facts: WebhookFacts;
  readonly causes: readonly WebhookCause[];
  readonly rule: EmitRule | undefined;
}

/** Stands for the receiver's address in a plan. */
const anyAddress = 'https://example.com/sparring';

/**
 * Cases about what an API sends by itself: for each event that something fires, that its subscriber is told, and nobody else; for
 * one event, what becomes of failures, of a subscription that is switched off, and of its secret; and the callbacks of operations.
 */
export function webhookCases(context: PlanContext): WebhookCases {
  const { document } = context;
  const called = document.operations.map((operation) => callbackCases(context, operation));
  const subscribed = subscriptionCases(context);
  return {
    cases: [...subscribed.cases, ...called.flatMap(({ cases }) => cases)],
    gaps: [...subscribed.gaps, ...called.flatMap(({ gaps }) => gaps)],
  };
}

function subscriptionCases(context: PlanContext): WebhookCases {
  const events = [...new Set(webhooksOf(context.document).map(({ name }) => name))];
  const gap = (event: string, reason: string): Gap => ({ operation: event, phase: 'webhooks', reason });
  const subscription = findSubscription(context);
  if (!subscription) {
    const reason =
      'the document does not say who is told: it has no x-sparring.subscriptions that an operation creates';
    return { cases: [], gaps: events.map((event) => gap(event, reason)) };
  }
  const request = subscriptionRequest(context, subscription, {
    url: anyAddress,
    event: events[0],
    secret: 'sparring',
  });
  if (typeof request === 'string') return { cases: [], gaps: events.map((event) => gap(event, request)) };
  const handshake = findHandshake(context, subscription);
  const tellings = events
    .filter((event) => event !== handshake?.facts.event)
    .flatMap((event) => tellingsOf(context, event, subscription));
  const main = tellings.find(({ causes }) => causes.some(({ by }) => by !== 'hand')) ?? tellings[0];
  const make = (telling: Telling, aim: WebhookAim) =>
    webhookCase(context, subscription, telling, aim, handshake, tellings);
  return {
    cases: [
      ...tellings.map((telling) => make(telling, 'delivered')),
      ...(main ? aimsFor(context, subscription, main, handshake).map((aim) => make(main, aim)) : []),
    ],
    gaps: [],
  };
}

function findSubscription(context: PlanContext): SubscriptionPlan | undefined {
  for (const [index, extension] of (context.document.extension.subscriptions ?? []).entries()) {
    const collection = context.collections.find(extension.collection);
    if (!collection?.create) continue;
    return {
      pointer: `#/x-sparring/subscriptions/${index}`,
      extension,
      collection,
      create: collection.create,
    };
  }
  return undefined;
}

/** One for each rule that fires an event; a mock fires what has none by hand. */
function tellingsOf(context: PlanContext, event: string, subscription: SubscriptionPlan): readonly Telling[] {
  const { document } = context;
  const definition = definitionOf(document, event);
  if (!definition) return [];
  const factsBy = (rule: EmitRule | undefined) =>
    webhookFacts(document, event, [definition], subscription, rule);
  const rules = emitRulesOf(document).filter(({ extension }) => extension.event === event);
  if (rules.length === 0) return [{ facts: factsBy(undefined), causes: [{ by: 'hand' }], rule: undefined }];
  return rules.map((rule) => {
    const facts = factsBy(rule);
    const { collection, operation } = rule;
    const causes: readonly WebhookCause[] =
      operation !== undefined
        ? [
            {
              by: 'operation',
              change: 'call',
              operation,
              collection: context.collections.roleOf(operation)?.collection,
            },
          ]
        : findCauses(context, collection ?? '', facts);
    return { facts, causes, rule };
  });
}

/** What is worth finding out once. */
function aimsFor(
  context: PlanContext,
  subscription: SubscriptionPlan,
  { facts: { policy } }: Telling,
  handshake: WebhookScript['handshake'],
): readonly WebhookAim[] {
  const { collection, extension } = subscription;
  const takes = (field: string | undefined) =>
    field !== undefined &&
    collection.updates.some((operation) => bodyProperties(context, operation).has(field));
  return [
    'retried',
    ...(policy.schedule.length > 0 ? (['exhausted'] as const) : []),
    ...(switchesOf(subscription).some(([field]) => takes(field)) ? (['inactive'] as const) : []),
    ...(policy.disable.statuses.length > 0 ? (['disabled'] as const) : []),
    ...(handshake ? (['handshake'] as const) : []),
    ...(takes(fieldOf(extension.secret)) ? (['rotated'] as const) : []),
    ...(extension.any === undefined ? [] : (['any'] as const)),
  ];
}

function webhookCase(
  context: PlanContext,
  subscription: SubscriptionPlan,
  telling: Telling,
  aim: WebhookAim,
  handshake: WebhookScript['handshake'],
  all: readonly Telling[],
): Case {
  const { causes, facts } = telling;
  const [first] = causes;
  const operation = first && 'operation' in first ? first.operation : subscription.create;
  const webhook: WebhookScript = {
    aim,
    facts,
    subscription,
    causes,
    other: aim === 'delivered' ? otherEvent(subscription, telling, all) : undefined,
    handshake,
    addressed: undefined,
  };
  const request = subscriptionRequest(context, subscription, {
    url: anyAddress,
    event: facts.event,
    secret: 'sparring',
  });
  const template = typeof request === 'string' ? undefined : request.template;
  const cause = operation === subscription.create ? undefined : baseRequest(context, operation).template;
  return {
    id: `${operation.id}/webhooks/${facts.event}-${aim}`,
    phase: 'webhooks',
    operation,
    title: `${titles[aim]} ${facts.event}`,
    needs: [],
    steps: [
      ...(template
        ? [
            makeStep(context, {
              name: 'subscribe',
              operation: subscription.create,
              template,
              expect: 'accepted',
            }),
          ]
        : []),
      ...(cause
        ? [makeStep(context, { name: 'cause', operation, template: cause, expect: 'accepted' })]
        : []),
    ],
    writes: true,
    alone: true,
    webhook,
  };
}

const titles: Readonly<Record<WebhookAim, string>> = {
  delivered: 'a subscriber is told, once and until it unsubscribes, of',
  retried: 'a receiver that fails is told again of',
  exhausted: 'a receiver that always fails is given up:',
  inactive: 'a subscription that is switched off is not told of',
  disabled: 'a receiver that is gone is told no more of',
  handshake: 'a subscription that is not verified is not told of',
  rotated: 'a new secret signs what tells of',
  any: 'a subscription to everything is told of',
};

/** An event that nothing fires which fires this one, nor a subscription itself: one of other records. */
function otherEvent(
  { collection, extension }: SubscriptionPlan,
  { facts, rule }: Telling,
  all: readonly Telling[],
): string | undefined {
  if (extension.events === undefined) return undefined;
  const isRelated = (telling: Telling) =>
    telling.facts.event === facts.event ||
    telling.rule?.collection === collection.name ||
    (telling.rule?.collection === rule?.collection && telling.rule?.operation === rule?.operation);
  const related = new Set(all.filter(isRelated).map((telling) => telling.facts.event));
  return all.find((telling) => !related.has(telling.facts.event))?.facts.event;
}
