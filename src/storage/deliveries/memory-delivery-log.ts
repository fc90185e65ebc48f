import type { AttemptEntry } from '../../model/attempt.ts';
import type { Commit, EndpointCancellation } from '../../model/commit.ts';
import type { DeliveryEntry, DeliveryFilter } from '../../model/delivery.ts';
import type { DeliveryLog, PendingEndpoint } from '../../model/delivery-log.ts';
import {
  cancelled,
  deliveryBytes,
  dueTime,
  filterFields,
  matchesFilter,
  type SettledKind,
  settledKind,
} from './delivery-facts.ts';
import { SettledTurns } from './settled-turns.ts';
import { SortedBlocks } from './sorted-blocks.ts';

/** Settled deliveries of a kind that are kept in memory: those that settled last. */
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
  /** Its place among all of its kind that have ever settled, while it is settled. */
  turn: number | undefined;
  kind: SettledKind;
  /** The queue it waits in, and the bytes it counts for there; while it is pending. */
  queue: Queue | undefined;
  bytes: number;
}

interface Queue {
  readonly api: string;
  readonly endpoint: string;
  readonly waiting: SortedBlocks<Held>;
}

/**
 * The delivery log of a namespace that is kept in memory or in a JSON file. It is told of every commit. Pending deliveries
 * are never forgotten; of those delivered, of those dropped, and of the other settled ones the last 1,000 each stay, with their attempts.
 */
export class MemoryDeliveryLog implements DeliveryLog {
  /** In order of arrival; the log's own order, since an entry that changes keeps its place. */
  readonly #byId = new Map<string, Held>();
  readonly #settled: Readonly<Record<SettledKind, SettledTurns<Held>>> = {
    delivered: new SettledTurns(keptSettled),
    dropped: new SettledTurns(keptSettled),
    failed: new SettledTurns(keptSettled),
  };
  readonly #queues = new Map<string, Queue>();
  #nextRank = 1;
  #pendingBytes = 0;

  /** Takes over what a commit says of deliveries. Attempts at a delivery that is not known are left out. */
  apply({
    attempts = [],
    cancellations = [],
    clear,
    deliveries = [],
    keepDeliveries,
  }: Partial<Pick<Commit, 'clear' | 'keepDeliveries' | 'cancellations' | 'deliveries' | 'attempts'>>): void {
    if (clear && !keepDeliveries) this.#clear();
    for (const cancellation of cancellations) this.#cancel(cancellation);
    for (const entry of deliveries) this.#put(entry);
    for (const attempt of attempts) this.#putAttempt(attempt);
    this.#forgetOldest();
  }

  get(id: string): DeliveryEntry | undefined {
    return this.#byId.get(id)?.entry;
  }

  list(filter: DeliveryFilter, { limit, offset }: Page): readonly DeliveryEntry[] {
    const found: DeliveryEntry[] = [];
    let skip = offset;
    for (const { entry } of [...this.#byId.values()].reverse()) {
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
    for (const map of [this.#byId, this.#queues]) map.clear();
    for (const turns of Object.values(this.#settled)) turns.clear();
    this.#pendingBytes = 0;
  }

  #cancel(cancellation: EndpointCancellation): void {
    const { api, endpoint } = cancellation;
    const waiting = this.#queues.get(queueKey(api, endpoint))?.waiting;
    for (const { entry } of waiting?.page({ limit: waiting.size, offset: 0 }) ?? []) {
      this.#put(cancelled(entry, cancellation));
    }
  }

  #put(entry: DeliveryEntry): void {
    const held = this.#byId.get(entry.id) ?? this.#arrive(entry);
    if (held.queue) {
      if (held.entry === entry) return;
      this.#dequeue(held, held.queue);
    }
    held.entry = entry;
    if (entry.state === 'pending') this.#enqueue(held);
    else this.#settle(held);
  }

  #arrive(entry: DeliveryEntry): Held {
    const held: Held = {
      rank: this.#nextRank,
      entry,
      attempts: [],
      turn: undefined,
      kind: 'failed',
      queue: undefined,
      bytes: 0,
    };
    this.#nextRank += 1;
    this.#byId.set(entry.id, held);
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

  /** One that was settled already keeps its turn to be forgotten. */
  #settle(held: Held): void {
    const kind = settledKind(held.entry.state);
    if (held.turn !== undefined && held.kind === kind) return;
    this.#settled[held.kind].leave(held);
    held.kind = kind;
    this.#settled[kind].add(held);
  }

  #forgetOldest(): void {
    for (const turns of Object.values(this.#settled)) {
      for (const held of turns.takeOldest()) {
        this.#byId.delete(held.entry.id);
        release(held);
      }
    }
  }

  #enqueue(held: Held): void {
    const { api, endpoint } = held.entry;
    const key = queueKey(api, endpoint);
    let queue = this.#queues.get(key);
    if (!queue) {
      queue = { api, endpoint, waiting: new SortedBlocks(byDueTime) };
      this.#queues.set(key, queue);
    }
    held.queue = queue;
    held.bytes = deliveryBytes(held.entry);
    queue.waiting.add(held);
    this.#pendingBytes += held.bytes;
    // One that is sent again has yet to settle.
    this.#settled[held.kind].leave(held);
  }

  #dequeue(held: Held, { api, endpoint, waiting }: Queue): void {
    waiting.delete(held);
    if (waiting.size === 0) this.#queues.delete(queueKey(api, endpoint));
    held.queue = undefined;
    this.#pendingBytes -= held.bytes;
  }
}

/**
 * Lets go of what a forgotten delivery held. It is old garbage, which is collected late, and what it points to would be kept
 * and moved about as long: twice the pauses of an emitter at work.
 */
function release(held: { entry: DeliveryEntry | undefined; readonly attempts: AttemptEntry[] }): void {
  held.entry = undefined;
  held.attempts.length = 0;
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
