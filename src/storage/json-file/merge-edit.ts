import type { RecordChange } from '../../model/record.ts';
import type { ExternalEdit } from '../../model/storage.ts';
import {
  applyCommits,
  type DataFileContent,
  type Entries,
  keptEvents,
  keptNamespace,
  splitContentKey,
} from './content.ts';
import { isSameEntry } from './render-content.ts';
import { addStoredDeliveries } from './stored-deliveries.ts';

export interface Merge {
  readonly content: DataFileContent;
  readonly edit: ExternalEdit;
}

/**
 * A merge of three, record by record: what an edit changed between `before` and `edited` goes over `current`, which is
 * `before` and all that memory changed since. Where both changed a record, the edit wins and is reported.
 */
export function mergeEdit(before: DataFileContent, edited: DataFileContent, current: DataFileContent): Merge {
  const changes = difference(before, edited);
  const overruled = changes.filter(({ api, collection, id }) => {
    const key = `${api}/${collection}`;
    const now = current.records.get(key)?.get(id);
    return (
      !isSameEntry(now, before.records.get(key)?.get(id)) &&
      !isSameEntry(now, edited.records.get(key)?.get(id))
    );
  });
  const merged = applyCommits(current, [
    {
      namespace: keptNamespace,
      clear: false,
      changes,
      events: [],
      ordinals: Object.fromEntries(edited.ordinals),
    },
  ]);
  return {
    content: {
      ...merged,
      events: mergeEvents(before, edited, current),
      clock: mergeClock(before, edited, current),
      deliveries: mergeDeliveries(before, edited, current),
      // They stand in memory; what somebody edits of them counts from the next start.
      settings: current.settings,
    },
    edit: {
      namespace: keptNamespace,
      changes,
      overruled: overruled.map(({ api, collection, id }) => ({ api, collection, id })),
    },
  };
}

/** Whether two edits of the same text are likelier to be of one editor than of two is told by how much differs. */
function distance(before: DataFileContent, edited: DataFileContent): number {
  return difference(before, edited).length;
}

/**
 * Which of `candidates`, the latest first, an editor had read whose save is `edited(candidate)`: the one from which the save differs
 * least. A save that is the same as an older one takes back what came in between.
 */
export function likeliestRead(
  candidates: readonly DataFileContent[],
  edited: (read: DataFileContent) => DataFileContent,
): DataFileContent | undefined {
  const [latest, ...older] = candidates;
  if (!latest || older.length === 0) return latest;
  const distances = candidates.map((candidate) => distance(candidate, edited(candidate)));
  const least = Math.min(...distances);
  return least === 0 ? latest : candidates[distances.indexOf(least)];
}

/**
 * What an editor had read that names no revision that is remembered: what the file held last, without what was created since. The
 * text's own counters tell that; one without counters was written by hand.
 */
export function withoutWhatCameSince(
  stored: DataFileContent,
  counters: ReadonlyMap<string, number>,
): DataFileContent {
  if (counters.size === 0) return stored;
  const records = [...stored.records].map(([key, entries]) => {
    const next = counters.get(key) ?? 0;
    return [key, new Map([...entries].filter(([, { ordinal }]) => ordinal < next))] as const;
  });
  return { ...stored, records: new Map(records) };
}

function difference(before: DataFileContent, after: DataFileContent): readonly RecordChange[] {
  const keys = new Set([...before.records.keys(), ...after.records.keys()]);
  return [...keys].flatMap((key) => {
    const was: Entries = before.records.get(key) ?? new Map();
    const is: Entries = after.records.get(key) ?? new Map();
    const name = splitContentKey(key);
    const gone = [...was.values()].filter(({ id }) => !is.has(id));
    const written = [...is.values()].filter((entry) => !isSameEntry(entry, was.get(entry.id)));
    return [
      ...gone.map(({ id, ordinal }) => ({ ...name, id, ordinal, value: null })),
      ...written.map(({ id, ordinal, record }) => ({ ...name, id, ordinal, value: record })),
    ];
  });
}

function mergeEvents(
  before: DataFileContent,
  edited: DataFileContent,
  current: DataFileContent,
): DataFileContent['events'] {
  const known = new Set([...before.events, ...edited.events].map(({ id }) => id));
  return edited.events.concat(current.events.filter(({ id }) => !known.has(id))).slice(-keptEvents);
}

/** What the edit added; `edited` holds all that `before` held. */
function mergeDeliveries(
  before: DataFileContent,
  edited: DataFileContent,
  current: DataFileContent,
): DataFileContent['deliveries'] {
  const added = [...edited.deliveries].filter(([id]) => !before.deliveries.has(id));
  return added.length === 0 ? current.deliveries : addStoredDeliveries(current.deliveries, new Map(added));
}

function mergeClock(
  before: DataFileContent,
  edited: DataFileContent,
  current: DataFileContent,
): DataFileContent['clock'] {
  const fields = ['base', 'anchor', 'scale', 'frozenAt'] as const;
  const untouched = fields.every((field) => before.clock?.[field] === edited.clock?.[field]);
  return untouched ? current.clock : edited.clock;
}
