import type { ClockSetting } from '../clock.ts';

/** A JSON object as stored and served: never changed in place. */
export type RecordValue = Readonly<Record<string, unknown>>;

/** One record written (`value`) or deleted (`null`). `ordinal` is its creation rank within the collection, never reused. */
export interface RecordChange {
  readonly api: string;
  readonly collection: string;
  readonly id: string;
  readonly ordinal: number;
  readonly value: RecordValue | null;
}

/** Something that happened in a unit of work and is to be told to subscribers. */
export interface EventEntry {
  readonly id: string;
  readonly api: string;
  readonly name: string;
  /** Milliseconds since the Unix epoch on the namespace's clock. */
  readonly at: number;
  readonly payload: unknown;
}

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

/** One attempt at a delivery: exactly what was sent, and what came of it. */
export interface AttemptEntry {
  readonly delivery: string;
  /** Counted from 1. */
  readonly number: number;
  /** Milliseconds since the Unix epoch on the namespace's clock. */
  readonly at: number;
  /** Real time, milliseconds since the Unix epoch, and how long it took. */
  readonly startedAt: number;
  readonly milliseconds: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    /** Only where a fault made it differ from the delivery's. */
    readonly body?: string;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly truncated: boolean;
  } | null;
  /** Absent when an answer arrived, whatever its status. */
  readonly error?: { readonly code: string; readonly message: string };
  /** For a blocked target: what would allow it. */
  readonly flag?: string;
  readonly succeeded: boolean;
  /** The fault that had its hand in it. */
  readonly fault?: string;
}

/** An endpoint whose pending deliveries are all cancelled, however many they are. */
export interface EndpointCancellation {
  readonly api: string;
  readonly endpoint: string;
  /** Why, in a sentence. */
  readonly reason: string;
}

/** All that one unit of work changed: kept whole or not at all. */
export interface Commit {
  readonly namespace: string;
  /** The namespace's former content goes first (reset, restore, replace). */
  readonly clear: boolean;
  /** With `clear`: deliveries and attempts stay all the same. */
  readonly keepDeliveries?: boolean;
  readonly changes: readonly RecordChange[];
  readonly events: readonly EventEntry[];
  /** Comes before what `deliveries` says. */
  readonly cancellations?: readonly EndpointCancellation[];
  /** New deliveries, and known ones as they stand now. */
  readonly deliveries?: readonly DeliveryEntry[];
  readonly attempts?: readonly AttemptEntry[];
  /** Next ordinal by `<api>/<collection>` for the counters that moved. */
  readonly ordinals: Readonly<Record<string, number>>;
  /** Set when the clock was set, advanced, scaled or frozen. */
  readonly clock?: ClockSetting;
}

/** A namespace as it was last stored. */
export interface StoredNamespace {
  readonly namespace: string;
  readonly records: readonly (RecordChange & { readonly value: RecordValue })[];
  readonly events: readonly EventEntry[];
  /** Absent where the storage has a delivery log of its own. */
  readonly deliveries?: readonly DeliveryEntry[];
  readonly attempts?: readonly AttemptEntry[];
  readonly ordinals: Readonly<Record<string, number>>;
  readonly clock?: ClockSetting;
}

/** What to look for in a delivery log. */
export interface DeliveryFilter {
  readonly api?: string | undefined;
  readonly event?: string | undefined;
  readonly state?: DeliveryState | undefined;
  readonly endpoint?: string | undefined;
  readonly url?: string | undefined;
}

/** The pending deliveries of one endpoint. */
export interface PendingEndpoint {
  readonly api: string;
  readonly endpoint: string;
  readonly count: number;
  /** The earliest due time among them. */
  readonly dueAt: number;
}

/** The deliveries and attempts of one namespace, read without loading them all. */
export interface DeliveryLog {
  get(id: string): DeliveryEntry | undefined;
  /** Newest first. */
  list(
    filter: DeliveryFilter,
    page: { readonly limit: number; readonly offset: number },
  ): readonly DeliveryEntry[];
  count(filter: DeliveryFilter): number;
  /** Of one delivery, in their order. */
  attempts(delivery: string): readonly AttemptEntry[];
  /** Every endpoint that has pending deliveries. */
  pendingEndpoints(): readonly PendingEndpoint[];
  /** Pending deliveries of one endpoint by due time, then number, `offset` of them left out. */
  pending(
    api: string,
    endpoint: string,
    page: { readonly limit: number; readonly offset: number },
  ): readonly DeliveryEntry[];
  /** UTF-8 bytes of the bodies of all pending deliveries. */
  pendingBytes(): number;
}

/** Somebody else changed what is stored; `overruled` names records whose newer in-memory version lost against the edit. */
export interface ExternalEdit {
  readonly namespace: string;
  readonly changes: readonly RecordChange[];
  readonly overruled: readonly { readonly api: string; readonly collection: string; readonly id: string }[];
}

/** What must last. Two methods carry it; the rest is life cycle. */
export interface Storage {
  /** Everything stored; an empty list for a fresh start. Throws `data-locked`, `data-broken` or `data-unwritable`. */
  load(): Promise<readonly StoredNamespace[]>;
  /** Resolves when the commit will survive `kill -9`; rejects with `storage-failed` and keeps nothing of it. Commits are stored in call order. */
  commit(commit: Commit): Promise<void>;
  /** Whether commits of this namespace are kept at all (others resolve at once). */
  keeps(namespace: string): boolean;
  /** The log of a namespace, where the storage keeps one; it shows what has been committed. */
  deliveries?(namespace: string): DeliveryLog;
  /** Reports edits from outside, if the storage can have any. */
  onEdit?(listener: (edit: ExternalEdit) => void): void;
  /** Stores what waits, releases locks. */
  close(): Promise<void>;
}
