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

/** All that one unit of work changed: kept whole or not at all. */
export interface Commit {
  readonly namespace: string;
  /** The namespace's former content goes first (reset, restore, replace). */
  readonly clear: boolean;
  readonly changes: readonly RecordChange[];
  readonly events: readonly EventEntry[];
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
  readonly ordinals: Readonly<Record<string, number>>;
  readonly clock?: ClockSetting;
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
  /** Reports edits from outside, if the storage can have any. */
  onEdit?(listener: (edit: ExternalEdit) => void): void;
  /** Stores what waits, releases locks. */
  close(): Promise<void>;
}
