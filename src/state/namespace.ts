import type { Clock, ClockSetting } from '../clock.ts';
import { SparringError } from '../errors.ts';
import type { Commit } from '../model/commit.ts';
import type { DeliveryLog } from '../model/delivery-log.ts';
import type { RecordChange, RecordValue } from '../model/record.ts';
import type { ExternalEdit, Storage } from '../model/storage.ts';
import { cancelled } from '../storage/deliveries/delivery-facts.ts';
import { ArmedTasks } from './armed-tasks.ts';
import { Collection } from './collection.ts';
import {
  type Collections,
  changesOf,
  collectionsOfDump,
  deliveryCollection,
  dumpOf,
  isInternal,
  keyOf,
  ordinalsOf,
  splitKey,
} from './collections.ts';
import { readSnapshot, snapshotPrefix, writeSnapshot } from './kept-snapshot.ts';
import { OpenUnit, taskCollection } from './open-unit.ts';
import { builtOnLost, PendingCommits } from './pending-commits.ts';
import type { SharedRoom } from './shared-room.ts';
import type { StateDump } from './state-dump.ts';
import { StoredRecord } from './stored-record.ts';
import {
  type CommittingUnit,
  isScheduledTask,
  type ScheduledTask,
  type UnitChange,
  type UnitCollection,
  type UnitOfWork,
} from './unit-of-work.ts';

export type { Collections } from './collections.ts';

/** How many deliveries may wait at a time, and how many bytes of their bodies. */
export interface DeliveryRoom {
  readonly count: number;
  readonly bytes: number;
  /** Bytes that wait already, here and in the other namespaces that share the room. */
  pendingBytes(): number;
}

/** What a namespace starts from, and where it keeps what must last. */
interface NamespaceOptions {
  readonly name: string;
  readonly seed: number;
  readonly clock: Clock;
  /** What a reset takes the clock back to. */
  readonly startClock: ClockSetting;
  readonly storage: Storage;
  readonly deliveries: DeliveryLog;
  readonly room: DeliveryRoom;
  /** What the records of all namespaces take beside the fixtures. */
  readonly records: SharedRoom;
  /** The fixtures; shared with other namespaces and never written. */
  readonly initial: Collections;
  /** What the storage had of this namespace, in the place of the fixtures. */
  readonly stored: Collections | undefined;
  /** What the storage kept by name. */
  readonly settings: Readonly<Record<string, RecordValue>>;
  /** The field that identifies a record. */
  readonly idField: (api: string, collection: string) => string;
  /** Told of what fails and no caller waits for. */
  readonly onError: (error: unknown) => void;
  /** Of one that is passing: takes it among those that stay, and gives back how to undo that. Throws `namespace-limit`. */
  readonly admit?: Admit | undefined;
}

type Admit = (namespace: Namespace) => () => void;

export type TaskRunner = (
  api: string,
  task: ScheduledTask,
  unit: UnitOfWork,
  record: StoredRecord,
) => void | Promise<void>;

const noCollection = new Collection();

/** All state of one test or person: records, scheduled tasks and a clock, changed by whole units of work only. */
export class Namespace {
  readonly name: string;
  readonly seed: number;
  readonly clock: Clock;
  /** What has been committed of deliveries. */
  readonly deliveries: DeliveryLog;
  /** Whether it ends with the process though the storage keeps others. */
  readonly isForgotten: boolean;
  readonly #room: DeliveryRoom;
  /** Called with each unit that changed something, on its way to commit; what it adds is committed too. */
  beforeCommit: ((unit: CommittingUnit) => void) | undefined;
  readonly #options: NamespaceOptions;
  readonly #snapshots = new Map<string, Collections>();
  readonly #settings: Map<string, RecordValue>;
  /** Settles when the last setting is stored. */
  #settingKept: Promise<void> = Promise.resolve();
  readonly #listeners = new Set<(commit: Commit) => void>();
  readonly #closeListeners: (() => void)[] = [];
  readonly #stayListeners: (() => void)[] = [];
  /** Set while the namespace is passing: nothing of it is stored, and nobody misses it when it is forgotten. */
  #admit: Admit | undefined;
  /** Whether it holds what the fixtures do not. */
  #isTouched: boolean;
  readonly #pending: PendingCommits;
  readonly #tasks: ArmedTasks;
  #collections: Map<string, Collection>;
  /** Collections that this namespace alone holds and may write in place. */
  readonly #own = new Set<Collection>();
  /** Settles when the unit that is under way has been applied. */
  #busy: Promise<void> | undefined;
  #runTask: TaskRunner | undefined;
  #closed = false;
  /** Bytes that records take beside the fixtures; less than none where fixtures were deleted. */
  #recordBytes = 0;
  /** Tasks came back because what they did could not be stored; they wait until the storage works again. */
  #tasksCameBack = false;

  constructor(options: NamespaceOptions) {
    this.name = options.name;
    this.seed = options.seed;
    this.clock = options.clock;
    this.deliveries = options.deliveries;
    this.isForgotten = options.storage.keeps('default') && !options.storage.keeps(options.name);
    this.#room = options.room;
    this.#options = options;
    this.#admit = options.admit;
    this.#isTouched = options.stored !== undefined;
    this.#collections = new Map(options.stored ?? options.initial);
    this.#settings = new Map();
    for (const [key, value] of Object.entries(options.settings)) {
      if (key.startsWith(snapshotPrefix))
        this.#snapshots.set(key.slice(snapshotPrefix.length), readSnapshot(value));
      else this.#settings.set(key, value);
    }
    this.#tasks = new ArmedTasks(options.clock, (api, id) => this.#fire(api, id));
    this.#pending = new PendingCommits(options.storage, (kept) => this.#putRight(kept));
    this.clock.onChange((clock) => {
      this.#isTouched = true;
      return this.#keepClock(clock);
    });
  }

  /**
   * Runs `work` as one unit of work: all of it is committed, or nothing when it throws or rejects. The result is a promise
   * only when the work's is, when an earlier unit is under way, or when the storage takes time; it then resolves once durable.
   *
   * @throws SparringError `storage-failed` when the commit, or an earlier one it builds on, could not be stored.
   */
  run<T>(api: string, work: (unit: CommittingUnit) => T | Promise<T>): T | Promise<T> {
    if (this.#busy) return this.#busy.then(() => this.run(api, work));
    const unit = new OpenUnit({
      namespace: this.name,
      api,
      now: this.clock.now(),
      seed: this.seed,
      committed: (name) => this.#committed(api, name),
    });
    const { losses } = this.#pending;
    const result = work(unit);
    if (!(result instanceof Promise)) return this.#commit(unit, result);
    const applied = result.then((value) => {
      if (losses !== this.#pending.losses && unit.isChanged) throw builtOnLost();
      return { durable: this.#commit(unit, value) };
    });
    this.#holdUntil(applied);
    return applied.then(({ durable }) => durable);
  }

  /** Whether it is one that nothing has been kept of: made for a request that may leave nothing behind. */
  get isPassing(): boolean {
    return this.#admit !== undefined;
  }

  /** Whether it holds nothing but the fixtures. */
  get isUntouched(): boolean {
    return !this.#isTouched && this.#snapshots.size === 0;
  }

  /**
   * Makes a passing namespace one that stays; nothing for one that does already. The promise, where the storage keeps it, resolves
   * once it is durable. Throws `namespace-limit`, and rejects with `storage-failed`.
   */
  stay(): Promise<void> | undefined {
    const admit = this.#admit;
    if (!admit) return undefined;
    const leave = admit(this);
    this.#admit = undefined;
    for (const listener of this.#stayListeners) listener();
    if (!this.#isKept) return undefined;
    return this.storeAll().catch((error: unknown) => {
      leave();
      this.pass(admit);
      throw error;
    });
  }

  /** Makes it a passing one again, whose tasks wait until it stays. */
  pass(admit: Admit): void {
    this.#admit = admit;
    this.#runTask = undefined;
    this.#tasks.armAll(new Map());
  }

  /** Tells whenever a passing namespace becomes one that stays. */
  onStay(listener: () => void): void {
    this.#stayListeners.push(listener);
  }

  /** Whether a delivery of so many bytes may wait beside those that do. */
  admits(bytes: number): boolean {
    const { deliveries } = this;
    if (
      this.#room.bytes !== Number.POSITIVE_INFINITY &&
      this.#room.pendingBytes() + bytes > this.#room.bytes
    ) {
      return false;
    }
    if (this.#room.count === Number.POSITIVE_INFINITY) return true;
    return deliveries.pendingEndpoints().reduce((sum, { count }) => sum + count, 0) < this.#room.count;
  }

  /** The committed records of a collection; an empty one where there is none. */
  collection(api: string, name: string): Pick<UnitCollection, 'get' | 'list' | 'version' | 'nextOrdinal'> {
    return this.#committed(api, name);
  }

  /** Number of records in all collections, internal ones left out. */
  get size(): number {
    let size = 0;
    for (const [key, collection] of this.#collections)
      if (!isInternal(splitKey(key)[1])) size += collection.size;
    return size;
  }

  /** Names of an API's collections, internal ones left out. */
  collections(api: string): readonly string[] {
    return [...this.#collections.keys()].flatMap((key) => {
      const [owner, name] = splitKey(key);
      return owner === api && !isInternal(name) ? [name] : [];
    });
  }

  dump(): StateDump {
    return dumpOf(this.#collections);
  }

  /** Replaces all records. Ordinals go on, so that ids are not given twice. Emits no events; deliveries stay. */
  replace(dump: StateDump): Promise<void> {
    return this.#become(() => collectionsOfDump(dump, this.#collections, this.#options.idField));
  }

  /** Back to the fixtures; ordinals and the clock too, and no deliveries. Snapshots stay. */
  reset(): Promise<void> {
    return this.#become(() => this.#options.initial, this.#options.startClock);
  }

  snapshot(name: string): void {
    // What the snapshot holds is shared from now on, so that the next write copies.
    this.#own.clear();
    const taken = new Map(this.#collections);
    this.#snapshots.set(name, taken);
    this.#keepSetting(`${snapshotPrefix}${name}`, () => writeSnapshot(taken));
  }

  /** Back to a snapshot's records; clock and deliveries stay. Throws `record-not-found` for an unknown one. */
  async restore(name: string): Promise<void> {
    const snapshot = this.#snapshots.get(name);
    if (!snapshot) throw new SparringError('record-not-found', `There is no snapshot "${name}".`);
    await this.#become(() => snapshot);
  }

  snapshots(): readonly string[] {
    return [...this.#snapshots.keys()];
  }

  dropSnapshot(name: string): boolean {
    if (!this.#snapshots.delete(name)) return false;
    this.#keepSetting(`${snapshotPrefix}${name}`, () => null);
    return true;
  }

  /** What was set by this name, also by a process before this one. */
  setting(name: string): RecordValue | undefined {
    return this.#settings.get(name);
  }

  /** Sets what is to last beside the records. It counts at once; `settingsKept` says whether it was stored. */
  set(name: string, value: RecordValue): void {
    this.#settings.set(name, value);
    this.#keepSetting(name, () => value);
  }

  /** Resolves when all settings and snapshots are stored as they stand; rejects when the last could not be. */
  settingsKept(): Promise<void> {
    return this.#settingKept;
  }

  /** Tells of every commit once it is durable, also of those that replace the whole state; returns how to stop. */
  onCommit(listener: (commit: Commit) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Sets what runs when a scheduled task falls due, and lets the tasks that wait do so. */
  onTask(runner: TaskRunner): void {
    this.#runTask = runner;
    this.#tasks.armAll(this.#collections);
  }

  /** Takes over what somebody changed in the storage by hand; nothing is stored again. */
  applyEdit(edit: ExternalEdit): void {
    this.#isTouched = true;
    for (const { api, collection, id, ordinal, value } of edit.changes) {
      const target = this.#writable(keyOf(api, collection));
      const record = value === null ? undefined : new StoredRecord(id, ordinal, value);
      this.#takeRoom((record?.bytes ?? 0) - (target.get(id)?.bytes ?? 0));
      target.put(id, record);
      target.nextOrdinal = Math.max(target.nextOrdinal, ordinal + 1);
      if (collection === taskCollection) this.#arm(api, id, record);
    }
  }

  /** Stores all records, in the place of those that are stored. */
  storeAll(): Promise<void> {
    // Nothing is made that nobody keeps: first records may be many.
    if (!this.#isKept) return Promise.resolve();
    return this.#keep({ ...this.#everything(), keepDeliveries: true });
  }

  /** Stores collections of which nothing is stored yet. */
  storeNew(collections: Collections): Promise<void> {
    return this.#keep({ changes: changesOf(collections), ordinals: ordinalsOf(collections) });
  }

  /** Tells when the namespace is given up. */
  onClose(listener: () => void): void {
    this.#closeListeners.push(listener);
  }

  /** Stops the clock, for good; what is committed after this is stored no more. */
  close(): void {
    this.#takeRoom(-this.#recordBytes);
    this.#closed = true;
    this.clock.stop();
    for (const listener of this.#closeListeners.splice(0)) listener();
  }

  #commit<T>(unit: OpenUnit, value: T): T | Promise<T> {
    if (!unit.isChanged) return value;
    // Before anything is applied: where there is no room for it, nothing of the unit is kept.
    // What became of a delivery has been sent already, and is recorded in any case.
    if (!unit.deliveryChanges.attempts?.length) this.#assertRoom(growthOf(unit.changes()));
    const stays = this.stay();
    this.#isTouched = true;
    unit.dropTasksOfDeleted();
    if (!unit.isQuiet) this.beforeCommit?.(unit);
    const applied: UnitChange[] = [];
    const formerOrdinals: (readonly [key: string, ordinal: number])[] = [];
    const ordinals: Record<string, number> = {};
    for (const overlay of unit.collections) {
      if (!overlay.isChanged) continue;
      const key = keyOf(unit.api, overlay.name);
      const collection = this.#writable(key);
      for (const change of overlay.writes()) {
        applied.push(change);
        if (change.before || !change.after) collection.put(change.id, change.after);
        else collection.add(change.after);
        if (overlay.name === taskCollection) this.#arm(unit.api, change.id, change.after);
      }
      if (overlay.nextOrdinal === overlay.firstOrdinal) continue;
      formerOrdinals.push([key, collection.nextOrdinal]);
      collection.nextOrdinal = Math.max(collection.nextOrdinal, overlay.nextOrdinal);
      ordinals[key] = collection.nextOrdinal;
    }
    this.#takeRoom(growthOf(applied));
    const changes = applied.map((write) => changeOf(unit.api, write));
    const { events, deliveryChanges } = unit;
    const commit = { namespace: this.name, clear: false, changes, events, ordinals, ...deliveryChanges };
    const kept = this.#store(commit, () => this.#undo(unit.api, applied, formerOrdinals, ordinals));
    if (stays) return Promise.all([stays, kept]).then(() => value);
    return kept ? kept.then(() => value) : value;
  }

  /**
   * Stores what holds in the place of a commit that was undone and that the storage kept all the same. Deliveries that it
   * made are withdrawn, unless their numbers have been given to others since.
   */
  #putRight({ deliveries = [] }: Commit): void {
    const reason = 'The change that it tells of could not be stored.';
    const withdrawn = deliveries
      .filter(({ api, number }) => number > this.#committed(api, deliveryCollection).nextOrdinal)
      .map((delivery) => cancelled(delivery, { reason }));
    const all = { ...this.#everything(), keepDeliveries: true, deliveries: withdrawn };
    this.#keep(all).catch(this.#options.onError);
  }

  /** Undoes what still stands: not what somebody has written by hand since. */
  #undo(
    api: string,
    applied: readonly UnitChange[],
    formerOrdinals: readonly (readonly [key: string, ordinal: number])[],
    ordinals: Readonly<Record<string, number>>,
  ): void {
    for (const { after, before, collection, id } of applied.toReversed()) {
      if (this.#committed(api, collection).get(id) !== after) continue;
      this.#writable(keyOf(api, collection)).put(id, before);
      this.#takeRoom((before?.bytes ?? 0) - (after?.bytes ?? 0));
      if (collection !== taskCollection) continue;
      this.#arm(api, id, undefined);
      if (before) this.#tasksCameBack = true;
    }
    for (const [key, former] of formerOrdinals) {
      const collection = this.#writable(key);
      if (collection.nextOrdinal === ordinals[key]) collection.nextOrdinal = former;
    }
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

  /** Throws `state-full` where so many bytes of records more are too many. */
  #assertRoom(bytes: number): void {
    if (bytes <= 0 || this.#options.records.admits(bytes)) return;
    throw new SparringError('state-full', 'The records of all namespaces take as much memory as they may.');
  }

  #takeRoom(bytes: number): void {
    if (this.#closed || bytes === 0) return;
    const former = Math.max(0, this.#recordBytes);
    this.#recordBytes += bytes;
    this.#options.records.take(Math.max(0, this.#recordBytes) - former);
  }

  #bytesBesideFixtures(collections: Collections): number {
    let bytes = 0;
    for (const [key, collection] of collections) {
      if (collection === this.#options.initial.get(key)) continue;
      for (const record of collection.list()) bytes += record.bytes;
    }
    return bytes;
  }

  /** Puts other collections in the place of all, and sets the clock if given; both go back when that cannot be stored. */
  async #become(make: () => Collections, clock?: ClockSetting): Promise<void> {
    while (this.#busy) await this.#busy;
    const next = make();
    this.#assertRoom(this.#bytesBesideFixtures(next) - this.#recordBytes);
    this.#isTouched = true;
    const former = this.#collections;
    const formerClock = this.clock.setting;
    this.#swap(next, clock);
    const kept = clock === undefined ? { keepDeliveries: true } : { settings: this.#allSettings() };
    const commit = { ...this.#everything(), ...kept };
    await this.#store(commit, () => this.#swap(former, clock && formerClock));
  }

  #swap(collections: Collections, clock: ClockSetting | undefined): void {
    this.#takeRoom(this.#bytesBesideFixtures(collections) - this.#recordBytes);
    this.#collections = new Map(collections);
    this.#own.clear();
    if (clock) this.clock.restore(clock);
    if (this.#runTask) this.#tasks.armAll(this.#collections);
  }

  #everything(): Commit {
    const { setting } = this.clock;
    return {
      namespace: this.name,
      clear: true,
      changes: changesOf(this.#collections),
      events: [],
      ordinals: ordinalsOf(this.#collections),
      // A clock that nobody has set starts anew with the process.
      ...(setting !== this.#options.startClock && { clock: setting }),
    };
  }

  /** Undefined when nothing has to be waited for. Listeners are told once the commit is durable. */
  #store(commit: Commit, undo: () => void): Promise<void> | undefined {
    if (!this.#isKept) {
      this.#tell(commit);
      return undefined;
    }
    return this.#pending.keep(commit, undo).then(() => {
      this.#tell(commit);
      if (!this.#tasksCameBack) return;
      this.#tasksCameBack = false;
      if (this.#runTask) this.#tasks.armAll(this.#collections);
    });
  }

  /** Stores what is in memory already, whether or not it can be stored. */
  async #keep(part: Partial<Commit>): Promise<void> {
    if (!this.#isKept) return;
    const commit = { namespace: this.name, clear: false, changes: [], events: [], ordinals: {}, ...part };
    await this.#pending.keep(commit, () => undefined);
  }

  /** All that is kept by name, as a commit that clears the namespace has to bring it again. */
  #allSettings(): Readonly<Record<string, RecordValue>> {
    if (!this.#isKept) return {};
    const snapshots = [...this.#snapshots].map(
      ([name, taken]) => [`${snapshotPrefix}${name}`, writeSnapshot(taken)] as const,
    );
    return Object.fromEntries([...this.#settings, ...snapshots]);
  }

  #keepSetting(name: string, value: () => RecordValue | null): void {
    if (!this.#isKept) return;
    this.#settingKept = this.#keep({ settings: { [name]: value() } });
    this.#settingKept.catch(this.#options.onError);
  }

  async #keepClock(clock: ClockSetting): Promise<void> {
    try {
      await this.#keep({ clock });
    } catch (error) {
      this.#options.onError(error);
      throw error;
    }
  }

  get #isKept(): boolean {
    return !this.#closed && !this.#admit && this.#options.storage.keeps(this.name);
  }

  #committed(api: string, name: string): Collection {
    return this.#collections.get(keyOf(api, name)) ?? noCollection;
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
    for (const listener of this.#listeners) {
      try {
        listener(commit);
      } catch (error) {
        this.#options.onError(error);
      }
    }
  }

  #arm(api: string, id: string, record: StoredRecord | undefined): void {
    if (this.#runTask) this.#tasks.arm(api, id, record);
  }

  async #fire(api: string, id: string): Promise<void> {
    await this.run(api, (unit) => {
      const task = unit.collection(taskCollection).delete(id)?.value;
      if (!task || !isScheduledTask(task)) return;
      const record = unit.collection(task.collection).get(task.id);
      return record && this.#runTask?.(api, task, unit, record);
    });
  }
}

/** How many bytes records take more after some changes. */
function growthOf(changes: readonly UnitChange[]): number {
  let bytes = 0;
  for (const { after, before } of changes) bytes += (after?.bytes ?? 0) - (before?.bytes ?? 0);
  return bytes;
}

function changeOf(api: string, { after, before, collection, id }: UnitChange): RecordChange {
  return { api, collection, id, ordinal: (after ?? before)?.ordinal ?? 0, value: after?.value ?? null };
}
