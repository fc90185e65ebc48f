/**
 * Where a delivery stands: `pending` waits for its first or next attempt; `delivered`; `exhausted` used up its retries;
 * `disabled` because its endpoint was; `blocked` since its target is not allowed; `cancelled` by hand; `dropped` for want of room.
 */
export type DeliveryState =
  | 'pending'
  | 'delivered'
  | 'exhausted'
  | 'disabled'
  | 'blocked'
  | 'cancelled'
  | 'dropped';

/** One event on its way to one endpoint, as it stands. A later entry with the same id takes its place. */
export interface DeliveryEntry {
  /** Stable across attempts: what a receiver can tell repetitions by. */
  readonly id: string;
  readonly api: string;
  /** Name of the webhook, or `<operationId>/<callback>` of a callback. */
  readonly event: string;
  /** The event it tells of; null when it was fired by hand or is a callback. */
  readonly eventId: string | null;
  /** Its rank among the deliveries of the API in the namespace, from 1, never reused. */
  readonly number: number;
  /** What has a queue of its own: `<collection>/<id>` of the subscription, else the URL. */
  readonly endpoint: string;
  readonly subscription: { readonly collection: string; readonly id: string } | null;
  readonly url: string;
  /** The newest first; more than one while a secret is rotated. */
  readonly secrets: readonly string[];
  /** The exact text that is sent, as UTF-8. Empty for a dropped one. */
  readonly body: string;
  /** Milliseconds since the Unix epoch on the namespace's clock. */
  readonly createdAt: number;
  readonly state: DeliveryState;
  /** Attempts made so far. */
  readonly attempts: number;
  /** Those of them that were made before it was last sent again by hand: retries are counted from there. */
  readonly attemptsBefore?: number;
  /** When the next attempt is due, on the namespace's clock; null once settled. */
  readonly dueAt: number | null;
  /** Why it was blocked, dropped, disabled or cancelled, in a sentence. */
  readonly reason?: string;
}

/** What to look for in a delivery log. */
export interface DeliveryFilter {
  readonly api?: string | undefined;
  readonly event?: string | undefined;
  readonly state?: DeliveryState | undefined;
  readonly endpoint?: string | undefined;
  readonly url?: string | undefined;
}
