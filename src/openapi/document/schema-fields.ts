import { isObject, type JsonObject } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';
import type { ApiDocument } from './document.ts';

const deepest = 8;

/**
 * Where each property of a schema stands, with those that `allOf` and the branches of `oneOf` and `anyOf` bring; the first of
 * each name.
 */
export function schemaFields(
  document: ApiDocument,
  schema: Pointer,
  depth = 0,
): ReadonlyMap<string, Pointer> {
  const fields = new Map<string, Pointer>();
  const found = document.resolve<JsonObject>(schema);
  if (!found || !isObject(found.node) || depth > deepest) return fields;
  for (const keyword of ['allOf', 'oneOf', 'anyOf']) {
    const parts = found.node[keyword];
    for (const index of Array.isArray(parts) ? parts.keys() : [])
      for (const [name, at] of schemaFields(document, pointerTo(found.pointer, keyword, index), depth + 1))
        if (!fields.has(name)) fields.set(name, at);
  }
  for (const name of Object.keys(isObject(found.node.properties) ? found.node.properties : {}))
    fields.set(name, pointerTo(found.pointer, 'properties', name));
  return fields;
}

/** Where the schema of a list's items stands; undefined for what is no list. */
export function listItemsAt(document: ApiDocument, schema: Pointer, depth = 0): Pointer | undefined {
  const found = document.resolve<JsonObject>(schema);
  if (!found || !isObject(found.node) || depth > deepest) return undefined;
  if (isObject(found.node.items)) return pointerTo(found.pointer, 'items');
  for (const keyword of ['allOf', 'oneOf', 'anyOf']) {
    const parts = found.node[keyword];
    for (const index of Array.isArray(parts) ? parts.keys() : []) {
      const items = listItemsAt(document, pointerTo(found.pointer, keyword, index), depth + 1);
      if (items !== undefined) return items;
    }
  }
  return undefined;
}

/** The types that a schema names, its `$ref`s, `allOf` and branches taken together; empty where it names none. */
export function schemaTypes(document: ApiDocument, schema: Pointer, depth = 0): ReadonlySet<string> {
  const types = new Set<string>();
  const found = document.resolve<JsonObject>(schema);
  if (!found || !isObject(found.node) || depth > deepest) return types;
  for (const type of [found.node.type].flat()) if (typeof type === 'string') types.add(type);
  if (types.size === 0 && isObject(found.node.properties)) types.add('object');
  for (const keyword of ['allOf', 'oneOf', 'anyOf']) {
    const parts = found.node[keyword];
    for (const index of Array.isArray(parts) ? parts.keys() : [])
      for (const type of schemaTypes(document, pointerTo(found.pointer, keyword, index), depth + 1))
        types.add(type);
  }
  return types;
}
