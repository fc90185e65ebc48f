import type { RecordValue } from '../model/record.ts';

/** An immutable record with its JSON text kept beside it. */
export class StoredRecord {
  readonly id: string;
  /** Creation rank in its collection; never reused. */
  readonly ordinal: number;
  readonly value: RecordValue;
  /** About how many bytes of memory it takes. */
  readonly bytes: number;
  #json: string | undefined;

  constructor(id: string, ordinal: number, value: RecordValue) {
    this.id = id;
    this.ordinal = ordinal;
    this.value = value;
    this.bytes = freeze(value);
  }

  /** `JSON.stringify(value)`, computed on first use and kept. */
  get json(): string {
    this.#json ??= JSON.stringify(this.value);
    return this.#json;
  }
}

/** Freezes a value with all that is in it, and says about how many bytes it takes. */
function freeze(value: object): number {
  let bytes = 16;
  for (const child of Object.values(value)) {
    bytes += 16;
    if (typeof child === 'string') bytes += child.length;
    else if (typeof child === 'object' && child !== null) bytes += freeze(child);
  }
  Object.freeze(value);
  return bytes;
}
