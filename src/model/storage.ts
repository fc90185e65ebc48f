import type { Commit, StoredNamespace } from './commit.ts';
import type { DeliveryLog } from './delivery-log.ts';
import type { RecordChange } from './record.ts';

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
