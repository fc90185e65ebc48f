import type { StoredRecord } from './stored-record.ts';

/** The committed records of one collection. Namespaces share the fixtures' until their first write to it (`own`). */
export class Collection {
  readonly #records: Map<string, StoredRecord>;
  #list: readonly StoredRecord[] | undefined;
  #inOrder = true;
  nextOrdinal: number;
  version = 1;

  constructor(records: Iterable<readonly [string, StoredRecord]> = [], nextOrdinal = 0) {
    this.#records = new Map(records);
    this.nextOrdinal = nextOrdinal;
  }

  get(id: string): StoredRecord | undefined {
    return this.#records.get(id);
  }

  get size(): number {
    return this.#records.size;
  }

  /** In creation order. */
  list(): readonly StoredRecord[] {
    if (!this.#list) {
      const list = [...this.#records.values()];
      this.#list = this.#inOrder ? list : list.sort((a, b) => a.ordinal - b.ordinal);
    }
    return this.#list;
  }

  /** Puts a record in the place of the one with its id, or takes it away. */
  put(id: string, record: StoredRecord | undefined): void {
    if (!record) this.#records.delete(id);
    else {
      // A record that comes back (an undone deletion) stands behind younger ones in the map.
      if (!this.#records.has(id) && record.ordinal < this.nextOrdinal - 1) this.#inOrder = false;
      this.#records.set(id, record);
    }
    this.#list = undefined;
    this.version += 1;
  }

  /** A copy that can be written without touching this one. */
  copy(): Collection {
    const copy = new Collection(this.#records, this.nextOrdinal);
    copy.#inOrder = this.#inOrder;
    copy.version = this.version;
    return copy;
  }
}
