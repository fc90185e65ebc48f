import type { ApiCollection } from '../../../openapi/infer/api-collections.ts';
import type { BoundRecord, Environment } from '../environment/environment.ts';
import type { Before, Creation, LedgerEntry } from '../environment/ledger.ts';
import { cleanUp } from './clean-up.ts';
import { identitiesMade, identityOf } from './identity-of.ts';
import { listBefore } from './note-intent.ts';
import { sendRequest } from './send-request.ts';

/** Creations of which the ledger does not say what came of them. */
export function openCreations(entries: readonly LedgerEntry[]): readonly Creation[] {
  const settled = new Set(
    entries.flatMap((entry) =>
      entry.kind === 'settled' || entry.kind === 'created' ? [entry.creation] : [],
    ),
  );
  return entries.flatMap((entry) =>
    entry.kind === 'intent' && entry.creation && !settled.has(entry.creation.number) ? [entry.creation] : [],
  );
}

/**
 * Finds what was made by creations that were not answered, and deletes it: a record that was not in the list before, that the
 * run did not get told of, and that is as it was sent. What cannot be told is listed among the leftovers, and left alone.
 */
export async function settleCreations(
  environment: Environment,
  entries: readonly LedgerEntry[] = environment.ledger.entries,
): Promise<void> {
  const told = new Set(entries.flatMap((entry) => (entry.kind === 'created' ? [entry.id] : [])));
  const tried = new Set<string>();
  const reported = new Set(environment.leftovers.flatMap(({ creation }) => creation ?? []));
  for (const creation of openCreations(entries).toReversed()) {
    if (reported.has(creation.number)) continue;
    const found = await findMade(environment, creation, entries, { told, tried });
    if (typeof found === 'string') {
      const { collection, number } = creation;
      environment.leftovers.push({ collection, id: '?', reason: found, creation: number });
      continue;
    }
    if (found) {
      told.add(found.id);
      await cleanUp(environment, [found], environment.namespace);
    }
    environment.ledger.add({ kind: 'settled', creation: creation.number });
  }
}

/** The record that a creation made; undefined where it made none. A text says why it cannot be told. */
async function findMade(
  environment: Environment,
  { collection: name, fields, parameters }: Creation,
  entries: readonly LedgerEntry[],
  { told, tried }: { readonly told: ReadonlySet<string>; readonly tried: Set<string> },
): Promise<BoundRecord | string | undefined> {
  const collection = environment.context.collections.find(name);
  const unsure = 'one may have been created, and which it is cannot be told';
  if (!collection) return unsure;
  const before = beforeOf(entries, name, parameters, told);
  const listed = await listBefore(environment, collection, parameters, sendRequest);
  if (!before || !listed) return unsure;
  const known = new Set([...before.ids, ...identitiesMade(entries, collection), ...tried]);
  const made = listed.records.find(
    (record) => !known.has(identityOf(collection, record)) && isAsSent(record, fields),
  );
  const isSure = before.whole && listed.before.whole;
  if (!made) return isSure ? undefined : unsure;
  // Behind the first page there may be records of others that are the same, unless no other can be.
  if (!isSure && !isOwn(fields)) return unsure;
  tried.add(identityOf(collection, made));
  const keys = Object.fromEntries((collection.keyParameters ?? []).map((key) => [key, made[key]]));
  return boundOf(collection, String(made[collection.id]), made, { ...parameters, ...keys });
}

function boundOf(
  collection: ApiCollection,
  id: string,
  record: unknown,
  path: BoundRecord['path'],
): BoundRecord {
  return { collection: collection.name, id, record, path, owned: true };
}

/** Under a parent that the run made, nothing was there before. */
function beforeOf(
  entries: readonly LedgerEntry[],
  collection: string,
  parameters: Creation['parameters'],
  told: ReadonlySet<string>,
): Pick<Before, 'ids' | 'whole'> | undefined {
  const key = JSON.stringify(parameters);
  const noted = entries.find(
    (entry) =>
      entry.kind === 'before' && entry.collection === collection && JSON.stringify(entry.parameters) === key,
  );
  if (noted?.kind === 'before') return noted;
  return Object.values(parameters).some((value) => told.has(value)) ? { ids: [], whole: true } : undefined;
}

/** Whether every field that a record shows is as it was sent, and at least one is. */
function isAsSent(record: Readonly<Record<string, unknown>>, fields: Creation['fields']): boolean {
  const shown = Object.entries(fields).filter(([name]) => Object.hasOwn(record, name));
  return shown.length > 0 && shown.every(([name, value]) => record[name] === value);
}

/** Whether a field holds an address that only this run has. */
function isOwn(fields: Creation['fields']): boolean {
  return Object.values(fields).some(
    (value) => typeof value === 'string' && /sparring-[0-9a-f]{12}/.test(value),
  );
}
