import type { AttemptEntry } from '../model/attempt.ts';
import type { DeliveryEntry } from '../model/delivery.ts';
import type { EventEntry } from '../model/event.ts';
import type { RecordValue } from '../model/record.ts';
import type { Derivation } from './derivation.ts';
import type { StoredRecord } from './stored-record.ts';

/** Something to do when the namespace's clock reaches `dueAt`; kept with the state, so that it survives a restart. */
export interface ScheduledTask {
  /** Key of the handler, such as `completeCheck`. */
  readonly task: string;
  /** Milliseconds since the Unix epoch on the namespace's clock. */
  readonly dueAt: number;
  /** The record it is about; the task is dropped with it. */
  readonly collection: string;
  readonly id: string;
}

export function isScheduledTask(value: unknown): value is ScheduledTask {
  return (
    typeof value === 'object' &&
    value !== null &&
    'task' in value &&
    'dueAt' in value &&
    typeof value.dueAt === 'number'
  );
}

/** One collection as a unit of work sees it: what is committed, under what the unit has written so far. */
export interface UnitCollection {
  get(id: string): StoredRecord | undefined;
  /** In creation order, oldest first. */
  list(): readonly StoredRecord[];
  /** Changes whenever the collection does; equal versions mean equal content. */
  readonly version: number;
  /** The ordinal the next insert gets. */
  readonly nextOrdinal: number;
  /** Uses up the next ordinal without a record, for what is only derived (a token's nonce). */
  takeOrdinal(): number;
  /** Throws `conflict` when the id is taken. */
  insert(id: string, value: RecordValue): StoredRecord;
  /** Throws `record-not-found` when there is none. */
  replace(id: string, value: RecordValue): StoredRecord;
  delete(id: string): StoredRecord | undefined;
}

/**
 * Reads, writes and events of one request (or task) on one API in one namespace. It commits whole or not at all.
 */
export interface UnitOfWork {
  readonly namespace: string;
  readonly api: string;
  /** Milliseconds since the Unix epoch on the namespace's clock, the same throughout the unit. */
  readonly now: number;
  collection(name: string): UnitCollection;
  /** Deterministic values for one record: a function of (namespace seed, api, collection, key). */
  derive(collection: string, key: string | number): Derivation;
  emit(event: Omit<EventEntry, 'id' | 'api' | 'at'>): void;
  schedule(task: ScheduledTask): void;
}

/** One record that a unit wrote: made (no `before`), changed, or deleted (no `after`). */
export interface UnitChange {
  readonly collection: string;
  readonly id: string;
  readonly before: StoredRecord | undefined;
  readonly after: StoredRecord | undefined;
}

/** A unit of work as those see it who add to what it commits. */
export interface CommittingUnit extends UnitOfWork {
  readonly events: readonly EventEntry[];
  /** Whether anything would be committed. */
  readonly isChanged: boolean;
  /** What it only notes down (the outcome of a delivery) fires no webhooks. */
  isQuiet: boolean;
  /** The records written so far; internal collections are left out. */
  changes(): readonly UnitChange[];
  /** Emits an event whose payload speaks of the event itself. */
  emitWith(name: string, payloadOf: (event: Omit<EventEntry, 'payload'>) => unknown): EventEntry;
  /** Commits a new delivery, or a known one as it stands now. */
  deliver(delivery: DeliveryEntry): void;
  /** Cancels all that waits for an endpoint, however much it is. */
  cancelWaiting(endpoint: string, reason: string): void;
  attempted(attempt: AttemptEntry): void;
}
