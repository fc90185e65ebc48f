import type { AttemptEntry } from '../model/attempt.ts';
import type { Commit, EndpointCancellation } from '../model/commit.ts';
import type { DeliveryEntry } from '../model/delivery.ts';
import type { EventEntry } from '../model/event.ts';
import type { Collection } from './collection.ts';
import { isInternal } from './collections.ts';
import { createDerivation, type Derivation } from './derivation.ts';
import { OverlaidCollection } from './overlaid-collection.ts';
import { type CommittingUnit, isScheduledTask, type ScheduledTask, type UnitChange } from './unit-of-work.ts';

/** Where scheduled tasks are kept, beside the collections of the API they belong to. */
export const taskCollection = '_tasks';

const noDeliveryChanges = {};

/** Reads, writes and events of one request before they are committed. Nothing is allocated for what is not used. */
export class OpenUnit implements CommittingUnit {
  readonly namespace: string;
  readonly api: string;
  readonly now: number;
  readonly events: EventEntry[] = [];
  isQuiet = false;
  #deliveries: DeliveryEntry[] | undefined;
  #attempts: AttemptEntry[] | undefined;
  #cancellations: EndpointCancellation[] | undefined;
  readonly #seed: number;
  readonly #committed: (name: string) => Collection;
  /** A unit is about one collection, or a few: an array of them is quicker made and searched than a map. */
  readonly #collections: OverlaidCollection[] = [];

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
    for (const known of this.#collections) if (known.name === name) return known;
    const collection = new OverlaidCollection(name, this.#committed(name));
    this.#collections.push(collection);
    return collection;
  }

  derive(collection: string, key: string | number): Derivation {
    return createDerivation(this.#seed, this.api, collection, key);
  }

  emit({ name, payload }: Pick<EventEntry, 'name' | 'payload'>): void {
    this.emitWith(name, () => payload);
  }

  emitWith(name: string, payloadOf: (event: Omit<EventEntry, 'payload'>) => unknown): EventEntry {
    const id = this.derive('_events', this.collection('_events').takeOrdinal()).uuid('id');
    const event = { name, id, api: this.api, at: this.now };
    const entry = { ...event, payload: payloadOf(event) };
    this.events.push(entry);
    return entry;
  }

  deliver(delivery: DeliveryEntry): void {
    this.#deliveries ??= [];
    this.#deliveries.push(delivery);
  }

  cancelWaiting(endpoint: string, reason: string): void {
    this.#cancellations ??= [];
    this.#cancellations.push({ api: this.api, endpoint, reason });
  }

  attempted(attempt: AttemptEntry): void {
    this.#attempts ??= [];
    this.#attempts.push(attempt);
  }

  /** What the unit adds to its commit beside records: empty for most. */
  get deliveryChanges(): Pick<Commit, 'cancellations' | 'deliveries' | 'attempts'> {
    const cancellations = this.#cancellations;
    if (!this.#deliveries && !this.#attempts && !cancellations) return noDeliveryChanges;
    const changes = { deliveries: this.#deliveries ?? [], attempts: this.#attempts ?? [] };
    return cancellations ? { ...changes, cancellations } : changes;
  }

  changes(): readonly UnitChange[] {
    const changes: UnitChange[] = [];
    for (const overlay of this.#collections) {
      if (isInternal(overlay.name)) continue;
      for (const change of overlay.writes()) changes.push(change);
    }
    return changes;
  }

  schedule(task: ScheduledTask): void {
    const tasks = this.collection(taskCollection);
    const id = this.derive(taskCollection, tasks.nextOrdinal).uuid('id');
    tasks.insert(id, { ...task });
  }

  get isChanged(): boolean {
    if (this.events.length > 0 || this.#deliveries || this.#attempts || this.#cancellations) return true;
    for (const collection of this.#collections) if (collection.isChanged) return true;
    return false;
  }

  /** Every collection that was asked for. */
  get collections(): readonly OverlaidCollection[] {
    return this.#collections;
  }

  /** Drops the tasks that wait for records which the unit deleted. */
  dropTasksOfDeleted(): void {
    let deleted: Set<string> | undefined;
    for (const collection of this.#collections) {
      for (const { after, before, id } of collection.writes()) {
        if (!before || before.ordinal === after?.ordinal) continue;
        deleted ??= new Set();
        deleted.add(`${collection.name}/${id}`);
      }
    }
    if (!deleted) return;
    const tasks = this.collection(taskCollection);
    for (const { id, ordinal, value } of tasks.list()) {
      if (!isScheduledTask(value) || !deleted.has(`${value.collection}/${value.id}`)) continue;
      const isForNewRecord =
        ordinal >= tasks.firstOrdinal && this.collection(value.collection).get(value.id) !== undefined;
      if (!isForNewRecord) tasks.delete(id);
    }
  }
}
