import type { DataFileContent, Entries, Entry } from './content.ts';
import { isSameEntry } from './render-content.ts';
import type { KeptDelivery } from './stored-deliveries.ts';

/** Versions that are remembered, and entries of records in all of them together; older ones are forgotten. */
const mostVersions = 2000;
const mostEntries = 20_000;
/** Contents of one revision that an edit is compared with. */
const mostCandidates = 8;

/** What the file held before its next version, as far as that differs. */
interface FormerVersion {
  readonly revision: number | undefined;
  /** Entries as they were; undefined where there was none. */
  readonly entries: ReadonlyMap<string, ReadonlyMap<string, Entry | undefined>>;
  readonly size: number;
  readonly clock: DataFileContent['clock'];
  readonly lastEvent: string | undefined;
  /** Deliveries that the next version has no more. */
  readonly gone: readonly KeptDelivery[];
}

/**
 * What a data file has held, so that an edit can be compared with what its editor had read: the revision in the edited text says which.
 * Each version is kept as what the next one changed.
 */
export class ContentHistory {
  #former: FormerVersion[] = [];
  #entries = 0;
  #latest: DataFileContent;
  #revision: number | undefined;

  constructor(content: DataFileContent, revision: number | undefined) {
    this.#latest = content;
    this.#revision = revision;
  }

  /** The file holds `content` from now on; `revision` is the one that its text names, if any. */
  push(content: DataFileContent, revision: number | undefined): void {
    const former = formerVersion(this.#latest, this.#revision, content);
    this.#former.push(former);
    this.#entries += former.size;
    this.#latest = content;
    this.#revision = revision;
    while (this.#former.length > mostVersions || this.#entries > mostEntries) {
      this.#entries -= this.#former.shift()?.size ?? 0;
    }
  }

  /**
   * The contents whose text named this revision, the latest first: what was written, and what editors made of it before the next write.
   * Empty where none is remembered.
   */
  at(revision: number | undefined): readonly DataFileContent[] {
    const places = this.#former.flatMap((version, place) => (version.revision === revision ? [place] : []));
    const former = places.slice(-mostCandidates).reverse();
    const found = former.flatMap((place) => this.#before(place) ?? []);
    return revision === this.#revision ? [this.#latest, ...found] : found;
  }

  #before(place: number): DataFileContent | undefined {
    const version = this.#former[place];
    if (!version) return undefined;
    const records = new Map<string, Map<string, Entry>>();
    const deliveries = new Map(this.#latest.deliveries);
    for (const { entries, gone } of this.#former.slice(place).reverse()) {
      for (const [key, changed] of entries) {
        const collection = records.get(key) ?? new Map(this.#latest.records.get(key));
        records.set(key, collection);
        for (const [id, entry] of changed) {
          if (entry) collection.set(id, entry);
          else collection.delete(id);
        }
      }
      for (const delivery of gone) deliveries.set(delivery.entry.id, delivery);
    }
    const { events } = this.#latest;
    const known = events.findLastIndex(({ id }) => id === version.lastEvent) + 1;
    return {
      ...this.#latest,
      records: new Map<string, Entries>([...this.#latest.records, ...records]),
      events: events.slice(0, known),
      clock: version.clock,
      deliveries,
    };
  }
}

function formerVersion(
  before: DataFileContent,
  revision: number | undefined,
  after: DataFileContent,
): FormerVersion {
  const entries = new Map<string, ReadonlyMap<string, Entry | undefined>>();
  let size = 0;
  for (const key of new Set([...before.records.keys(), ...after.records.keys()])) {
    const changed = formerEntries(before.records.get(key), after.records.get(key));
    if (changed.size > 0) entries.set(key, changed);
    size += changed.size;
  }
  const gone =
    before.deliveries === after.deliveries
      ? []
      : [...before.deliveries.values()].filter(({ entry }) => !after.deliveries.has(entry.id));
  return {
    revision,
    entries,
    size: size + gone.length,
    clock: before.clock,
    lastEvent: before.events.at(-1)?.id,
    gone,
  };
}

function formerEntries(
  was: Entries = new Map(),
  is: Entries = new Map(),
): ReadonlyMap<string, Entry | undefined> {
  const entries = new Map<string, Entry | undefined>();
  if (was === is) return entries;
  for (const [id, entry] of was) if (!isSameEntry(is.get(id), entry)) entries.set(id, entry);
  for (const id of is.keys()) if (!was.has(id)) entries.set(id, undefined);
  return entries;
}
