import type { DeliveryEntry } from '../model/delivery.ts';
import type { DeliveryLog } from '../model/delivery-log.ts';

/** Deliveries of one endpoint that are held with their bodies; the rest of those that wait stay in the log. */
const mostHeld = 256;

/** What waits for one endpoint: the deliveries that are due first, and those that are under way. */
export class EndpointQueue {
  readonly api: string;
  readonly endpoint: string;
  /** Under way, by id: sent and not answered yet, or answered and not recorded yet. */
  readonly active = new Set<string>();
  /** Those of them whose outcome could not be recorded and waits to be recorded again. */
  readonly unrecorded = new Set<string>();
  /** How many of them hold one of the places that the policy's concurrency gives. */
  placesTaken = 0;
  /** Nothing is started while it is. */
  isStopped = false;
  /** It is looked at before this turn of the event loop ends. */
  isWoken = false;
  /** Failed attempts since the last success; undefined: the log knows. */
  failuresInARow: number | undefined;
  /** Takes the timer for what is due next away. */
  cancelTimer: (() => void) | undefined;
  /** Settles when nothing is under way and nothing is due; undefined while that is so. */
  busy: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined;
  readonly #log: DeliveryLog;
  readonly #leaving = new Set<string>();
  /** By due time, then number. */
  #held: DeliveryEntry[] = [];
  /** The log has deliveries that are not held, all due after those that are. */
  #hasMore: boolean;

  constructor(api: string, endpoint: string, log: DeliveryLog, hasMore: boolean) {
    this.api = api;
    this.endpoint = endpoint;
    this.#log = log;
    this.#hasMore = hasMore;
    this.#refill();
  }

  get isEmpty(): boolean {
    return this.#held.length === 0 && !this.#hasMore && this.active.size === 0;
  }

  put(delivery: DeliveryEntry): void {
    const place = this.#placeOf(delivery);
    if (this.#hasMore && place === this.#held.length) return;
    this.#held.splice(place, 0, delivery);
    if (this.#held.length <= mostHeld) return;
    this.#held.pop();
    this.#hasMore = true;
  }

  /** Nothing of it waits any more, in the log neither. */
  clear(): void {
    this.#held = [];
    this.#hasMore = false;
  }

  /** Takes a delivery away that the log has as pending still; `left` says that it has not any more. */
  remove(id: string): void {
    this.#leaving.add(id);
    this.#held = this.#held.filter((delivery) => delivery.id !== id);
    this.#refill();
  }

  left(id: string): void {
    this.#leaving.delete(id);
  }

  /** What is to be attempted next: what is due first, or in order the oldest, which the others wait for. */
  next(ordered: boolean): DeliveryEntry | undefined {
    if (!ordered) return this.#held[0];
    let oldest = this.#held[0];
    for (const delivery of this.#held) if (oldest && delivery.number < oldest.number) oldest = delivery;
    return oldest;
  }

  /** Whether another delivery than this one is due. */
  hasOther(id: string, now: number): boolean {
    return this.#held.some((delivery) => delivery.id !== id && (delivery.dueAt ?? 0) <= now);
  }

  start(delivery: DeliveryEntry): void {
    this.active.add(delivery.id);
    this.placesTaken += 1;
    if (this.#held[0] === delivery) this.#held.shift();
    else this.#held = this.#held.filter((other) => other !== delivery);
  }

  end(delivery: DeliveryEntry): void {
    this.active.delete(delivery.id);
    this.#refill();
  }

  #placeOf(delivery: DeliveryEntry): number {
    let low = 0;
    let high = this.#held.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#held[middle];
      if (other && compare(other, delivery) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #refill(): void {
    if (!this.#hasMore || this.#held.length > mostHeld / 2) return;
    const limit = mostHeld + this.active.size + this.#leaving.size;
    const page = this.#log.pending(this.api, this.endpoint, { limit, offset: 0 });
    const known = new Set(this.#held.map(({ id }) => id));
    const fresh = page.filter(({ id }) => !known.has(id) && !this.active.has(id) && !this.#leaving.has(id));
    this.#held = [...this.#held, ...fresh].sort(compare);
    this.#hasMore = page.length === limit || this.#held.length > mostHeld;
    this.#held.length = Math.min(this.#held.length, mostHeld);
  }
}

function compare(left: DeliveryEntry, right: DeliveryEntry): number {
  return (left.dueAt ?? 0) - (right.dueAt ?? 0) || left.number - right.number;
}
