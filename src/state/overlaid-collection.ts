import { SparringError } from '../errors.ts';
import type { RecordValue } from '../model/record.ts';
import type { Collection } from './collection.ts';
import { StoredRecord } from './stored-record.ts';
import type { UnitChange, UnitCollection } from './unit-of-work.ts';

const noWrites: readonly UnitChange[] = [];

/** One collection as a unit of work sees it: the committed records under what the unit has written so far. */
export class OverlaidCollection implements UnitCollection {
  readonly name: string;
  /** The ordinal the unit's first insert gets. */
  readonly firstOrdinal: number;
  readonly #committed: Collection;
  /** What was written, by id; made with the first write. */
  #written: Map<string, UnitChange> | undefined;
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
    const written = this.#written?.get(id);
    return written ? written.after : this.#committed.get(id);
  }

  list(): readonly StoredRecord[] {
    const written = this.#written;
    if (!written) return this.#committed.list();
    const kept = this.#committed.list().flatMap((record) => {
      const change = written.get(record.id);
      if (!change) return record;
      return change.after && change.after.ordinal === record.ordinal ? change.after : [];
    });
    for (const { after } of written.values())
      if (after && after.ordinal >= this.firstOrdinal) kept.push(after);
    return kept;
  }

  takeOrdinal(): number {
    const ordinal = this.#nextOrdinal;
    this.#nextOrdinal += 1;
    return ordinal;
  }

  insert(id: string, value: RecordValue): StoredRecord {
    const written = this.#written?.get(id);
    const before = written ? written.before : this.#committed.get(id);
    if (written ? written.after : before)
      throw new SparringError('conflict', `The collection ${this.name} has a record "${id}" already.`);
    // One that was deleted before now comes last.
    if (written) this.#written?.delete(id);
    return this.#write(before, new StoredRecord(id, this.takeOrdinal(), value));
  }

  replace(id: string, value: RecordValue): StoredRecord {
    const written = this.#written?.get(id);
    const before = written ? written.before : this.#committed.get(id);
    const former = written ? written.after : before;
    if (!former)
      throw new SparringError('record-not-found', `The collection ${this.name} has no record "${id}".`);
    return this.#write(before, new StoredRecord(id, former.ordinal, value));
  }

  delete(id: string): StoredRecord | undefined {
    const former = this.get(id);
    if (!former) return undefined;
    this.#written ??= new Map();
    const before = this.#committed.get(id);
    if (before) this.#written.set(id, { collection: this.name, id, before, after: undefined });
    else this.#written.delete(id);
    return former;
  }

  /** What was written, beside what stood there before. */
  writes(): Iterable<UnitChange> {
    return this.#written?.values() ?? noWrites;
  }

  #write(before: StoredRecord | undefined, after: StoredRecord): StoredRecord {
    this.#written ??= new Map();
    this.#written.set(after.id, { collection: this.name, id: after.id, before, after });
    return after;
  }
}
