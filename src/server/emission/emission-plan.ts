import { pointerTo } from '../../json/json-pointer.ts';
import type { DeliveryEntry } from '../../model/delivery.ts';
import type { Operation } from '../../openapi/document/document.ts';
import type {
  EmitExtension,
  SubscriptionExtension,
  WriteExtension,
} from '../../openapi/document/extension.ts';
import type { Validate } from '../../openapi/schema/validators.ts';
import {
  type CallbackDefinition,
  callbacksOf,
  eventsOf,
  findEvent,
  type WebhookDefinition,
} from '../../openapi/webhooks/webhooks.ts';
import { documentPolicyOf } from '../../webhooks/document-policy.ts';
import type { DeliveryPolicy } from '../../webhooks/policy.ts';
import type { ServedApi } from '../model/served-api.ts';

/** Something the extension says, with its condition made ready. */
export interface Rule<T> {
  readonly extension: T;
  /** Whether its `when` holds for these values; true where it has none. */
  holds(values: unknown): boolean;
}

export interface SubscriptionRule extends Rule<SubscriptionExtension> {
  readonly collection: string;
  readonly writes: Readonly<
    Record<'onDelivery' | 'onAttempt' | 'onDisable', readonly Rule<WriteExtension>[]>
  >;
}

/** What an API's document says of its webhooks: what fires them, who is told, and how. */
export interface EmissionPlan {
  /** Its webhooks, and the callbacks of its operations. */
  readonly webhooks: readonly WebhookDefinition[];
  /** The webhook or callback of an event. Throws `unknown-webhook`. */
  webhook(event: string): WebhookDefinition;
  emitsOf(collection: string): readonly Rule<EmitExtension>[];
  /** The template of an event's payload, where the document says how it is made. */
  templateOf(event: string): unknown;
  emitsOfOperation(operation: Operation): readonly Rule<EmitExtension>[];
  callbacksOf(operation: Operation): readonly CallbackDefinition[];
  readonly subscriptions: readonly SubscriptionRule[];
  subscriptionOf(collection: string): SubscriptionRule | undefined;
  /** How a delivery is made; the same object for deliveries of the same event and kind of subscription. */
  policyOf(delivery: Pick<DeliveryEntry, 'event' | 'subscription'>): DeliveryPolicy;
}

const noRules: readonly never[] = [];
const plans = new WeakMap<ServedApi['document'], EmissionPlan>();

/** The plan of an API, made on first use and kept. */
export function emissionPlanOf(api: ServedApi): EmissionPlan {
  let plan = plans.get(api.document);
  if (!plan) {
    plan = planEmission(api);
    plans.set(api.document, plan);
  }
  return plan;
}

function planEmission(api: ServedApi): EmissionPlan {
  const { document } = api;
  const { resources = {}, subscriptions = [] } = document.extension;
  const webhooks = eventsOf(document);
  const emits = new Map(
    Object.entries(resources).map(([collection, { emits = [] }]) => [
      collection,
      rulesAt(api, pointerTo('#/x-sparring/resources', collection, 'emits'), emits),
    ]),
  );
  const rules = subscriptions.map((extension, index) =>
    subscriptionRule(api, `#/x-sparring/subscriptions/${index}`, extension),
  );
  const byOperation = new Map<Operation, readonly Rule<EmitExtension>[]>();
  /** By the collection of the subscription (an empty text for none), then by event. */
  const policies = new Map<string, Map<string, DeliveryPolicy>>();
  const subscriptionOf = (collection: string) => rules.find((rule) => rule.collection === collection);
  return {
    webhooks,
    webhook: (event) => findEvent(document, event),
    emitsOf: (collection) => emits.get(collection) ?? noRules,
    templateOf(event) {
      const rules = [...emits.values()].flat();
      return rules.find(({ extension }) => extension.event === event)?.extension.payload;
    },
    emitsOfOperation(operation) {
      const { emits: declared } = operation.extension;
      if (!declared) return noRules;
      const kept =
        byOperation.get(operation) ?? rulesAt(api, `${operation.pointer}/x-sparring/emits`, declared);
      byOperation.set(operation, kept);
      return kept;
    },
    callbacksOf: (operation) => (operation.definition.callbacks ? callbacksOf(document, operation) : noRules),
    subscriptions: rules,
    subscriptionOf,
    policyOf({ event, subscription }) {
      const collection = subscription?.collection ?? '';
      const known = policies.get(collection) ?? new Map<string, DeliveryPolicy>();
      let policy = known.get(event);
      if (!policy) {
        const definition = webhooks.find((webhook) => webhook.event === event);
        const rule = subscription ? subscriptionOf(subscription.collection) : undefined;
        policy = documentPolicyOf(document, definition, rule?.extension);
        policies.set(collection, known.set(event, policy));
      }
      return policy;
    },
  };
}

function subscriptionRule(
  api: ServedApi,
  pointer: string,
  extension: SubscriptionExtension,
): SubscriptionRule {
  const writesAt = (name: 'onDelivery' | 'onAttempt' | 'onDisable') =>
    rulesAt(api, `${pointer}/${name}`, extension[name] ?? []);
  return {
    ...ruleAt(api, pointer, extension),
    collection: extension.collection,
    writes: {
      onDelivery: writesAt('onDelivery'),
      onAttempt: writesAt('onAttempt'),
      onDisable: writesAt('onDisable'),
    },
  };
}

function rulesAt<T extends { readonly when?: unknown }>(
  api: ServedApi,
  pointer: string,
  extensions: readonly T[],
): readonly Rule<T>[] {
  return extensions.map((extension, index) => ruleAt(api, `${pointer}/${index}`, extension));
}

function ruleAt<T extends { readonly when?: unknown }>(
  api: ServedApi,
  pointer: string,
  extension: T,
): Rule<T> {
  if (extension.when === undefined) return { extension, holds: () => true };
  const validate: Validate = api.validators.validator(`${pointer}/when`, 'response');
  return { extension, holds: (values) => validate(values, 'when').length === 0 };
}
