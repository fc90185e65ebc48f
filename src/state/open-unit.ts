import type { EventEntry } from '../storage/storage.ts';
import type { Collection } from './collection.ts';
import { createDerivation, type Derivation } from './derivation.ts';
import { OverlaidCollection } from './overlaid-collection.ts';
import { isScheduledTask, type ScheduledTask, type UnitOfWork } from './unit-of-work.ts';

/** Where scheduled tasks are kept, beside the collections of the API they belong to. */
export const taskCollection = '_tasks';

/** Reads, writes and events of one request before they are committed. Nothing is allocated for what is not used. */
export class OpenUnit implements UnitOfWork {
  readonly namespace: string;
  readonly api: string;
  readonly now: number;
  readonly events: EventEntry[] = [];
  readonly #seed: number;
  readonly #committed: (name: string) => Collection;
  #collections: Map<string, OverlaidCollection> | undefined;

  constructor(options: {
    readonly namespace: string;
    readonly api: string;
    readonly now: number;
    readonly seed: number;
    readonly committed: (name: string) => Collection;
  }) {
    this.namespace = options.namespace;
    this.api = options.api;
    this.now = options.now;
    this.#seed = options.seed;
    this.#committed = options.committed;
  }

  collection(name: string): OverlaidCollection {
    this.#collections ??= new Map();
    let collection = this.#collections.get(name);
    if (!collection) {
      collection = new OverlaidCollection(name, this.#committed(name));
      this.#collections.set(name, collection);
    }
    return collection;
  }

  derive(collection: string, key: string | number): Derivation {
    return createDerivation(this.#seed, this.api, collection, key);
  }

  emit(event: Omit<EventEntry, 'id' | 'api' | 'at'>): void {
    const id = this.derive('_events', this.collection('_events').takeOrdinal()).uuid('id');
    this.events.push({ ...event, id, api: this.api, at: this.now });
  }

  schedule(task: ScheduledTask): void {
    const tasks = this.collection(taskCollection);
    const id = this.derive(taskCollection, tasks.nextOrdinal).uuid('id');
    tasks.insert(id, { ...task });
  }

  get isChanged(): boolean {
    if (this.events.length > 0) return true;
    for (const _ of this.changed()) return true;
    return false;
  }

  /** Every collection that was written to. */
  *changed(): Iterable<OverlaidCollection> {
    for (const collection of this.#collections?.values() ?? []) if (collection.isChanged) yield collection;
  }

  /** Drops the tasks that wait for records which the unit deleted. */
  dropTasksOfDeleted(): void {
    const deleted = new Set<string>();
    for (const collection of this.changed()) {
      for (const { after, before, id } of collection.writes()) {
        if (before && before.ordinal !== after?.ordinal) deleted.add(`${collection.name}/${id}`);
      }
    }
    if (deleted.size === 0) return;
    const tasks = this.collection(taskCollection);
    for (const { id, ordinal, value } of tasks.list()) {
      if (!isScheduledTask(value) || !deleted.has(`${value.collection}/${value.id}`)) continue;
      const isForNewRecord =
        ordinal >= tasks.firstOrdinal && this.collection(value.collection).get(value.id) !== undefined;
      if (!isForNewRecord) tasks.delete(id);
    }
  }
}
