/** Where a clock gets real time from, so that tests can hold it. Milliseconds since the Unix epoch. */
export interface TimeSource {
  now(): number;
  /** Calls back once after `delay` milliseconds of real time; returns how to cancel. Must not keep the process alive. */
  wait(delay: number, callback: () => void): () => void;
}

/** How a namespace's clock stands to real time: `now = (frozenAt ?? base + (real - anchor) * scale)`. All milliseconds. */
export interface ClockSetting {
  readonly base: number;
  readonly anchor: number;
  readonly scale: number;
  readonly frozenAt: number | null;
}

