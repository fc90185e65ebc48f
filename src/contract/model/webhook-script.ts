import type { JsonObject } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { Operation } from '../../openapi/document/document.ts';
import type { EmitExtension, SubscriptionExtension } from '../../openapi/document/extension.ts';
import type { ApiCollection } from '../../openapi/infer/api-collections.ts';
import type { WebhookDefinition } from '../../openapi/webhooks/webhooks.ts';
import type { DeliveryPolicy } from '../../webhooks/policy.ts';
import type { RequestTemplate } from './request-template.ts';

/** What a document says of one event: when it is sent, what it carries, how it is delivered. */
export interface WebhookFacts {
  readonly event: string;
  /** The webhook; several where callbacks of one operation share an address, any of which may arrive. */
  readonly definitions: readonly WebhookDefinition[];
  readonly policy: DeliveryPolicy;
  /** Where delivery settings stand that bear on it, the narrowest first. */
  readonly layers: readonly Pointer[];
  /** The rule that fires it, and where it stands; undefined for callbacks, and for events that are only fired by hand. */
  readonly emits: { readonly pointer: Pointer; readonly extension: EmitExtension } | undefined;
}

/** One way to make something happen that fires an event. */
export type WebhookCause =
  /** An operation of the API: it creates, changes or deletes a record, or declares the callback. */
  | {
      readonly by: 'operation';
      readonly change: 'create' | 'update' | 'delete' | 'call';
      readonly operation: Operation;
      readonly collection: ApiCollection | undefined;
    }
  /** The API creates a record, and what fires the event happens to it in time. */
  | { readonly by: 'time'; readonly operation: Operation; readonly collection: ApiCollection }
  /** A mock's record is written past the API. */
  | {
      readonly by: 'record';
      readonly change: 'create' | 'update' | 'delete';
      readonly collection: string;
      /** The record; it gets an id of its own. */
      readonly record: JsonObject;
      /** The fields that an update sets. */
      readonly fields: JsonObject;
    }
  /** A mock is told to fire it. */
  | { readonly by: 'hand' };

/** Who is told: a record of a collection whose fields name an address, events and a secret. */
export interface SubscriptionPlan {
  readonly pointer: Pointer;
  readonly extension: SubscriptionExtension;
  readonly collection: ApiCollection;
  readonly create: Operation;
}

/** What a webhook case wants to find out. */
export const webhookAims = [
  'delivered',
  'retried',
  'exhausted',
  'inactive',
  'disabled',
  'handshake',
  'rotated',
  'any',
] as const;

export type WebhookAim = (typeof webhookAims)[number];

/** The script of a webhook case: what its run subscribes to, and makes happen. */
export interface WebhookScript {
  readonly aim: WebhookAim;
  readonly facts: WebhookFacts;
  /** Undefined for callbacks, whose address goes with the call. */
  readonly subscription: SubscriptionPlan | undefined;
  /** The likeliest first; the run takes the first that it can. */
  readonly causes: readonly WebhookCause[];
  /** Another event that none of these causes, to which a second subscription is made. */
  readonly other: string | undefined;
  /** What a subscription itself is sent when it is made, before it is told of anything; and the call that answers it. */
  readonly handshake: Handshake | undefined;
  /** For a callback: the request with the address in it, by the address. */
  readonly addressed: ((template: RequestTemplate, url: string) => RequestTemplate) | undefined;
}

export interface Handshake {
  readonly facts: WebhookFacts;
  readonly operation: Operation;
  /** The fields of its payload by the path parameters they go into. */
  readonly parameters: readonly string[];
}
