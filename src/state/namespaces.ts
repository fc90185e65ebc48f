import { Clock, type ClockSetting, type TimeSource } from '../clock.ts';
import { SparringError } from '../errors.ts';
import type { Commit, StoredNamespace } from '../model/commit.ts';
import type { ExternalEdit, Storage } from '../model/storage.ts';
import { mostPendingDeliveryBytes, mostUnsettledInFile } from '../storage/deliveries/delivery-limits.ts';
import { MemoryDeliveryLog } from '../storage/deliveries/memory-delivery-log.ts';
import { type Collections, collectionsOfStored, splitKey } from './collections.ts';
import { type DeliveryRoom, Namespace } from './namespace.ts';
import { SharedRoom } from './shared-room.ts';

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
  /** Milliseconds of real time after which an unused namespace is dropped, unless the storage keeps it; default an hour. */
  readonly idleAfter?: number;
  /** Bytes that records of all namespaces may take beside the fixtures, about; default 256 MiB. */
  readonly mostRecordBytes?: number;
  /** Told when something in the background fails. */
  readonly onError?: (error: unknown) => void;
  /** Told of what somebody changed in the storage by hand. */
  readonly onEdit?: (edit: ExternalEdit) => void;
}

/** A namespace that lives, and when it was last asked for, by the monotonic clock. */
interface Entry {
  readonly namespace: Namespace;
  lastUsed: number;
  /** Whether somebody asked for it by the library or the admin API, and may hold on to it. */
  isHeld: boolean;
}

const keptForever = 'default';
const mostRecordBytes = 256 * 1024 * 1024;
/** How many passing namespaces are remembered, so that requests that follow each other see the same one. */
const mostPassing = 100;

/**
 * All namespaces of a server, bounded in number, dropped when long unused. One that a request names is passing at first: it is
 * answered from, but stays only once the request has shown who it is from, or has written something.
 */
export class Namespaces {
  readonly #options: NamespacesOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #pending = new Map<string, Promise<Namespace>>();
  readonly #stored: Map<string, StoredNamespace>;
  /** The latest last. */
  readonly #passing = new Map<string, Namespace>();
  /** Edits of namespaces that nobody has asked for yet. */
  readonly #edits = new Map<string, ExternalEdit[]>();
  readonly #start: number;
  readonly #records: SharedRoom;
  #fixtures: Promise<Collections> | undefined;
  /** The fixtures once they are made. */
  #initial: Collections | undefined;

  private constructor(options: NamespacesOptions, stored: readonly StoredNamespace[]) {
    this.#options = options;
    this.#records = new SharedRoom(options.mostRecordBytes ?? mostRecordBytes);
    this.#stored = new Map(stored.map((one) => [one.namespace, one]));
    this.#start = options.now ?? options.time.now();
  }

  /** Reads what the storage kept. Throws what `Storage.load` throws. */
  static async open(options: NamespacesOptions): Promise<Namespaces> {
    const namespaces = new Namespaces(options, await options.storage.load());
    options.storage.onEdit?.((edit) => namespaces.#take(edit));
    return namespaces;
  }

  /**
   * The namespace of that name, made on first use, which stays; a promise only while the fixtures are made or the namespace is stored for
   * the first time. Throws `namespace-invalid` or `namespace-limit`.
   */
  get(name: string): Namespace | Promise<Namespace> {
    const now = this.#options.time.monotonic();
    const entry = this.#entries.get(name);
    if (entry && !this.#isIdle(name, entry, now)) {
      entry.lastUsed = now;
      entry.isHeld = true;
      return entry.namespace;
    }
    const passing = this.#passing.get(name);
    if (!passing) return this.#pending.get(name) ?? this.#create(name, now);
    const stays = passing.stay();
    const admitted = this.#entries.get(name);
    if (admitted) admitted.isHeld = true;
    return stays ? stays.then(() => passing) : passing;
  }

  /**
   * The namespace that a request names: the one that is there, else a passing one, made from the fixtures, which its first write
   * or `stay()` keeps. A promise and errors as `get` has them, but for `namespace-limit`.
   *
   * @param isRemembered whether later requests meet the same passing one; else nobody does
   */
  visit(name: string, isRemembered: boolean): Namespace | Promise<Namespace> {
    const now = this.#options.time.monotonic();
    const entry = this.#entries.get(name);
    if (entry && !this.#isIdle(name, entry, now)) {
      entry.lastUsed = now;
      return entry.namespace;
    }
    const pending = this.#pending.get(name);
    if (pending) return pending;
    if (name === keptForever || this.#stored.has(name)) return this.get(name);
    assertNamespaceName(name);
    this.#dropIdle(now);
    if (this.#initial) return this.#pass(name, this.#initial, isRemembered);
    return this.#madeFixtures().then(
      (initial) => this.#entries.get(name)?.namespace ?? this.#pass(name, initial, isRemembered),
    );
  }

  /** Forgets a namespace, in the storage too; false when there is none. The default one cannot be dropped, only reset. */
  async drop(name: string): Promise<boolean> {
    const isKnown = this.#entries.has(name) || this.#stored.has(name);
    if (name === keptForever || !isKnown) return false;
    this.#entries.get(name)?.namespace.close();
    this.#entries.delete(name);
    this.#passing.delete(name);
    this.#stored.delete(name);
    const { storage } = this.#options;
    if (storage.keeps(name)) await storage.commit(nothingOf(name));
    return true;
  }

  /** The names of those that the storage kept, whether or not anybody has asked for them yet. */
  stored(): readonly string[] {
    return [...this.#stored.keys()];
  }

  /** `kept`: whether it outlives the process. */
  list(): readonly {
    readonly name: string;
    readonly records: number;
    readonly lastUsed: number;
    readonly kept: boolean;
  }[] {
    this.#dropIdle(this.#options.time.monotonic());
    return [...this.#entries].map(([name, { namespace, lastUsed }]) => ({
      name,
      records: namespace.size,
      lastUsed,
      kept: this.#options.storage.keeps(name),
    }));
  }

  /** Those that stay. */
  living(): readonly Namespace[] {
    return [...this.#entries.values()].map(({ namespace }) => namespace);
  }

  /** Stops all clocks, and stores what waits. */
  async close(): Promise<void> {
    for (const { namespace } of this.#entries.values()) namespace.close();
    await this.#options.storage.close();
  }

  #create(name: string, now: number): Namespace | Promise<Namespace> {
    assertNamespaceName(name);
    this.#dropIdle(now);
    this.#makeRoom();
    const { storage } = this.#options;
    if (this.#initial && !storage.keeps(name)) return this.#add(name, this.#make(name, this.#initial));
    const pending = this.#makeKept(name).finally(() => this.#pending.delete(name));
    this.#pending.set(name, pending);
    return pending;
  }

  /** A passing namespace: the one that is remembered, else a new one. */
  #pass(name: string, initial: Collections, isRemembered: boolean): Namespace {
    const known = this.#passing.get(name);
    const namespace = known ?? this.#make(name, initial, undefined, this.#admit);
    if (!known && !isRemembered) return namespace;
    this.#passing.delete(name);
    this.#passing.set(name, namespace);
    const [oldest] = this.#passing.keys();
    if (this.#passing.size > mostPassing && oldest !== undefined) this.#passing.delete(oldest);
    return namespace;
  }

  /** Takes a passing namespace among those that stay. */
  readonly #admit = (namespace: Namespace): (() => void) => {
    const { name } = namespace;
    if (this.#entries.has(name) || this.#pending.has(name)) {
      throw new SparringError('namespace-limit', `The namespace "${name}" was given up for want of room.`, {
        next: 'Repeat the request.',
      });
    }
    this.#makeRoom();
    this.#passing.delete(name);
    this.#entries.set(name, { namespace, lastUsed: this.#options.time.monotonic(), isHeld: false });
    return () => {
      if (this.#entries.get(name)?.namespace === namespace) this.#entries.delete(name);
    };
  };

  /** Gives up, where there are as many as there may be, the one that was not used for longest of those that hold nothing of their own. */
  #makeRoom(): void {
    const { limit = 1000, storage } = this.#options;
    if (this.#entries.size + this.#pending.size < limit) return;
    let idlest: readonly [name: string, entry: Entry] | undefined;
    for (const [name, entry] of this.#entries) {
      if (name === keptForever || entry.isHeld || !entry.namespace.isUntouched) continue;
      if (!idlest || entry.lastUsed < idlest[1].lastUsed) idlest = [name, entry];
    }
    if (!idlest) throw new SparringError('namespace-limit', `There are ${limit} namespaces already.`);
    const [name, { namespace }] = idlest;
    this.#entries.delete(name);
    namespace.pass(this.#admit);
    if (storage.keeps(name))
      storage.commit(nothingOf(name)).catch(this.#options.onError ?? (() => undefined));
  }

  async #makeKept(name: string): Promise<Namespace> {
    const initial = await this.#madeFixtures();
    const stored = this.#stored.get(name);
    const namespace = this.#make(name, initial, stored);
    if (!stored) await namespace.storeAll();
    this.#stored.delete(name);
    return this.#add(name, namespace);
  }

  #make(
    name: string,
    initial: Collections,
    stored?: StoredNamespace,
    admit?: (namespace: Namespace) => () => void,
  ): Namespace {
    const { idField, now, onError = () => undefined, scale = 1, seed, storage, time } = this.#options;
    const real = time.now();
    const startClock: ClockSetting = { base: now ?? real, anchor: real, scale, frozenAt: now ?? null };
    const known = stored && collectionsOfStored(stored);
    const added = known && unknownApis(initial, known);
    const memoryLog = new MemoryDeliveryLog();
    if (stored) memoryLog.apply(stored);
    const namespace = new Namespace({
      name,
      seed,
      deliveries: storage.deliveries?.(name) ?? memoryLog,
      room: roomFor(name, storage, () => this.#pendingBytes()),
      records: this.#records,
      clock: new Clock(time, stored?.clock ?? startClock, onError),
      startClock,
      storage,
      initial,
      settings: stored?.settings ?? {},
      stored: known && new Map([...known, ...(added ?? [])]),
      idField,
      onError,
      admit,
    });
    if (!storage.deliveries) namespace.onCommit((commit) => memoryLog.apply(commit));
    if (added && added.size > 0) namespace.storeNew(added).catch(onError);
    this.#applyEdits(name, namespace);
    return namespace;
  }

  #pendingBytes(): number {
    let bytes = 0;
    for (const { namespace } of this.#entries.values()) bytes += namespace.deliveries.pendingBytes();
    return bytes;
  }

  #add(name: string, namespace: Namespace): Namespace {
    // Those that came while it was stored.
    this.#applyEdits(name, namespace);
    this.#entries.set(name, { namespace, lastUsed: this.#options.time.monotonic(), isHeld: true });
    return namespace;
  }

  async #madeFixtures(): Promise<Collections> {
    this.#fixtures ??= this.#options.fixtures(this.#start);
    try {
      this.#initial = await this.#fixtures;
      return this.#initial;
    } catch (error) {
      this.#fixtures = undefined;
      throw error;
    }
  }

  #take(edit: ExternalEdit): void {
    const entry = this.#entries.get(edit.namespace);
    if (entry) entry.namespace.applyEdit(edit);
    else this.#edits.set(edit.namespace, [...(this.#edits.get(edit.namespace) ?? []), edit]);
    this.#options.onEdit?.(edit);
  }

  #applyEdits(name: string, namespace: Namespace): void {
    for (const edit of this.#edits.get(name) ?? []) namespace.applyEdit(edit);
    this.#edits.delete(name);
  }

  #dropIdle(now: number): void {
    for (const [name, entry] of this.#entries) if (this.#isIdle(name, entry, now)) void this.drop(name);
  }

  #isIdle(name: string, { lastUsed }: Entry, now: number): boolean {
    const { idleAfter = 3_600_000, storage } = this.#options;
    return lastUsed < now - idleAfter && name !== keptForever && !storage.keeps(name);
  }
}

/** What may wait to be delivered: in a database any number, in a data file and in memory as much as they can hold. */
function roomFor(name: string, storage: Storage, pendingBytes: () => number): DeliveryRoom {
  const any = Number.POSITIVE_INFINITY;
  if (storage.deliveries) return { count: any, bytes: any, pendingBytes };
  const count = storage.keeps(name) ? mostUnsettledInFile : any;
  return { count, bytes: mostPendingDeliveryBytes, pendingBytes };
}

/** The commit after which a storage knows nothing of a namespace. */
function nothingOf(namespace: string): Commit {
  return { namespace, clear: true, changes: [], events: [], ordinals: {} };
}

/** Throws `namespace-invalid` unless the name is 1 to 64 of `a-z`, `0-9` and `-`. */
export function assertNamespaceName(name: string): void {
  if (!/^[a-z0-9-]{1,64}$/.test(name)) {
    throw new SparringError('namespace-invalid', `"${name.slice(0, 80)}" is not a namespace name.`);
  }
}

/** The fixtures of APIs of which nothing is stored: they are served for the first time. */
function unknownApis(initial: Collections, known: Collections): Collections {
  const apis = new Set([...known.keys()].map((key) => splitKey(key)[0]));
  return new Map([...initial].filter(([key]) => !apis.has(splitKey(key)[0])));
}
