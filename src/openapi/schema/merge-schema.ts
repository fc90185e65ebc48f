import { isObject, type JsonObject, objectOrEmpty } from '../../json/is-object.ts';
import { normalisePointer, type Pointer, pointerTo } from '../../json/json-pointer.ts';
import { type Resolver, referenceOf } from '../document/resolver.ts';
import { both, type JsonType, typesOf } from './schema-shape.ts';

/** One `oneOf` or `anyOf` whose branch is still to be chosen. */
export interface BranchGroup {
  readonly pointer: Pointer;
  readonly branches: readonly Pointer[];
}

/** Schemas that speak of the same value, taken together with all that their `$ref`s, `allOf` and chosen branches bring. */
export interface MergedSchema {
  /** Where they stand. */
  readonly pointers: ReadonlySet<Pointer>;
  readonly nodes: readonly JsonObject[];
  /** Those of the nodes that speak of the whole value rather than of a part of it: their examples are whole ones. */
  readonly wholes: readonly JsonObject[];
  /** Undefined where nothing says. */
  readonly types: ReadonlySet<JsonType> | undefined;
  /** Where the schemas of each property stand; all of them hold. */
  readonly properties: ReadonlyMap<string, readonly Pointer[]>;
  readonly required: ReadonlySet<string>;
  readonly items: readonly Pointer[];
  readonly prefixItems: readonly (readonly Pointer[])[];
  readonly contains: readonly Pointer[];
  /** The schemas of properties without one of their own. */
  readonly additional: readonly Pointer[];
  /** Where the schemas stand of properties whose names match a pattern, by the pattern. */
  readonly patterned: ReadonlyMap<string, readonly Pointer[]>;
  readonly groups: readonly BranchGroup[];
  /** Values that discriminators ask for, by property. */
  readonly discriminated: ReadonlyMap<string, string>;
}

interface Draft {
  readonly pointers: Set<Pointer>;
  readonly nodes: JsonObject[];
  readonly wholes: JsonObject[];
  types: ReadonlySet<JsonType> | undefined;
  readonly properties: Map<string, Pointer[]>;
  readonly required: Set<string>;
  readonly items: Pointer[];
  readonly prefixItems: Pointer[][];
  readonly contains: Pointer[];
  readonly additional: Pointer[];
  readonly patterned: Map<string, Pointer[]>;
  readonly groups: BranchGroup[];
  readonly discriminated: Map<string, string>;
}

interface Step {
  readonly pointer: Pointer;
  readonly isWhole: boolean;
}

/** @param chosen the branch taken of each group, by the group's pointer */
export function mergeSchema(
  resolver: Resolver,
  starts: readonly Pointer[],
  chosen: ReadonlyMap<Pointer, Pointer>,
): MergedSchema {
  const draft: Draft = {
    pointers: new Set(),
    nodes: [],
    wholes: [],
    types: undefined,
    properties: new Map(),
    required: new Set(),
    items: [],
    prefixItems: [],
    contains: [],
    additional: [],
    patterned: new Map(),
    groups: [],
    discriminated: new Map(),
  };
  const waiting: Step[] = starts.map((pointer) => ({ pointer, isWhole: true })).reverse();
  for (let step = waiting.pop(); step; step = waiting.pop()) {
    const found = resolver.at(step.pointer);
    if (!found || !isObject(found.node) || draft.pointers.has(found.pointer)) continue;
    draft.pointers.add(found.pointer);
    add(draft, found.node, found.pointer, step.isWhole);
    waiting.push(...stepsFrom(draft, found.node, found.pointer, step.isWhole, chosen).reverse());
  }
  for (const node of draft.nodes) addInherited(draft, resolver, node, starts);
  return draft;
}

/** What else speaks of the same value as a node. */
function stepsFrom(
  draft: Draft,
  node: JsonObject,
  pointer: Pointer,
  isWhole: boolean,
  chosen: ReadonlyMap<Pointer, Pointer>,
): Step[] {
  const steps: Step[] = [];
  const reference = normalisePointer(referenceOf(node) ?? '');
  if (reference !== undefined && reference !== '#') steps.push({ pointer: reference, isWhole });
  const stands = isWhole && node.properties === undefined;
  const parts = Array.isArray(node.allOf) ? node.allOf.length : 0;
  for (let index = 0; index < parts; index += 1)
    steps.push({ pointer: pointerTo(pointer, 'allOf', index), isWhole: stands && parts === 1 });
  for (const keyword of ['oneOf', 'anyOf']) {
    const list = node[keyword];
    if (!Array.isArray(list) || list.length === 0) continue;
    const group = pointerTo(pointer, keyword);
    const branches = list.map((_, index) => pointerTo(group, index));
    const branch = chosen.get(group);
    if (branch === undefined) draft.groups.push({ pointer: group, branches });
    else {
      steps.push({ pointer: branch, isWhole: stands && parts === 0 });
      discriminate(draft, node, list[branches.indexOf(branch)]);
    }
  }
  return steps;
}

function add(draft: Draft, node: JsonObject, pointer: Pointer, isWhole: boolean): void {
  draft.nodes.push(node);
  if (isWhole) draft.wholes.push(node);
  const types = typesOf(node);
  if (types) draft.types = draft.types ? both(draft.types, types) : types;
  for (const name of Object.keys(objectOrEmpty(node.properties))) {
    const at = pointerTo(pointer, 'properties', name);
    const known = draft.properties.get(name);
    if (known) known.push(at);
    else draft.properties.set(name, [at]);
  }
  if (Array.isArray(node.required))
    for (const name of node.required) if (typeof name === 'string') draft.required.add(name);
  if (isObject(node.items)) draft.items.push(pointerTo(pointer, 'items'));
  if (isObject(node.contains)) draft.contains.push(pointerTo(pointer, 'contains'));
  if (isObject(node.additionalProperties)) draft.additional.push(pointerTo(pointer, 'additionalProperties'));
  for (const pattern of Object.keys(objectOrEmpty(node.patternProperties))) {
    const at = pointerTo(pointer, 'patternProperties', pattern);
    draft.patterned.set(pattern, [...(draft.patterned.get(pattern) ?? []), at]);
  }
  const prefix = Array.isArray(node.prefixItems) ? node.prefixItems.length : 0;
  for (let index = 0; index < prefix; index += 1) {
    draft.prefixItems[index] ??= [];
    draft.prefixItems[index]?.push(pointerTo(pointer, 'prefixItems', index));
  }
}

/** A branch that was chosen by its `$ref` is told by its name in `mapping`, else by that of the schema (OpenAPI 3.1, section 4.8.25). */
function discriminate(draft: Draft, node: JsonObject, branch: unknown): void {
  const { mapping, propertyName } = objectOrEmpty(node.discriminator);
  const reference = referenceOf(branch);
  if (typeof propertyName !== 'string' || reference === undefined) return;
  draft.discriminated.set(propertyName, mappedName(mapping, reference) ?? lastKey(reference));
}

/** A schema whose `allOf` brings one with a discriminator is told by its own name. */
function addInherited(draft: Draft, resolver: Resolver, node: JsonObject, starts: readonly Pointer[]): void {
  const { mapping, propertyName } = objectOrEmpty(node.discriminator);
  if (typeof propertyName !== 'string' || node.oneOf !== undefined || node.anyOf !== undefined) return;
  if (draft.discriminated.has(propertyName)) return;
  const named = [...draft.pointers].find((pointer) => mappedName(mapping, pointer) !== undefined);
  const start = starts.map((pointer) => resolver.resolve(pointer)?.pointer ?? pointer)[0] ?? '';
  const name =
    named === undefined
      ? /^#\/components\/schemas\/[^/]+$/.test(start)
        ? lastKey(start)
        : undefined
      : mappedName(mapping, named);
  if (name !== undefined) draft.discriminated.set(propertyName, name);
}

function mappedName(mapping: unknown, reference: string): string | undefined {
  return Object.entries(objectOrEmpty(mapping)).find(
    ([, target]) => target === reference || target === lastKey(reference),
  )?.[0];
}

function lastKey(pointer: Pointer): string {
  return pointer.slice(pointer.lastIndexOf('/') + 1);
}
