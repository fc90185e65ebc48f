import type { TimeSource } from '../../src/clock.ts';

/** Real time, for what happens on real sockets. */
export const realTime: TimeSource = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  wait(delay, callback) {
    const timer = setTimeout(callback, delay).unref();
    return () => clearTimeout(timer);
  },
};
