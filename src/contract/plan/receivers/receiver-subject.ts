import type { Pointer } from '../../../json/json-pointer.ts';
import { pointerTo } from '../../../json/json-pointer.ts';
import type { ApiDocument, Operation } from '../../../openapi/document/document.ts';
import { isJsonType, parseMediaType } from '../../../openapi/document/media-type.ts';
import { resolverOf } from '../../../openapi/document/resolver-of.ts';
import { checkPayload, examplePayload } from '../../../openapi/webhooks/webhook-payload.ts';
import { eventsOf, type WebhookDefinition } from '../../../openapi/webhooks/webhooks.ts';
import { documentPolicyOf } from '../../../webhooks/document-policy.ts';
import type { DeliveryPolicy } from '../../../webhooks/policy.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { type FreeText, findFreeText } from './free-text.ts';
import { payloadLeaves } from './payload-leaves.ts';
import { recordPlace } from './record-place.ts';

/** One event of a document, as a receiver is put to the test with it. */
export interface ReceiverSubject {
  readonly definition: WebhookDefinition;
  /** The webhook's operation, as reports name it. */
  readonly operation: Operation;
  readonly policy: DeliveryPolicy;
  /** A payload that the document allows. */
  readonly payload: unknown;
  /** Where the thing stands that the event is about. */
  readonly record: readonly string[] | undefined;
  /** Where any text may stand. */
  readonly freeText: FreeText | undefined;
  /** Where the payload says which event it is. */
  readonly eventName: readonly string[] | undefined;
  readonly subscriptionId: string;
  /** Whether the document allows a payload. */
  allows(payload: unknown): boolean;
  /** Where the document says something of the delivery, such as `success`; else the webhook itself. */
  fact(setting: string): Pointer;
}

/** Why an event cannot be sent. */
export interface Unsendable {
  readonly event: string;
  readonly reason: string;
}

/** Every event that can be sent, in the document's order, and why the others cannot. */
export function receiverSubjects(context: PlanContext): {
  readonly subjects: readonly ReceiverSubject[];
  readonly unsendable: readonly Unsendable[];
} {
  const seen = new Set<string>();
  const subjects: ReceiverSubject[] = [];
  const unsendable: Unsendable[] = [];
  for (const definition of eventsOf(context.document)) {
    const { event } = definition;
    if (seen.has(event)) continue;
    seen.add(event);
    const made = subjectOf(context, definition);
    if (typeof made === 'string') unsendable.push({ event, reason: made });
    else subjects.push(made);
  }
  return { subjects, unsendable };
}

function subjectOf(context: PlanContext, definition: WebhookDefinition): ReceiverSubject | string {
  const { document, validators } = context;
  const { event, mediaType } = definition;
  if (!mediaType || !isJsonType(parseMediaType(mediaType.name)?.essence ?? ''))
    return `its payload is ${mediaType ? mediaType.name : 'empty'}, and only JSON is sent here`;
  const allows = (payload: unknown) => checkPayload(validators, definition, payload).length === 0;
  const payload = payloadOf(context, definition);
  if (payload === undefined) return 'no payload could be made that its schema allows';
  const record = recordPlace(payload);
  const [subscription] = document.extension.subscriptions ?? [];
  const leaves = payloadLeaves(payload);
  const subscriptionId = leaves.find(({ keys }) =>
    /^(?:webhook|subscription)_?id$/i.test(keys.at(-1) ?? ''),
  )?.value;
  return {
    definition,
    operation: operationOf(definition),
    policy: documentPolicyOf(document, definition, subscription),
    payload,
    record,
    freeText: findFreeText(payload, record, event, allows),
    eventName: leaves.find(({ value }) => value === event)?.keys,
    subscriptionId: subscriptionId === undefined ? '1' : String(subscriptionId),
    allows,
    fact: (setting) => factOf(document, definition, setting),
  };
}

function payloadOf({ document, validators }: PlanContext, definition: WebhookDefinition): unknown {
  try {
    return examplePayload(document, validators, definition);
  } catch {
    return undefined;
  }
}

/** Reports speak of operations: a webhook's is the one that the receiver is to have. */
function operationOf({ event, method, pointer }: WebhookDefinition): Operation {
  return {
    id: event,
    method,
    path: event,
    pointer,
    definition: { responses: {} },
    extension: {},
    parameters: [],
    requestBody: undefined,
    responses: [],
    security: [],
    hosts: [],
    servers: [],
  };
}

/** The narrowest delivery settings that say it: the webhook's operation, its path item, the document. */
function factOf(document: ApiDocument, { pointer }: WebhookDefinition, setting: string): Pointer {
  const item = pointer.slice(0, pointer.lastIndexOf('/'));
  const places = [pointer, item, '#'].map((at) => pointerTo(at, 'x-sparring', 'delivery', setting));
  return places.find((place) => resolverOf(document).at(place)?.node !== undefined) ?? pointer;
}
