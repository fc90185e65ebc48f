import { SparringError } from '../../errors.ts';
import { objectOrEmpty } from '../../json/is-object.ts';
import { recordPropertiesOf } from '../../openapi/document/record-properties.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import type { UnitCollection } from '../../state/unit-of-work.ts';
import { deleteWithDependants } from '../actions/delete-record.ts';
import type { ServedApi } from '../model/served-api.ts';
import { idFieldOf } from '../namespaces/make-fixtures.ts';
import { type AdminBehaviour, type AdminContext, done, optionalText } from './admin-behaviour.ts';
import { findServedApi } from './find-api.ts';
import { findCollection } from './find-collection.ts';
import { assertRecord } from './record-violations.ts';

/** Single records, read and written past the API's own operations; each write is a unit of work of its own. */
export const recordBehaviours: Readonly<Record<string, AdminBehaviour>> = {
  listRecords(context) {
    const { api, collection } = placeOf(context);
    const records = context.served.namespace.collection(api.name, collection).list();
    return { status: 200, body: records.map(({ value }) => value) };
  },
  async createRecord(context) {
    const { api, collection } = placeOf(context);
    const record = objectOrEmpty(context.body);
    const id = record[idFieldOf(api, collection)];
    if (typeof id !== 'string' && typeof id !== 'number') throw withoutId(api, collection);
    assertRecord(api, collection, record);
    const made = await context.served.namespace.run(api.name, (unit) =>
      unit.collection(collection).insert(String(id), record),
    );
    return { status: 201, body: made };
  },
  getRecord: (context) => {
    const { api, collection, id } = placeOf(context);
    return {
      status: 200,
      body: find(context.served.namespace.collection(api.name, collection), context, id),
    };
  },
  replaceRecord(context) {
    const { api, collection, id } = placeOf(context);
    const idField = idFieldOf(api, collection);
    const given = objectOrEmpty(context.body);
    return context.served.namespace.run(api.name, (unit) => {
      const records = unit.collection(collection);
      const former = records.get(id);
      const own = given[idField] ?? former?.value[idField] ?? idValueOf(api, collection, id);
      const record = { ...given, [idField]: own };
      if (!isId(own, id)) throw idChanged(idField, id);
      assertRecord(api, collection, record);
      if (former) return { status: 200, body: records.replace(id, record) };
      return { status: 201, body: records.insert(id, record) };
    });
  },
  patchRecord(context) {
    const { api, collection, id } = placeOf(context);
    const idField = idFieldOf(api, collection);
    return context.served.namespace.run(api.name, (unit) => {
      const records = unit.collection(collection);
      const record = { ...find(records, context, id).value, ...objectOrEmpty(context.body) };
      if (!isId(record[idField], id)) throw idChanged(idField, id);
      assertRecord(api, collection, record);
      return { status: 200, body: records.replace(id, record) };
    });
  },
  deleteRecord(context) {
    const { api, collection, id } = placeOf(context);
    return context.served.namespace.run(api.name, (unit) => {
      const record = find(unit.collection(collection), context, id);
      deleteWithDependants(unit, api.model, collection, record);
      return done;
    });
  },
};

/** Whether a value that a caller sent is an id; an object could bring a `toString` of its own. */
function isId(value: unknown, id: string): boolean {
  return (typeof value === 'string' || typeof value === 'number') && String(value) === id;
}

interface Place {
  readonly api: ServedApi;
  readonly collection: string;
  readonly id: string;
}

function placeOf({ path, served, server }: AdminContext): Place {
  const api = findServedApi(server, optionalText(path.api));
  const collection = optionalText(path.collection);
  findCollection(served.namespace, api, collection);
  return { api, collection, id: optionalText(path.id) };
}

function find(records: Pick<UnitCollection, 'get'>, { path }: AdminContext, id: string): StoredRecord {
  const record = records.get(id);
  if (record) return record;
  throw new SparringError(
    'record-not-found',
    `${path.api}.${path.collection} has no record "${id.slice(0, 100)}".`,
    { next: `See which there are: GET /_sparring/state/${path.api}/${path.collection}.` },
  );
}

/** The id in a path as a record holds it: a number where the schema says so. */
function idValueOf(api: ServedApi, collection: string, id: string): string | number {
  const schema = api.model.resources.get(collection)?.schema;
  const pointer = schema && recordPropertiesOf(api.document, schema).get(idFieldOf(api, collection));
  const { type } = objectOrEmpty(pointer && api.document.resolve(pointer)?.node);
  const isNumber = type === 'integer' || type === 'number';
  return isNumber && String(Number(id)) === id ? Number(id) : id;
}

function withoutId(api: ServedApi, collection: string): SparringError {
  return new SparringError(
    'invalid-request',
    `A record of ${collection} needs its id in "${idFieldOf(api, collection)}".`,
  );
}

function idChanged(idField: string, id: string): SparringError {
  return new SparringError('invalid-request', `The record's "${idField}" must stay "${id.slice(0, 100)}".`);
}
