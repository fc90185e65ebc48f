import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument } from '../document/document.ts';
import { listItemsAt, schemaFields, schemaTypes } from '../document/schema-fields.ts';
import { idFieldIn } from './path-facts.ts';
import { answerOf, listOfAnswer, type PathGroup, type PlacedOperation } from './path-groups.ts';
import { plainName } from './plain-name.ts';
import { structuredSchema } from './structured-schema.ts';

/** The record that the operations of one path are about. */
export interface GroupRecord {
  readonly schema: Pointer;
  /** Keys that lead to the id in a record: mostly one; none where a record does not show it. */
  readonly idAt: readonly string[];
}

/** Words that stand around a record in an answer. */
const envelopeNames = new Set([
  'data',
  'result',
  'item',
  'resource',
  'payload',
  'response',
  'record',
  'object',
  'd',
]);
/** The most properties that an envelope of an unusual name has. */
const fewProperties = 3;
const otherIds = ['_id', 'uuid', 'guid', 'key', 'code', 'slug', 'sku', 'number'];

/** What the answers and bodies of a group agree on as its record; undefined where none has a schema. */
export function recordOfGroup(document: ApiDocument, group: PathGroup): GroupRecord | undefined {
  const { collection, items, whole } = group;
  const idParameter = items[0]?.place.idParameter;
  const isId = (schema: Pointer) => idIn(document, schema, collection, idParameter) !== undefined;
  const found = candidatesOf(document, group).map((schema) => unwrapped(document, group, schema, isId));
  const schema =
    found.find((each) => each !== undefined && isId(each)) ??
    found.find((each) => each !== undefined && schemaFields(document, each).size > 0);
  if (schema === undefined) return undefined;
  const canBeNamed = items.length > 0 || whole.some(({ called }) => called !== undefined);
  const idAt =
    idIn(document, schema, collection, idParameter) ?? nestedId(document, schema, collection, idParameter);
  return { schema, idAt: idAt ?? (canBeNamed ? ['id'] : []) };
}

/** The schemas that may be the record's, those that tell most first. */
function candidatesOf(document: ApiDocument, { collection, items, whole }: PathGroup): readonly Pointer[] {
  const by = (list: readonly PlacedOperation[], method: string, called: string) =>
    list.find((each) => (each.called ?? (each.operation.method === method ? called : undefined)) === called);
  const get = by(items, 'get', 'read') ?? whole.find(({ called }) => called === 'read');
  const list = by(whole, 'get', 'list');
  const create = whole.find(
    ({ called, operation }) => (called ?? operation.method) === (called ? 'create' : 'post'),
  );
  const updates = [...items, ...(items.length === 0 ? whole : [])].filter(({ operation }) =>
    ['put', 'patch', 'post'].includes(operation.method),
  );
  const listed =
    list &&
    listOfAnswer(document, answerOf(list.operation), collection, items.length > 0 || create !== undefined)
      ?.items;
  const read = get && answerOf(get.operation);
  const bodies = [create, ...updates].map((each) => each && structuredSchema(each.operation.requestBody));
  const single =
    items.length === 0
      ? whole.find(({ called, operation }) => called === undefined && operation.method === 'get')
      : undefined;
  const shown = single && answerOf(single.operation);
  const isOneThing = (schema: Pointer | undefined) =>
    schema !== undefined && listItemsAt(document, schema) === undefined;
  return [
    isOneThing(read) ? read : undefined,
    listed,
    listed === undefined && isOneThing(shown) ? shown : undefined,
    create && answerOf(create.operation, true),
    ...updates.map(({ operation }) => answerOf(operation)),
    ...bodies,
  ].filter((schema) => schema !== undefined);
}

/** The record within an answer: the answer itself unless it is an envelope. */
function unwrapped(
  document: ApiDocument,
  { collection, items, whole }: PathGroup,
  start: Pointer,
  isId: (schema: Pointer) => boolean,
): Pointer | undefined {
  const schema = document.resolve(start)?.pointer;
  if (schema === undefined) return undefined;
  const list = whole.find(({ operation }) => operation.method === 'get');
  const listed =
    list && listOfAnswer(document, answerOf(list.operation), collection, items.length > 0)?.items;
  const item = listed && document.resolve(listed)?.pointer;
  if (schema === item) return schema;
  const fields = [...schemaFields(document, schema)].map(([name, at]) => {
    const inner = listItemsAt(document, at) ?? at;
    return { name, at: document.resolve(inner)?.pointer ?? inner };
  });
  const ofList = fields.find(({ at }) => item !== undefined && at === item);
  if (ofList) return ofList.at;
  if (isId(schema)) return schema;
  const inner = fields.filter(
    ({ at }) => schemaTypes(document, at).has('object') && schemaFields(document, at).size > 0,
  );
  const [only, ...more] = inner.filter(({ at }) => isId(at));
  if (only && more.length === 0 && (isEnvelopeName(only.name, collection) || isAlone(fields, only.name)))
    return only.at;
  const named = inner.find(({ name }) => isEnvelopeName(name, collection));
  if (named && fields.length <= fewProperties) return named.at;
  return inner.length === 1 && fields.length === 1 ? inner[0]?.at : schema;
}

/** Whether an answer has hardly anything beside a property, and nothing that only a record has. */
function isAlone(fields: readonly { readonly name: string }[], name: string): boolean {
  const others = fields.filter((field) => field.name !== name);
  return (
    others.length < fewProperties &&
    !others.some((field) => /^(?:spec|kind|api_?version|type)$/i.test(field.name))
  );
}

function isEnvelopeName(name: string, collection: string): boolean {
  const plain = plainName(name);
  return envelopeNames.has(plain) || plain === plainName(collection) || plain === singular(collection);
}

function singular(collection: string): string {
  return plainName(collection).replace(/ies$/, 'y').replace(/s$/, '');
}

/** The field of a record's own that is its id. */
function idIn(
  document: ApiDocument,
  schema: Pointer,
  collection: string,
  parameter: string | undefined,
): readonly string[] | undefined {
  const fields = scalarFields(document, schema);
  const field = idFieldIn(fields, collection, parameter);
  if (field !== undefined) return [field];
  const one = singular(collection);
  const wanted = [`${one}id`, ...(parameter === undefined ? [] : otherIds)];
  for (const name of wanted) {
    const found = [...fields].find((each) => plainName(each) === plainName(name));
    if (found !== undefined) return [found];
  }
  return undefined;
}

/** An id one level down, as the `name` in the `metadata` of Kubernetes. */
function nestedId(
  document: ApiDocument,
  schema: Pointer,
  collection: string,
  parameter: string | undefined,
): readonly string[] | undefined {
  if (parameter === undefined) return undefined;
  for (const [name, at] of schemaFields(document, schema)) {
    if (listItemsAt(document, at) !== undefined) continue;
    const field = idFieldIn(scalarFields(document, at), collection, parameter);
    if (field !== undefined) return [name, field];
  }
  return undefined;
}

function scalarFields(document: ApiDocument, schema: Pointer): ReadonlySet<string> {
  const names = [...schemaFields(document, schema)].flatMap(([name, at]) => {
    const types = schemaTypes(document, at);
    return types.has('object') || types.has('array') ? [] : [name];
  });
  return new Set(names);
}
