import type { TimeSource } from '../clock.ts';
import { AttemptFailure } from './attempt-error.ts';

/** The one moment by which everything an attempt does must have ended. Lighter than an AbortController: every attempt has one. */
export class Deadline {
  #failure: AttemptFailure | undefined;
  #listeners: (() => void)[] = [];
  readonly #cancel: () => void;

  /** Passes after `timeout` milliseconds of real time, unless it is ended before. */
  constructor(time: TimeSource, timeout: number) {
    this.#cancel = time.wait(timeout, () => {
      this.#failure = new AttemptFailure('timeout', `The attempt took longer than ${timeout} ms.`);
      for (const listener of this.#listeners) listener();
    });
  }

  /** What an attempt fails with once the deadline has passed; undefined before. */
  get failure(): AttemptFailure | undefined {
    return this.#failure;
  }

  /** Tells when the deadline passes; returns how to stop. */
  onPass(listener: () => void): () => void {
    this.#listeners.push(listener);
    return () => {
      const place = this.#listeners.indexOf(listener);
      if (place >= 0) this.#listeners.splice(place, 1);
    };
  }

  /** Settles as `work` does, or rejects when the deadline passes, whichever comes first. */
  async race<T>(work: Promise<T>): Promise<T> {
    const { promise, reject } = Promise.withResolvers<never>();
    const stop = this.onPass(() => reject(this.#failure));
    try {
      return await Promise.race([work, promise]);
    } finally {
      stop();
    }
  }

  /** Takes the timer away; the deadline passes no more. */
  end(): void {
    this.#cancel();
  }
}
