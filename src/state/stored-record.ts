import type { RecordValue } from '../model/record.ts';

/** An immutable record with its JSON text kept beside it. */
export class StoredRecord {
  readonly id: string;
  /** Creation rank in its collection; never reused. */
  readonly ordinal: number;
  readonly value: RecordValue;
  #json: string | undefined;

  constructor(id: string, ordinal: number, value: RecordValue) {
    this.id = id;
    this.ordinal = ordinal;
    this.value = freeze(value);
  }

  /** `JSON.stringify(value)`, computed on first use and kept. */
  get json(): string {
    this.#json ??= JSON.stringify(this.value);
    return this.#json;
  }
}

function freeze<T extends object>(value: T): T {
  for (const key in value) {
    const child = value[key];
    if (typeof child === 'object' && child !== null) freeze(child);
  }
  return Object.freeze(value);
}
