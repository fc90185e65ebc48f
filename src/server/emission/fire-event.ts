import { SparringError } from '../../errors.ts';
import { fillTemplate } from '../../openapi/fill-template.ts';
import { isObject } from '../../openapi/is-object.ts';
import { type ExpressionContext, rootOfExpression } from '../../openapi/runtime-expression.ts';
import { checkPayload, examplePayload, payloadWith } from '../../openapi/webhook-payload.ts';
import type { WebhookDefinition } from '../../openapi/webhooks.ts';
import type { Namespace } from '../../state/namespace.ts';
import type { DeliveryEntry } from '../../storage/storage.ts';
import type { ServedApi } from '../served-api.ts';
import { eventFacts, unitFacts } from './emission-context.ts';
import { emissionPlanOf } from './emission-plan.ts';
import {
  type Admits,
  makeDelivery,
  type Occurrence,
  type Recipient,
  subscribersOf,
} from './make-deliveries.ts';

/** How an event is fired by hand. */
export interface FireOptions {
  /** A URL to deliver to; absent: every subscription that matches. */
  readonly to?: string | undefined;
  /** What signs a delivery to `to`. */
  readonly secret?: string | undefined;
  /** The payload; absent: the document's example, or one made by its schema. */
  readonly payload?: unknown;
  /** Which of the document's examples. */
  readonly example?: string | undefined;
  /** Varies the example. */
  readonly seed?: number | undefined;
  /** Fields to set in it, by path such as `data.amount`. */
  readonly set?: Readonly<Record<string, unknown>> | undefined;
}

/** Roots whose values belong to a delivery and not to what happened. */
const deliveryRoots = ['$subscription', '$delivery', '$event', '$setting', '$now'];

/**
 * Fires an event though nothing has happened, and gives the deliveries it makes. A payload for subscribers names them, the
 * event and the delivery, wherever the document says that payloads do.
 *
 * @throws SparringError `unknown-webhook`, `unknown-example`; `payload-invalid` for a payload that breaks the document.
 */
export async function fireEvent(
  api: ServedApi,
  namespace: Namespace,
  event: string,
  options: FireOptions,
  admits: Admits,
): Promise<readonly DeliveryEntry[]> {
  const plan = emissionPlanOf(api);
  const definition = plan.webhook(event);
  const { example, seed, set } = options;
  const shown =
    options.payload ?? examplePayload(api.document, api.validators, definition, { example, seed });
  const payload = set ? payloadWith(shown, assignments(set)) : shown;
  assertPayload(api, definition, payload);
  return namespace.run(api.name, (unit) => {
    unit.isQuiet = true;
    const entry = unit.emitWith(event, () => payload);
    const template = options.to === undefined ? plan.templateOf(event) : undefined;
    const occurrence: Occurrence = {
      event,
      entry,
      definition,
      payloadFor: (seen) => (template === undefined ? payload : addressed(payload, template, seen)),
      facts: { ...unitFacts(api, unit), ...eventFacts(entry) },
    };
    const recipients =
      options.to === undefined ? subscribersOf(api, unit, occurrence) : [to(options.to, options.secret)];
    return recipients.map((recipient) => makeDelivery(api, unit, occurrence, recipient, admits));
  });
}

function assertPayload(api: ServedApi, definition: WebhookDefinition, payload: unknown): void {
  const violations = checkPayload(api.validators, definition, payload);
  if (violations.length === 0) return;
  throw new SparringError('payload-invalid', `The payload of ${definition.name} breaks the document.`, {
    violations,
  });
}

function assignments(set: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(set).map(([path, value]) => `${path}=${JSON.stringify(value)}`);
}

function to(url: string, secret: string | undefined): Recipient {
  return { url, secrets: secret === undefined ? [] : [secret], rule: undefined, subscription: undefined };
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
