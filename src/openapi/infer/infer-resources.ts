import { objectOrEmpty } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument, Method, Operation } from '../document/document.ts';
import type { Action, ResourceExtension } from '../document/extension.ts';
import { recordPropertiesOf } from '../document/record-properties.ts';
import { type CollectionOperations, indexCollections } from './collection-operations.ts';
import { inferAction } from './infer-action.ts';
import { inferItemSchema } from './infer-item-schema.ts';
import { inferOpenResources } from './infer-open-resources.ts';
import { inferTimestamps } from './infer-timestamps.ts';
import { isOpen } from './is-open.ts';
import { idFieldIn, type PathFacts, pathFactsOf } from './path-facts.ts';
import type { Resource, ResourceAction, ResourceModel } from './resource-model.ts';

export type { Resource, ResourceAction, ResourceModel } from './resource-model.ts';

/**
 * Infers resources from pairs of a collection path and an item path (`/customers`, `/customers/{id}`), the methods on them,
 * and the schemas of bodies and answers; `x-sparring` corrects. Where paths, methods and schemas disagree, nothing is inferred.
 */
export function inferResources(document: ApiDocument): ResourceModel {
  if (isOpen(document)) return inferOpenResources(document);
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
