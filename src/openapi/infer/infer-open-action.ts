import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument, Operation } from '../document/document.ts';
import { listItemsAt, schemaFields, schemaTypes } from '../document/schema-fields.ts';
import { inferList } from './infer-list.ts';
import type { OpenGroup, OpenGroups } from './infer-open-resources.ts';
import type { ActionEffect, AnswerPart, RecordKey } from './open-action.ts';
import { fieldOfParent, type PathParent } from './path-facts.ts';
import { listOfAnswer, type PlacedOperation } from './path-groups.ts';
import { plainName } from './plain-name.ts';
import { type FoundList, listStep, listsWithin, placeOfRecord } from './record-place.ts';
import type { ParentReference, Resource, ResourceAction } from './resource-model.ts';
import { structuredSchema, successResponse } from './structured-schema.ts';

/** What an operation is taken for, before its answer and body are looked at. */
interface Role {
  readonly action: ResourceAction['action'];
  readonly resource: Resource;
  readonly key: RecordKey;
  readonly effect?: ActionEffect;
}

interface Source {
  readonly document: ApiDocument;
  readonly operation: Operation;
  readonly placed: PlacedOperation;
  readonly groups: OpenGroups;
}

/** What an operation of a document of one's own does; undefined where it is answered from examples. */
export function inferOpenAction(
  document: ApiDocument,
  operation: Operation,
  groups: OpenGroups,
  resources: ReadonlyMap<string, Resource>,
): ResourceAction | undefined {
  const found = groups.placeOf(operation);
  if (!found) return undefined;
  const source = { document, operation, placed: found.placed, groups };
  const group = groups.byKey.get(found.group.key);
  const told = toldRole(source, resources);
  const role = told ?? (group ? roleIn(source, group) : roleBeside(source, found.group.key));
  if (!role || role.resource.hidden) return undefined;
  return actionOf(source, role, told !== undefined);
}

/** What the extension says of it. */
function toldRole(
  { operation, placed, groups }: Source,
  resources: ReadonlyMap<string, Resource>,
): Role | undefined {
  const { action, resource: name, sets } = operation.extension;
  if (action === undefined || action === 'none' || action === 'token') return undefined;
  const near = groups.byKey.get(placed.place.collectionKey) ?? parentGroup(placed, groups);
  const resource = name === undefined ? near?.resource : resources.get(name);
  if (!resource) return undefined;
  const parameter = placed.place.idParameter ?? placed.place.parents.at(-1)?.parameter;
  const key: RecordKey = parameter === undefined ? { in: 'parents' } : { in: 'path', parameter };
  if (action === 'update' && sets !== undefined)
    return { action: 'action', resource, key, effect: { kind: 'move', verb: '' } };
  return { action, resource, key };
}

/** The group of the last record that a path names before its end. */
function parentGroup({ place }: PlacedOperation, groups: OpenGroups): OpenGroup | undefined {
  const parent = place.parents.at(-1);
  return parent && groups.byKey.get(parent.key);
}

const byMethod: Readonly<Record<string, ResourceAction['action']>> = {
  get: 'read',
  head: 'read',
  put: 'update',
  patch: 'update',
  post: 'update',
  delete: 'delete',
};

/** The role of an operation at a place of records, or at one of its items. */
function roleIn(source: Source, { kind, resource }: OpenGroup): Role | undefined {
  const { document, operation, placed } = source;
  const { called, place } = placed;
  const { method } = operation;
  if (place.idParameter !== undefined) {
    const key: RecordKey = { in: 'path', parameter: place.idParameter };
    if (place.verb !== undefined)
      return method === 'get'
        ? undefined
        : { action: 'action', resource, key, effect: { kind: 'move', verb: place.verb } };
    const action = byMethod[method];
    if (action === 'read' && isForeignList(source, resource)) return undefined;
    return action && { action, resource, key };
  }
  if (kind === 'singleton') {
    const key: RecordKey = { in: 'parents' };
    if (method !== 'post') return byMethod[method] && { action: byMethod[method] ?? 'read', resource, key };
    const shares = bodyOverlap(source, resource) > 0;
    return { action: shares ? 'update' : 'action', resource, key };
  }
  if (called !== undefined) return calledRole(source, resource, called);
  if (method === 'post') return { action: 'create', resource, key: { in: 'parents' } };
  if (method === 'delete')
    return { action: 'action', resource, key: { in: 'parents' }, effect: { kind: 'clear' } };
  if (method === 'put' || method === 'patch')
    return (
      updateByBody(source, resource) ??
      (method === 'put' ? { action: 'create', resource, key: { in: 'parents' } } : undefined)
    );
  const list = listOf(document, operation, resource, true);
  return list ? { action: 'list', resource, key: { in: 'parents' } } : undefined;
}

/** Whether an item answers a list of something else. */
function isForeignList({ document, operation }: Source, resource: Resource): boolean {
  const schema = structuredSchema(successResponse(operation, undefined));
  if (schema === undefined) return true;
  return listItemsAt(document, schema) !== undefined && placeIn(document, schema, resource) === undefined;
}

/** An update of the record whose id stands in the body. */
function updateByBody({ document, operation }: Source, resource: Resource): Role | undefined {
  const schema = structuredSchema(operation.requestBody);
  const idAt = resource.open?.idAt ?? [resource.id];
  const keys = schema === undefined ? undefined : idKeysOf(document, schema, resource, idAt);
  return keys && { action: 'update', resource, key: { in: 'body', keys } };
}

function idKeysOf(
  document: ApiDocument,
  schema: Pointer,
  { collection }: Resource,
  idAt: readonly string[],
): readonly string[] | undefined {
  const [first = 'id'] = idAt;
  const fields = schemaFields(document, schema);
  if (fields.has(first)) return idAt;
  const one = plainName(collection).replace(/ies$/, 'y').replace(/s$/, '');
  const named = [...fields.keys()].find((name) => plainName(name) === `${one}id`);
  return named === undefined ? undefined : [named];
}

/** The role of a procedure, such as `POST /item/get`. */
function calledRole(source: Source, resource: Resource, called: PlacedOperation['called']): Role | undefined {
  const { document, operation, placed } = source;
  if (called === 'create') return { action: 'create', resource, key: { in: 'parents' } };
  const isList = called === 'list' || (called === 'read' && placeOfOne(source, resource) === undefined);
  if (isList && listOf(document, operation, resource, true))
    return { action: 'list', resource, key: { in: 'parents' } };
  const schema = structuredSchema(operation.requestBody);
  const inBody =
    schema === undefined ? undefined : idKeysOf(document, schema, resource, resource.open?.idAt ?? []);
  const inQuery = operation.parameters.find(
    ({ in: at, name }) => at === 'query' && /^(?:id|.*_id|.*Id)$/.test(name),
  );
  const bound = schema === undefined ? undefined : boundKey(document, schema);
  const key: RecordKey = inBody
    ? { in: 'body', keys: inBody }
    : inQuery
      ? { in: 'path', parameter: inQuery.name }
      : bound
        ? { in: 'body', keys: [bound] }
        : { in: 'first' };
  if (called === 'other')
    return { action: 'action', resource, key, effect: { kind: 'move', verb: placed.place.verb ?? '' } };
  return { action: called === 'list' ? 'read' : (called ?? 'read'), resource, key };
}

/** Where an answer shows one record. */
function placeOfOne({ document, operation }: Source, resource: Resource): readonly string[] | undefined {
  const schema = structuredSchema(successResponse(operation, undefined));
  const keys = schema === undefined ? undefined : placeIn(document, schema, resource);
  return keys?.includes(listStep) ? undefined : keys;
}

/** A token of the body that a record belongs to, where a procedure names no id. */
function boundKey(document: ApiDocument, schema: Pointer): string | undefined {
  return [...schemaFields(document, schema).keys()].find((name) => /^access_?token$|(?:_id|Id)$/i.test(name));
}

/** The role of an operation below a record, or beside the items of a collection, that is no place of records itself. */
function roleBeside(source: Source, groupKey: string): Role | undefined {
  const { groups, operation, placed } = source;
  const { method } = operation;
  const { collection, collectionKey, idParameter, parents } = placed.place;
  if (idParameter !== undefined) return associationRole(source, groupKey);
  const parent = parentGroup(placed, groups);
  const last = parents.at(-1);
  const linked = method === 'get' && last ? listedElsewhere(source) : undefined;
  if (linked) return linked;
  if (last && collectionKey.startsWith(`${last.key}/{}/`)) {
    if (parent) return roleBelow(source, parent, last.parameter);
    if (method === 'get' || answersOther(source)) return undefined;
    return {
      action: 'action',
      resource: { collection: last.collection, id: 'id', schema: undefined },
      key: { in: 'path', parameter: last.parameter },
    };
  }
  const names = collectionKey.split('/');
  for (let length = names.length - 1; length > 1 && length >= names.length - 2; length -= 1) {
    const base = groups.byKey.get(names.slice(0, length).join('/'));
    if (base) return roleOfName(source, base, collection);
  }
  return undefined;
}

/** Whether a success shows something that is no record. */
function answersOther({ document, operation }: Source): boolean {
  const schema = structuredSchema(successResponse(operation, undefined));
  return schema !== undefined && schemaFields(document, schema).size > 0;
}

/** `PUT /deals/{id}/contacts/{contact}` makes neither of them. */
function associationRole({ groups, operation, placed }: Source, groupKey: string): Role | undefined {
  const { collection, idParameter = '' } = placed.place;
  const parent = parentGroup(placed, groups);
  const own = groups.named(collection).find(({ key }) => key !== groupKey);
  const kind = operation.method === 'delete' ? 'unlink' : 'link';
  if (!own || (operation.method === 'get' && own)) return undefined;
  return {
    action: 'action',
    resource: parent?.resource ?? own.resource,
    key: { in: 'path', parameter: placed.place.parents.at(-1)?.parameter ?? idParameter },
    effect: { kind, collection: own.resource.collection, parameter: idParameter },
  };
}

/** The list of a record's parts that are kept elsewhere: `GET /deals/{id}/contacts` beside `PUT /deals/{id}/contacts/{contact}`. */
function listedElsewhere({ document, groups, operation, placed }: Source): Role | undefined {
  const [own] = groups.named(placed.place.collection);
  return own && listOf(document, operation, own.resource, false)
    ? { action: 'list', resource: own.resource, key: { in: 'parents' } }
    : undefined;
}

/** What is done to a record, or shown of it, below its path: `/orders/{id}/cancel`, `/consents/{id}/status`. */
function roleBelow(source: Source, { resource }: OpenGroup, parameter: string): Role | undefined {
  const { document, operation, placed } = source;
  const { method } = operation;
  const key: RecordKey = { in: 'path', parameter };
  const schema = structuredSchema(successResponse(operation, undefined));
  if (method === 'get')
    return showsPart(document, schema, resource) ? { action: 'read', resource, key } : undefined;
  const types = operation.requestBody?.mediaTypes.map(({ name }) => name) ?? [];
  const uploads = types.length > 0 && types.every((name) => /^(?:multipart|image|audio|video)\//.test(name));
  if (uploads || method === 'delete' || /\/relationships\//.test(placed.place.key)) return undefined;
  const isRecord = schema !== undefined && placeIn(document, schema, resource) !== undefined;
  const own = resource.schema === undefined ? [] : [...schemaFields(document, resource.schema).keys()];
  if (isRecord && own.some((name) => plainName(name) === plainName(placed.place.collection)))
    return { action: 'update', resource, key };
  // What is made and never shown is no state of the record.
  if (!isRecord && operation.responses.some(({ status }) => status === '201')) return undefined;
  const verb = placed.place.verb ?? placed.place.collection;
  return { action: 'action', resource, key, effect: { kind: 'move', verb } };
}

/** Whether all that an answer shows are fields of the record. */
function showsPart(document: ApiDocument, schema: Pointer | undefined, resource: Resource): boolean {
  if (schema === undefined || resource.schema === undefined || listItemsAt(document, schema) !== undefined)
    return false;
  if (document.resolve(schema)?.pointer === document.resolve(resource.schema)?.pointer) return true;
  const shown = schemaFields(document, schema);
  const own = schemaFields(document, resource.schema);
  const common = [...shown.keys()].filter((name) => own.has(name) && !/^_?links?$/i.test(name));
  return common.length > 0 && (common.length === shown.size || common.length >= 2 || isStatus(common[0]));
}

function isStatus(name: string | undefined): boolean {
  return name !== undefined && /(?:status|state)$/i.test(name);
}

/** What a name beside the items of a collection stands for: `/users/me`, `/contacts/search`, `/contacts/batch/create`. */
function roleOfName(source: Source, base: OpenGroup, name: string): Role | undefined {
  const { document, operation } = source;
  const { method } = operation;
  const { resource } = base;
  const schema = structuredSchema(successResponse(operation, undefined));
  const place = schema === undefined ? undefined : placeIn(document, schema, resource);
  const isRecord = place !== undefined && !place.includes(listStep);
  if (base.kind === 'singleton')
    return method === 'post' || isRecord ? { action: 'action', resource, key: { in: 'parents' } } : undefined;
  if (base.whole.some(({ called }) => called !== undefined)) return roleOfCall(source, base, name, isRecord);
  if (method === 'get') {
    if (isRecord) return { action: 'read', resource, key: { in: 'first' } };
    return listOf(document, operation, resource, false)
      ? { action: 'list', resource, key: { in: 'parents' } }
      : undefined;
  }
  if (method !== 'post' && method !== 'patch' && method !== 'put') return undefined;
  const many = manyIn(source, resource, name);
  if (many) return { action: 'action', resource, key: { in: 'parents' }, effect: many };
  if (listOf(document, operation, resource, false))
    return { action: 'list', resource, key: { in: 'parents' } };
  if (!isRecord) return undefined;
  if (method === 'post' && /^(?:register|sign-?up|new|create|add|upload|import)$/i.test(name))
    return { action: 'create', resource, key: { in: 'parents' } };
  return { action: 'action', resource, key: { in: 'first' } };
}

/** The role of a procedure whose name is no usual verb, or is about a part of a record: `/payment/cancel`, `/item/webhook/update`. */
function roleOfCall(
  source: Source,
  { resource }: OpenGroup,
  name: string,
  isRecord: boolean,
): Role | undefined {
  const { called, place } = source.placed;
  if (called !== undefined)
    return isRecord || listOf(source.document, source.operation, resource, false)
      ? calledRole(source, resource, called)
      : undefined;
  if (!participlesHave(resource, source.document, name)) return undefined;
  const role = calledRole(source, resource, 'other');
  return role && { ...role, effect: { kind: 'move', verb: place.verb ?? name } };
}

/** Whether a name is a verb that changes what a record is in. */
function participlesHave(resource: Resource, document: ApiDocument, name: string): boolean {
  return (
    resource.schema !== undefined && isMove.test(name) && schemaFields(document, resource.schema).size > 0
  );
}

const isMove =
  /^(?:cancel|void|activate|deactivate|enable|disable|suspend|pause|resume|start|stop|complete|finish|reject|decline|deny|approve|accept|confirm|publish|unpublish|archive|unarchive|restore|close|resolve|reopen|open|pay|capture|refund|settle|ship|dispatch|send|deliver|return|submit|verify|lock|unlock|block|unblock|ban|revoke|expire|finalize)$/i;

/** What is done to several records at once. */
function manyIn({ document, operation }: Source, resource: Resource, name: string): ActionEffect | undefined {
  const schema = structuredSchema(operation.requestBody);
  if (schema === undefined || !/batch|bulk|many/i.test(operation.path)) return undefined;
  const [list] = listsWithin(document, schema);
  if (!list) return undefined;
  if (/delete|archive|remove/i.test(name)) return { kind: 'delete-many', keys: list.keys };
  return /update|upsert|read|get/i.test(name) || resource.schema === undefined
    ? undefined
    : { kind: 'create-many', keys: list.keys };
}

function actionOf(source: Source, role: Role, isTold: boolean): ResourceAction | undefined {
  const { document, operation, placed } = source;
  const { action, effect, key, resource } = role;
  const { extension } = operation;
  const answer = successResponse(
    operation,
    extension.status,
    action === 'create' || makesRecord(operation, action),
  );
  const schema = structuredSchema(answer);
  const found =
    action === 'list' && schema !== undefined ? listOf(document, operation, resource, true) : undefined;
  const list = found && schema !== undefined ? listShape(source, schema, resource, found) : undefined;
  if (action === 'list' && !list) return undefined;
  const part = partOf(document, schema, resource);
  if (action === 'read' && part.kind === 'nothing' && resource.schema !== undefined) return undefined;
  return {
    operation,
    resource,
    action,
    idParameter: key.in === 'path' ? key.parameter : undefined,
    parents: parentsOf(source, resource, key),
    list,
    update: extension.update ?? updateOf(document, operation, resource),
    status: statusOf(answer?.status, action),
    schema,
    wrapper: part.kind === 'record' ? part.keys : undefined,
    bodyWrapper: undefined,
    why: isTold ? 'x-sparring says so' : whyOf(operation, placed, role),
    provenance: isTold ? 'document' : 'inferred',
    open: {
      key,
      answer: part,
      body: bodyPlace(document, operation, resource),
      under: fieldOfBody(document, operation, resource),
      effect,
      items: found?.items,
      creates:
        action === 'update' &&
        operation.method === 'put' &&
        (makesRecord(operation, action) || resource.open?.kind === 'singleton'),
    },
  };
}

/** A PUT that declares 201, or whose collection nothing else fills, makes what is not there. */
function makesRecord(operation: Operation, action: ResourceAction['action']): boolean {
  return action === 'update' && operation.responses.some(({ status }) => status === '201');
}

function statusOf(status: string | undefined, action: ResourceAction['action']): number {
  if (status !== undefined && /^\d+$/.test(status)) return Number(status);
  return action === 'create' ? 201 : 200;
}

/** PUT replaces, unless its body can say nothing of the record as a whole. */
function updateOf(document: ApiDocument, operation: Operation, resource: Resource): 'merge' | 'replace' {
  if (operation.method !== 'put') return 'merge';
  const schema = structuredSchema(operation.requestBody);
  if (schema === undefined || resource.schema === undefined) return 'replace';
  const node = document.resolve<{ readonly required?: unknown }>(schema)?.node;
  const isOptional = !Array.isArray(node?.required) || node.required.length === 0;
  const isOwn = document.resolve(schema)?.pointer === document.resolve(resource.schema)?.pointer;
  return isOptional && !isOwn ? 'merge' : 'replace';
}

function listOf(document: ApiDocument, operation: Operation, resource: Resource, isSure: boolean) {
  const schema = structuredSchema(successResponse(operation, undefined));
  const record = resource.schema === undefined ? undefined : document.resolve(resource.schema)?.pointer;
  const found = listOfAnswer(document, schema, resource.collection, isSure, record);
  if (isSure || !found) return found;
  return isAlike(document, found.items, resource) ? found : undefined;
}

function listShape({ document, operation }: Source, schema: Pointer, resource: Resource, found: FoundList) {
  const fields = resource.schema === undefined ? new Map() : schemaFields(document, resource.schema);
  return inferList(document, operation, schema, fields, found);
}

/** Where the record stands in an answer: its own schema, else one that has its id and asks for nothing but its fields. */
function placeIn(document: ApiDocument, schema: Pointer, resource: Resource): readonly string[] | undefined {
  const record = resource.schema === undefined ? undefined : document.resolve(resource.schema)?.pointer;
  if (record === undefined) return undefined;
  return (
    placeOfRecord(document, schema, (pointer) => pointer === record) ??
    placeOfRecord(document, schema, (pointer) => isAlike(document, pointer, resource))
  );
}

/** Whether a schema shows the same thing as a resource's, as far as names can tell. */
function isAlike(document: ApiDocument, pointer: Pointer, resource: Resource): boolean {
  if (resource.schema === undefined) return false;
  if (document.resolve(pointer)?.pointer === document.resolve(resource.schema)?.pointer) return true;
  const shown = schemaFields(document, pointer);
  const own = schemaFields(document, resource.schema);
  const [id = resource.id] = resource.open?.idAt ?? [];
  if (!shown.has(id) || shown.size < 2) return false;
  const common = [...shown.keys()].filter((name) => own.has(name)).length;
  return common / shown.size > 0.5;
}

function partOf(document: ApiDocument, schema: Pointer | undefined, resource: Resource): AnswerPart {
  if (schema === undefined) return { kind: 'nothing' };
  const keys = placeIn(document, schema, resource);
  if (keys) return { kind: 'record', keys };
  const types = schemaTypes(document, schema);
  const isScalar = types.size > 0 && !types.has('object') && !types.has('array');
  return isScalar ? { kind: 'id' } : { kind: 'fields' };
}

/** Keys that lead from a body to the fields of the record. */
function bodyPlace(document: ApiDocument, { requestBody }: Operation, resource: Resource): readonly string[] {
  const schema = structuredSchema(requestBody);
  if (schema === undefined || resource.schema === undefined) return [];
  const own = schemaFields(document, resource.schema);
  const items = listItemsAt(document, schema);
  if (items !== undefined) return overlap(document, items, own) > 0 ? [listStep] : [];
  const pointer = document.resolve(schema)?.pointer;
  if (pointer === document.resolve(resource.schema)?.pointer) return [];
  const fields = [...schemaFields(document, schema)];
  const [only] = fields;
  if (overlap(document, schema, own) > 0 && !(fields.length === 1 && isInner(document, only?.[1], own)))
    return [];
  for (const [name, at] of fields) {
    const list = listItemsAt(document, at);
    if (overlap(document, list ?? at, own) > 0) return list === undefined ? [name] : [name, listStep];
  }
  return [];
}

/** The field of a record whose schema is the body's, as the command in what tells of a command. */
function fieldOfBody(
  document: ApiDocument,
  { requestBody }: Operation,
  resource: Resource,
): string | undefined {
  const schema = structuredSchema(requestBody);
  const body = schema === undefined ? undefined : document.resolve(schema)?.pointer;
  if (
    body === undefined ||
    resource.schema === undefined ||
    body === document.resolve(resource.schema)?.pointer
  )
    return undefined;
  return [...schemaFields(document, resource.schema)].find(
    ([, at]) => document.resolve(at)?.pointer === body,
  )?.[0];
}

function isInner(document: ApiDocument, at: Pointer | undefined, own: ReadonlyMap<string, Pointer>): boolean {
  return at !== undefined && overlap(document, at, own) > 1;
}

function overlap(document: ApiDocument, schema: Pointer, own: ReadonlyMap<string, Pointer>): number {
  return [...schemaFields(document, schema).keys()].filter((name) => own.has(name)).length;
}

function bodyOverlap({ document, operation }: Source, resource: Resource): number {
  const schema = structuredSchema(operation.requestBody);
  if (schema === undefined || resource.schema === undefined) return 0;
  return overlap(document, schema, schemaFields(document, resource.schema));
}

function parentsOf(
  { document, groups, placed }: Source,
  resource: Resource,
  key: RecordKey,
): readonly ParentReference[] {
  const fields = new Set(resource.schema === undefined ? [] : schemaFields(document, resource.schema).keys());
  return placed.place.parents
    .filter(({ parameter }) => key.in !== 'path' || key.parameter !== parameter)
    .map((parent) => {
      const asFacts: PathParent = {
        parameter: parent.parameter,
        collection: parent.collection,
        collectionPath: parent.key,
      };
      return {
        parameter: parent.parameter,
        field: fieldOfParent(asFacts, fields),
        collection: groups.byKey.get(parent.key)?.resource.collection,
      };
    });
}

function whyOf({ method, path }: Operation, { place }: PlacedOperation, { action, resource }: Role): string {
  const what = `${method.toUpperCase()} on ${path} with ${resource.schema?.split('/').at(-1) ?? resource.collection}`;
  return place.verb === undefined
    ? `${what} is ${action}`
    : `${what} is ${action}, which ${place.verb} asks for`;
}
