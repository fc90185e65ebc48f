import type { Verification } from '../../webhooks/signers/signer.ts';
import type { WebhookFacts } from './webhook-script.ts';

/** A record before and after what fired an event; null where it was not there. */
export interface WebhookChange {
  readonly before: unknown;
  readonly after: unknown;
  /** The body of the answer to the call that fired it. */
  readonly response?: unknown;
}

/** The reason why no webhook may arrive. */
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
export interface WebhookCheckpoint {
  /** In words: `orders were created`, `60 s passed`. */
  readonly what: string;
  /** `delivery`: the event, once. `attempts`: so many further attempts at it. `any`: nothing is claimed. */
  readonly expect: 'delivery' | 'attempts' | 'handshake' | 'nothing' | 'any';
  /** How many: of `attempts`, or of a `delivery` all whose attempts are waited for at once. */
  readonly count?: number;
  /** For `nothing`. */
  readonly because?: Silence;
  /** The event that may arrive. */
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
  /** Index of the checkpoint after which it arrived. */
  readonly checkpoint: number;
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
  readonly checkpoints: readonly WebhookCheckpoint[];
  /** In the order they arrived. */
  readonly arrivals: readonly Arrival[];
  /** Whether time and deliveries were the run's to steer, so that all that was due had arrived. */
  readonly isMock: boolean;
}
