import type { TimeSource } from '../src/clock.ts';

/** Real time that only passes when a test says so. */
export interface ManualTime extends TimeSource {
  /** Lets time pass, calling back what falls due on the way, and what that starts come to rest. */
  pass(milliseconds: number): Promise<void>;
  /** Sets the system's clock back; as much time as ever has passed. */
  setBack(milliseconds: number): void;
  /** How many callbacks wait. */
  readonly waiting: number;
}

export const start = Date.UTC(2026, 0, 31, 12);

export function createManualTime(): ManualTime {
  let now = start;
  let setBack = 0;
  const waiting = new Set<{ readonly dueAt: number; readonly callback: () => void }>();
  const nextUntil = (limit: number) =>
    [...waiting].filter(({ dueAt }) => dueAt <= limit).sort((a, b) => a.dueAt - b.dueAt)[0];
  return {
    now: () => now - setBack,
    monotonic: () => now - start,
    setBack(milliseconds) {
      setBack += milliseconds;
    },
    wait(delay, callback) {
      const entry = { dueAt: now + delay, callback };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    async pass(milliseconds) {
      const target = now + milliseconds;
      for (let entry = nextUntil(target); entry; entry = nextUntil(target)) {
        waiting.delete(entry);
        now = Math.max(now, entry.dueAt);
        entry.callback();
        await atRest();
      }
      now = target;
    },
    get waiting() {
      return waiting.size;
    },
  };
}

/** Resolves when every promise that could settle has. */
export function atRest(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
