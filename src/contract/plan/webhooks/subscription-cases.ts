import type { Operation } from '../../../openapi/document/document.ts';
import { webhooksOf } from '../../../openapi/webhooks/webhooks.ts';
import type { Case } from '../../model/case.ts';
import type { Gap } from '../../model/plan.ts';
import type { Step } from '../../model/step.ts';
import type { Handshake, SubscriptionPlan, WebhookAim } from '../../model/webhook-script.ts';
import { baseRequest } from '../requests/base-request.ts';
import { makeStep } from '../requests/make-case.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { type EventCause, eventCausesOf, otherEvent } from './event-causes.ts';
import { findHandshake } from './find-handshake.ts';
import { findSubscription } from './find-subscription.ts';
import { bodyProperties, fieldOf, subscriptionTemplate, switchesOf } from './subscription-template.ts';

/** What all cases of a document's subscriptions share. */
interface Ground {
  readonly context: PlanContext;
  readonly subscription: SubscriptionPlan;
  readonly handshake: Handshake | undefined;
  readonly eventCauses: readonly EventCause[];
}

/** Stands in a plan for the receiver's address, and for a secret. */
const anyWish = { url: 'https://example.com/sparring', secret: 'sparring' };

/**
 * For each event that something fires, that its subscriber is told, and nobody else, and again while it fails; for one event, what
 * becomes of a subscription that is given up, switched off or not verified, and of its secret.
 */
export function subscriptionCases(context: PlanContext): {
  readonly cases: readonly Case[];
  readonly gaps: readonly Gap[];
} {
  const events = [...new Set(webhooksOf(context.document).map(({ name }) => name))];
  const none = (reason: string) => ({
    cases: [],
    gaps: events.map((event): Gap => ({ operation: event, phase: 'webhooks', reason })),
  });
  const subscription = findSubscription(context);
  if (!subscription)
    return none('the document names no subscriptions (x-sparring.subscriptions) that an operation creates');
  const request = subscriptionTemplate(context, subscription, { ...anyWish, event: events[0] });
  if (typeof request === 'string') return none(request);
  const handshake = findHandshake(context, subscription);
  const eventCauses = events
    .filter((event) => event !== handshake?.facts.event)
    .flatMap((event) => eventCausesOf(context, event, subscription));
  const ground: Ground = { context, subscription, handshake, eventCauses };
  const main = eventCauses.find(({ causes }) => causes.some(({ by }) => by !== 'hand')) ?? eventCauses[0];
  return {
    cases: eventCauses.flatMap((eventCause) =>
      aimsFor(ground, eventCause, eventCause === main).map((aim) =>
        subscriptionCase(ground, eventCause, aim),
      ),
    ),
    gaps: [],
  };
}

/** What is worth finding out of every event, and what of the main one alone. */
function aimsFor(
  { context, handshake, subscription }: Ground,
  { facts: { policy } }: EventCause,
  isMain: boolean,
): readonly WebhookAim[] {
  const { collection, extension } = subscription;
  const isRetried = policy.schedule.length > 0;
  const takes = (field: string | undefined) =>
    field !== undefined &&
    collection.updates.some((operation) => bodyProperties(context, operation).has(field));
  const aims: readonly (readonly [WebhookAim, boolean])[] = [
    ['delivered', true],
    ['retried', isRetried || isMain],
    ['exhausted', isMain && isRetried],
    ['inactive', isMain && switchesOf(subscription).some(([field]) => takes(field))],
    ['disabled', isMain && policy.disable.statuses.length > 0],
    ['handshake', isMain && handshake !== undefined],
    ['rotated', isMain && takes(fieldOf(extension.secret))],
    ['any', isMain && extension.any !== undefined],
  ];
  return aims.flatMap(([aim, isWorthIt]) => (isWorthIt ? [aim] : []));
}

const titles: Readonly<Record<WebhookAim, string>> = {
  delivered: 'a subscriber is told, once and until it unsubscribes, of',
  retried: 'a receiver that fails is told again of',
  exhausted: 'a receiver that always fails is told so often and no more of',
  inactive: 'a subscription that is switched off is not told of',
  disabled: 'a receiver that is gone is told no more of',
  handshake: 'a subscription that is not verified is not told of',
  rotated: 'a new secret signs what tells of',
  any: 'a subscription to everything is told of',
};

function subscriptionCase(ground: Ground, eventCause: EventCause, aim: WebhookAim): Case {
  const { handshake, subscription, eventCauses } = ground;
  const { causes, facts } = eventCause;
  const [first] = causes;
  const operation = first && 'operation' in first ? first.operation : subscription.create;
  return {
    id: `${operation.id}/webhooks/${facts.event}-${aim}`,
    phase: 'webhooks',
    operation,
    title: `${titles[aim]} ${facts.event}`,
    preconditions: [],
    steps: stepsOf(ground, facts.event, operation),
    writes: true,
    alone: true,
    webhook: {
      aim,
      facts,
      subscription,
      causes,
      other: aim === 'delivered' ? otherEvent(subscription, eventCause, eventCauses) : undefined,
      handshake,
      addressed: undefined,
    },
  };
}

/** The calls that a case is known to make, for who looks at the plan. */
function stepsOf({ context, subscription }: Ground, event: string, operation: Operation): readonly Step[] {
  const { create } = subscription;
  const request = subscriptionTemplate(context, subscription, { ...anyWish, event });
  const subscribing = typeof request === 'string' ? undefined : request.template;
  const causing = operation === create ? undefined : baseRequest(context, operation).template;
  const step = (name: string, of: Operation, template: typeof causing) =>
    template ? [makeStep(context, { name, operation: of, template, expect: 'accepted' })] : [];
  return [...step('subscribe', create, subscribing), ...step('cause', operation, causing)];
}
