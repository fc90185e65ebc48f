import { SparringError } from './errors.ts';

/** Where real time comes from, so that tests can hold it. */
export interface TimeSource {
  /** Milliseconds since the Unix epoch, as the system says; it can be set, backward too. */
  now(): number;
  /** Milliseconds since some moment; never goes back, and passes as fast as real time. What durations are taken from. */
  monotonic(): number;
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

/** Real time. Waiting does not keep the process alive. */
export const systemTime: TimeSource = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  wait(delay, callback) {
    const timer = setTimeout(callback, delay).unref();
    return () => clearTimeout(timer);
  },
};

/** The longest delay a timer takes; what is due later is waited for in steps. */
const longestWait = 2 ** 31 - 1;
/** The last time a Date can hold (ECMA-262, time range). */
const lastTime = 8.64e15;

interface Entry {
  readonly dueAt: number;
  readonly callback: () => void | Promise<void>;
}

/** Time that can be frozen, set, advanced and scaled; callbacks run when it reaches them. All times are whole milliseconds. */
export class Clock {
  readonly #time: TimeSource;
  /** In order of due time, equal ones in the order they were asked for. */
  readonly #entries: Entry[] = [];
  readonly #listeners = new Set<(setting: ClockSetting) => void>();
  readonly #held = new Set<Promise<void>>();
  readonly #onError: (error: unknown) => void;
  #setting: ClockSetting;
  #cancelWait: (() => void) | undefined;
  /** While the clock moves, `now()` stands at the callback that runs. */
  #standing: number | undefined;
  #moving: Promise<void> | undefined;
  #stopped = false;

  /** `onError` is told of what callbacks throw. */
  constructor(time: TimeSource, setting?: ClockSetting, onError: (error: unknown) => void = () => undefined) {
    this.#time = time;
    this.#onError = onError;
    const now = time.now();
    this.#setting = setting ?? { base: now, anchor: now, scale: 1, frozenAt: null };
  }

  now(): number {
    if (this.#standing !== undefined) return this.#standing;
    const { base, anchor, scale, frozenAt } = this.#setting;
    return frozenAt ?? Math.floor(base + (this.#time.now() - anchor) * scale);
  }

  get setting(): ClockSetting {
    return this.#setting;
  }

  /**
   * Calls back once when the clock reaches `dueAt`; returns how to cancel. What is due together is started in the order it was
   * asked for. While real time passes, a callback that takes long holds up nothing; `advance` and `set` await each.
   */
  at(dueAt: number, callback: () => void | Promise<void>): () => void {
    const entry: Entry = { dueAt, callback };
    this.#entries.splice(this.#placeAfter(dueAt), 0, entry);
    if (this.#entries[0] === entry) this.#wait();
    return () => this.#cancel(entry);
  }

  /**
   * Moves forward, running what falls due on the way, in order, each awaited with `now()` at its due time. A callback must not
   * await this. Throws `invalid-request` for a negative duration or one past the end of time.
   */
  advance(milliseconds: number): Promise<void> {
    return this.#inTurn(() => {
      if (!(milliseconds >= 0))
        throw invalid(`The clock cannot be advanced by ${milliseconds} milliseconds.`);
      return this.#moveTo(this.now() + milliseconds);
    });
  }

  /** Holds `advance` and `set` until the promise settles, where they are and between what falls due. It must not wait for them. */
  hold(promise: Promise<void>): void {
    this.#held.add(promise);
    const release = () => this.#held.delete(promise);
    promise.then(release, release);
  }

  /** Moves to a time; forward as `advance` does, backward without running anything. Throws `invalid-request` for what is no time. */
  set(target: number): Promise<void> {
    return this.#inTurn(() => this.#moveTo(target));
  }

  /** Stands still at this moment. */
  freeze(): void {
    this.#change({ ...this.#setting, frozenAt: this.now() });
  }

  /** Runs on from where it stands. */
  resume(): void {
    this.#change({ ...this.#anchored(this.now()), frozenAt: null });
  }

  /** Runs `factor` times as fast as real time from now on. Throws `invalid-request` unless it is above 0. */
  scale(factor: number): void {
    if (!(factor > 0 && factor < Number.POSITIVE_INFINITY))
      throw invalid(`The clock cannot run ${factor} times as fast.`);
    this.#change({ ...this.#anchored(this.now()), scale: factor });
  }

  /** Takes up a setting as it was kept, without telling of it; runs nothing, and ends a move that is under way. */
  restore(setting: ClockSetting): void {
    this.#standing = undefined;
    this.#setting = setting;
    this.#wait();
  }

  onChange(listener: (setting: ClockSetting) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets all that waits, for good. */
  stop(): void {
    this.#stopped = true;
    this.#entries.length = 0;
    this.#wait();
  }

  #anchored(base: number): ClockSetting {
    return { ...this.#setting, base, anchor: this.#time.now() };
  }

  #change(setting: ClockSetting): void {
    this.#setting = setting;
    this.#wait();
    for (const listener of this.#listeners) listener(setting);
  }

  /** One move at a time, at once when none is under way. */
  #inTurn(move: () => Promise<void>): Promise<void> {
    const moved = this.#moving ? this.#moving.then(move) : new Promise<void>((resolve) => resolve(move()));
    const settled = moved.then(
      () => undefined,
      () => undefined,
    );
    this.#moving = settled;
    void settled.then(() => {
      if (this.#moving === settled) this.#moving = undefined;
    });
    return moved;
  }

  async #moveTo(target: number): Promise<void> {
    if (!(Math.abs(target) <= lastTime)) throw invalid(`The clock cannot be set to ${target}.`);
    const goal = Math.floor(target);
    const start = this.now();
    if (goal >= start && !(await this.#runUntil(start, goal))) return;
    this.#change({ ...this.#anchored(goal), frozenAt: this.#setting.frozenAt === null ? null : goal });
  }

  /** Resolves with false when `restore` took the clock elsewhere on the way. */
  async #runUntil(start: number, goal: number): Promise<boolean> {
    this.#standing = start;
    await this.#released();
    for (let entry = this.#takeDue(goal); entry; entry = this.#takeDue(goal)) {
      this.#standing = Math.max(entry.dueAt, this.#standing);
      await this.#run(entry);
      await this.#released();
      if (this.#standing === undefined) return false;
    }
    this.#standing = undefined;
    return true;
  }

  async #released(): Promise<void> {
    while (this.#held.size > 0) await Promise.allSettled(this.#held);
  }

  async #run({ callback }: Entry): Promise<void> {
    try {
      await callback();
    } catch (error) {
      this.#onError(error);
    }
  }

  #takeDue(limit: number): Entry | undefined {
    const [first] = this.#entries;
    return first && first.dueAt <= limit ? this.#entries.shift() : undefined;
  }

  /** Where an entry that is due at `dueAt` belongs: behind all that are due then or before. */
  #placeAfter(dueAt: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle]?.dueAt ?? 0) <= dueAt) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #cancel(entry: Entry): void {
    const index = this.#entries.lastIndexOf(entry, this.#placeAfter(entry.dueAt));
    if (index < 0) return;
    this.#entries.splice(index, 1);
    if (index === 0) this.#wait();
  }

  /** One real timer for the entry that is due first; none while the clock stands still or is moved. */
  #wait(): void {
    this.#cancelWait?.();
    this.#cancelWait = undefined;
    if (this.#stopped) this.#entries.length = 0;
    const [next] = this.#entries;
    if (!next || this.#setting.frozenAt !== null || this.#standing !== undefined) return;
    const delay = Math.max(0, Math.ceil((next.dueAt - this.now()) / this.#setting.scale));
    this.#cancelWait = this.#time.wait(Math.min(delay, longestWait), () => {
      this.#cancelWait = undefined;
      if (this.#standing !== undefined) return;
      const now = this.now();
      for (let entry = this.#takeDue(now); entry; entry = this.#takeDue(now)) void this.#run(entry);
      this.#wait();
    });
  }
}

function invalid(message: string): SparringError {
  return new SparringError('invalid-request', message, {
    next: 'Give a time or duration that lies within what a date can hold.',
  });
}
