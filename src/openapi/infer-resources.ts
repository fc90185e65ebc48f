import type { ApiDocument, Operation, Pointer } from './document.ts';
import type { Action, ResourceExtension } from './extension.ts';
import { findItemSchema } from './infer-item-schema.ts';
import { inferList, type ListShape } from './infer-list.ts';
import { objectOrEmpty } from './is-object.ts';
import { propertiesOf, requiredOf } from './record-schema.ts';

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
  /** Path parameters that hold ids of other records, and the record's fields of the same meaning. */
  readonly parents: readonly { readonly parameter: string; readonly field: string }[];
  readonly list: ListShape | undefined;
  readonly update: 'merge' | 'replace';
  /** The status of a success. */
  readonly status: number;
  /** Where the record stands in the answer: keys of the envelope, none for a bare record; undefined for an answer without it. */
  readonly wrapper: readonly string[] | undefined;
  /** Why this was taken for that. */
  readonly why: string;
  readonly provenance: 'document' | 'inferred';
}

/** What a document's operations do, as far as it can be told. */
export interface ResourceModel {
  readonly resources: ReadonlyMap<string, Resource>;
  /** Undefined for an operation that is answered from examples. */
  actionOf(operation: Operation): ResourceAction | undefined;
}

interface PathFacts {
  readonly collection: string;
  /** The last parameter, when the path ends in it. */
  readonly idParameter: string | undefined;
  readonly parents: readonly string[];
}

/**
 * Infers resources from pairs of a collection path and an item path (`/customers`, `/customers/{id}`), the methods on them,
 * and the schemas of bodies and answers; `x-sparring` corrects. Where paths, methods and schemas disagree, nothing is inferred.
 */
export function inferResources(document: ApiDocument): ResourceModel {
  const declared = document.extension.resources ?? {};
  const resources = new Map<string, Resource>();
  const itemPaths = new Set(
    document.operations.flatMap(({ path }) => (factsOf(path)?.idParameter ? [collectionPath(path)] : [])),
  );
  const actions = new Map<Operation, ResourceAction | undefined>();

  for (const operation of document.operations) {
    const facts = factsOf(operation.path);
    const name = operation.extension.resource ?? facts?.collection;
    if (name === undefined || resources.has(name)) continue;
    const known = Object.hasOwn(declared, name) ? declared[name] : undefined;
    const item =
      known?.schema ?? (facts && findItemSchema(document, collectionPath(operation.path))?.pointer);
    if (known || (item !== undefined && facts && itemPaths.has(collectionPath(operation.path)))) {
      resources.set(name, resourceOf(document, name, item, facts, known));
    }
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

function resourceOf(
  document: ApiDocument,
  collection: string,
  schema: Pointer | undefined,
  facts: PathFacts | undefined,
  known: ResourceExtension | undefined,
): Resource {
  const fields = schema === undefined ? new Set<string>() : new Set(propertiesOf(document, schema).keys());
  const id = known?.id ?? inferId(fields, collection, facts?.idParameter);
  const timestamps = known?.timestamps ?? inferTimestamps(document, schema, fields);
  return { ...known, collection, schema, id, ...(timestamps && { timestamps }) };
}

/** The path's parameter where it names a field, else `id`, else the parameter without the resource's name before it (`petId`). */
function inferId(fields: ReadonlySet<string>, collection: string, parameter: string | undefined): string {
  if (parameter !== undefined && fields.has(parameter)) return parameter;
  if (fields.has('id') || parameter === undefined) return 'id';
  const singular = collection.replace(/s$/, '').replaceAll('-', '').toLowerCase();
  const stripped = parameter.toLowerCase().startsWith(singular)
    ? parameter.slice(singular.length).replace(/^[_-]/, '')
    : parameter;
  const candidate = `${stripped.slice(0, 1).toLowerCase()}${stripped.slice(1)}`;
  return fields.has(candidate) ? candidate : 'id';
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
  const pointer = field === undefined ? undefined : propertiesOf(document, schema).get(field);
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

function inferAction(
  document: ApiDocument,
  operation: Operation,
  resources: ReadonlyMap<string, Resource>,
): ResourceAction | undefined {
  const { extension } = operation;
  if (extension.action === 'none') return undefined;
  const facts = factsOf(operation.path);
  const resource = resources.get(extension.resource ?? facts?.collection ?? '');
  if (!resource || !facts || (resource.hidden && extension.action === undefined)) return undefined;
  const action = extension.action ?? actionByMethod(operation, facts);
  if (!action) return undefined;
  const answer = successOf(operation, extension.status);
  const schema = answer?.mediaTypes.find(({ name }) => /\bjson\b/.test(name))?.schema;
  const fields =
    resource.schema === undefined
      ? new Set<string>()
      : new Set(propertiesOf(document, resource.schema).keys());
  const list =
    action === 'list' && schema !== undefined ? inferList(document, operation, schema, fields) : undefined;
  if (action === 'list' && !list) return undefined;
  const wrapper =
    schema === undefined || action === 'list' ? undefined : findWrapper(document, schema, resource, 0);
  if (!wrapper && (action === 'create' || action === 'read' || (action === 'update' && schema !== undefined)))
    return undefined;
  const declared = extension.action !== undefined || extension.resource !== undefined;
  return {
    operation,
    resource,
    action,
    idParameter: facts.idParameter,
    parents: facts.parents.flatMap((parameter) =>
      fields.has(parameter) ? [{ parameter, field: parameter }] : [],
    ),
    list,
    update: extension.update ?? (operation.method === 'put' ? 'replace' : 'merge'),
    status: statusOf(answer?.status, action),
    wrapper,
    why: declared ? 'x-sparring says so' : whyOf(operation, action, resource),
    provenance: declared ? 'document' : 'inferred',
  };
}

function actionByMethod({ method }: Operation, { idParameter }: PathFacts): Action | undefined {
  if (idParameter === undefined) return method === 'get' ? 'list' : method === 'post' ? 'create' : undefined;
  if (method === 'get') return 'read';
  if (method === 'delete') return 'delete';
  return method === 'patch' || method === 'put' ? 'update' : undefined;
}

function whyOf({ method, path }: Operation, action: Action, { collection, schema }: Resource): string {
  return `${method.toUpperCase()} on ${path} with ${schema?.split('/').at(-1) ?? collection} is ${action}`;
}

function successOf({ responses }: Operation, status: number | undefined) {
  if (status !== undefined) return responses.find((response) => response.status === String(status));
  return responses.find((response) => /^2(\d\d|XX)$/.test(response.status));
}

function statusOf(declared: string | undefined, action: Action): number {
  if (declared !== undefined && /^\d+$/.test(declared)) return Number(declared);
  return action === 'create' ? 201 : 200;
}

/** Keys that lead from the answer to a record of the resource; a subset of its fields counts, as `{ id }` for a deleted one. */
function findWrapper(
  document: ApiDocument,
  pointer: Pointer,
  resource: Resource,
  depth: number,
): readonly string[] | undefined {
  const at = document.resolve(pointer)?.pointer;
  if (at === undefined || resource.schema === undefined || depth > 2) return undefined;
  if (at === document.resolve(resource.schema)?.pointer) return [];
  const fields = propertiesOf(document, resource.schema);
  const properties = propertiesOf(document, at);
  const isSubset =
    properties.has(resource.id) && [...requiredOf(document, at)].every((name) => fields.has(name));
  if (isSubset) return [];
  for (const [name, below] of properties) {
    const path = findWrapper(document, below, resource, depth + 1);
    if (path) return [name, ...path];
  }
  return undefined;
}

/** What a path template says: `/a/{b}/c/{d}` is an item of `c`, below the `a` that `b` names. */
function factsOf(path: string): PathFacts | undefined {
  const segments = path.split('/').filter((segment) => segment !== '');
  const last = segments.at(-1);
  if (last === undefined) return undefined;
  const idParameter = /^\{([^{}]+)\}$/.exec(last)?.[1];
  const collection = idParameter === undefined ? last : segments.at(-2);
  if (collection === undefined || collection.includes('{')) return undefined;
  const outer = segments.slice(0, idParameter === undefined ? -1 : -2);
  return {
    collection,
    idParameter,
    parents: outer.flatMap((segment) => /^\{([^{}]+)\}$/.exec(segment)?.[1] ?? []),
  };
}

function collectionPath(path: string): string {
  return path.replace(/\/+$/, '').replace(/\/\{[^{}/]+\}$/, '');
}
