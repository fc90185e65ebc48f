import { SparringError } from '../../src/errors.ts';
import type { Commit, StoredNamespace } from '../../src/model/commit.ts';
import type { DeliveryEntry } from '../../src/model/delivery.ts';
import type { RecordChange } from '../../src/model/record.ts';
import type { ExternalEdit, Storage } from '../../src/model/storage.ts';

interface Waiting {
  readonly commit: Commit;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Storage that outlives the namespaces of a test, and that can be slow or fail when the test says so. */
export class DurableStorage implements Storage {
  readonly commits: Commit[] = [];
  /** `hold` lets commits wait for `release` or `fail`. */
  mode: 'store' | 'hold' | 'refuse' = 'store';
  #waiting: Waiting[] = [];
  readonly #keepsAll: boolean;
  #listener: ((edit: ExternalEdit) => void) | undefined;

  /** The default namespace alone is kept, as by a data file, or all are, as by a database. */
  constructor(kept: 'default' | 'all' = 'default') {
    this.#keepsAll = kept === 'all';
  }

  async load(): Promise<readonly StoredNamespace[]> {
    const names = new Set(this.commits.map(({ namespace }) => namespace));
    return [...names].map((name) => fold(name, this.commits));
  }

  commit(commit: Commit): Promise<void> {
    if (this.mode === 'refuse') return Promise.reject(refused());
    if (this.mode === 'store') {
      this.commits.push(commit);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => this.#waiting.push({ commit, resolve, reject }));
  }

  keeps(namespace: string): boolean {
    return this.#keepsAll || namespace === 'default';
  }

  onEdit(listener: (edit: ExternalEdit) => void): void {
    this.#listener = listener;
  }

  async close(): Promise<void> {}

  edit(...changes: RecordChange[]): void {
    this.#listener?.({ namespace: 'default', changes, overruled: [] });
  }

  /** Stores the first `count` commits that wait. */
  release(count = this.#waiting.length): void {
    for (const { commit, resolve } of this.#waiting.splice(0, count)) {
      this.commits.push(commit);
      resolve();
    }
  }

  /** Fails the first `count` commits that wait. */
  fail(count = this.#waiting.length): void {
    for (const { reject } of this.#waiting.splice(0, count)) reject(refused());
  }
}

function refused(): SparringError {
  return new SparringError('storage-failed', 'The disk is full.');
}

function fold(namespace: string, commits: readonly Commit[]): StoredNamespace {
  const records = new Map<string, StoredNamespace['records'][number]>();
  const deliveries = new Map<string, DeliveryEntry>();
  let ordinals: Record<string, number> = {};
  let clock: Commit['clock'];
  for (const commit of commits) {
    if (commit.namespace !== namespace) continue;
    if (commit.clear) {
      records.clear();
      ordinals = {};
      clock = undefined;
    }
    if (commit.clear && !commit.keepDeliveries) deliveries.clear();
    for (const delivery of commit.deliveries ?? []) deliveries.set(delivery.id, delivery);
    for (const { value, ...change } of commit.changes) {
      const key = JSON.stringify([change.api, change.collection, change.id]);
      if (value === null) records.delete(key);
      else records.set(key, { ...change, value });
    }
    ordinals = { ...ordinals, ...commit.ordinals };
    clock = commit.clock ?? clock;
  }
  return {
    namespace,
    records: [...records.values()],
    events: [],
    deliveries: [...deliveries.values()],
    ordinals,
    ...(clock && { clock }),
  };
}
