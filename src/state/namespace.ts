import type { Clock } from '../clock.ts';
import { SparringError } from '../errors.ts';
import type { Commit, ExternalEdit, RecordChange, Storage } from '../storage/storage.ts';
import { Collection } from './collection.ts';
import { OpenUnit, taskCollection } from './open-unit.ts';
import type { OverlaidCollection } from './overlaid-collection.ts';
import type { StateDump } from './state-dump.ts';
import { StoredRecord } from './stored-record.ts';
import { isScheduledTask, type ScheduledTask, type UnitCollection, type UnitOfWork } from './unit-of-work.ts';

/** Collections by `<api>/<collection>`. */
export type Collections = ReadonlyMap<string, Collection>;

/** What a namespace starts from, and where it keeps what must last. */
interface NamespaceOptions {
  readonly name: string;
  readonly seed: number;
  readonly clock: Clock;
  readonly storage: Storage;
  /** The fixtures; shared with other namespaces and never written. */
  readonly initial: Collections;
  /** What the storage had of this namespace, in the place of the fixtures. */
  readonly stored: Collections | undefined;
  /** The field that identifies a record. */
  readonly idField: (api: string, collection: string) => string;
}

export type TaskRunner = (
  api: string,
  task: ScheduledTask,
  unit: UnitOfWork,
  record: StoredRecord,
) => void | Promise<void>;

/** One record of a unit on its way to commit. */
export interface UnitChange {
  readonly collection: string;
  readonly id: string;
  readonly before: StoredRecord | undefined;
  readonly after: StoredRecord | undefined;
}

const noCollection = new Collection();

/** All state of one test or person: records, scheduled tasks and a clock, changed by whole units of work only. */
export class Namespace {
  readonly name: string;
  readonly seed: number;
  readonly clock: Clock;
  /** Called inside each unit on its way to commit. */
  beforeCommit: ((unit: UnitOfWork, changes: readonly UnitChange[]) => void) | undefined;
  readonly #storage: Storage;
  readonly #initial: Collections;
  readonly #startClock: Clock['setting'];
  readonly #idField: NamespaceOptions['idField'];
  readonly #snapshots = new Map<string, Collections>();
  readonly #listeners = new Set<(commit: Commit) => void>();
  readonly #armed = new Map<string, () => void>();
  #collections: Map<string, Collection>;
  /** Collections that this namespace alone holds and may write in place. */
  #own = new Set<Collection>();
  /** Settles when the unit that is under way has been applied. */
  #busy: Promise<void> | undefined;
  #runTask: TaskRunner | undefined;

  constructor(options: NamespaceOptions) {
    this.name = options.name;
    this.seed = options.seed;
    this.clock = options.clock;
    this.#startClock = options.clock.setting;
    this.#storage = options.storage;
    this.#initial = options.initial;
    this.#idField = options.idField;
    this.#collections = new Map(options.stored ?? options.initial);
    this.clock.onChange((clock) => void this.#store({ changes: [], clock }).catch(() => undefined));
  }

  /**
   * Runs `work` as one unit of work: all of it is committed, or nothing when it throws or rejects. The result is a promise
   * only when the work's is, when an earlier unit is under way, or when the storage takes time; it then resolves once durable.
   */
  run<T>(api: string, work: (unit: UnitOfWork) => T | Promise<T>): T | Promise<T> {
    if (this.#busy) return this.#busy.then(() => this.run(api, work));
    const unit = new OpenUnit({
      namespace: this.name,
      api,
      now: this.clock.now(),
      seed: this.seed,
      committed: (name) => this.#committed(api, name),
    });
    const result = work(unit);
    if (!(result instanceof Promise)) return this.#commit(unit, result);
    const applied = result.then((value) => ({ durable: this.#commit(unit, value) }));
    this.#holdUntil(applied);
    return applied.then(({ durable }) => durable);
  }

  /** The committed records of a collection; an empty one where there is none. */
  collection(api: string, name: string): Pick<UnitCollection, 'get' | 'list' | 'version' | 'nextOrdinal'> {
    return this.#committed(api, name);
  }

  /** Number of records in all collections. */
  get size(): number {
    let size = 0;
    for (const collection of this.#collections.values()) size += collection.size;
    return size;
  }

  /** Names of an API's collections, internal ones (`_`) left out. */
  collections(api: string): readonly string[] {
    return [...this.#collections.keys()].flatMap((key) => {
      const [owner, name = ''] = splitKey(key);
      return owner === api && !name.startsWith('_') ? [name] : [];
    });
  }

  dump(): StateDump {
    const dump: Record<string, Record<string, readonly StoredRecord['value'][]>> = {};
    for (const [key, collection] of this.#collections) {
      const [api, name] = splitKey(key);
      if (name.startsWith('_')) continue;
      dump[api] ??= {};
      dump[api][name] = collection.list().map(({ value }) => value);
    }
    return dump;
  }

  /** Replaces all records. Ordinals go on, so that ids are not given twice. Emits no events. */
  async replace(dump: StateDump): Promise<void> {
    const collections = new Map<string, Collection>();
    for (const [api, named] of Object.entries(dump)) {
      for (const [name, values] of Object.entries(named)) {
        const collection = new Collection();
        const idField = this.#idField(api, name);
        for (const value of values) {
          const id = value[idField];
          if (typeof id !== 'string' && typeof id !== 'number') throw withoutId(api, name, idField);
          collection.put(String(id), new StoredRecord(String(id), collection.nextOrdinal, value));
          collection.nextOrdinal += 1;
        }
        collection.nextOrdinal = Math.max(collection.nextOrdinal, this.#committed(api, name).nextOrdinal);
        collections.set(`${api}/${name}`, collection);
      }
    }
    for (const [key, { nextOrdinal }] of this.#collections) {
      if (!collections.has(key)) collections.set(key, new Collection([], nextOrdinal));
    }
    await this.#become(collections);
  }

  /** Back to the fixtures; ordinals and the clock too. Snapshots stay. */
  async reset(): Promise<void> {
    this.clock.restore(this.#startClock);
    await this.#become(this.#initial);
  }

  snapshot(name: string): void {
    // What the snapshot holds is shared from now on, so that the next write copies.
    this.#own.clear();
    this.#snapshots.set(name, new Map(this.#collections));
  }

  /** Throws `record-not-found` for an unknown snapshot. */
  async restore(name: string): Promise<void> {
    const snapshot = this.#snapshots.get(name);
    if (!snapshot) throw new SparringError('record-not-found', `There is no snapshot "${name}".`);
    await this.#become(snapshot);
  }

  snapshots(): readonly string[] {
    return [...this.#snapshots.keys()];
  }

  dropSnapshot(name: string): boolean {
    return this.#snapshots.delete(name);
  }

  /** Tells of every commit; returns how to stop. */
  onCommit(listener: (commit: Commit) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Sets what runs when a scheduled task falls due, and arms the tasks that wait. */
  onTask(runner: TaskRunner): void {
    this.#runTask = runner;
    this.#armAll();
  }

  /** Takes over what somebody changed in the storage by hand; nothing is stored again. */
  applyEdit(edit: ExternalEdit): void {
    for (const { api, collection, id, ordinal, value } of edit.changes) {
      const target = this.#writable(`${api}/${collection}`);
      target.put(id, value === null ? undefined : new StoredRecord(id, ordinal, value));
      target.nextOrdinal = Math.max(target.nextOrdinal, ordinal + 1);
    }
    this.#armAll();
  }

  /** Stores everything: a namespace that starts from fixtures in a storage that is to keep it. */
  storeAll(): Promise<void> {
    return this.#store({ clear: true, changes: this.#allChanges(), ordinals: this.#allOrdinals(), clock: this.clock.setting });
  }

  close(): void {
    this.clock.stop();
    this.#armed.clear();
  }

  #commit<T>(unit: OpenUnit, value: T): T | Promise<T> {
    const written = [...unit.changed()];
    if (written.length === 0 && unit.events.length === 0) return value;
    this.beforeCommit?.(unit, changesOf(written));
    const undo: (() => void)[] = [];
    const changes: RecordChange[] = [];
    const ordinals: Record<string, number> = {};
    for (const overlay of unit.changed()) {
      const key = `${unit.api}/${overlay.name}`;
      const collection = this.#writable(key);
      for (const { id, before, after } of overlay.changes()) {
        const ordinal = (after ?? before)?.ordinal ?? 0;
        changes.push({ api: unit.api, collection: overlay.name, id, ordinal, value: after?.value ?? null });
        collection.put(id, after);
        // A later unit may have written the record again by the time this one has to be undone: then that one stands.
        undo.push(() => this.#committed(unit.api, overlay.name).get(id) === after && this.#writable(key).put(id, before));
        if (overlay.name === taskCollection) this.#arm(unit.api, id, after);
      }
      collection.nextOrdinal = overlay.nextOrdinal;
      ordinals[key] = overlay.nextOrdinal;
    }
    const commit: Commit = { namespace: this.name, clear: false, changes, events: unit.events, ordinals };
    if (!this.#storage.keeps(this.name)) {
      this.#tell(commit);
      return value;
    }
    return this.#storage.commit(commit).then(
      () => {
        this.#tell(commit);
        return value;
      },
      (error: unknown) => {
        for (const step of undo.reverse()) step();
        throw error;
      },
    );
  }

  #holdUntil(applied: Promise<unknown>): void {
    const busy = applied.then(
      () => undefined,
      () => undefined,
    );
    this.#busy = busy;
    void busy.then(() => {
      if (this.#busy === busy) this.#busy = undefined;
    });
  }

  async #become(collections: Collections): Promise<void> {
    while (this.#busy) await this.#busy;
    const former = this.#collections;
    this.#collections = new Map(collections);
    this.#own.clear();
    this.#armAll();
    try {
      await this.storeAll();
    } catch (error) {
      this.#collections = former;
      this.#armAll();
      throw error;
    }
  }

  async #store(part: Partial<Commit>): Promise<void> {
    if (!this.#storage.keeps(this.name)) return;
    await this.#storage.commit({ namespace: this.name, clear: false, changes: [], events: [], ordinals: {}, ...part });
  }

  #committed(api: string, name: string): Collection {
    return this.#collections.get(`${api}/${name}`) ?? noCollection;
  }

  #writable(key: string): Collection {
    const held = this.#collections.get(key);
    if (held && this.#own.has(held)) return held;
    const own = held ? held.copy() : new Collection();
    this.#own.add(own);
    this.#collections.set(key, own);
    return own;
  }

  #tell(commit: Commit): void {
    for (const listener of this.#listeners) listener(commit);
  }

  #armAll(): void {
    for (const cancel of this.#armed.values()) cancel();
    this.#armed.clear();
    for (const [key, collection] of this.#collections) {
      const [api, name] = splitKey(key);
      if (name === taskCollection) for (const record of collection.list()) this.#arm(api, record.id, record);
    }
  }

  #arm(api: string, id: string, record: StoredRecord | undefined): void {
    const key = `${api}/${id}`;
    this.#armed.get(key)?.();
    this.#armed.delete(key);
    if (!record || !this.#runTask || !isScheduledTask(record.value)) return;
    this.#armed.set(key, this.clock.at(record.value.dueAt, () => this.#fire(api, id)));
  }

  async #fire(api: string, id: string): Promise<void> {
    await this.run(api, (unit) => {
      const task = unit.collection(taskCollection).delete(id)?.value;
      if (!task || !isScheduledTask(task)) return;
      const record = unit.collection(task.collection).get(task.id);
      return record && this.#runTask?.(api, task, unit, record);
    });
  }

  #allChanges(): RecordChange[] {
    return [...this.#collections].flatMap(([key, collection]) => {
      const [api, name] = splitKey(key);
      return collection.list().map(({ id, ordinal, value }) => ({ api, collection: name, id, ordinal, value }));
    });
  }

  #allOrdinals(): Record<string, number> {
    return Object.fromEntries([...this.#collections].map(([key, { nextOrdinal }]) => [key, nextOrdinal]));
  }
}

function changesOf(written: readonly OverlaidCollection[]): UnitChange[] {
  return written.flatMap((overlay) => [...overlay.changes()].map((change) => ({ collection: overlay.name, ...change })));
}

function splitKey(key: string): [api: string, name: string] {
  const slash = key.indexOf('/');
  return [key.slice(0, slash), key.slice(slash + 1)];
}

function withoutId(api: string, name: string, idField: string): SparringError {
  return new SparringError('invalid-request', `A record of ${api}.${name} has no "${idField}".`, {
    next: `Give every record of ${name} its id in "${idField}". Nothing was changed.`,
  });
}
