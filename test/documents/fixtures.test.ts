import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import {
  isObject,
  type JsonObject,
  nodeAt,
  objectAt,
  projectRoot,
  schemaCompiler,
  sourceDocument,
} from './documents.ts';

const names = readdirSync(join(projectRoot, 'fixtures')).filter((name) => name.endsWith('.yaml'));

interface Fixtures {
  readonly root: JsonObject;
  readonly resources: JsonObject;
  readonly collections: JsonObject;
}

function fixturesOf(file: string): Fixtures {
  const { root } = sourceDocument(basename(file, '.yaml'));
  const fixtures = objectAt(load(readFileSync(join(projectRoot, 'fixtures', file), 'utf8')));
  return {
    root,
    resources: objectAt(root, 'x-sparring', 'resources'),
    collections: objectAt(fixtures, 'collections'),
  };
}

function recordsOf(collections: JsonObject, name: string): JsonObject[] {
  const { records = [] } = objectAt(collections, name);
  return Array.isArray(records) ? records.filter(isObject) : [];
}

describe.for(names)('fixtures/%s', (file) => {
  const { root, resources, collections } = fixturesOf(file);
  const schemaOf = (name: string): string => String(objectAt(resources, name).schema);

  it('has records, all of collections that the document knows', () => {
    expect(Object.keys(collections)).not.toEqual([]);
    expect(Object.keys(collections).filter((name) => !Object.hasOwn(resources, name))).toEqual([]);
  });

  it('has fixed records that satisfy the schemas of their resources', () => {
    const compile = schemaCompiler(root);
    const wrong = Object.keys(collections).flatMap((name) => {
      const validate = compile(schemaOf(name));
      return recordsOf(collections, name)
        .filter((record) => !validate(record))
        .map(({ id }) => `${name} ${id}`);
    });
    expect(wrong).toEqual([]);
  });

  it('generates every field that a record must have, and no other', () => {
    for (const [name, collection] of Object.entries(collections)) {
      if (!isObject(objectAt(collection).generate)) continue;
      const schema = objectAt(nodeAt(root, schemaOf(name)));
      const recipe = Object.keys(objectAt(collection, 'generate', 'record'));
      expect(recipe).toEqual(expect.arrayContaining(Array.isArray(schema.required) ? schema.required : []));
      expect(Object.keys(objectAt(schema, 'properties'))).toEqual(expect.arrayContaining(recipe));
    }
  });

  it('has relations that lead somewhere', () => {
    const dangling = Object.keys(collections).flatMap((name) => {
      return Object.entries(objectAt(resources, name, 'relations')).flatMap(([field, target]) => {
        const ids = new Set(recordsOf(collections, String(target)).map(({ id }) => id));
        return recordsOf(collections, name)
          .filter((record) => record[field] !== null && !ids.has(record[field]))
          .map((record) => `${name} ${record.id}: ${field}`);
      });
    });
    expect(dangling).toEqual([]);
  });
});

describe('the fixtures of Hive', () => {
  const { collections } = fixturesOf('hive.yaml');

  it('hold what the curl lines of its reference name', () => {
    const ids = Object.keys(collections).map((name) => [
      name,
      recordsOf(collections, name).map(({ id }) => id),
    ]);
    expect(Object.fromEntries(ids)).toEqual({
      customers: ['8462e8ce-4245-4eca-835c-4a160b93b030'],
      sessions: ['d8779205-f122-4325-af25-942e7850b696'],
      checks: ['db3590ce-3121-4b0d-9839-733709727f7b'],
      reports: ['d93fc999-d1bd-4a72-94f2-a7de39e6edb9'],
      files: ['e1e0cdc7-5c10-4fe9-85c8-18add6596ef0'],
      webhooks: ['44a56725-de93-4759-a3c3-1885fcd6e868'],
    });
  });

  it('are the samples of the reference, joined by one completed check', () => {
    const { root } = sourceDocument('hive');
    const sample = (name: string): JsonObject => objectAt(root, 'components', 'examples', name, 'value');
    const check = 'db3590ce-3121-4b0d-9839-733709727f7b';
    const records = Object.keys(collections).flatMap((name) => recordsOf(collections, name));
    expect(records).toEqual([
      sample('customer'),
      { ...sample('session'), check_id: check },
      sample('check-completed-event').data,
      { ...sample('report'), check_id: check },
      { ...sample('file'), check },
      sample('webhook'),
    ]);
  });

  it('add two dozen customers', () => {
    expect(objectAt(collections, 'customers', 'generate').count).toBe(24);
  });
});
