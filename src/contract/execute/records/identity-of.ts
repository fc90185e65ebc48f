import type { ApiCollection } from '../../../openapi/infer/api-collections.ts';
import type { LedgerEntry } from '../environment/ledger.ts';

/**
 * All that names a record of a collection, as one text: its id, behind the other parts of its key where it has such.
 *
 * @param values the record, or the parameters of its path beside its id
 */
export function identityOf(
  { id: field, keyParameters = [] }: Pick<ApiCollection, 'id' | 'keyParameters'>,
  values: Readonly<Record<string, unknown>>,
  id: unknown = values[field],
): string {
  return [...keyParameters.map((name) => values[name]), id].map(String).join(' ');
}

/** What a run has made in a collection and not deleted since, as its ledger has it. */
export function identitiesMade(
  entries: readonly LedgerEntry[],
  collection: Pick<ApiCollection, 'id' | 'keyParameters' | 'name'>,
): ReadonlySet<string> {
  const made = new Map<string, string>();
  for (const entry of entries) {
    if ((entry.kind !== 'created' && entry.kind !== 'deleted') || entry.collection !== collection.name)
      continue;
    if (entry.kind === 'created') made.set(identityOf(collection, entry.path, entry.id), entry.id);
    else for (const [identity, id] of made) if (id === entry.id) made.delete(identity);
  }
  return new Set(made.keys());
}
