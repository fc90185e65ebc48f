import type { TimeSource } from '../clock.ts';
import { SparringError } from '../errors.ts';
import type { ReceivedRequest } from './read-request.ts';

type Listener = (request: ReceivedRequest) => void;

interface Waiter {
  readonly resolve: (request: ReceivedRequest) => void;
  readonly reject: (error: SparringError) => void;
}

/** What a receiver has recorded, and who waits for more. */
export class Inbox {
  readonly requests: ReceivedRequest[] = [];
  readonly #time: TimeSource;
  readonly #listeners = new Set<Listener>();
  /** Who waits for the next request, first come first served. */
  readonly #nextWaiters: Waiter[] = [];
  /** What is to be told when the receiver closes. */
  readonly #endings = new Set<() => void>();
  /** How many of `requests` have been handed out by `next`. */
  #taken = 0;

  constructor(time: TimeSource) {
    this.#time = time;
  }

  add(request: ReceivedRequest): void {
    this.requests.push(request);
    const waiter = this.#nextWaiters.shift();
    if (waiter) {
      this.#taken += 1;
      waiter.resolve(request);
    }
    for (const listener of [...this.#listeners]) listener(request);
  }

  /** The first request not handed out yet, now or once it arrives. */
  next(timeout: number): Promise<ReceivedRequest> {
    const request = this.requests[this.#taken];
    if (request) {
      this.#taken += 1;
      return Promise.resolve(request);
    }
    return this.#waiting(timeout, (waiter) => {
      this.#nextWaiters.push(waiter);
      return () => {
        const index = this.#nextWaiters.indexOf(waiter);
        if (index >= 0) this.#nextWaiters.splice(index, 1);
      };
    });
  }

  waitFor(holds: (request: ReceivedRequest) => boolean, timeout: number): Promise<ReceivedRequest> {
    const found = this.requests.find(holds);
    if (found) return Promise.resolve(found);
    return this.#waiting(timeout, ({ reject, resolve }) =>
      this.on((request) => {
        try {
          if (holds(request)) resolve(request);
        } catch (error) {
          reject(error instanceof SparringError ? error : failed(error));
        }
      }),
    );
  }

  on(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  clear(): void {
    this.requests.length = 0;
    this.#taken = 0;
  }

  /** Rejects whoever waits. */
  close(): void {
    for (const end of [...this.#endings]) end();
  }

  /** A promise that is kept, broken after `timeout` milliseconds or broken by `close`; `enlist` returns how to forget it. */
  #waiting(timeout: number, enlist: (waiter: Waiter) => () => void): Promise<ReceivedRequest> {
    return new Promise((resolve, reject) => {
      const settle = (settled: () => void) => {
        cancel();
        leave();
        this.#endings.delete(ending);
        settled();
      };
      const fail = (message: string) => settle(() => reject(new SparringError('usage', message, { next })));
      const ending = () => fail('The receiver was closed.');
      const cancel = this.#time.wait(timeout, () =>
        fail(
          `No such request has arrived within ${timeout} milliseconds (${this.requests.length} others have).`,
        ),
      );
      const leave = enlist({
        resolve: (request) => settle(() => resolve(request)),
        reject: (error) => settle(() => reject(error)),
      });
      this.#endings.add(ending);
    });
  }
}

const next = 'Check that the sender has the receiver’s url, or wait longer.';

function failed(cause: unknown): SparringError {
  return new SparringError('usage', 'The condition of waitFor failed.', { cause });
}
