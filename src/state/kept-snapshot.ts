import { isObject } from '../json/is-object.ts';
import type { RecordChange, RecordValue } from '../model/record.ts';
import { type Collections, changesOf, collectionsOfStored, ordinalsOf } from './collections.ts';

/** Before a snapshot's name, where it is kept among a namespace's settings. */
export const snapshotPrefix = 'snapshot/';

export function writeSnapshot(collections: Collections): RecordValue {
  return { records: changesOf(collections), ordinals: ordinalsOf(collections) };
}

/** What `writeSnapshot` wrote; what somebody has made of it by hand and is no record is left out. */
export function readSnapshot({ ordinals, records }: RecordValue): Collections {
  const kept = Array.isArray(records) ? records.flatMap(readRecord) : [];
  const counters = Object.entries(isObject(ordinals) ? ordinals : {}).flatMap(([key, next]) =>
    typeof next === 'number' ? [[key, next] as const] : [],
  );
  return collectionsOfStored({
    namespace: '',
    records: kept,
    events: [],
    ordinals: Object.fromEntries(counters),
  });
}

function readRecord(given: unknown): (RecordChange & { readonly value: RecordValue })[] {
  if (!isObject(given)) return [];
  const { api, collection, id, ordinal, value } = given;
  const isNamed = typeof api === 'string' && typeof collection === 'string' && typeof id === 'string';
  if (!isNamed || typeof ordinal !== 'number' || !isObject(value)) return [];
  return [{ api, collection, id, ordinal, value }];
}
