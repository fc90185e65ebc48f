import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument, Operation, ResponseDefinition } from '../document/document.ts';
import type { Action } from '../document/extension.ts';
import { declaresSuccess } from '../document/find-response.ts';
import { recordPropertiesOf, requiredPropertiesOf } from '../document/record-properties.ts';
import { structuredContent } from '../document/structured-content.ts';
import { inferList } from './infer-list.ts';
import { fieldOfParent, type PathFacts, pathFactsOf } from './path-facts.ts';
import type { Resource, ResourceAction } from './resource-model.ts';

/** What an operation does to which of the resources; undefined where path, method and schemas do not agree on it. */
export function inferAction(
  document: ApiDocument,
  operation: Operation,
  resources: ReadonlyMap<string, Resource>,
): ResourceAction | undefined {
  const { extension } = operation;
  if (extension.action === 'none' || extension.action === 'token') return undefined;
  const facts = pathFactsOf(operation.path);
  const resource = resources.get(extension.resource ?? facts?.collection ?? '');
  if (!resource || !facts || (resource.hidden && extension.action === undefined)) return undefined;
  const action = extension.action ?? actionByMethod(operation, facts);
  if (!action) return undefined;
  const answer = successOf(operation, extension.status);
  const schema = structuredContent(answer?.mediaTypes);
  const fields = fieldsOf(document, resource.schema);
  const list =
    action === 'list' && schema !== undefined
      ? inferList(document, operation, schema, propertiesAt(document, resource.schema))
      : undefined;
  const wrapper =
    schema === undefined || action === 'list' ? undefined : findWrapper(document, schema, resource, 0);
  if (!agrees(document, { operation, action, schema, answer, fields }, list ?? wrapper)) return undefined;
  const declared = extension.action !== undefined || extension.resource !== undefined;
  return {
    operation,
    resource,
    action,
    idParameter: facts.idParameter,
    parents: parentsOf(document, facts, fields, resources),
    list,
    update: extension.update ?? (operation.method === 'put' ? 'replace' : 'merge'),
    status: statusOf(answer, action),
    schema,
    wrapper,
    bodyWrapper: findBodyWrapper(document, operation, fields),
    why: declared ? 'x-sparring says so' : whyOf(operation, action, resource),
    provenance: declared ? 'document' : 'inferred',
  };
}

function fieldsOf(document: ApiDocument, schema: Pointer | undefined): ReadonlySet<string> {
  return new Set(propertiesAt(document, schema).keys());
}

function propertiesAt(document: ApiDocument, schema: Pointer | undefined): ReadonlyMap<string, Pointer> {
  return schema === undefined ? new Map() : recordPropertiesOf(document, schema);
}

/** The one property of a body whose own properties are fields of the record, as in `{ article: { title, body } }`. */
function findBodyWrapper(
  document: ApiDocument,
  { requestBody }: Operation,
  fields: ReadonlySet<string>,
): string | undefined {
  const schema = requestBody?.mediaTypes[0]?.schema;
  const [only, ...others] = schema === undefined ? [] : recordPropertiesOf(document, schema);
  if (!only || others.length > 0 || fields.has(only[0])) return undefined;
  const inner = [...recordPropertiesOf(document, only[1]).keys()];
  return inner.some((name) => fields.has(name)) ? only[0] : undefined;
}

function actionByMethod({ method }: Operation, { idParameter }: PathFacts): Action | undefined {
  if (idParameter === undefined) return method === 'get' ? 'list' : method === 'post' ? 'create' : undefined;
  if (method === 'get') return 'read';
  if (method === 'delete') return 'delete';
  return method === 'patch' || method === 'put' ? 'update' : undefined;
}

interface Candidate {
  readonly operation: Operation;
  readonly action: Action;
  readonly schema: Pointer | undefined;
  readonly answer: ResponseDefinition | undefined;
  readonly fields: ReadonlySet<string>;
}

/** Whether the answer's schema has a place for what the action answers; creating may answer nothing when its body is a record. */
function agrees(
  document: ApiDocument,
  { action, answer, fields, operation, schema }: Candidate,
  place: unknown,
): boolean {
  if (place !== undefined || action === 'delete') return true;
  if (action === 'update') return schema === undefined;
  if (action !== 'create' || (answer ? answer.mediaTypes.length > 0 : declaresSuccess(operation)))
    return false;
  const body = fieldsOf(document, operation.requestBody?.mediaTypes[0]?.schema);
  return body.size > 0 && [...body].every((name) => fields.has(name));
}

function whyOf({ method, path }: Operation, action: Action, { collection, schema }: Resource): string {
  return `${method.toUpperCase()} on ${path} with ${schema?.split('/').at(-1) ?? collection} is ${action}`;
}

/** The first success, else what `default` shows. */
function successOf({ responses }: Operation, status: number | undefined): ResponseDefinition | undefined {
  if (status !== undefined) return responses.find((response) => response.status === String(status));
  return (
    responses.find((response) => /^2(\d\d|XX)$/i.test(response.status)) ??
    responses.find((response) => response.status === 'default')
  );
}

function statusOf(answer: ResponseDefinition | undefined, action: Action): number {
  if (answer !== undefined && /^\d+$/.test(answer.status)) return Number(answer.status);
  return action === 'create' ? 201 : 200;
}

/** The parents whose ids the records hold; they must exist where the API has a way to make them. */
function parentsOf(
  document: ApiDocument,
  { parents }: PathFacts,
  fields: ReadonlySet<string>,
  resources: ReadonlyMap<string, Resource>,
): ResourceAction['parents'] {
  return parents.map((parent) => {
    const { collection = '', collectionPath, parameter } = parent;
    const isMade = document.operations.some(
      ({ method, path }) => method === 'post' && path.replace(/\/+$/, '') === collectionPath,
    );
    return {
      parameter,
      field: fieldOfParent(parent, fields),
      collection: isMade && resources.has(collection) ? collection : undefined,
    };
  });
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
  const fields = recordPropertiesOf(document, resource.schema);
  const properties = recordPropertiesOf(document, at);
  if (
    properties.has(resource.id) &&
    [...requiredPropertiesOf(document, at)].every((name) => fields.has(name))
  )
    return [];
  for (const [name, below] of properties) {
    const path = findWrapper(document, below, resource, depth + 1);
    if (path) return [name, ...path];
  }
  return undefined;
}
