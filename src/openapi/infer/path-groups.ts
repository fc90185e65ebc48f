import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument, Operation } from '../document/document.ts';
import { listItemsAt, schemaFields, schemaTypes } from '../document/schema-fields.ts';
import { endsInVerb, type PathPlace, pathPlaceOf } from './path-place.ts';
import { plainName } from './plain-name.ts';
import { type FoundList, listsWithin } from './record-place.ts';
import { structuredSchema, successResponse } from './structured-schema.ts';

/** An operation and where its path puts it. */
export interface PlacedOperation {
  readonly operation: Operation;
  readonly place: PathPlace;
  /** The action that a verb in its path names, in the words of methods. */
  readonly called: CalledAs | undefined;
}

export type CalledAs = 'create' | 'list' | 'read' | 'update' | 'delete' | 'other';

/** The operations at one path and at its items. */
export interface PathGroup {
  readonly key: string;
  readonly collection: string;
  readonly whole: readonly PlacedOperation[];
  readonly items: readonly PlacedOperation[];
  readonly place: PathPlace;
}

/** Calls of procedures are looked for in documents that have so many paths of the kind. */
const fewestCalls = 3;

/** The operations of a document by the collection that their paths are about. */
export function pathGroupsOf(document: ApiDocument): ReadonlyMap<string, PathGroup> {
  const paths = new Set(document.operations.map(({ path }) => path.replace(/\/+$/, '')));
  const calling = document.operations.filter(
    ({ method, path }) =>
      (method === 'post' || /\.\w+$/.test(path)) &&
      endsInVerb(path) &&
      // Beside `/contacts`, `/contacts/search` is an action of that collection.
      !paths.has(path.slice(0, path.lastIndexOf('/'))),
  );
  const calls = calling.length >= fewestCalls;
  const groups = new Map<
    string,
    { key: string; collection: string; place: PathPlace; whole: PlacedOperation[]; items: PlacedOperation[] }
  >();
  for (const operation of document.operations) {
    const { action } = operation.extension;
    if (action === 'none' || action === 'token') continue;
    const place = pathPlaceOf(operation.path, calls && calling.includes(operation));
    if (!place) continue;
    let group = groups.get(place.collectionKey);
    if (!group) {
      group = { key: place.collectionKey, collection: place.collection, place, whole: [], items: [] };
      groups.set(place.collectionKey, group);
    }
    const placed = { operation, place, called: place.verb === undefined ? undefined : calledAs(place.verb) };
    (place.idParameter === undefined ? group.whole : group.items).push(placed);
  }
  return groups;
}

function calledAs(verb: string): CalledAs {
  if (/^(?:create|add)$/i.test(verb)) return 'create';
  if (/^(?:list|search|query)$/i.test(verb)) return 'list';
  if (/^(?:get|info|retrieve|read|get_by_id)$/i.test(verb)) return 'read';
  if (/^(?:update|edit|modify|set)$/i.test(verb)) return 'update';
  return /^(?:remove|delete|archive)$/i.test(verb) ? 'delete' : 'other';
}

const listNames = new Set([
  'data',
  'items',
  'results',
  'value',
  'list',
  'records',
  'content',
  'entries',
  'rows',
  'objects',
  'elements',
  'models',
]);
const aroundLists =
  /^(?:object|kind|apiversion|count|total\w*|next\w*|prev\w*|page\w*|per_?page|limit|offset|size|links?|_links|meta\w*|has\w*|more|cursor\w*|first\w*|last\w*|success|status|message|ok|error\w*|self|start\w*|is\w*|number\w*|pagination|paging|response_?metadata|request_?id|included|jsonapi|odata\w*|took|current|empty|sort)$/i;

/**
 * The list that an answer is, or is an envelope of: the only one of its lists, the one of a name that lists have, or the one
 * whose items are the record; undefined for an answer that tells of one thing.
 *
 * @param isSure whether something else says that it is a list, such as the path of its items
 */
export function listOfAnswer(
  document: ApiDocument,
  schema: Pointer | undefined,
  collection: string,
  isSure: boolean,
  record?: Pointer,
): FoundList | undefined {
  if (schema === undefined) return undefined;
  const objects = listsWithin(document, schema).filter(({ keys }) => keys.length <= 3);
  const lists = objects.length === 0 && isSure ? listsOfIds(document, schema) : objects;
  const [ofRecord, ...others] = lists.filter(({ items }) => document.resolve(items)?.pointer === record);
  if (record !== undefined && ofRecord && others.length === 0) return ofRecord;
  const [first] = lists;
  if (!first || first.keys.length === 0) return first;
  const plain = plainName(collection);
  const isOwn = ({ keys }: FoundList) =>
    keys.some((key) => [plain, plain.replace(/s$/, '')].includes(plainName(key)));
  const named = lists.find(isOwn) ?? lists.find(({ keys }) => listNames.has(plainName(keys.at(-1) ?? '')));
  const fields = [...schemaFields(document, schema).keys()].filter((name) => name !== first.keys[0]);
  if (named && plain !== '' && isOwn(named)) return named;
  const isEnvelope = fields.every((name) => aroundLists.test(name) || name === named?.keys[0]);
  if (named && (isSure || isEnvelope)) return named;
  if (lists.length === 1 && (isSure || isEnvelope)) return first;
  return undefined;
}

/** A list that shows the ids of records rather than the records. */
function listsOfIds(document: ApiDocument, schema: Pointer): readonly FoundList[] {
  const isText = (items: Pointer | undefined): items is Pointer =>
    items !== undefined &&
    [...schemaTypes(document, items)].some((type) => type === 'string' || type === 'integer');
  const own = listItemsAt(document, schema);
  if (isText(own)) return [{ keys: [], items: own }];
  return [...schemaFields(document, schema)].flatMap(([name, at]) => {
    const items = listItemsAt(document, at);
    return isText(items) ? [{ keys: [name], items }] : [];
  });
}

/** The answer's schema of an operation. */
export function answerOf(operation: Operation, makes = false): Pointer | undefined {
  return structuredSchema(successResponse(operation, operation.extension.status, makes));
}
