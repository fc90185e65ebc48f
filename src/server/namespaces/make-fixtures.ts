import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SparringError } from '../../errors.ts';
import type { RecordValue } from '../../model/record.ts';
import { Collection } from '../../state/collection.ts';
import { keyOf } from '../../state/collections.ts';
import { makeCollections } from '../../state/fixtures/make-collections.ts';
import { readRecipe } from '../../state/fixtures/read-recipe.ts';
import type { Collections } from '../../state/namespace.ts';
import { StoredRecord } from '../../state/stored-record.ts';
import type { MockOptions } from '../model/mock-options.ts';
import type { ServedApi } from '../model/served-api.ts';

const folder = fileURLToPath(new URL('../../../fixtures/', import.meta.url));

/**
 * Makes the first content of every namespace from the APIs' fixtures: those given, else the bundled `fixtures/<api>.yaml`.
 *
 * @throws SparringError `fixtures-invalid`, or `usage` when one file is given for several APIs.
 */
export async function makeFixtures(
  apis: ReadonlyMap<string, ServedApi>,
  given: MockOptions['fixtures'],
  { seed, now }: { readonly seed: number; readonly now: number },
): Promise<Collections> {
  if (typeof given === 'string' && apis.size !== 1) {
    throw new SparringError('usage', 'One fixtures file was given for several APIs.', {
      next: 'Serve one API, or name a file for each in the configuration: fixtures: { <api>: <file> }.',
    });
  }
  const collections = new Map<string, Collection>();
  for (const api of apis.values()) {
    for (const [name, collection] of seededCollections(api, seed, now))
      collections.set(keyOf(api.name, name), collection);
    const file = fileOf(api.name, given);
    if (file === undefined) continue;
    const idField = (name: string) => idFieldOf(api, name);
    const options = { api: api.name, seed, now, idField, check: checkFor(api, file) };
    const made = await makeCollections(await readRecipe(file), options);
    for (const [name, collection] of made) collections.set(keyOf(api.name, name), collection);
  }
  return collections;
}

/** The records that collections of a document of one's own begin with, made when they are first asked for. */
function seededCollections(api: ServedApi, seed: number, now: number): ReadonlyMap<string, Collection> {
  const collections = new Map<string, Collection>();
  for (const resource of api.model.resources.values()) {
    const { collection, open } = resource;
    if (open?.kind !== 'collection') continue;
    const make = () =>
      api.records
        .seeds(resource, seed, now)
        .map(
          (value, ordinal) =>
            new StoredRecord(String(api.records.idOf(resource, value) ?? `seed-${ordinal}`), ordinal, value),
        );
    collections.set(collection, Collection.of(make));
  }
  return collections;
}

/** Says what is wrong with a record by its resource's schema. The bundled fixtures are checked by the tests instead. */
function checkFor(
  api: ServedApi,
  file: string,
): (collection: string, record: RecordValue) => string | undefined {
  if (file.startsWith(folder)) return () => undefined;
  return (collection, record) => {
    const schema = api.model.resources.get(collection)?.schema;
    const violations =
      schema === undefined ? [] : api.validators.validate(schema, record, 'response', collection);
    return violations.length === 0
      ? undefined
      : violations.map(({ location, message }) => `${location} ${message}`).join('; ');
  };
}

/** The field that identifies a record of a collection. */
export function idFieldOf(api: ServedApi | undefined, collection: string): string {
  return api?.model.resources.get(collection)?.id ?? 'id';
}

function fileOf(api: string, given: MockOptions['fixtures']): string | undefined {
  if (given === false) return undefined;
  if (typeof given === 'string') return given;
  const own = typeof given === 'object' ? given[api] : undefined;
  if (own !== undefined) return own === false ? undefined : own;
  const bundled = `${folder}${api}.yaml`;
  return existsSync(bundled) ? bundled : undefined;
}
