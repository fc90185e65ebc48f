import { SparringError } from '../../errors.ts';
import { isObject } from '../../json/is-object.ts';
import type { DeliveryEntry } from '../../model/delivery.ts';
import { fillTemplate } from '../../openapi/expressions/fill-template.ts';
import { type ExpressionContext, rootOfExpression } from '../../openapi/expressions/runtime-expression.ts';
import { checkPayload, examplePayload, payloadWith } from '../../openapi/webhooks/webhook-payload.ts';
import { isCallback, type WebhookDefinition } from '../../openapi/webhooks/webhooks.ts';
import type { Namespace } from '../../state/namespace.ts';
import type { CommittingUnit } from '../../state/unit-of-work.ts';
import type { Admits } from '../model/admits.ts';
import type { FireOptions } from '../model/fire-options.ts';
import type { ServedApi } from '../model/served-api.ts';
import { eventContext, unitContext } from './emission-context.ts';
import { emissionPlanOf } from './emission-plan.ts';
import {
  makeDelivery,
  type Occurrence,
  type Recipient,
  recipientOf,
  subscribersOf,
} from './make-deliveries.ts';

/** Roots whose values belong to a delivery and not to what happened. */
const deliveryRoots = ['$subscription', '$delivery', '$event', '$setting', '$now'];

/**
 * Fires an event though nothing has happened, and gives the deliveries it makes. A payload for subscribers names them, the
 * event and the delivery, wherever the document says that payloads do.
 *
 * @throws SparringError `unknown-webhook`, `unknown-example`; `invalid-request` for a callback without an address; `payload-invalid` for a payload that breaks the document.
 */
export async function fireEvent(
  api: ServedApi,
  namespace: Namespace,
  event: string,
  options: FireOptions,
  admits: Admits,
): Promise<readonly DeliveryEntry[]> {
  const make = planFiring(api, event, options, admits);
  return namespace.run(api.name, (unit) => {
    unit.isQuiet = true;
    return make(unit);
  });
}

/** The deliveries that `fireEvent` would make, without making them. Throws as it does. */
export async function previewEvent(
  api: ServedApi,
  namespace: Namespace,
  event: string,
  options: FireOptions,
): Promise<readonly DeliveryEntry[]> {
  const make = planFiring(api, event, options, () => true);
  let made: readonly DeliveryEntry[] = [];
  try {
    await namespace.run(api.name, (unit) => {
      made = make(unit);
      throw new NotCommitted();
    });
  } catch (error) {
    if (!(error instanceof NotCommitted)) throw error;
  }
  return made;
}

/** What a unit of work throws that is to leave no trace. */
class NotCommitted extends Error {}

/** Everything that can go wrong with a firing is found before a unit is opened. */
function planFiring(
  api: ServedApi,
  event: string,
  options: FireOptions,
  admits: Admits,
): (unit: CommittingUnit) => readonly DeliveryEntry[] {
  const plan = emissionPlanOf(api);
  const definition = plan.webhook(event);
  if (isCallback(definition) && options.to === undefined) {
    throw new SparringError('invalid-request', `${event} is a callback, to which nobody subscribes.`, {
      next: `Say where it is to go, in the place of ${definition.url}.`,
    });
  }
  const { example, seed, set } = options;
  const shown =
    options.payload ?? examplePayload(api.document, api.validators, definition, { example, seed });
  const withSet = (value: unknown) => (set ? payloadWith(value, assignments(set)) : value);
  const payload = withSet(shown);
  if (options.validate !== false) assertPayload(api, definition, payload);
  return (unit) => {
    const entry = unit.emitWith(event, () => payload);
    const { to } = options;
    const template = options.payload === undefined ? plan.templateOf(event) : undefined;
    const occurrence: Occurrence = {
      event,
      entry,
      // What breaks its schema on purpose is not held against it again.
      definition: options.validate === false ? { ...definition, schema: undefined } : definition,
      payloadFor: (seen) => (template === undefined ? payload : withSet(addressed(shown, template, seen))),
      facts: { ...unitContext(api, unit), ...eventContext(entry) },
    };
    const recipients =
      to === undefined ? subscribersOf(api, unit, occurrence) : [recipientAt(api, unit, to, options)];
    return recipients.map((recipient) => makeDelivery(api, unit, occurrence, recipient, admits));
  };
}

function isTexts(set: NonNullable<FireOptions['set']>): set is readonly string[] {
  return Array.isArray(set);
}

function assertPayload(api: ServedApi, definition: WebhookDefinition, payload: unknown): void {
  const violations = checkPayload(api.validators, definition, payload);
  if (violations.length === 0) return;
  throw new SparringError('payload-invalid', `The payload of ${definition.name} breaks the document.`, {
    violations,
  });
}

function assignments(set: NonNullable<FireOptions['set']>): readonly string[] {
  if (isTexts(set)) return set;
  return Object.entries(set).map(([path, value]) => `${path}=${JSON.stringify(value)}`);
}

function recipientAt(
  api: ServedApi,
  unit: CommittingUnit,
  url: string,
  { as, secret }: FireOptions,
): Recipient {
  const given = secret === undefined ? {} : { secrets: [secret] };
  const rule = as && emissionPlanOf(api).subscriptionOf(as.collection);
  const subscription = as && unit.collection(as.collection).get(as.id);
  const recipient = rule && subscription && recipientOf(api, unit, rule, subscription);
  return { secrets: [], rule: undefined, subscription: undefined, ...recipient, ...given, url };
}

/** The payload with those values in their places that the template takes from the delivery. */
function addressed(payload: unknown, template: unknown, facts: ExpressionContext): unknown {
  if (typeof template === 'string') {
    const own = deliveryRoots.includes(rootOfExpression(template) ?? '')
      ? fillTemplate(template, facts)
      : undefined;
    return own === undefined ? payload : own;
  }
  if (!isObject(template) || !isObject(payload)) return payload;
  const parts = Object.entries(template).flatMap(([name, part]) => {
    const value = addressed(payload[name], part, facts);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...payload, ...Object.fromEntries(parts.filter(([name]) => !name.startsWith('$'))) };
}
