import { SparringError } from '../errors.ts';
import type { RecordValue } from '../storage/storage.ts';
import type { Collection } from './collection.ts';
import { StoredRecord } from './stored-record.ts';
import type { UnitChange, UnitCollection } from './unit-of-work.ts';

/** One collection as a unit of work sees it: the committed records under what the unit has written so far. */
export class OverlaidCollection implements UnitCollection {
  readonly name: string;
  /** The ordinal the unit's first insert gets. */
  readonly firstOrdinal: number;
  readonly #committed: Collection;
  /** Records written, undefined for deleted ones; made with the first write. */
  #written: Map<string, StoredRecord | undefined> | undefined;
  #nextOrdinal: number;

  constructor(name: string, committed: Collection) {
    this.name = name;
    this.#committed = committed;
    this.firstOrdinal = committed.nextOrdinal;
    this.#nextOrdinal = committed.nextOrdinal;
  }

  get nextOrdinal(): number {
    return this.#nextOrdinal;
  }

  get isChanged(): boolean {
    return this.#nextOrdinal !== this.firstOrdinal || (this.#written !== undefined && this.#written.size > 0);
  }

  /** Equal to the committed collection's until the first write; then NaN, which equals nothing. */
  get version(): number {
    return this.#written ? Number.NaN : this.#committed.version;
  }

  get(id: string): StoredRecord | undefined {
    return this.#written?.has(id) ? this.#written.get(id) : this.#committed.get(id);
  }

  list(): readonly StoredRecord[] {
    const written = this.#written;
    if (!written) return this.#committed.list();
    const kept = this.#committed.list().flatMap((record) => {
      if (!written.has(record.id)) return record;
      const after = written.get(record.id);
      return after && after.ordinal === record.ordinal ? after : [];
    });
    for (const record of written.values())
      if (record && record.ordinal >= this.firstOrdinal) kept.push(record);
    return kept;
  }

  takeOrdinal(): number {
    const ordinal = this.#nextOrdinal;
    this.#nextOrdinal += 1;
    return ordinal;
  }

  insert(id: string, value: RecordValue): StoredRecord {
    if (this.get(id))
      throw new SparringError('conflict', `The collection ${this.name} has a record "${id}" already.`);
    // One that was deleted before now comes last.
    this.#written?.delete(id);
    return this.#write(new StoredRecord(id, this.takeOrdinal(), value));
  }

  replace(id: string, value: RecordValue): StoredRecord {
    const former = this.get(id);
    if (!former)
      throw new SparringError('record-not-found', `The collection ${this.name} has no record "${id}".`);
    return this.#write(new StoredRecord(id, former.ordinal, value));
  }

  delete(id: string): StoredRecord | undefined {
    const former = this.get(id);
    if (!former) return undefined;
    this.#written ??= new Map();
    if (this.#committed.get(id)) this.#written.set(id, undefined);
    else this.#written.delete(id);
    return former;
  }

  /** What was written, beside what stood there before. */
  *writes(): Iterable<Omit<UnitChange, 'collection'>> {
    for (const [id, after] of this.#written ?? []) yield { id, before: this.#committed.get(id), after };
  }

  #write(record: StoredRecord): StoredRecord {
    this.#written ??= new Map();
    this.#written.set(record.id, record);
    return record;
  }
}
