import { Clock, type TimeSource } from '../clock.ts';
import { SparringError } from '../errors.ts';
import type { Storage, StoredNamespace } from '../storage/storage.ts';
import { Collection } from './collection.ts';
import { type Collections, Namespace } from './namespace.ts';
import { StoredRecord } from './stored-record.ts';

/** What the namespaces of a server have in common. */
export interface NamespacesOptions {
  readonly seed: number;
  readonly time: TimeSource;
  /** New namespaces' clocks stand still here, in milliseconds since the Unix epoch. */
  readonly now?: number;
  /** New namespaces' clocks run this many times as fast as real time. */
  readonly scale?: number;
  readonly storage: Storage;
  /** First content of every namespace that starts at `now`. */
  readonly fixtures: (now: number) => Promise<Collections>;
  /** The field that identifies a record. */
  readonly idField: (api: string, collection: string) => string;
  /** Most namespaces at a time; default 1,000. */
  readonly limit?: number;
  /** Milliseconds of real time after which an unused namespace is dropped to make room; default an hour. */
  readonly idleAfter?: number;
  /** Told when something in the background fails. */
  readonly onError?: (error: unknown) => void;
}

const keptForever = 'default';

/** All namespaces of a server: made on first use, bounded in number, dropped when long unused. */
export class Namespaces {
  readonly #options: NamespacesOptions;
  readonly #namespaces = new Map<string, { readonly namespace: Namespace; lastUsed: number }>();
  readonly #pending = new Map<string, Promise<Namespace>>();
  readonly #stored: Map<string, StoredNamespace>;
  readonly #start: number;
  #initial: Promise<Collections> | undefined;

  private constructor(options: NamespacesOptions, stored: readonly StoredNamespace[]) {
    this.#options = options;
    this.#stored = new Map(stored.map((one) => [one.namespace, one]));
    this.#start = options.now ?? options.time.now();
  }

  /** Reads what the storage kept. Throws what `Storage.load` throws. */
  static async open(options: NamespacesOptions): Promise<Namespaces> {
    const namespaces = new Namespaces(options, await options.storage.load());
    options.storage.onEdit?.((edit) => namespaces.#namespaces.get(edit.namespace)?.namespace.applyEdit(edit));
    return namespaces;
  }

  /** The namespace of that name, made on first use. Throws `namespace-invalid` or `namespace-limit`. */
  get(name: string): Namespace | Promise<Namespace> {
    const kept = this.#namespaces.get(name);
    if (kept) {
      kept.lastUsed = this.#options.time.now();
      return kept.namespace;
    }
    let pending = this.#pending.get(name);
    if (!pending) {
      assertNamespaceName(name);
      pending = this.#create(name).finally(() => this.#pending.delete(name));
      this.#pending.set(name, pending);
    }
    return pending;
  }

  /** Forgets a namespace; false when there is none. The default one cannot be dropped, only reset. */
  drop(name: string): boolean {
    if (name === keptForever) return false;
    this.#namespaces.get(name)?.namespace.close();
    return this.#namespaces.delete(name);
  }

  list(): readonly { readonly name: string; readonly records: number; readonly lastUsed: number }[] {
    return [...this.#namespaces].map(([name, { namespace, lastUsed }]) => ({ name, records: namespace.size, lastUsed }));
  }

  /** Stops all clocks, and stores what waits. */
  async close(): Promise<void> {
    for (const { namespace } of this.#namespaces.values()) namespace.close();
    await this.#options.storage.close();
  }

  async #create(name: string): Promise<Namespace> {
    this.#makeRoom();
    const { idField, now, onError, scale = 1, seed, storage, time } = this.#options;
    this.#initial ??= this.#options.fixtures(this.#start);
    const initial = await this.#initial;
    const stored = this.#stored.get(name);
    const real = time.now();
    const setting = stored?.clock ?? { base: now ?? real, anchor: real, scale, frozenAt: now ?? null };
    const namespace = new Namespace({
      name,
      seed,
      clock: new Clock(time, setting, onError),
      storage,
      initial,
      stored: stored && collectionsOf(stored),
      idField,
    });
    if (!stored && storage.keeps(name)) await namespace.storeAll();
    this.#namespaces.set(name, { namespace, lastUsed: real });
    return namespace;
  }

  #makeRoom(): void {
    const { idleAfter = 3_600_000, limit = 1000, time } = this.#options;
    if (this.#namespaces.size + this.#pending.size < limit) return;
    const oldest = time.now() - idleAfter;
    for (const [name, { lastUsed }] of this.#namespaces) if (lastUsed < oldest) this.drop(name);
    if (this.#namespaces.size + this.#pending.size < limit) return;
    throw new SparringError('namespace-limit', `There are ${limit} namespaces already.`);
  }
}

/** Throws `namespace-invalid` unless the name is 1 to 64 of `a-z`, `0-9` and `-`. */
export function assertNamespaceName(name: string): void {
  if (!/^[a-z0-9-]{1,64}$/.test(name)) {
    throw new SparringError('namespace-invalid', `"${name.slice(0, 80)}" is not a namespace name.`);
  }
}

function collectionsOf(stored: StoredNamespace): Collections {
  const collections = new Map<string, Collection>();
  const collectionAt = (key: string) => {
    const collection = collections.get(key) ?? new Collection();
    collections.set(key, collection);
    return collection;
  };
  for (const { api, collection, id, ordinal, value } of stored.records) {
    const target = collectionAt(`${api}/${collection}`);
    target.put(id, new StoredRecord(id, ordinal, value));
    target.nextOrdinal = Math.max(target.nextOrdinal, ordinal + 1);
  }
  for (const [key, next] of Object.entries(stored.ordinals)) {
    const target = collectionAt(key);
    target.nextOrdinal = Math.max(target.nextOrdinal, next);
  }
  return collections;
}
