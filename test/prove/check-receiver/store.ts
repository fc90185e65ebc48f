import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** One change of one thing, as a delivery told it. */
export interface Change {
  readonly deliveryId: string;
  readonly action: 'created' | 'updated' | 'deleted' | 'told';
  /** Which thing; null where the event is about none. */
  readonly key: string | null;
  /** Orders the changes of one thing: a greater one is newer. */
  readonly version: number;
  /** The thing as JSON text, digit for digit as it came. */
  readonly text: string;
}

/**
 * What a receiver keeps: how often each delivery had its effect, and the newest state of each thing. With a file it outlives
 * the process: every effect is a line, written before `put` returns.
 */
export class Store {
  readonly #effects = new Map<string, number>();
  readonly #things = new Map<string, Change>();
  readonly #file: string | undefined;

  constructor(file?: string) {
    this.#file = file;
    if (file === undefined || !existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n')) if (line) this.#take(JSON.parse(line));
  }

  has(deliveryId: string): boolean {
    return this.#effects.has(deliveryId);
  }

  find(key: string): Change | undefined {
    return this.#things.get(key);
  }

  /** Carries a delivery out: counts its effect and sets the state of its thing, whatever was known of it. */
  put(change: Change): void {
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(change)}\n`);
    this.#take(change);
  }

  /** Counts the effect of a delivery that leaves its thing as it is. */
  count(deliveryId: string): void {
    this.put({ deliveryId, action: 'told', key: null, version: 0, text: 'null' });
  }

  #take(change: Change): void {
    this.#effects.set(change.deliveryId, (this.#effects.get(change.deliveryId) ?? 0) + 1);
    if (change.key !== null) this.#things.set(change.key, change);
  }

  /** What `GET /__state` answers: `{ effects: { <delivery id>: <times> }, things: { <key>: <the thing, or null> } }`. */
  toJson(): string {
    const things = [...this.#things].map(
      ([key, { action, text }]) => `${JSON.stringify(key)}:${action === 'deleted' ? 'null' : text}`,
    );
    return `{"effects":${JSON.stringify(Object.fromEntries(this.#effects))},"things":{${things.join(',')}}}`;
  }
}
