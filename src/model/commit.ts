import type { ClockSetting } from '../clock.ts';
import type { AttemptEntry } from './attempt.ts';
import type { DeliveryEntry } from './delivery.ts';
import type { EventEntry } from './event.ts';
import type { RecordChange, RecordValue } from './record.ts';

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
  /** What is kept by name beside the records, such as faults and snapshots: null takes it away. Goes with `clear` as deliveries do. */
  readonly settings?: Readonly<Record<string, RecordValue | null>>;
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
  readonly settings?: Readonly<Record<string, RecordValue>>;
}
