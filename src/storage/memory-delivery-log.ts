import { bodyBytes, dueTime, filterFields, matchesFilter } from './delivery-facts.ts';
import { SortedBlocks } from './sorted-blocks.ts';
import type {
  AttemptEntry,
  Commit,
  DeliveryEntry,
  DeliveryFilter,
  DeliveryLog,
  PendingEndpoint,
} from './storage.ts';

/** Settled deliveries that are kept in memory: those that settled last. */
export const keptSettled = 1000;

interface Page {
  readonly limit: number;
  readonly offset: number;
}

interface Held {
  /** Rank of arrival. */
  readonly rank: number;
  /** As it stands; not to be changed while it is in a queue, whose order follows from it. */
  entry: DeliveryEntry;
  readonly attempts: AttemptEntry[];
}

interface Queue {
  readonly api: string;
  readonly endpoint: string;
  readonly waiting: SortedBlocks<Held>;
}

/**
 * The delivery log of a namespace that is kept in memory or in a JSON file. It is told of every commit. Pending deliveries
 * are never forgotten; of the settled ones the last 1,000 stay, with their attempts.
 */
export class MemoryDeliveryLog implements DeliveryLog {
  readonly #byId = new Map<string, Held>();
  /** In order of arrival; the log's own order, since an entry that changes keeps its place. */
  readonly #byArrival = new SortedBlocks<Held>((left, right) => left.rank - right.rank);
  /** Ids of settled deliveries, the one that settled first in front. */
  readonly #settled = new Set<string>();
  readonly #queues = new Map<string, Queue>();
  #nextRank = 1;
  #pendingBytes = 0;

  /** Takes over what a commit says of deliveries. Attempts at a delivery that is not known are left out. */
  apply({
    attempts = [],
    clear,
    deliveries = [],
    keepDeliveries,
  }: Partial<Pick<Commit, 'clear' | 'keepDeliveries' | 'deliveries' | 'attempts'>>): void {
    if (clear && !keepDeliveries) this.#clear();
    for (const entry of deliveries) this.#put(entry);
    for (const attempt of attempts) this.#putAttempt(attempt);
    for (const id of this.#settled) {
      if (this.#settled.size <= keptSettled) break;
      this.#forget(id);
    }
  }

  get(id: string): DeliveryEntry | undefined {
    return this.#byId.get(id)?.entry;
  }

  list(filter: DeliveryFilter, { limit, offset }: Page): readonly DeliveryEntry[] {
    const found: DeliveryEntry[] = [];
    let skip = offset;
    for (const { entry } of this.#byArrival.backwards()) {
      if (found.length >= limit) break;
      if (!matchesFilter(entry, filter)) continue;
      if (skip > 0) skip -= 1;
      else found.push(entry);
    }
    return found;
  }

  count(filter: DeliveryFilter): number {
    if (filterFields.every((field) => filter[field] === undefined)) return this.#byId.size;
    let count = 0;
    for (const { entry } of this.#byId.values()) if (matchesFilter(entry, filter)) count += 1;
    return count;
  }

  attempts(delivery: string): readonly AttemptEntry[] {
    return [...(this.#byId.get(delivery)?.attempts ?? [])];
  }

  pendingEndpoints(): readonly PendingEndpoint[] {
    return [...this.#queues.values()].flatMap(({ api, endpoint, waiting: { first, size } }) =>
      first === undefined ? [] : [{ api, endpoint, count: size, dueAt: dueTime(first.entry) }],
    );
  }

  pending(api: string, endpoint: string, page: Page): readonly DeliveryEntry[] {
    const queue = this.#queues.get(queueKey(api, endpoint));
    return queue === undefined ? [] : queue.waiting.page(page).map(({ entry }) => entry);
  }

  pendingBytes(): number {
    return this.#pendingBytes;
  }

  #clear(): void {
    for (const map of [this.#byId, this.#settled, this.#queues]) map.clear();
    this.#byArrival.clear();
    this.#pendingBytes = 0;
  }

  #put(entry: DeliveryEntry): void {
    const former = this.#byId.get(entry.id);
    if (former?.entry === entry) return;
    if (former?.entry.state === 'pending') this.#dequeue(former);
    const held = former ?? this.#arrive(entry);
    held.entry = entry;
    if (entry.state === 'pending') this.#enqueue(held);
    // One that was settled already keeps its turn to be forgotten.
    else this.#settled.add(entry.id);
  }

  #arrive(entry: DeliveryEntry): Held {
    const held: Held = { rank: this.#nextRank, entry, attempts: [] };
    this.#nextRank += 1;
    this.#byId.set(entry.id, held);
    this.#byArrival.add(held);
    return held;
  }

  /** Attempts stay in the order of their numbers, whatever the order they arrive in. */
  #putAttempt(attempt: AttemptEntry): void {
    const attempts = this.#byId.get(attempt.delivery)?.attempts;
    if (attempts === undefined) return;
    const place = attempts.findLastIndex(({ number }) => number <= attempt.number);
    if (attempts[place]?.number === attempt.number) attempts[place] = attempt;
    else attempts.splice(place + 1, 0, attempt);
  }

  #forget(id: string): void {
    const held = this.#byId.get(id);
    if (held !== undefined) this.#remove(held);
    this.#byId.delete(id);
    this.#settled.delete(id);
  }

  #remove(held: Held): void {
    this.#byArrival.delete(held);
    if (held.entry.state === 'pending') this.#dequeue(held);
  }

  #enqueue(held: Held): void {
    const { api, endpoint, id } = held.entry;
    const key = queueKey(api, endpoint);
    const queue = this.#queues.get(key) ?? { api, endpoint, waiting: new SortedBlocks(byDueTime) };
    this.#queues.set(key, queue);
    queue.waiting.add(held);
    this.#pendingBytes += bodyBytes(held.entry);
    // One that is sent again has yet to settle.
    this.#settled.delete(id);
  }

  #dequeue(held: Held): void {
    const key = queueKey(held.entry.api, held.entry.endpoint);
    const waiting = this.#queues.get(key)?.waiting;
    waiting?.delete(held);
    if (waiting?.size === 0) this.#queues.delete(key);
    this.#pendingBytes -= bodyBytes(held.entry);
  }
}

function byDueTime(left: Held, right: Held): number {
  return (
    dueTime(left.entry) - dueTime(right.entry) ||
    left.entry.number - right.entry.number ||
    left.rank - right.rank
  );
}

/** An API's name has no line break. */
function queueKey(api: string, endpoint: string): string {
  return `${api}\n${endpoint}`;
}
