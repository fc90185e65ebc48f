import { SparringError } from '../errors.ts';
import type { StoredNamespace } from '../model/commit.ts';
import type { RecordChange } from '../model/record.ts';
import { Collection } from './collection.ts';
import type { StateDump } from './state-dump.ts';
import { StoredRecord } from './stored-record.ts';

/** Collections by `<api>/<collection>`. */
export type Collections = ReadonlyMap<string, Collection>;

const keys = new Map<string, Map<string, string>>();

/** `<api>/<collection>`, the same string each time: looking up a new one means hashing it first. */
export function keyOf(api: string, name: string): string {
  let named = keys.get(api);
  if (!named) {
    named = new Map();
    keys.set(api, named);
  }
  let key = named.get(name);
  if (key === undefined) {
    key = `${api}/${name}`;
    named.set(name, key);
  }
  return key;
}

/** The two parts of a key; an API's name has no slash. */
export function splitKey(key: string): readonly [api: string, name: string] {
  const slash = key.indexOf('/');
  return [key.slice(0, slash), key.slice(slash + 1)];
}

/** What numbers the deliveries of an API: the ordinal before a delivery's number. It has no records. */
export const deliveryCollection = '_deliveries';

/** Collections that only the engine sees, such as scheduled tasks. */
export function isInternal(name: string): boolean {
  return name.startsWith('_');
}

/** All records, as a commit that makes them. */
export function changesOf(collections: Collections): RecordChange[] {
  return [...collections].flatMap(([key, collection]) => {
    const [api, name] = splitKey(key);
    return collection.list().map(({ id, ordinal, value }) => ({ api, collection: name, id, ordinal, value }));
  });
}

export function ordinalsOf(collections: Collections): Record<string, number> {
  return Object.fromEntries([...collections].map(([key, { nextOrdinal }]) => [key, nextOrdinal]));
}

export function dumpOf(collections: Collections): StateDump {
  const apis = new Map<string, [string, StoredRecord['value'][]][]>();
  for (const [key, collection] of collections) {
    const [api, name] = splitKey(key);
    if (isInternal(name)) continue;
    const named = apis.get(api) ?? [];
    apis.set(api, named);
    named.push([name, collection.list().map(({ value }) => value)]);
  }
  return Object.fromEntries([...apis].map(([api, named]) => [api, Object.fromEntries(named)]));
}

/**
 * The collections of a dump; ordinals rise in its order and go on where `former` is, so that no id is given twice.
 *
 * @throws SparringError `invalid-request` for a record without an id, or with one that another has.
 */
export function collectionsOfDump(
  dump: StateDump,
  former: Collections,
  idField: (api: string, collection: string) => string,
): Map<string, Collection> {
  const collections = new Map<string, Collection>();
  for (const [api, named] of Object.entries(dump)) {
    for (const [name, values] of Object.entries(named)) {
      const collection = new Collection();
      const field = idField(api, name);
      for (const value of values) {
        const id = value[field];
        if (typeof id !== 'string' && typeof id !== 'number')
          throw refused(`A record of ${api}.${name} has no "${field}".`, field);
        if (collection.get(String(id)))
          throw refused(`Two records of ${api}.${name} have the ${field} "${id}".`, field);
        collection.put(String(id), new StoredRecord(String(id), collection.nextOrdinal, value));
        collection.nextOrdinal += 1;
      }
      collections.set(keyOf(api, name), collection);
    }
  }
  for (const [key, { nextOrdinal }] of former) {
    const collection = collections.get(key) ?? new Collection();
    collection.nextOrdinal = Math.max(collection.nextOrdinal, nextOrdinal);
    collections.set(key, collection);
  }
  return collections;
}

export function collectionsOfStored(stored: StoredNamespace): Map<string, Collection> {
  const collections = new Map<string, Collection>();
  const collectionAt = (key: string) => {
    const collection = collections.get(key) ?? new Collection();
    collections.set(key, collection);
    return collection;
  };
  for (const { api, collection, id, ordinal, value } of stored.records) {
    const target = collectionAt(keyOf(api, collection));
    target.put(id, new StoredRecord(id, ordinal, value));
    target.nextOrdinal = Math.max(target.nextOrdinal, ordinal + 1);
  }
  for (const [key, next] of Object.entries(stored.ordinals)) {
    const target = collectionAt(key);
    target.nextOrdinal = Math.max(target.nextOrdinal, next);
  }
  return collections;
}

function refused(message: string, field: string): SparringError {
  return new SparringError('invalid-request', message, {
    next: `Give every record an id of its own in "${field}". Nothing was changed.`,
  });
}
