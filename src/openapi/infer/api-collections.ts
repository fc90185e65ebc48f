import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument, Operation } from '../document/document.ts';
import { recordPropertiesOf } from '../document/record-properties.ts';
import { successSchema } from '../document/success-schema.ts';
import { collectionPlaces } from './collection-places.ts';
import { itemsPointer } from './find-list-items.ts';
import type { ResourceModel } from './infer-resources.ts';
import { idFieldIn, type PathFacts } from './path-facts.ts';

export type Role = 'create' | 'list' | 'read' | 'update' | 'delete';

/** Records that can be reached under one path, and the operations on them. */
export interface ApiCollection {
  /** The resource's name where the document has one, else the path's last segment. */
  readonly name: string;
  /** Template of the path that lists them, without a trailing slash. */
  readonly path: string;
  /** The field that identifies a record. */
  readonly id: string;
  readonly idParameter: string | undefined;
  /** Parameters before it that name fields of the record too, where one field does not identify it: `/{ip}/{name}`. */
  readonly keyParameters?: readonly string[];
  readonly create: Operation | undefined;
  readonly list: Operation | undefined;
  readonly read: Operation | undefined;
  readonly updates: readonly Operation[];
  readonly delete: Operation | undefined;
}

/** Where a value of a request comes from: a field of a record. A field that begins with `^` is a parameter of the record's path. */
export interface ValueSource {
  readonly collection: ApiCollection;
  readonly field: string;
}

/** The collections of a document and what in its requests refers to their records. */
export interface ApiCollections {
  readonly all: readonly ApiCollection[];
  /** Lists whose records no other operation is about. */
  readonly lists: readonly ApiCollection[];
  find(name: string): ApiCollection | undefined;
  roleOf(operation: Operation): { readonly collection: ApiCollection; readonly role: Role } | undefined;
  /**
   * The collection that an operation may add a record to: by its role, or as its answer shows one though its path is another. Of
   * the latter it is only said where the records can be listed and deleted.
   */
  creates(operation: Operation): ApiCollection | undefined;
  /** The record that all path parameters of an operation come from: the item of its path, else its innermost parent. */
  recordOf(operation: Operation): ApiCollection | undefined;
  /** Where a path parameter comes from; undefined: it cannot be told. */
  sourceOfParameter(operation: Operation, name: string): ValueSource | undefined;
  /** The collection whose id stands in a field of an operation's body. */
  relationOf(operation: Operation, field: string): ValueSource | undefined;
}

/** Groups operations by their paths: `/customers` and `/customers/{id}` are one collection where both exist. */
export function findApiCollections(document: ApiDocument, model: ResourceModel): ApiCollections {
  const groups = new Map<string, { operation: Operation; facts: PathFacts }[]>();
  const factsOf = collectionPlaces(document);
  for (const operation of document.operations) {
    const facts = factsOf(operation);
    if (!facts || operation.extension.action === 'token') continue;
    const group = groups.get(facts.collectionPath) ?? [];
    group.push({ operation, facts });
    groups.set(facts.collectionPath, group);
  }
  const all = withOwnNames(
    [...groups.entries()].flatMap(([path, group]) => describeCollection(document, model, path, group) ?? []),
  );
  const byPath = new Map(all.map((collection) => [collection.path, collection]));
  const find = (name: string) => all.find((collection) => collection.name === name);
  const lists = [...groups].flatMap(([path, group]) =>
    byPath.has(path) ? [] : describeList(document, path, group),
  );

  function recordOf(operation: Operation): ApiCollection | undefined {
    const facts = factsOf(operation);
    if (!facts) return undefined;
    if (facts.idParameter !== undefined) {
      const { resource } = operation.extension;
      return byPath.get(facts.collectionPath) ?? (resource === undefined ? undefined : find(resource));
    }
    const parent = facts.parents.at(-1);
    return parent && byPath.get(parent.collectionPath);
  }

  return {
    all,
    lists,
    find: (name) => find(name) ?? lists.find((collection) => collection.name === name),
    recordOf,
    roleOf(operation) {
      for (const collection of all) {
        const role = roleIn(collection, operation);
        if (role) return { collection, role };
      }
      return undefined;
    },
    creates(operation) {
      const role = this.roleOf(operation);
      if (role) return role.role === 'create' ? role.collection : undefined;
      if (operation.method !== 'post' || operation.extension.action === 'token' || recordOf(operation))
        return undefined;
      const schema = successSchema(operation);
      const shown = schema === undefined ? undefined : document.resolve(schema)?.pointer;
      if (shown === undefined) return undefined;
      return all.find(({ delete: remove, list, name, read }) => {
        if (!list || !remove || list.path.includes('{')) return false;
        const record = recordSchema(document, model, name, read, list);
        return record !== undefined && document.resolve(record)?.pointer === shown;
      });
    },
    sourceOfParameter(operation, name) {
      const record = recordOf(operation);
      const facts = factsOf(operation);
      if (!record || !facts) return undefined;
      const innermost = facts.idParameter ?? facts.parents.at(-1)?.parameter;
      if (name !== innermost) return { collection: record, field: `^${name}` };
      if (name === record.idParameter || facts.idParameter === name)
        return { collection: record, field: record.id };
      return fieldsOf(document, model, record).has(name) ? { collection: record, field: name } : undefined;
    },
    relationOf(operation, field) {
      const found = this.roleOf(operation);
      const relations = found ? model.resources.get(found.collection.name)?.relations : undefined;
      const named = relations && Object.hasOwn(relations, field) ? relations[field] : undefined;
      const isNamed = ({ id, idParameter, name }: ApiCollection) =>
        isIdOf(field, name) ||
        (field !== 'id' && endsInId.test(field) && (id === field || idParameter === field));
      const related = named === undefined ? all.find(isNamed) : find(named);
      return related && { collection: related, field: related.id };
    },
  };
}

/** Two paths may end alike, as comments of posts and of photos do; the later ones are named by their whole path. */
function withOwnNames(collections: readonly ApiCollection[]): readonly ApiCollection[] {
  const taken = new Set<string>();
  return collections.map((collection) => {
    const name = taken.has(collection.name) ? collection.path.slice(1) : collection.name;
    taken.add(name);
    return { ...collection, name };
  });
}

function describeCollection(
  document: ApiDocument,
  model: ResourceModel,
  path: string,
  group: readonly { operation: Operation; facts: PathFacts }[],
): ApiCollection | undefined {
  const items = group.filter(({ facts }) => facts.idParameter !== undefined);
  const whole = group.filter(({ facts }) => facts.idParameter === undefined);
  const idParameter = items[0]?.facts.idParameter;
  // Parents of a record are named before its collection, the other parts of its key behind it.
  const keys = (items[0]?.facts.parents ?? []).flatMap(({ collectionPath, parameter }) =>
    collectionPath === path ? [parameter] : [],
  );
  const named = group.find(({ operation }) => operation.extension.resource !== undefined);
  const name = named?.operation.extension.resource ?? group[0]?.facts.collection;
  if (name === undefined) return undefined;
  const by = (list: typeof group, method: string) =>
    list.find(({ operation }) => operation.method === method)?.operation;
  const listing = by(whole, 'get');
  const list = listing && isList(document, model, listing, items.length > 0) ? listing : undefined;
  // Without items, and without a list, a path is an action rather than a place where records are.
  if (items.length === 0 && !list) return undefined;
  const record = recordSchema(document, model, name, by(items, 'get'), list);
  const fields =
    record === undefined ? new Set<string>() : new Set(recordPropertiesOf(document, record).keys());
  const known = model.resources.get(name)?.id;
  const isShown = known !== undefined && (fields.size === 0 || fields.has(known));
  return {
    name,
    path,
    id: (isShown ? known : undefined) ?? idFieldIn(fields, name, idParameter) ?? known ?? 'id',
    idParameter,
    ...(keys.length > 0 && { keyParameters: keys }),
    create: by(whole, 'post'),
    list,
    read: by(items, 'get'),
    updates: items
      .map(({ operation }) => operation)
      .filter(({ method }) => method === 'patch' || method === 'put'),
    delete: by(items, 'delete'),
  };
}

/** A list of records with ids, which can be read and no more. */
function describeList(
  document: ApiDocument,
  path: string,
  group: readonly { operation: Operation; facts: PathFacts }[],
): readonly ApiCollection[] {
  const list = group.find(
    ({ operation, facts }) => operation.method === 'get' && facts.idParameter === undefined,
  );
  const schema = list && successSchema(list.operation);
  const items = schema === undefined ? undefined : itemsPointer(document, schema);
  if (!list || items === undefined) return [];
  const id = idFieldIn(new Set(recordPropertiesOf(document, items).keys()), list.facts.collection, undefined);
  if (id === undefined) return [];
  const none = { idParameter: undefined, create: undefined, read: undefined, updates: [], delete: undefined };
  return [{ ...none, name: path.slice(1), path, id, list: list.operation }];
}

function isList(
  document: ApiDocument,
  model: ResourceModel,
  operation: Operation,
  hasItems: boolean,
): boolean {
  if (model.actionOf(operation)?.action === 'list') return true;
  const schema = successSchema(operation);
  return hasItems && schema !== undefined && itemsPointer(document, schema) !== undefined;
}

function recordSchema(
  document: ApiDocument,
  model: ResourceModel,
  name: string,
  read: Operation | undefined,
  list: Operation | undefined,
): Pointer | undefined {
  const known = model.resources.get(name)?.schema;
  if (known !== undefined) return known;
  const readSchema = read && successSchema(read);
  if (readSchema !== undefined) return readSchema;
  const listSchema = list && successSchema(list);
  return listSchema === undefined ? undefined : itemsPointer(document, listSchema);
}

function fieldsOf(
  document: ApiDocument,
  model: ResourceModel,
  collection: ApiCollection,
): ReadonlySet<string> {
  const schema = recordSchema(document, model, collection.name, collection.read, collection.list);
  return new Set(schema === undefined ? [] : recordPropertiesOf(document, schema).keys());
}

function roleIn(collection: ApiCollection, operation: Operation): Role | undefined {
  if (operation === collection.create) return 'create';
  if (operation === collection.list) return 'list';
  if (operation === collection.read) return 'read';
  if (operation === collection.delete) return 'delete';
  return collection.updates.includes(operation) ? 'update' : undefined;
}

const endsInId = /(?:_id|Id|_uuid|Uuid)$/;

/** `customer_id`, `customerId` for `customers`. */
function isIdOf(field: string, collection: string): boolean {
  const plain = (text: string) => text.replaceAll(/[-_]/g, '').toLowerCase();
  const one = plain(collection).replace(/ies$/, 'y').replace(/s$/, '');
  return endsInId.test(field) && plain(field).replace(/(?:uu)?id$/, '') === one;
}
