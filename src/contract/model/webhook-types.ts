import type { JsonObject } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { Operation } from '../../openapi/document/document.ts';
import type { EmitExtension, SubscriptionExtension } from '../../openapi/document/extension.ts';
import type { Collection } from '../../openapi/infer/api-collections.ts';
import type { WebhookDefinition } from '../../openapi/webhooks/webhooks.ts';
import type { DeliveryPolicy } from '../../webhooks/policy.ts';
import type { Verification } from '../../webhooks/signers/signer.ts';
import type { RequestTemplate } from './types.ts';

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
      readonly collection: Collection | undefined;
    }
  /** The API creates a record, and what fires the event happens to it in time. */
  | { readonly by: 'time'; readonly operation: Operation; readonly collection: Collection }
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
  readonly collection: Collection;
  readonly create: Operation;
}

/** What a webhook case is after. */
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

/** The course of a webhook case: what its run subscribes to, and makes happen. */
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

/** A record before and after what fired an event; null where it was not there. */
export interface WebhookChange {
  readonly before: unknown;
  readonly after: unknown;
  /** The body of the answer to the call that fired it. */
  readonly response?: unknown;
}

/** Why nothing may arrive. */
export type Silence =
  | 'settled'
  | 'refused'
  | 'unsubscribed'
  | 'inactive'
  | 'disabled'
  | 'unverified'
  | 'not due'
  | 'exhausted';

/** One thing that a webhook case did, and what should arrive for it before the next. */
export interface WebhookMoment {
  /** In words: `orders were created`, `60 s passed`. */
  readonly what: string;
  /** `delivery`: the event, once. `attempts`: so many further attempts at it. `any`: nothing is claimed. */
  readonly expect: 'delivery' | 'attempts' | 'handshake' | 'nothing' | 'any';
  /** How many: of `attempts`, or of a `delivery` all whose attempts are waited for at once. */
  readonly count?: number;
  /** For `nothing`. */
  readonly because?: Silence;
  /** What may arrive. */
  readonly facts: WebhookFacts;
  /** For `delivery`, where it is known. */
  readonly change?: WebhookChange;
  /** The subscription as it was then. */
  readonly subscription?: unknown;
  /** With what deliveries are to be signed. */
  readonly secrets: readonly string[];
  /** Index of the exchange that did it, else of the one that subscribed; -1: there is none. */
  readonly exchange: number;
}

/** One request that arrived at an address of a webhook case. */
export interface Arrival {
  /** Index of the moment after which it arrived. */
  readonly moment: number;
  /** `own`: the subscription's; `other`: the one for another event; `redirected`: where an answer pointed to. */
  readonly address: 'own' | 'other' | 'redirected';
  readonly method: string;
  /** As it was subscribed with. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The exact bytes. */
  readonly body: Uint8Array;
  readonly text: string;
  /** The body as a JSON value, where it is one. */
  readonly json: unknown;
  /** When it had arrived, milliseconds since the Unix epoch by this machine's clock. */
  readonly at: number;
  /** The status it was answered with. */
  readonly status: number;
  /** Undefined where nothing is signed, or the run does not know the secret. */
  readonly verification: Verification | undefined;
}

/** What a webhook case did and what arrived. */
export interface WebhookRun {
  readonly moments: readonly WebhookMoment[];
  /** In the order they arrived. */
  readonly arrivals: readonly Arrival[];
  /** Whether time and deliveries were the run's to steer, so that all that was due had arrived. */
  readonly isMock: boolean;
}
