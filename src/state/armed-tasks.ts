import type { Clock } from '../clock.ts';
import { type Collections, splitKey } from './collections.ts';
import { taskCollection } from './open-unit.ts';
import type { StoredRecord } from './stored-record.ts';
import { isScheduledTask } from './unit-of-work.ts';

/** The scheduled tasks of a namespace that wait on its clock. */
export class ArmedTasks {
  readonly #clock: Clock;
  readonly #fire: (api: string, id: string) => Promise<void>;
  readonly #armed = new Map<string, () => void>();

  constructor(clock: Clock, fire: (api: string, id: string) => Promise<void>) {
    this.#clock = clock;
    this.#fire = fire;
  }

  /** Lets a task wait in the place of the one with its id; `undefined` takes it away. */
  arm(api: string, id: string, record: StoredRecord | undefined): void {
    const key = `${api}/${id}`;
    this.#armed.get(key)?.();
    this.#armed.delete(key);
    if (!record || !isScheduledTask(record.value)) return;
    const fire = () => {
      this.#armed.delete(key);
      return this.#fire(api, id);
    };
    this.#armed.set(key, this.#clock.at(record.value.dueAt, fire));
  }

  /** Lets all tasks of these collections wait, and no others. */
  armAll(collections: Collections): void {
    for (const cancel of this.#armed.values()) cancel();
    this.#armed.clear();
    for (const [key, collection] of collections) {
      const [api, name] = splitKey(key);
      if (name === taskCollection) for (const record of collection.list()) this.arm(api, record.id, record);
    }
  }
}
