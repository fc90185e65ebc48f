import type { ClockSetting } from '../../clock.ts';
import type { Commit, StoredNamespace } from '../../model/commit.ts';
import type { EventEntry } from '../../model/event.ts';
import type { RecordValue } from '../../model/record.ts';
import { applyDeliveries, type Deliveries, listDeliveries, noDeliveries } from './stored-deliveries.ts';

/** The one namespace a JSON data file keeps. */
export const keptNamespace = 'default';

/** Events a data file keeps: the newest ones, so that the file stays readable and a write stays short. */
export const keptEvents = 1000;

/** One record as the file holds it. Never changed in place. */
export interface Entry {
  readonly id: string;
  readonly ordinal: number;
  readonly record: RecordValue;
}

export type Entries = ReadonlyMap<string, Entry>;

/** All that a data file holds. Never changed in place: a version shares with the next what did not change. */
export interface DataFileContent {
  /** Counts the writes of the file. It stands in the text, so that a later edit of it tells what its editor had read. */
  readonly revision: number;
  /** Entries by id, by `<api>/<collection>`. */
  readonly records: ReadonlyMap<string, Entries>;
  readonly events: readonly EventEntry[];
  /** Next ordinal by `<api>/<collection>`. */
  readonly ordinals: ReadonlyMap<string, number>;
  readonly clock: ClockSetting | undefined;
  readonly deliveries: Deliveries;
  /** What is kept by name beside the records. */
  readonly settings: ReadonlyMap<string, RecordValue>;
}

/** A new empty content each time, because lowdb keeps its default data by reference. */
export function emptyContent(): DataFileContent {
  return {
    revision: 0,
    records: new Map(),
    events: [],
    ordinals: new Map(),
    clock: undefined,
    deliveries: noDeliveries,
    settings: new Map(),
  };
}

/** `content` after `commits`, in their order. Copies each collection they touch once, however many they are. */
export function applyCommits(content: DataFileContent, commits: readonly Commit[]): DataFileContent {
  if (commits.length === 0) return content;
  const records = new Map(content.records);
  const ordinals = new Map(content.ordinals);
  const copied = new Map<string, Map<string, Entry>>();
  let { events, clock } = content;
  for (const commit of commits) {
    if (commit.clear) {
      for (const map of [records, ordinals, copied]) map.clear();
      events = [];
      clock = undefined;
    }
    for (const { api, collection, id, ordinal, value } of commit.changes) {
      const key = `${api}/${collection}`;
      const entries = copied.get(key) ?? new Map(records.get(key));
      copied.set(key, entries);
      records.set(key, entries);
      if (value === null) entries.delete(id);
      else entries.set(id, { id, ordinal, record: value });
      raise(ordinals, key, ordinal + 1);
    }
    for (const [key, next] of Object.entries(commit.ordinals)) raise(ordinals, key, next);
    events = events.concat(commit.events);
    clock = commit.clock ?? clock;
  }
  return {
    revision: content.revision,
    records,
    ordinals,
    events: events.slice(-keptEvents),
    clock,
    deliveries: applyDeliveries(content.deliveries, commits),
    settings: applySettings(content.settings, commits),
  };
}

function applySettings(
  settings: DataFileContent['settings'],
  commits: readonly Commit[],
): DataFileContent['settings'] {
  const applied = new Map(settings);
  for (const commit of commits) {
    if (commit.clear && !commit.keepDeliveries) applied.clear();
    for (const [name, value] of Object.entries(commit.settings ?? {})) {
      if (value === null) applied.delete(name);
      else applied.set(name, value);
    }
  }
  return applied;
}

/** Counters only go up, whoever moves them: an ordinal is never reused. */
export function raise(ordinals: Map<string, number>, key: string, next: number): void {
  ordinals.set(key, Math.max(next, ordinals.get(key) ?? 0));
}

/** Oldest first: the order of creation. */
export function inOrder(entries: Entries): readonly Entry[] {
  return [...entries.values()].sort((left, right) => left.ordinal - right.ordinal);
}

/** `<api>/<collection>` in its two parts; an API's name has no slash. */
export function splitContentKey(key: string): { readonly api: string; readonly collection: string } {
  const slash = key.indexOf('/');
  return { api: key.slice(0, slash), collection: key.slice(slash + 1) };
}

/** The content as `Storage.load()` answers it. */
export function toStoredNamespace(content: DataFileContent): StoredNamespace {
  const records = [...content.records].flatMap(([key, entries]) =>
    inOrder(entries).map(({ id, ordinal, record }) => ({
      ...splitContentKey(key),
      id,
      ordinal,
      value: record,
    })),
  );
  return {
    namespace: keptNamespace,
    records,
    events: content.events,
    ...listDeliveries(content.deliveries),
    ordinals: Object.fromEntries(content.ordinals),
    ...(content.clock === undefined ? {} : { clock: content.clock }),
    ...(content.settings.size === 0 ? {} : { settings: Object.fromEntries(content.settings) }),
  };
}
