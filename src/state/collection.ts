import type { StoredRecord } from './stored-record.ts';

let lastVersion = 0;

/** A version that no content of any collection has had. */
function newVersion(): number {
  lastVersion += 1;
  return lastVersion;
}

/** The committed records of one collection. Namespaces and snapshots share one until the first write, which makes a `copy`. */
export class Collection {
  readonly #records: Map<string, StoredRecord>;
  /** Makes the first records when somebody asks for them. */
  #make: (() => Iterable<StoredRecord>) | undefined;
  #list: readonly StoredRecord[] | undefined;
  #inOrder = true;
  #lastOrdinal = -1;
  #version = newVersion();
  #nextOrdinal: number;

  constructor(records: Iterable<readonly [string, StoredRecord]> = [], nextOrdinal = 0) {
    this.#records = new Map(records);
    this.#nextOrdinal = nextOrdinal;
  }

  /** A collection whose records are made when it is first looked into: there may be hundreds that nobody asks for. */
  static of(make: () => Iterable<StoredRecord>): Collection {
    const collection = new Collection();
    collection.#make = make;
    return collection;
  }

  get nextOrdinal(): number {
    if (this.#make) this.#fill();
    return this.#nextOrdinal;
  }

  set nextOrdinal(ordinal: number) {
    if (this.#make) this.#fill();
    this.#nextOrdinal = ordinal;
  }

  #fill(): void {
    const make = this.#make;
    this.#make = undefined;
    for (const record of make?.() ?? []) {
      this.#records.set(record.id, record);
      this.#lastOrdinal = Math.max(this.#lastOrdinal, record.ordinal);
      this.#nextOrdinal = Math.max(this.#nextOrdinal, record.ordinal + 1);
    }
  }

  get(id: string): StoredRecord | undefined {
    if (this.#make) this.#fill();
    return this.#records.get(id);
  }

  get size(): number {
    if (this.#make) this.#fill();
    return this.#records.size;
  }

  /** Equal versions mean equal content, also of two collections. */
  get version(): number {
    return this.#version;
  }

  /** In creation order; a new array after every change. */
  list(): readonly StoredRecord[] {
    if (this.#make) this.#fill();
    if (!this.#list) {
      const list = [...this.#records.values()];
      this.#list = this.#inOrder ? list : list.sort((a, b) => a.ordinal - b.ordinal);
    }
    return this.#list;
  }

  /** Puts a record that nobody has seen here before; to look for it first would cost as much again. */
  add(record: StoredRecord): void {
    if (this.#make) this.#fill();
    const { size } = this.#records;
    this.#records.set(record.id, record);
    // One that stood here all the same (an edit by hand came first) has left it a place among older ones.
    if (this.#records.size === size || record.ordinal < this.#lastOrdinal) this.#inOrder = false;
    this.#changed(record.ordinal);
  }

  /** Puts a record in the place of the one with its id, or takes it away. */
  put(id: string, record: StoredRecord | undefined): void {
    if (this.#make) this.#fill();
    const former = this.#records.get(id);
    if (former && former.ordinal !== record?.ordinal) this.#records.delete(id);
    if (record) {
      // A record that comes back (an undone deletion, an edit by hand) stands behind younger ones in the map.
      if (record.ordinal < this.#lastOrdinal && record.ordinal !== former?.ordinal) this.#inOrder = false;
      this.#records.set(id, record);
    }
    this.#changed(record?.ordinal ?? -1);
  }

  #changed(ordinal: number): void {
    this.#lastOrdinal = Math.max(this.#lastOrdinal, ordinal);
    this.#list = undefined;
    this.#version = newVersion();
  }

  /** A copy that can be written without touching this one. */
  copy(): Collection {
    if (this.#make) this.#fill();
    const copy = new Collection(this.#records, this.nextOrdinal);
    copy.#inOrder = this.#inOrder;
    copy.#lastOrdinal = this.#lastOrdinal;
    copy.#version = this.#version;
    return copy;
  }
}
