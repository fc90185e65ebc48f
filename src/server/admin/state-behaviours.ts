import { SparringError } from '../../errors.ts';
import { isObject, type JsonObject, objectOrEmpty } from '../../openapi/is-object.ts';
import type { StateDump } from '../../state/state-dump.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import { deleteWithDependants } from '../actions/delete-record.ts';
import { idFieldOf } from '../make-fixtures.ts';
import type { ServedApi } from '../served-api.ts';
import { type AdminBehaviour, type AdminContext, done, textOf } from './admin-behaviour.ts';
import { findServedApi } from './find-api.ts';

/** Records, read and written past the API's own operations. */
export const stateBehaviours: Readonly<Record<string, AdminBehaviour>> = {
  getState: ({ served }) => ({ status: 200, body: served.namespace.dump() }),
  async replaceState({ body, server, served }) {
    const dump = checkedDump(server, body);
    await served.namespace.replace(dump);
    return { status: 200, body: served.namespace.dump() };
  },
  listRecords: (context) => {
    const { api, collection } = placeOf(context);
    return {
      status: 200,
      body: context.served.namespace
        .collection(api.name, collection)
        .list()
        .map(({ value }) => value),
    };
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
    return { status: 201, body: made.value };
  },
  getRecord: (context) => ({ status: 200, body: find(context).value }),
  async replaceRecord(context) {
    const { api, collection, id } = placeOf(context);
    const idField = idFieldOf(api, collection);
    const given = objectOrEmpty(context.body);
    const record = { ...given, [idField]: given[idField] ?? id };
    if (String(record[idField]) !== id) throw idChanged(idField, id);
    assertRecord(api, collection, record);
    const written = await context.served.namespace.run(api.name, (unit) => {
      const records = unit.collection(collection);
      return records.get(id) ? records.replace(id, record) : records.insert(id, record);
    });
    return { status: 200, body: written.value };
  },
  async patchRecord(context) {
    const { api, collection, id } = placeOf(context);
    find(context);
    const written = await context.served.namespace.run(api.name, (unit) => {
      const former = unit.collection(collection).get(id);
      const record = { ...former?.value, ...objectOrEmpty(context.body) };
      const idField = idFieldOf(api, collection);
      if (String(record[idField]) !== id) throw idChanged(idField, id);
      assertRecord(api, collection, record);
      return unit.collection(collection).replace(id, record);
    });
    return { status: 200, body: written.value };
  },
  async deleteRecord(context) {
    const { api, collection } = placeOf(context);
    const record = find(context);
    await context.served.namespace.run(api.name, (unit) =>
      deleteWithDependants(unit, api.model, collection, record),
    );
    return done;
  },
  async reset({ served }) {
    served.journal.clear();
    served.faults.reset();
    await served.namespace.reset();
    return done;
  },
};

function placeOf({ path, server }: AdminContext): {
  readonly api: ServedApi;
  readonly collection: string;
  readonly id: string;
} {
  return {
    api: findServedApi(server, textOf(path.api)),
    collection: textOf(path.collection),
    id: textOf(path.id),
  };
}

function find(context: AdminContext): StoredRecord {
  const { api, collection, id } = placeOf(context);
  const record = context.served.namespace.collection(api.name, collection).get(id);
  if (record) return record;
  throw new SparringError(
    'record-not-found',
    `${api.name} has no record "${id.slice(0, 100)}" in ${collection}.`,
    {
      next: `Its collections: ${context.served.namespace.collections(api.name).join(', ') || 'none'}.`,
    },
  );
}

/** Throws `invalid-request` when a record breaks its resource's schema. */
function assertRecord(api: ServedApi, collection: string, record: JsonObject): void {
  const schema = api.model.resources.get(collection)?.schema;
  const violations = schema === undefined ? [] : api.validators.validate(schema, record, 'response', 'body');
  if (violations.length === 0) return;
  throw new SparringError('invalid-request', `The record breaks the schema of ${api.name}.${collection}.`, {
    violations,
  });
}

function checkedDump(server: AdminContext['server'], body: unknown): StateDump {
  const dump: Record<string, Record<string, readonly JsonObject[]>> = {};
  for (const [name, collections] of Object.entries(objectOrEmpty(body))) {
    const api = findServedApi(server, name);
    dump[name] = {};
    for (const [collection, records] of Object.entries(objectOrEmpty(collections))) {
      const list = Array.isArray(records) ? records.filter(isObject) : [];
      for (const record of list) assertRecord(api, collection, record);
      dump[name][collection] = list;
    }
  }
  return dump;
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
