import { objectOrEmpty } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument, Method, Operation } from '../document/document.ts';
import type { Action, ResourceExtension } from '../document/extension.ts';
import { recordPropertiesOf } from '../document/record-properties.ts';
import { type CollectionOperations, indexCollections } from './collection-operations.ts';
import { inferAction } from './infer-action.ts';
import { inferItemSchema } from './infer-item-schema.ts';
import type { ListShape } from './infer-list.ts';
import { idFieldIn, type PathFacts, pathFactsOf } from './path-facts.ts';

/** A kind of record that the API keeps. */
export interface Resource extends Omit<ResourceExtension, 'id' | 'schema'> {
  readonly collection: string;
  /** The field that identifies a record. */
  readonly id: string;
  /** Where the record's schema stands. */
  readonly schema: Pointer | undefined;
}

/** What an operation does to which resource. */
export interface ResourceAction {
  readonly operation: Operation;
  readonly resource: Resource;
  readonly action: Action;
  /** The path parameter that holds the record's id. */
  readonly idParameter: string | undefined;
  /** Path parameters that hold ids of other records. */
  readonly parents: readonly ParentReference[];
  readonly list: ListShape | undefined;
  readonly update: 'merge' | 'replace';
  /** The status of a success. */
  readonly status: number;
  /** Where the schema of a success's JSON body stands. */
  readonly schema: Pointer | undefined;
  /** Where the record stands in the answer: keys of the envelope, none for a bare record; undefined for an answer without it. */
  readonly wrapper: readonly string[] | undefined;
  /** The property of the request's body that holds the record's fields; undefined where the body itself does. */
  readonly bodyWrapper: string | undefined;
  /** Why this was taken for that. */
  readonly why: string;
  readonly provenance: 'document' | 'inferred';
}

/** A path parameter that holds the id of another record. */
export interface ParentReference {
  readonly parameter: string;
  /** The record's field of the same meaning, if it has one. */
  readonly field: string | undefined;
  /** The collection that the other record must be in; undefined where the API keeps none. */
  readonly collection: string | undefined;
}

/** What a document's operations do, as far as it can be told. */
export interface ResourceModel {
  readonly resources: ReadonlyMap<string, Resource>;
  /** Undefined for an operation that is answered from examples. */
  actionOf(operation: Operation): ResourceAction | undefined;
}

/**
 * Infers resources from pairs of a collection path and an item path (`/customers`, `/customers/{id}`), the methods on them,
 * and the schemas of bodies and answers; `x-sparring` corrects. Where paths, methods and schemas disagree, nothing is inferred.
 */
export function inferResources(document: ApiDocument): ResourceModel {
  const declared = document.extension.resources ?? {};
  const resources = new Map<string, Resource>();
  const idParameters = new Map(
    document.operations.flatMap(({ path }) => {
      const facts = pathFactsOf(path);
      return facts?.idParameter === undefined ? [] : [[facts.collectionPath, facts.idParameter] as const];
    }),
  );
  const operationsOn = indexCollections(document);
  const actions = new Map<Operation, ResourceAction | undefined>();

  const inferResource = (name: string, facts: PathFacts | undefined): Resource | undefined => {
    const known = Object.hasOwn(declared, name) ? declared[name] : undefined;
    const item =
      known?.schema ??
      (facts && inferItemSchema(document, facts.collection, operationsOn(facts.collectionPath)));
    const isInferred = item !== undefined && facts && idParameters.has(facts.collectionPath);
    if (!known && !isInferred) return undefined;
    const resource = resourceOf(document, name, item, idParameters.get(facts?.collectionPath ?? ''), known);
    return known || canShowId(document, resource) ? resource : undefined;
  };

  for (const [name, places] of placesByName(document, operationsOn)) {
    const resource = Iterator.from(places)
      .map((facts) => inferResource(name, facts))
      .find((found) => found !== undefined);
    if (resource) resources.set(name, resource);
  }
  for (const [name, known] of Object.entries(declared)) {
    if (!resources.has(name)) resources.set(name, resourceOf(document, name, known.schema, undefined, known));
  }
  return {
    resources,
    actionOf(operation) {
      if (!actions.has(operation)) actions.set(operation, inferAction(document, operation, resources));
      return actions.get(operation);
    },
  };
}

/** The paths that operations on each resource have, those first that look most like the place where its records are kept. */
function placesByName(
  document: ApiDocument,
  operationsOn: (collectionPath: string) => CollectionOperations,
): ReadonlyMap<string, readonly (PathFacts | undefined)[]> {
  const places = new Map<string, (PathFacts | undefined)[]>();
  for (const { extension, path } of document.operations) {
    const facts = pathFactsOf(path);
    const name = extension.resource ?? facts?.collection;
    if (name === undefined) continue;
    const others = places.get(name);
    if (!others) places.set(name, [facts]);
    else if (!others.some((other) => other?.collectionPath === facts?.collectionPath)) others.push(facts);
  }
  const kinds = (facts: PathFacts | undefined) =>
    facts ? actionKinds(operationsOn(facts.collectionPath)) : 0;
  for (const [name, found] of places)
    if (found.length > 1)
      places.set(
        name,
        found.toSorted((one, other) => kinds(other) - kinds(one)),
      );
  return places;
}

const listOrCreate = new Map<Method, Action>([
  ['get', 'list'],
  ['post', 'create'],
]);
const onItems = new Map<Method, Action>([
  ['get', 'read'],
  ['put', 'update'],
  ['patch', 'update'],
  ['delete', 'delete'],
]);

/** How many of the things that are done to records can be done: list, create, read, update, delete. */
function actionKinds({ collection, items }: CollectionOperations): number {
  const done = [
    ...collection.map(({ method }) => listOrCreate.get(method)),
    ...items.map(({ operation }) => onItems.get(operation.method)),
  ];
  return new Set(done.filter((action) => action !== undefined)).size;
}

function resourceOf(
  document: ApiDocument,
  collection: string,
  schema: Pointer | undefined,
  idParameter: string | undefined,
  known: ResourceExtension | undefined,
): Resource {
  const fields =
    schema === undefined ? new Set<string>() : new Set(recordPropertiesOf(document, schema).keys());
  const id = known?.id ?? idFieldIn(fields, collection, idParameter) ?? 'id';
  const timestamps = known?.timestamps ?? inferTimestamps(document, schema, fields);
  return { ...known, collection, schema, id, ...(timestamps && { timestamps }) };
}

/** A closed schema without a field for the id could not be answered with one. */
function canShowId(document: ApiDocument, { id, schema }: Resource): boolean {
  if (schema === undefined || recordPropertiesOf(document, schema).has(id)) return true;
  const { additionalProperties, unevaluatedProperties } = objectOrEmpty(document.resolve(schema)?.node);
  return additionalProperties !== false && unevaluatedProperties !== false;
}

function inferTimestamps(
  document: ApiDocument,
  schema: Pointer | undefined,
  fields: ReadonlySet<string>,
): Resource['timestamps'] {
  if (schema === undefined) return undefined;
  const created = ['created_at', 'createdAt', 'created'].find((name) => fields.has(name));
  const updated = ['updated_at', 'updatedAt', 'updated', 'modified_at', 'modifiedAt'].find((name) =>
    fields.has(name),
  );
  const field = created ?? updated;
  const pointer = field === undefined ? undefined : recordPropertiesOf(document, schema).get(field);
  const node = pointer === undefined ? undefined : objectOrEmpty(document.resolve(pointer)?.node);
  const unit = node && unitOf(node);
  return (
    unit && { unit, ...(created !== undefined && { created }), ...(updated !== undefined && { updated }) }
  );
}

function unitOf(
  node: Readonly<Record<string, unknown>>,
): 'seconds' | 'milliseconds' | 'date-time' | undefined {
  const types = Array.isArray(node.type) ? node.type : [node.type];
  if (types.includes('string')) return node.format === 'date-time' ? 'date-time' : undefined;
  if (!types.includes('integer') && !types.includes('number')) return undefined;
  const sample = [node.example, ...(Array.isArray(node.examples) ? node.examples : [])].find(
    (value) => typeof value === 'number',
  );
  return sample !== undefined && sample > 1e11 ? 'milliseconds' : 'seconds';
}
