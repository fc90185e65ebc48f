import { type DataFileContent, type Entries, type Entry, raise } from './content.ts';
import type { WrittenContent, WrittenEntry } from './parse-content.ts';

/**
 * Gives each entry an ordinal of its own, so that a person can add one without, or as a copy of another. An entry that
 * `before` (the file's last known content) holds keeps its ordinal; one that is new gets the one written if it is free,
 * else the next. `current` holds what memory has taken since.
 */
export function settleOrdinals(
  written: WrittenContent,
  before: DataFileContent,
  current: DataFileContent,
): DataFileContent {
  const ordinals = new Map(written.ordinals);
  for (const [key, next] of current.ordinals) raise(ordinals, key, next);
  const records = new Map<string, Entries>();
  for (const [key, entries] of written.records) {
    for (const entry of entries) raise(ordinals, key, (entry.ordinal ?? 0) + 1);
    const settled = settleCollection(entries, before.records.get(key), current.records.get(key), () => {
      const next = ordinals.get(key) ?? 1;
      ordinals.set(key, next + 1);
      return next;
    });
    records.set(key, settled);
  }
  return { ...written, revision: written.revision ?? 0, records, ordinals };
}

function settleCollection(
  entries: readonly WrittenEntry[],
  before: Entries | undefined,
  current: Entries | undefined,
  next: () => number,
): Entries {
  const holders = new Map<number, string>();
  for (const known of [before, current]) {
    for (const { id, ordinal } of known?.values() ?? []) holders.set(ordinal, id);
  }
  const settled = entries.map(({ id, ordinal: written, record }): Entry => {
    const wanted = written ?? before?.get(id)?.ordinal;
    const free = wanted !== undefined && (holders.get(wanted) ?? id) === id;
    const ordinal = free ? wanted : (before?.get(id)?.ordinal ?? next());
    holders.set(ordinal, id);
    return { id, ordinal, record };
  });
  return new Map(settled.map((entry) => [entry.id, entry]));
}
