import type { TimeSource } from '../clock.ts';
import { AttemptFailure } from './attempt-error.ts';

/** The one moment by which everything an attempt does must have ended. Lighter than an AbortController: every attempt has one. */
export class Deadline {
  /** What an attempt fails with once the deadline has passed; undefined before. */
  failure: AttemptFailure | undefined;
  readonly #listeners: (() => void)[] = [];
  readonly #cancel: () => void;

  /** Passes after `timeout` milliseconds of real time, unless it is ended before. */
  constructor(time: TimeSource, timeout: number) {
    this.#cancel = time.wait(timeout, () => {
      this.failure = new AttemptFailure('timeout', `The attempt took longer than ${timeout} ms.`);
      for (const listener of this.#listeners.splice(0)) listener();
    });
  }

  /** Tells when the deadline passes. */
  onPass(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Takes the timer away; the deadline passes no more. */
  end(): void {
    this.#cancel();
    this.#listeners.length = 0;
  }
}
