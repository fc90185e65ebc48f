import { SparringError } from '../../../errors.ts';
import { childOf } from '../../../json/json-pointer.ts';
import type { RecordValue } from '../../../model/record.ts';
import { findResponse } from '../../../openapi/document/find-response.ts';
import type { Resource, ResourceAction } from '../../../openapi/infer/infer-resources.ts';
import type { BehaviourContext } from '../../../providers/model/provider.ts';
import { StoredRecord } from '../../../state/stored-record.ts';
import type { OpenSource } from './open-source.ts';

/** Ids that were deleted where nothing makes records, so that they are not made again. */
const deletedIds = '_deleted';
/** The parents of records that have no field for them. */
const links = '_links';
/** What stands for the id of the only record of its kind. */
const onlyId = 'self';

/** The id of the record that a request is about; undefined where any will do. */
export function keyOfRequest(
  { open }: OpenSource,
  action: ResourceAction,
  context: BehaviourContext,
): string | undefined {
  const { body, path, query } = context;
  const { key } = open;
  if (key.in === 'path') return String(path[key.parameter] ?? query[key.parameter] ?? '');
  if (key.in === 'parents')
    return action.parents.map(({ parameter }) => String(path[parameter])).join('/') || onlyId;
  if (key.in === 'first') return undefined;
  const value = key.keys.reduce<unknown>((part, name) => childOf(part, name), body);
  return value === undefined || value === null ? undefined : String(value);
}

/**
 * The record that a request is about. Where nothing makes records of its kind, one that fits is made of an id that is not
 * there; it is not kept before something is written to it.
 *
 * @throws SparringError `record-not-found`
 */
export function openRecord(source: OpenSource, context: BehaviourContext): StoredRecord {
  const { action } = source;
  const found = openRecordOrNone(source, context);
  if (found) return found;
  const id = keyOfRequest(source, action, context);
  throw notThere(id ?? '', action.resource.collection);
}

/** The same, but undefined where there is none. */
export function openRecordOrNone(source: OpenSource, context: BehaviourContext): StoredRecord | undefined {
  const { action, maker } = source;
  const { unit } = context;
  const { resource } = action;
  assertOpenParents(source, context);
  const id = keyOfRequest(source, action, context);
  const records = unit.collection(resource.collection);
  if (id === undefined) {
    const first = records.list().find((record) => belongsToParents(source, context, record));
    return (
      first ??
      (isInvented(source, resource)
        ? maker.madeOf(resource, onlyId, parentFields(source, context))
        : undefined)
    );
  }
  const record = records.get(id);
  if (record) return belongsToParents(source, context, record) || !hasFields(action) ? record : undefined;
  // What there is one of begins anew where the document does not say that it may be gone.
  const isAnew = resource.open?.kind === 'singleton' && !findResponse(action.operation, 404);
  if (!isAnew && !isMadeOf(source, context, resource, id)) return undefined;
  return maker.madeOf(resource, id, parentFields(source, context));
}

function hasFields({ parents }: ResourceAction): boolean {
  return parents.some(({ field }) => field !== undefined);
}

/** Whether records of a resource that are not there can be made of their ids. */
export function isInvented(
  { action, maker, open: own }: OpenSource,
  { collection, hidden, open }: Resource,
): boolean {
  if (open === undefined || hidden) return false;
  // Who calls a procedure has no path that lists ids, and any record will do for a path that names none.
  const isCalled = own.key.in === 'first' || (own.key.in === 'body' && action.operation.method === 'post');
  if (isCalled && collection === action.resource.collection) return true;
  return open.kind === 'singleton' || maker.isLenient({ open });
}

/** Whether a record that is not there is made of this id. */
function isMadeOf(source: OpenSource, context: BehaviourContext, resource: Resource, id: string): boolean {
  if (!isInvented(source, resource) || isDeleted(context, resource, id)) return false;
  // What only operations make has ids that are nobody's, and those who want a 404 write them so.
  return resource.open?.isCreated !== true || resource.open.kind === 'singleton' || !isNobodys(id);
}

/** An id that says itself that it is nobody's: `none`, `unknown`, zeros, nines, a number below 1, a UUID of one digit. */
export function isNobodys(id: string): boolean {
  return (
    /^(?:no|none|nope|nobody|nothing|null|unknown|missing|absent|invalid|wrong|bad|not[-_]?(?:there|found|known|here)|no[-_]?such.*|non[-_]?exist\w*|does[-_]?not[-_]?exist|404)$/i.test(
      id,
    ) ||
    /^(?:-\d+|0+|9{3,})$/.test(id) ||
    /^([0-9a-f])\1{7}-(?:\1{4}|[1-8]\1{3}|[89ab]\1{3})(?:-(?:\1{4}|[1-8]\1{3}|[89ab]\1{3})){2}-\1{12}$/i.test(
      id,
    )
  );
}

/** Puts a record that was perhaps only made of its id into its collection, with other content. */
export function keepRecord(
  { action }: OpenSource,
  { unit }: BehaviourContext,
  former: StoredRecord,
  value: RecordValue,
): StoredRecord {
  const records = unit.collection(action.resource.collection);
  unit.collection(deletedIds).delete(deletedKey(action.resource, former.id));
  return records.get(former.id) ? records.replace(former.id, value) : records.insert(former.id, value);
}

/** Deletes a record; one that nothing makes stays deleted. */
export function forgetRecord(source: OpenSource, { unit }: BehaviourContext, { id }: StoredRecord): void {
  const { resource } = source.action;
  unit.collection(resource.collection).delete(id);
  unit.collection(links).delete(linkKey(resource.collection, id));
  const key = deletedKey(resource, id);
  if (isInvented(source, resource) && !unit.collection(deletedIds).get(key))
    unit.collection(deletedIds).insert(key, { id: key });
}

function isDeleted({ unit }: BehaviourContext, resource: Resource, id: string): boolean {
  return unit.collection(deletedIds).get(deletedKey(resource, id)) !== undefined;
}

function deletedKey({ collection }: Resource, id: string): string {
  return `${collection}/${id}`;
}

/** Throws `record-not-found` where the path names a parent that is not there. */
export function assertOpenParents(source: OpenSource, context: BehaviourContext): void {
  const { action, model } = source;
  const { path, unit } = context;
  for (const { collection, parameter } of action.parents) {
    const resource = collection === undefined ? undefined : model.resources.get(collection);
    const id = String(path[parameter]);
    if (!resource || unit.collection(resource.collection).get(id)) continue;
    if (isMadeOf(source, context, resource, id)) continue;
    throw notThere(id, resource.collection);
  }
}

/** The fields of a record that say whose it is, as the path names them. */
export function parentFields({ action }: OpenSource, { path }: BehaviourContext): Record<string, unknown> {
  return Object.fromEntries(
    action.parents.flatMap(({ field, parameter }) => (field === undefined ? [] : [[field, path[parameter]]])),
  );
}

/** Whether a record is one of the parents that the path names: by its fields, else by where it was made or put. */
export function belongsToParents(
  source: OpenSource,
  context: BehaviourContext,
  record: StoredRecord,
): boolean {
  const { action, maker, model } = source;
  const { path, unit } = context;
  const { resource } = action;
  return action.parents.every(({ collection, field, parameter }) => {
    const id = String(path[parameter]);
    const linked = unit.collection(links).get(linkKey(resource.collection, record.id))?.value;
    const ids =
      linked && Object.hasOwn(linked, collection ?? parameter) ? linked[collection ?? parameter] : undefined;
    if (Array.isArray(ids) && ids.includes(id)) return true;
    const resourceOfParent = collection === undefined ? undefined : model.resources.get(collection);
    if (field !== undefined) {
      if (idWithin(record.value[field]) === id) return true;
      // A parent that is only made of its id has what was there before anybody made one.
      const isThere = collection === undefined || unit.collection(collection).get(id) !== undefined;
      const isMade = resourceOfParent
        ? isMadeOf(source, context, resourceOfParent, id)
        : collection === undefined;
      return (collection === undefined || !isThere) && isMade && maker.isSeeded(resource, record);
    }
    if (ids !== undefined) return false;
    // Nobody said whose it is: it is anybody's where nothing makes such records, else of parents that were there before.
    if (linked || !maker.isSeeded(resource, record)) return !linked && collection === undefined;
    const parent = collection === undefined ? undefined : unit.collection(collection).get(id);
    const parentResource = collection === undefined ? undefined : model.resources.get(collection);
    return (
      resource.open?.isCreated === false ||
      !parent ||
      !parentResource ||
      maker.isSeeded(parentResource, parent)
    );
  });
}

/** A record as the path's parents have it: theirs, also where it was there before them. */
export function asParents(source: OpenSource, context: BehaviourContext, record: StoredRecord): StoredRecord {
  const { action } = source;
  if (!action.parents.some(({ field }) => field !== undefined) || record.ordinal < 0) return record;
  const changed = action.parents.flatMap(({ field, parameter }) => {
    if (field === undefined || idWithin(record.value[field]) === String(context.path[parameter])) return [];
    return typeof record.value[field] === 'object' ? [] : [[field, context.path[parameter]]];
  });
  if (changed.length === 0) return record;
  return new StoredRecord(record.id, record.ordinal, { ...record.value, ...Object.fromEntries(changed) });
}

/** A field that names a record holds its id, or the record. */
function idWithin(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return String(childOf(value, 'id') ?? childOf(value, 'name') ?? '');
}

/** Notes whose a new record is where it has no field for that. */
export function linkToParents({ action }: OpenSource, context: BehaviourContext, id: string): void {
  for (const { collection, field, parameter } of action.parents)
    if (field === undefined)
      linkRecord(
        context,
        action.resource.collection,
        id,
        collection ?? parameter,
        String(context.path[parameter]),
        true,
      );
}

/** Makes a record a part of another one, or takes it away from it. */
export function linkRecord(
  { unit }: BehaviourContext,
  collection: string,
  id: string,
  parent: string,
  parentId: string,
  isPart: boolean,
): void {
  const records = unit.collection(links);
  const key = linkKey(collection, id);
  const former = records.get(key)?.value ?? { id: key };
  const ids = Array.isArray(former[parent]) ? former[parent].map(String) : [];
  const others = ids.filter((each) => each !== parentId);
  const value = { ...former, [parent]: isPart ? [...others, parentId] : others };
  if (records.get(key)) records.replace(key, value);
  else records.insert(key, value);
}

/** Changes whenever it may have changed who belongs to whom. */
export function linksVersion({ unit }: BehaviourContext): number {
  return unit.collection(links).version;
}

function linkKey(collection: string, id: string): string {
  return `${collection}/${id}`;
}

function notThere(id: string, collection: string): SparringError {
  if (id === onlyId)
    return new SparringError('record-not-found', `There is no ${collection}: it was deleted.`);
  return new SparringError('record-not-found', `There is no record "${id.slice(0, 100)}" in ${collection}.`);
}
