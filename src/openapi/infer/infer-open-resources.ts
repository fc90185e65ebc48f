import { objectOrEmpty } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument, Operation } from '../document/document.ts';
import type { ResourceExtension } from '../document/extension.ts';
import { schemaFields } from '../document/schema-fields.ts';
import { inferOpenAction } from './infer-open-action.ts';
import { inferTimestamps } from './infer-timestamps.ts';
import { answerOf, listOfAnswer, type PathGroup, type PlacedOperation, pathGroupsOf } from './path-groups.ts';
import type { PathPlace } from './path-place.ts';
import { plainName } from './plain-name.ts';
import { type GroupRecord, recordOfGroup } from './record-of-group.ts';
import type { Resource, ResourceAction, ResourceModel } from './resource-model.ts';

/** The records at one path, and what they are there. */
export interface OpenGroup extends PathGroup {
  readonly kind: 'collection' | 'singleton';
  readonly resource: Resource;
}

/** What the operations of a document are placed in. */
export interface OpenGroups {
  readonly byKey: ReadonlyMap<string, OpenGroup>;
  /** By the plain name of the collection. */
  named(collection: string): readonly OpenGroup[];
  placeOf(operation: Operation): { readonly placed: PlacedOperation; readonly group: PathGroup } | undefined;
}

/**
 * Infers the resources of a document that nobody has written for Sparring: beside pairs of a collection and an item path,
 * collections without items, singletons, procedures, and what is done to a record below its path. The extension corrects.
 */
export function inferOpenResources(document: ApiDocument): ResourceModel {
  const paths = regrouped(pathGroupsOf(document));
  const declared = document.extension.resources ?? {};
  const found = [...paths.values()].flatMap((group): FoundGroup[] => {
    const kind = kindOf(document, group, paths);
    return kind ? [{ kind, group, record: recordOfGroup(document, group) }] : [];
  });
  const drafts = draftsOf(document, found, declared);
  const resources = new Map<string, Resource>();
  const byKey = new Map<string, OpenGroup>();
  for (const [collection, draft] of drafts) {
    const resource = resourceOf(document, collection, draft);
    if (!resource) continue;
    resources.set(collection, resource);
    for (const { group, kind } of draft.groups) byKey.set(group.key, { ...group, kind, resource });
  }
  for (const [name, known] of Object.entries(declared))
    if (!resources.has(name))
      resources.set(name, { ...known, collection: name, schema: known.schema, id: known.id ?? 'id' });
  const placed = new Map<Operation, { readonly placed: PlacedOperation; readonly group: PathGroup }>();
  for (const group of paths.values())
    for (const each of [...group.whole, ...group.items]) placed.set(each.operation, { placed: each, group });
  const byName = Map.groupBy(byKey.values(), ({ collection }) => plainName(collection));
  const named = (collection: string) => byName.get(plainName(collection)) ?? [];
  const groups: OpenGroups = { byKey, named, placeOf: (operation) => placed.get(operation) };
  const actions = new Map<Operation, ResourceAction | undefined>();
  return {
    resources,
    actionOf(operation) {
      if (!actions.has(operation))
        actions.set(operation, inferOpenAction(document, operation, groups, resources));
      return actions.get(operation);
    },
  };
}

/** `POST /payments/{product}` makes what `/payments/{product}/{id}` reads: it is about that collection, not an item of `/payments`. */
function regrouped(groups: ReadonlyMap<string, PathGroup>): ReadonlyMap<string, PathGroup> {
  const all = new Map(groups);
  for (const group of groups.values()) {
    const below = all.get(`${group.key}/{}`);
    const isLife = group.items.some(({ operation }) => ['put', 'patch', 'delete'].includes(operation.method));
    if (!below || below.items.length === 0 || isLife || group.whole.length > 0) continue;
    all.set(group.key, { ...group, items: [] });
    const moved = group.items.map((each) => ({ ...each, place: asCollection(each.place) }));
    all.set(below.key, { ...below, whole: [...below.whole, ...moved] });
  }
  return all;
}

/** The place of a path that ends in a parameter, where that is no id. */
function asCollection(place: PathPlace): PathPlace {
  const { collection, collectionKey, idParameter = '', key, parents } = place;
  const parent = { parameter: idParameter, collection, key: collectionKey };
  return { ...place, collectionKey: key, idParameter: undefined, parents: [...parents, parent] };
}

/** Names of what there is one of. */
const singletonNames =
  /^(?:me|self|myself|current|profile|settings?|config|configuration|preferences|whoami)$/i;

function kindOf(
  document: ApiDocument,
  group: PathGroup,
  groups: ReadonlyMap<string, PathGroup>,
): OpenGroup['kind'] | undefined {
  const { collection, items, whole } = group;
  const declared = [...whole, ...items].some(({ operation }) => operation.extension.resource !== undefined);
  const plain = items.filter(({ place }) => place.verb === undefined);
  const has = (methods: readonly string[], list: readonly PlacedOperation[]) =>
    list.some(({ called, operation }) => called === undefined && methods.includes(operation.method));
  if (isAssociation(group, groups)) return undefined;
  const get = whole.find(({ called, operation }) => called === undefined && operation.method === 'get');
  const makes = has(['post'], whole);
  const list = get && listOfAnswer(document, answerOf(get.operation), collection, plain.length > 0 || makes);
  const reads = plain.filter(({ operation }) => operation.method === 'get');
  const readsOne = reads.some(({ operation }) => isOneThing(document, operation, collection));
  if (readsOne || has(['put', 'patch', 'delete'], plain) || (plain.length > 0 && declared))
    return 'collection';
  if (/\/relationships\//.test(group.key)) return undefined;
  const called = whole.filter((each) => each.called !== undefined && each.called !== 'other');
  const isListed = called.some(({ operation }) =>
    listOfAnswer(document, answerOf(operation), collection, false),
  );
  if (called.length > 1 || isListed) return 'collection';
  if (list)
    return isViewOf(document, group, groups.get(parentKey(group.key)), list.items) ? undefined : 'collection';
  if (!get || whole.some(({ place }) => place.verb !== undefined)) return undefined;
  if (!isOneThing(document, get.operation, collection) && !answersBytes(get.operation)) return undefined;
  if (isPartOf(document, group, groups, get.operation)) return undefined;
  if (has(['put', 'patch', 'delete'], whole)) return 'singleton';
  const isNamed = singletonNames.test(collection) && !groups.has(parentKey(group.key));
  return (makes || isNamed) && isOneThing(document, get.operation, collection) ? 'singleton' : undefined;
}

/** Whether a list is a choice of the records of the collection that its path is within: `/pets/findByStatus`. */
function isViewOf(
  document: ApiDocument,
  { whole }: PathGroup,
  base: PathGroup | undefined,
  items: Pointer,
): boolean {
  if (!base || whole.some(({ operation }) => operation.method !== 'get')) return false;
  const record = base.items.length === 0 ? undefined : recordOfGroup(document, base)?.schema;
  return record !== undefined && document.resolve(record)?.pointer === document.resolve(items)?.pointer;
}

/** Whether what stands below a record shows that record: `/trees/{name}/status` of Kubernetes. */
function isPartOf(
  document: ApiDocument,
  { key }: PathGroup,
  groups: ReadonlyMap<string, PathGroup>,
  get: Operation,
): boolean {
  const parent = /^(.*)\/\{\}\/[^/]+$/.exec(key)?.[1];
  const group = parent === undefined ? undefined : groups.get(parent);
  const record = group && recordOfGroup(document, group)?.schema;
  const schema = answerOf(get);
  if (record === undefined || schema === undefined) return false;
  return document.resolve(record)?.pointer === document.resolve(schema)?.pointer;
}

function parentKey(key: string): string {
  return key.slice(0, key.lastIndexOf('/'));
}

/** Whether an operation answers an object that is no list. */
function isOneThing(document: ApiDocument, operation: Operation, collection: string): boolean {
  const schema = answerOf(operation);
  if (schema === undefined || schemaFields(document, schema).size === 0) return false;
  const list = listOfAnswer(document, schema, '', false);
  return !list || list.keys.at(-1) === collection;
}

function answersBytes({ responses }: Operation): boolean {
  return responses.some(
    ({ mediaTypes, status }) =>
      /^2/.test(status) && mediaTypes.some(({ name }) => /^(?:image|audio|video)\//.test(name)),
  );
}

/** Items below another record that are kept elsewhere: they can be put there and taken away, and no more. */
export function isAssociation(
  { collection, items, key, place, whole }: PathGroup,
  groups: ReadonlyMap<string, PathGroup>,
): boolean {
  if (items.length === 0 || place.parents.length === 0) return false;
  if (whole.some(({ operation }) => operation.method === 'post')) return false;
  if (items.some(({ operation }) => !['put', 'post', 'delete'].includes(operation.method))) return false;
  return [...groups.values()].some(
    (other) =>
      other.key.length < key.length &&
      plainName(other.collection) === plainName(collection) &&
      [...other.items, ...other.whole].some(({ operation }) => ['get', 'post'].includes(operation.method)),
  );
}

/** Groups of more kinds of operations, and of shorter paths, come first: theirs is the plain name. */
function weightOf({ items, key, whole }: PathGroup): number {
  const kinds = new Set([
    ...whole.map(({ operation }) => `whole ${operation.method}`),
    ...items.map(({ operation }) => `item ${operation.method}`),
  ]);
  return kinds.size - key.split('/').length / 100;
}

/** A group that is a place of records. */
interface FoundGroup {
  readonly group: PathGroup;
  readonly kind: OpenGroup['kind'];
  readonly record: GroupRecord | undefined;
}

/** A resource that is being found: all groups that are about it, the likeliest first. */
interface ResourceDraft {
  readonly known: ResourceExtension | undefined;
  readonly groups: readonly FoundGroup[];
}

/** The groups by the resource that they are about: those of one name are of one where their records are alike. */
function draftsOf(
  document: ApiDocument,
  found: readonly FoundGroup[],
  declared: Readonly<Record<string, ResourceExtension>>,
): ReadonlyMap<string, ResourceDraft> {
  const drafts = new Map<string, ResourceDraft>();
  for (const each of found.toSorted((a, b) => weightOf(b.group) - weightOf(a.group))) {
    const { group, record } = each;
    const told = [...group.whole, ...group.items].find(
      ({ operation }) => operation.extension.resource !== undefined,
    );
    const name = told?.operation.extension.resource ?? nameOf(group);
    const known = Object.hasOwn(declared, name) ? declared[name] : undefined;
    const former = drafts.get(name);
    const joins =
      former && (known || told || isSame(document, former.groups[0]?.record?.schema, record?.schema));
    const collection = former && !joins ? group.key.replaceAll('/{}', '').slice(1) : name;
    const draft = drafts.get(collection) ?? { known: former && !joins ? undefined : known, groups: [] };
    drafts.set(collection, { ...draft, groups: [...draft.groups, each] });
  }
  return drafts;
}

/** `/account/me` is the account. */
function nameOf({ collection, key }: PathGroup): string {
  const [before = ''] = key.split('/').slice(-2);
  const isNamed = /^[A-Za-z][\w-]*$/.test(before) && !/^(?:api|rest|v\d.*)$/i.test(before);
  return /^(?:me|self|myself|current|whoami)$/i.test(collection) && isNamed ? before : collection;
}

/** A resource as its groups tell it; undefined where its records have no schema, or no place for an id. */
function resourceOf(
  document: ApiDocument,
  collection: string,
  { groups, known }: ResourceDraft,
): Resource | undefined {
  const all = groups.flatMap(({ group }) => [...group.whole, ...group.items]);
  const record = groups.find((each) => each.record !== undefined)?.record;
  const kind = groups[0]?.kind ?? 'collection';
  const schema = known?.schema ?? record?.schema;
  const keepsBytes = kind === 'singleton' && all.some(({ operation }) => answersBytes(operation));
  if (schema === undefined && !known && !keepsBytes) return undefined;
  const idAt = known?.id === undefined ? (record?.idAt ?? ['id']) : [known.id];
  const fields = new Set(schema === undefined ? [] : schemaFields(document, schema).keys());
  const timestamps = known?.timestamps ?? inferTimestamps(document, schema, fields);
  const resource: Resource = {
    ...known,
    collection,
    schema,
    id: known?.id ?? idAt.at(-1) ?? 'id',
    ...(timestamps && { timestamps }),
    open: {
      kind,
      idAt,
      idSchemas: groups.flatMap(({ group }) => idSchemasOf(group)),
      isCreated: groups.some(({ group }) => isCreatedIn(group)),
    },
  };
  return known || kind === 'singleton' || canShowId(document, resource) ? resource : undefined;
}

function idSchemasOf({ items }: PathGroup): readonly Pointer[] {
  return items.flatMap(({ operation, place }) => {
    const { schema } =
      operation.parameters.find(({ in: at, name }) => at === 'path' && name === place.idParameter) ?? {};
    return schema === undefined ? [] : [schema];
  });
}

/** Whether something in a group makes its records. */
function isCreatedIn({ items, whole }: PathGroup): boolean {
  return (
    whole.some(({ called, operation, place }) =>
      called === undefined
        ? place.verb === undefined && ['post', 'put'].includes(operation.method)
        : called === 'create',
    ) || items.some(({ operation, place }) => place.verb === undefined && operation.method === 'put')
  );
}

/** Whether two paths of one name are about the same records: their schemas are one, or have most of their fields in common. */
function isSame(document: ApiDocument, one: Pointer | undefined, other: Pointer | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (document.resolve(one)?.pointer === document.resolve(other)?.pointer) return true;
  const names = [one, other].map((schema) => new Set(schemaFields(document, schema).keys()));
  const [first = new Set<string>(), second = new Set<string>()] = names;
  const least = Math.min(first.size, second.size);
  return least > 1 && first.intersection(second).size / least >= 0.6;
}

/** A closed schema without a field for the id could not be answered with one. */
function canShowId(document: ApiDocument, { open, schema }: Resource): boolean {
  if (schema === undefined || !open || open.idAt.length === 0) return true;
  const [first = ''] = open.idAt;
  if (schemaFields(document, schema).has(first)) return true;
  const { additionalProperties, unevaluatedProperties } = objectOrEmpty(document.resolve(schema)?.node);
  return additionalProperties !== false && unevaluatedProperties !== false;
}
