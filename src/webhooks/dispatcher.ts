import type { Clock, TimeSource } from '../clock.ts';
import { SparringError } from '../errors.ts';
import type { AttemptEntry } from '../model/attempt.ts';
import type { EndpointCancellation } from '../model/commit.ts';
import type { DeliveryEntry } from '../model/delivery.ts';
import type { DeliveryLog } from '../model/delivery-log.ts';
import type { AttemptRequest, AttemptResult } from './attempt.ts';
import type { EmitterFaults } from './emitter-faults.ts';
import { EndpointQueue } from './endpoint-queue.ts';
import { failuresInARow } from './failures-in-a-row.ts';
import { HeldBack } from './held-back.ts';
import { type Judgement, judgeAttempt } from './judge-attempt.ts';
import { type AttemptPlan, makeAttempt, struckBy } from './make-attempt.ts';
import type { DeliveryPolicy } from './policy.ts';

export interface DispatcherOptions {
  /** The namespace's: due times. */
  readonly clock: Clock;
  /** Real time: stamps and deadlines. */
  readonly time: TimeSource;
  /** What is committed. */
  readonly log: DeliveryLog;
  /** Jitter follows from it. */
  readonly seed: number;
  readonly faults: EmitterFaults;
  readonly policyOf: (delivery: DeliveryEntry) => DeliveryPolicy;
  readonly send: (request: AttemptRequest) => Promise<AttemptResult>;
  /** Makes one attempt; default: `makeAttempt`. */
  readonly attempt?: ((plan: AttemptPlan) => Promise<AttemptEntry>) | undefined;
  /** Commits a delivery as it stands now, with the attempt that changed it. `disable`: why its subscription is disabled by it. */
  readonly record: (outcome: DispatcherOutcome) => Promise<void>;
  readonly onError?: (error: unknown) => void;
}

export interface DispatcherOutcome extends Judgement {
  readonly attempt?: AttemptEntry;
}

export type DispatcherListener = (delivery: DeliveryEntry, attempt: AttemptEntry | undefined) => void;

/** How long it takes, in real time, until what could not be recorded is recorded again. */
const recordAgainAfter = 1000;
const batch = 256;
/**
 * Milliseconds of real time from a commit to the first attempt at what it fires: the answer is on its way by then, and whoever
 * waits for it has been woken (measured: without it, a tenth more time for the median answer and a fifth for the slowest tenth).
 */
const answeredFirst = 1;

/** Read page by page, since the bodies of all of them may be more than fits into memory. */
function idsWaiting(log: DeliveryLog, api: string, endpoint: string, count: number): readonly string[] {
  const ids: string[] = [];
  for (let offset = 0; offset < count; offset += batch) {
    const page = log.pending(api, endpoint, { limit: batch, offset });
    for (const { id } of page) ids.push(id);
  }
  return ids;
}

/** Whether an attempt under way counts against its endpoint's concurrency still. */
interface Place {
  isHeld: boolean;
}

/** Whether one more may be started. What is answered and not recorded yet is bounded too: it would be sent again after a crash. */
function hasPlace({ active, placesTaken }: EndpointQueue, { concurrency, order }: DeliveryPolicy): boolean {
  if (order === 'ordered') return active.size === 0;
  return placesTaken < concurrency && active.size < 2 * concurrency;
}

/** Makes the attempts at the deliveries of one namespace when they fall due: each endpoint by a queue of its own. */
export class Dispatcher {
  readonly faults: EmitterFaults;
  readonly #options: DispatcherOptions;
  readonly #queues = new Map<string, EndpointQueue>();
  readonly #listeners = new Set<DispatcherListener>();
  /** Deliveries under way that are to be cancelled unless they succeed, as they stand then. */
  readonly #cancelled = new Map<string, DeliveryEntry>();
  readonly #heldBack: HeldBack;
  /** Each ends one wait for a store that failed. */
  readonly #storeWaits = new Set<() => void>();
  #busyQueues = 0;
  #idleWaiters: (() => void)[] = [];
  #closed = false;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.faults = options.faults;
    this.#heldBack = new HeldBack(options.faults, options.clock);
  }

  /** Takes up deliveries that have just been committed as pending, to be sent once whoever caused them has been answered. */
  take(deliveries: readonly DeliveryEntry[]): void {
    for (const delivery of deliveries) {
      const queue = this.#queueOf(delivery);
      queue.put(delivery);
      // Answers that are ready are written by an immediate too: by one that was asked for earlier.
      this.#wake(queue, (pump) => setTimeout(() => setImmediate(pump), answeredFirst));
    }
  }

  /** Makes no more attempts at what waited for an endpoint and has just been committed as cancelled. */
  drop({ api, endpoint }: EndpointCancellation): void {
    const queue = this.#queues.get(`${api} ${endpoint}`);
    if (!queue) return;
    for (const id of queue.active) {
      const delivery = this.#options.log.get(id);
      if (delivery?.state === 'cancelled') this.#cancelled.set(id, delivery);
    }
    queue.clear();
    this.#pump(queue);
  }

  /** Takes up all that the log has pending, as after a restart. What was under way then is attempted again. */
  resume(): void {
    for (const { api, endpoint } of this.#options.log.pendingEndpoints()) {
      const queue = new EndpointQueue(api, endpoint, this.#options.log, true);
      this.#queues.set(`${api} ${endpoint}`, queue);
      this.#pump(queue);
    }
  }

  /**
   * Delivers again, with the same id and bytes, at once: what is settled starts over, what waits waits no longer.
   *
   * @throws SparringError `record-not-found`, or `conflict` for a delivery whose payload was dropped.
   */
  async resend(id: string): Promise<DeliveryEntry> {
    const { reason: _, ...delivery } = this.#find(id);
    if (delivery.state === 'dropped') {
      throw new SparringError('conflict', `The payload of the delivery "${id}" was dropped.`, {
        next: 'Fire the event again.',
      });
    }
    const queue = this.#queueOf(delivery);
    if (queue.active.has(id)) return delivery;
    const before = delivery.state === 'pending' ? {} : { attemptsBefore: delivery.attempts };
    const again: DeliveryEntry = {
      ...delivery,
      ...before,
      state: 'pending',
      dueAt: this.#options.clock.now(),
    };
    await this.#replace(queue, delivery, again);
    this.take([again]);
    return again;
  }

  /** Makes no more attempts. Throws `record-not-found`, or `conflict` for what is settled. */
  async cancel(id: string): Promise<DeliveryEntry> {
    const delivery = this.#find(id);
    if (delivery.state !== 'pending') {
      throw new SparringError('conflict', `The delivery "${id}" is ${delivery.state} already.`);
    }
    const queue = this.#queueOf(delivery);
    if (queue.unrecorded.has(id)) {
      const message = `What came of the delivery "${id}" could not be recorded yet.`;
      throw new SparringError('storage-failed', message, {
        next: 'See the server log, and try again later.',
      });
    }
    const cancelled: DeliveryEntry = {
      ...delivery,
      state: 'cancelled',
      dueAt: null,
      reason: 'It was cancelled by hand.',
    };
    if (queue.active.has(id)) {
      this.#cancelled.set(id, cancelled);
      await queue.busy?.promise;
      return this.#find(id);
    }
    await this.#replace(queue, delivery, cancelled);
    this.#pump(queue);
    return cancelled;
  }

  /** Resolves when no attempt is under way and none is due by the clock. */
  whenIdle(): Promise<void> {
    if (this.#busyQueues === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idleWaiters.push(resolve));
  }

  /** Makes all that waits due now, and resolves when it has been attempted once. */
  async drain(): Promise<void> {
    const { clock, log } = this.#options;
    await this.whenIdle();
    for (const { api, count, endpoint } of log.pendingEndpoints()) {
      const waiting = idsWaiting(log, api, endpoint, count);
      for (let start = 0; start < waiting.length; start += batch) {
        for (const id of waiting.slice(start, start + batch)) {
          const delivery = log.get(id);
          if (delivery?.state !== 'pending') continue;
          const queue = this.#queueOf(delivery);
          if (queue.active.has(id)) continue;
          queue.remove(id);
          queue.left(id);
          queue.put({ ...delivery, dueAt: clock.now() });
          this.#pump(queue);
        }
        await this.whenIdle();
      }
    }
  }

  /** Tells of every delivery that changed, with the attempt that changed it; returns how to stop. */
  on(listener: DispatcherListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Starts no more attempts, and resolves when those under way have ended, which their deadlines bound. What could not be recorded is
   * recorded once more.
   */
  async close(): Promise<void> {
    this.#closed = true;
    for (const queue of this.#queues.values()) queue.cancelTimer?.();
    for (const end of this.#storeWaits) end();
    await this.whenIdle();
  }

  #find(id: string): DeliveryEntry {
    const delivery = this.#options.log.get(id);
    if (delivery) return delivery;
    throw new SparringError('record-not-found', `There is no delivery "${id.slice(0, 100)}".`);
  }

  #queueOf({ api, endpoint }: DeliveryEntry): EndpointQueue {
    const key = `${api} ${endpoint}`;
    let queue = this.#queues.get(key);
    if (!queue) {
      queue = new EndpointQueue(api, endpoint, this.#options.log, false);
      this.#queues.set(key, queue);
    }
    return queue;
  }

  /**
   * Pumps a queue once this turn of the event loop has seen to all that came with it, so that attempts go out together: whoever
   * receives them is woken for many at a time, which costs more than an attempt (measured: a fifth of its time).
   */
  #wake(queue: EndpointQueue, later: (pump: () => void) => void = setImmediate): void {
    if (queue.isWoken) return;
    queue.isWoken = true;
    this.#keepBusy(queue);
    later(() => {
      queue.isWoken = false;
      this.#pump(queue);
    });
  }

  /** Starts what is due, as far as the policy lets it, and sets the timer for what is due next. */
  #pump(queue: EndpointQueue): void {
    const { clock, policyOf } = this.#options;
    queue.cancelTimer?.();
    queue.cancelTimer = undefined;
    const now = clock.now();
    while (!this.#closed && !queue.isStopped) {
      const first = queue.next(false);
      if (!first) break;
      const policy = policyOf(first);
      const ordered = policy.order === 'ordered';
      const next = ordered ? queue.next(true) : first;
      if (!next || !hasPlace(queue, policy)) break;
      const dueAt = next.dueAt ?? now;
      if (dueAt > now) {
        this.#arm(queue, dueAt);
        break;
      }
      this.#start(queue, next, next === first ? policy : policyOf(next));
    }
    this.#rest(queue);
  }

  #arm(queue: EndpointQueue, dueAt: number): void {
    queue.cancelTimer = this.#options.clock.at(dueAt, () => {
      this.#pump(queue);
      return queue.busy?.promise;
    });
  }

  #start(queue: EndpointQueue, delivery: DeliveryEntry, policy: DeliveryPolicy): void {
    this.#keepBusy(queue);
    queue.start(delivery);
    void this.#attempt(queue, delivery, policy);
  }

  /** Time does not move on while an attempt is under way that fell due before. */
  #keepBusy(queue: EndpointQueue): void {
    if (queue.busy) return;
    queue.busy = Promise.withResolvers<void>();
    this.#busyQueues += 1;
    this.#options.clock.hold(queue.busy.promise);
  }

  /** Gives the place of an attempt to whatever is due next. */
  #leave(queue: EndpointQueue, place: Place): void {
    if (place.isHeld) queue.placesTaken -= 1;
    place.isHeld = false;
    this.#wake(queue);
  }

  /** Ends a queue's busy time once nothing of it is under way; what is due is, unless no more may be started. */
  #rest(queue: EndpointQueue): void {
    if (queue.active.size > queue.unrecorded.size || queue.isWoken) return;
    if (queue.isEmpty && !queue.failuresInARow) this.#queues.delete(`${queue.api} ${queue.endpoint}`);
    const { busy } = queue;
    if (!busy) return;
    queue.busy = undefined;
    this.#busyQueues -= 1;
    busy.resolve();
    if (this.#busyQueues > 0) return;
    for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }

  /** One attempt and its record; never rejects. */
  async #attempt(queue: EndpointQueue, delivery: DeliveryEntry, policy: DeliveryPolicy): Promise<void> {
    const { attempt: make = makeAttempt, clock, onError, seed, send, time } = this.#options;
    const place: Place = { isHeld: true };
    try {
      const number = delivery.attempts + 1;
      const faults = this.#heldBack.strike(queue, delivery, number);
      if (!faults) return;
      const plan: AttemptPlan = { delivery, policy, number, at: clock.now(), now: time.now(), faults, send };
      const attempt = await make(plan);
      const failures = attempt.succeeded ? 0 : this.#countFailure(queue, policy);
      queue.failuresInARow = failures;
      const standing = { policy, seed, failuresInARow: failures };
      let judged = judgeAttempt(delivery, attempt, standing);
      const recorded = this.#persist(queue, delivery.id, () => {
        judged = this.#withCancel(judged);
        return this.#record({ ...judged, attempt });
      });
      // A success lets the next one go at once; after a failure it has yet to be seen whether the endpoint is disabled by it.
      if (attempt.succeeded && faults.length === 0) this.#leave(queue, place);
      await recorded;
      const isDoubled = struckBy(faults, 'duplicate') !== undefined;
      const stands = isDoubled ? await this.#duplicate(queue, plan, judged.delivery) : judged.delivery;
      if (stands.state === 'pending') queue.put(stands);
      if (judged.disable !== undefined) await this.#disableRest(queue, delivery.id, judged.disable);
    } catch (error) {
      onError?.(error);
    } finally {
      queue.end(delivery);
      this.#leave(queue, place);
    }
  }

  /**
   * Does what is to be recorded again and again until it is: what has been sent is not sent again because a store failed. Meanwhile the
   * delivery keeps its place in the queue, and nobody is kept waiting for it. Rejects when the dispatcher is closed before it succeeds.
   */
  async #persist(queue: EndpointQueue, id: string, record: () => Promise<void>): Promise<void> {
    for (let failures = 0; ; failures += 1) {
      try {
        await record();
        return;
      } catch (error) {
        if (this.#closed) throw error;
        if (failures === 0) this.#options.onError?.(error);
        await this.#awaitStore(queue, id);
      }
    }
  }

  #awaitStore(queue: EndpointQueue, id: string): Promise<void> {
    queue.unrecorded.add(id);
    this.#rest(queue);
    return new Promise((resolve) => {
      const end = () => {
        cancel();
        this.#storeWaits.delete(end);
        this.#keepBusy(queue);
        queue.unrecorded.delete(id);
        resolve();
      };
      const cancel = this.#options.time.wait(recordAgainAfter, end);
      this.#storeWaits.add(end);
    });
  }

  #countFailure({ api, endpoint, failuresInARow: known }: EndpointQueue, policy: DeliveryPolicy): number {
    if (policy.disable.failuresInARow === null) return 0;
    return (known ?? failuresInARow(this.#options.log, api, endpoint)) + 1;
  }

  /** Sends the same once more; retries are not counted by it. */
  async #duplicate(queue: EndpointQueue, plan: AttemptPlan, delivery: DeliveryEntry): Promise<DeliveryEntry> {
    const { attempt: make = makeAttempt } = this.#options;
    const attempt = await make({ ...plan, number: plan.number + 1 });
    const attemptsBefore = (delivery.attemptsBefore ?? 0) + 1;
    const stands = { ...delivery, attempts: attempt.number, attemptsBefore };
    await this.#persist(queue, delivery.id, () => this.#record({ delivery: stands, attempt }));
    return stands;
  }

  #withCancel(judged: Judgement): Judgement {
    if (this.#cancelled.size === 0) return judged;
    const { delivery } = judged;
    const cancelled = this.#cancelled.get(delivery.id);
    this.#cancelled.delete(delivery.id);
    if (!cancelled || delivery.state === 'delivered') return judged;
    return { delivery: { ...cancelled, attempts: delivery.attempts } };
  }

  /** `id`: of the delivery by which the endpoint is disabled. */
  async #disableRest(queue: EndpointQueue, id: string, reason: string): Promise<void> {
    const { log } = this.#options;
    const page = { limit: batch + queue.active.size, offset: 0 };
    const waiting = () =>
      log.pending(queue.api, queue.endpoint, page).filter(({ id }) => !queue.active.has(id));
    queue.isStopped = true;
    for (let rest = waiting(); rest.length > 0; rest = waiting()) {
      const disabled = (delivery: DeliveryEntry) =>
        this.#replace(queue, delivery, { ...delivery, state: 'disabled', dueAt: null, reason });
      await this.#persist(queue, id, async () => void (await Promise.all(waiting().map(disabled))));
    }
    queue.isStopped = false;
    queue.failuresInARow = 0;
  }

  /** Records a delivery as it is to be; nothing is attempted meanwhile, and all is as it was when that fails. */
  async #replace(queue: EndpointQueue, former: DeliveryEntry, delivery: DeliveryEntry): Promise<void> {
    queue.remove(former.id);
    try {
      await this.#record({ delivery });
    } catch (error) {
      if (former.state === 'pending') queue.put(former);
      throw error;
    } finally {
      queue.left(former.id);
    }
  }

  async #record(outcome: DispatcherOutcome): Promise<void> {
    await this.#options.record(outcome);
    this.#tell(outcome.delivery, outcome.attempt);
  }

  #tell(delivery: DeliveryEntry, attempt: AttemptEntry | undefined): void {
    for (const listener of this.#listeners) {
      try {
        listener(delivery, attempt);
      } catch (error) {
        this.#options.onError?.(error);
      }
    }
  }
}
