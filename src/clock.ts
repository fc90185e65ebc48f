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

/** What is due later is waited for in steps, since real time can be set forward, or a machine sleep, under a timer. */
const longestWait = 60_000;
/** The times that RFC 3339 can write: the years 0000 to 9999. A clock stands still at the end of them. */
const firstMoment = Date.parse('0000-01-01T00:00:00Z');
export const lastMoment = Date.UTC(10_000, 0, 1) - 1;

/** A time in milliseconds as RFC 3339 writes it; one that it cannot write as the nearest that it can. */
export function toDateTime(milliseconds: number): string {
  return new Date(Math.min(lastMoment, Math.max(firstMoment, milliseconds))).toISOString();
}

/** Real time in milliseconds since the Unix epoch that follows the system's clock forward and is not set back with it. */
function createSteadyTime(time: TimeSource): () => number {
  let ahead = Number.NEGATIVE_INFINITY;
  return () => {
    const passed = time.monotonic();
    ahead = Math.max(ahead, time.now() - passed);
    // A sum of fractions can lie a hair below the whole number that it stands for.
    return Math.floor(passed + ahead + 0.001);
  };
}

/** Told of every new setting; what it resolves with says that the setting is kept. */
export type ClockListener = (setting: ClockSetting) => void | Promise<void>;

interface Entry {
  readonly dueAt: number;
  readonly callback: () => void | Promise<void>;
}

/** Time that can be frozen, set, advanced and scaled; callbacks run when it reaches them. All times are whole milliseconds. */
export class Clock {
  readonly #time: TimeSource;
  readonly #steady: () => number;
  /** In order of due time, equal ones in the order they were asked for. */
  readonly #entries: Entry[] = [];
  readonly #listeners = new Set<ClockListener>();
  readonly #held = new Set<Promise<void>>();
  readonly #onError: (error: unknown) => void;
  #setting: ClockSetting;
  #cancelWait: (() => void) | undefined;
  /** While the clock moves, `now()` stands at the callback that runs. */
  #standing: number | undefined;
  #moving: Promise<void> | undefined;
  #target: number | undefined;
  /** Settles when what was told of the last change has been kept. */
  #kept = Promise.resolve();
  #stopped = false;

  /** `onError` is told of what callbacks throw. */
  constructor(time: TimeSource, setting?: ClockSetting, onError: (error: unknown) => void = () => undefined) {
    this.#time = time;
    this.#onError = onError;
    this.#steady = createSteadyTime(time);
    const now = this.#steady();
    this.#setting = setting ?? { base: now, anchor: now, scale: 1, frozenAt: null };
  }

  now(): number {
    if (this.#standing !== undefined) return this.#standing;
    const { base, anchor, scale, frozenAt } = this.#setting;
    // Real time before the anchor was set back since, by somebody while no process ran.
    const passed = Math.max(0, this.#steady() - anchor);
    return Math.min(lastMoment, frozenAt ?? Math.floor(base + passed * scale));
  }

  /** Where it is on its way to while `advance` or `set` moves it. */
  get target(): number | undefined {
    return this.#target;
  }

  /** Resolves when the setting as it stands is kept by whoever is told of it; rejects when it could not be. */
  kept(): Promise<void> {
    return this.#kept;
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
   * await this. Throws `invalid-request` for a negative duration or one past the end of the year 9999; what the signal is aborted with
   * when that cuts it: the clock then stands where it had got to.
   */
  advance(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return this.#inTurn(() => {
      if (!(milliseconds >= 0))
        throw invalid(`The clock cannot be advanced by ${milliseconds} milliseconds.`);
      return this.#moveTo(this.now() + milliseconds, signal);
    });
  }

  /** Holds `advance` and `set` until the promise settles, where they are and between what falls due. It must not wait for them. */
  hold(promise: Promise<void>): void {
    this.#held.add(promise);
    const release = () => this.#held.delete(promise);
    promise.then(release, release);
  }

  /** Moves to a time; forward as `advance` does, backward without running anything. Throws `invalid-request` for what is no time. */
  set(target: number, signal?: AbortSignal): Promise<void> {
    return this.#inTurn(() => this.#moveTo(target, signal));
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

  onChange(listener: ClockListener): () => void {
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
    return { ...this.#setting, base, anchor: this.#steady() };
  }

  #change(setting: ClockSetting): void {
    this.#setting = setting;
    this.#wait();
    const kept = [...this.#listeners].map((listener) => listener(setting));
    this.#kept = Promise.all(kept).then(() => undefined);
    // Who does not ask is not told.
    this.#kept.catch(() => undefined);
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

  async #moveTo(target: number, signal: AbortSignal | undefined): Promise<void> {
    if (!(target >= firstMoment && target <= lastMoment))
      throw invalid(`The clock cannot be set to ${target}.`);
    signal?.throwIfAborted();
    const goal = Math.floor(target);
    const start = this.now();
    let reached: number | undefined = goal;
    if (goal >= start) {
      this.#target = goal;
      reached = await this.#runUntil(start, goal, signal);
      this.#target = undefined;
    }
    if (reached === undefined) return;
    this.#change({ ...this.#anchored(reached), frozenAt: this.#setting.frozenAt === null ? null : reached });
    if (reached !== goal) signal?.throwIfAborted();
    // Whether it could be kept is for `kept` to say.
    await Promise.allSettled([this.#kept]);
  }

  /** Where it got to: short of the goal when it was cut; undefined when `restore` took the clock elsewhere on the way. */
  async #runUntil(start: number, goal: number, signal: AbortSignal | undefined): Promise<number | undefined> {
    const cut = signal && whenAborted(signal);
    const unlessCut = async (work: Promise<void>) =>
      void (await (cut ? Promise.race([work, cut.promise]) : work));
    this.#standing = start;
    try {
      await unlessCut(this.#released());
      while (!signal?.aborted) {
        const entry = this.#takeDue(goal);
        if (!entry || this.#standing === undefined) break;
        this.#standing = Math.max(entry.dueAt, this.#standing);
        await unlessCut(this.#run(entry));
        await unlessCut(this.#released());
        if (this.#standing === undefined) return undefined;
      }
      return signal?.aborted ? this.#standing : goal;
    } finally {
      cut?.stop();
      this.#standing = undefined;
    }
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

function whenAborted(signal: AbortSignal): { readonly promise: Promise<void>; stop(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const abort = () => resolve();
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  return { promise, stop: () => signal.removeEventListener('abort', abort) };
}

function invalid(message: string): SparringError {
  return new SparringError('invalid-request', message, {
    next: 'Give a time or duration that stays within the years 0000 to 9999.',
  });
}
