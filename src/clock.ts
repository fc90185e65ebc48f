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


/** Real time. Waiting does not keep the process alive. */
export const systemTime: TimeSource = {
  now: () => Date.now(),
  wait(delay, callback) {
    const timer = setTimeout(callback, delay).unref();
    return () => clearTimeout(timer);
  },
};

/** The longest delay a timer takes; what is due later is waited for in steps. */
const longestWait = 2 ** 31 - 1;

interface Entry {
  readonly dueAt: number;
  /** Undefined once cancelled. */
  callback: (() => void | Promise<void>) | undefined;
}

/** Time that can be frozen, set, advanced and scaled; callbacks run when it reaches them. All times are milliseconds. */
export class Clock {
  readonly #time: TimeSource;
  readonly #entries: Entry[] = [];
  readonly #listeners = new Set<(setting: ClockSetting) => void>();
  readonly #onError: (error: unknown) => void;
  #setting: ClockSetting;
  #cancelWait: (() => void) | undefined;
  /** While callbacks run one after the other, `now()` stands at the one that is due. */
  #standing: number | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(time: TimeSource, setting?: ClockSetting, onError: (error: unknown) => void = () => undefined) {
    this.#time = time;
    this.#onError = onError;
    const now = time.now();
    this.#setting = setting ?? { base: now, anchor: now, scale: 1, frozenAt: null };
  }

  now(): number {
    return this.#standing ?? this.#current();
  }

  get setting(): ClockSetting {
    return this.#setting;
  }

  /** Calls back once when the clock reaches `dueAt`; returns how to cancel. What is due together runs in the order it was asked for. */
  at(dueAt: number, callback: () => void | Promise<void>): () => void {
    const entry: Entry = { dueAt, callback };
    let index = this.#entries.length;
    while (index > 0 && (this.#entries[index - 1]?.dueAt ?? 0) > dueAt) index -= 1;
    this.#entries.splice(index, 0, entry);
    if (index === 0) this.#wait();
    return () => {
      entry.callback = undefined;
    };
  }

  /** Moves forward, running what falls due on the way, in order, each awaited with `now()` at its due time. */
  async advance(milliseconds: number): Promise<void> {
    await this.set(this.#current() + milliseconds);
  }

  /** Moves to a time; forward as `advance` does, backward without running anything. */
  set(target: number): Promise<void> {
    return this.#exclusively(async () => {
      await this.#runDue(target);
      this.#change({ ...this.#anchored(target), frozenAt: this.#setting.frozenAt === null ? null : target });
    });
  }

  /** Stands still at this moment. */
  freeze(): void {
    this.#change({ ...this.#setting, frozenAt: this.#current() });
  }

  /** Runs on from where it stands. */
  resume(): void {
    this.#change({ ...this.#anchored(this.#current()), frozenAt: null });
  }

  /** Runs `factor` times as fast as real time from now on. */
  scale(factor: number): void {
    this.#change({ ...this.#anchored(this.#current()), scale: factor });
  }

  /** Takes up a setting as it was kept. */
  restore(setting: ClockSetting): void {
    this.#change(setting);
  }

  onChange(listener: (setting: ClockSetting) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets all that waits. */
  stop(): void {
    this.#entries.length = 0;
    this.#cancelWait?.();
  }

  #current(): number {
    const { base, anchor, scale, frozenAt } = this.#setting;
    return frozenAt ?? base + (this.#time.now() - anchor) * scale;
  }

  #anchored(base: number): ClockSetting {
    return { ...this.#setting, base, anchor: this.#time.now() };
  }

  #change(setting: ClockSetting): void {
    this.#setting = setting;
    for (const listener of this.#listeners) listener(setting);
    this.#wait();
  }

  #exclusively(work: () => Promise<void>): Promise<void> {
    this.#running = this.#running.then(work);
    return this.#running;
  }

  async #runDue(limit: number): Promise<void> {
    for (let entry = this.#next(); entry && entry.dueAt <= limit; entry = this.#next()) {
      this.#entries.shift();
      this.#standing = Math.max(entry.dueAt, this.#standing ?? Number.NEGATIVE_INFINITY);
      try {
        await entry.callback?.();
      } catch (error) {
        this.#onError(error);
      }
    }
    this.#standing = undefined;
  }

  /** What is due first; entries stand in order of due time, equal ones in the order they were asked for. */
  #next(): Entry | undefined {
    while (this.#entries[0] && !this.#entries[0].callback) this.#entries.shift();
    return this.#entries[0];
  }

  /** One real timer for the entry that is due first. */
  #wait(): void {
    this.#cancelWait?.();
    this.#cancelWait = undefined;
    const next = this.#next();
    if (!next || this.#setting.frozenAt !== null) return;
    const delay = Math.max(0, (next.dueAt - this.#current()) / this.#setting.scale);
    this.#cancelWait = this.#time.wait(Math.min(Math.ceil(delay), longestWait), () => {
      void this.#exclusively(() => this.#runDue(this.#current())).then(() => this.#wait());
    });
  }
}
