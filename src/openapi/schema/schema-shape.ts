import { isObject, type JsonObject, objectOrEmpty } from '../../json/is-object.ts';
import { normalisePointer, type Pointer, pointerTo } from '../../json/json-pointer.ts';
import { type Resolver, referenceOf } from '../document/resolver.ts';

export type JsonType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object';

/** What a schema says about how text is to be read; its `$ref`s and `allOf` are taken together. */
export interface SchemaShape {
  /** Undefined where the schema does not say. */
  readonly types: ReadonlySet<JsonType> | undefined;
  readonly properties: ReadonlyMap<string, Pointer>;
  readonly additional: Pointer | undefined;
  readonly items: Pointer | undefined;
  readonly prefixItems: readonly Pointer[];
  /** The branches of `oneOf` and `anyOf`. */
  readonly branches: readonly Pointer[];
  /** `default`, if there is one. */
  readonly fallback: { readonly value: unknown } | undefined;
}

interface Draft {
  types: ReadonlySet<JsonType> | undefined;
  properties: Map<string, Pointer>;
  additional: Pointer | undefined;
  items: Pointer | undefined;
  prefixItems: Pointer[];
  branches: Pointer[];
  fallback: { value: unknown } | undefined;
}

export function shapeOf(resolver: Resolver, start: Pointer): SchemaShape {
  const draft: Draft = {
    types: undefined,
    properties: new Map(),
    additional: undefined,
    items: undefined,
    prefixItems: [],
    branches: [],
    fallback: undefined,
  };
  const seen = new Set<Pointer>();
  const waiting: (Pointer | undefined)[] = [start];
  while (waiting.length > 0) {
    const found = resolver.at(waiting.pop() ?? '');
    if (!found || !isObject(found.node) || seen.has(found.pointer)) continue;
    seen.add(found.pointer);
    addTo(draft, found.node, found.pointer);
    if (Array.isArray(found.node.allOf)) {
      waiting.push(...found.node.allOf.map((_, index) => pointerTo(found.pointer, 'allOf', index)));
    }
    waiting.push(normalisePointer(referenceOf(found.node) ?? ''));
  }
  return draft;
}

function addTo(draft: Draft, node: JsonObject, pointer: Pointer): void {
  const types = typesOf(node);
  if (types) draft.types = draft.types ? both(draft.types, types) : types;
  for (const name of Object.keys(objectOrEmpty(node.properties))) {
    if (!draft.properties.has(name)) draft.properties.set(name, pointerTo(pointer, 'properties', name));
  }
  if (isObject(node.additionalProperties)) draft.additional ??= pointerTo(pointer, 'additionalProperties');
  else if (node.additionalProperties === true)
    draft.additional ??= pointerTo(pointer, 'additionalProperties');
  if (isObject(node.items)) draft.items ??= pointerTo(pointer, 'items');
  if (Array.isArray(node.prefixItems) && draft.prefixItems.length === 0) {
    draft.prefixItems = node.prefixItems.map((_, index) => pointerTo(pointer, 'prefixItems', index));
  }
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const list = node[keyword];
    if (Array.isArray(list))
      draft.branches.push(...list.map((_, index) => pointerTo(pointer, keyword, index)));
  }
  if (Object.hasOwn(node, 'default')) draft.fallback ??= { value: node.default };
}

/** The types of a schema, or of all its branches where only they have some. */
export function typesAt(resolver: Resolver, start: Pointer): ReadonlySet<JsonType> {
  const types = new Set<JsonType>();
  const seen = new Set<Pointer>();
  const waiting = [start];
  for (let pointer = waiting.pop(); pointer !== undefined; pointer = waiting.pop()) {
    if (seen.has(pointer)) continue;
    seen.add(pointer);
    const shape = shapeOf(resolver, pointer);
    for (const type of shape.types ?? []) types.add(type);
    if (!shape.types) waiting.push(...shape.branches);
  }
  return types;
}

/** Types that hold for both; an integer is a number too. */
export function both(some: ReadonlySet<JsonType>, others: ReadonlySet<JsonType>): ReadonlySet<JsonType> {
  const common = some.intersection(others);
  if ((some.has('integer') && others.has('number')) || (others.has('integer') && some.has('number')))
    common.add('integer');
  return common;
}

const jsonTypes: readonly JsonType[] = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'];

/** `type`, else the types of `enum` and `const`, else what other keywords speak of. */
export function typesOf(node: JsonObject): ReadonlySet<JsonType> | undefined {
  const named = jsonTypes.filter(
    (type) => node.type === type || (Array.isArray(node.type) && node.type.includes(type)),
  );
  if (named.length > 0) return new Set(named);
  if (Array.isArray(node.enum)) return new Set(node.enum.map(typeOf));
  if (Object.hasOwn(node, 'const')) return new Set([typeOf(node.const)]);
  if (node.items !== undefined || node.prefixItems !== undefined) return new Set(['array']);
  if (node.properties !== undefined || node.additionalProperties !== undefined) return new Set(['object']);
  return undefined;
}

function typeOf(value: unknown): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'string' ? 'string' : 'object';
}
