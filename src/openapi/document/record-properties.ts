import { isObject, type JsonObject } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';
import type { ApiDocument } from './document.ts';

/** Where each property of a record's schema stands, those of `allOf` parts included, in the order written. */
export function recordPropertiesOf(
  document: ApiDocument,
  schema: Pointer,
  depth = 0,
): ReadonlyMap<string, Pointer> {
  const properties = new Map<string, Pointer>();
  const found = document.resolve<JsonObject>(schema);
  if (!found || !isObject(found.node) || depth > 8) return properties;
  const { allOf } = found.node;
  for (const index of Array.isArray(allOf) ? allOf.keys() : []) {
    for (const [name, pointer] of recordPropertiesOf(
      document,
      pointerTo(found.pointer, 'allOf', index),
      depth + 1,
    ))
      properties.set(name, pointer);
  }
  for (const name of Object.keys(isObject(found.node.properties) ? found.node.properties : {})) {
    properties.set(name, pointerTo(found.pointer, 'properties', name));
  }
  return properties;
}

/** Names of the properties a record must have. */
export function requiredPropertiesOf(document: ApiDocument, schema: Pointer, depth = 0): ReadonlySet<string> {
  const found = document.resolve<JsonObject>(schema);
  if (!found || !isObject(found.node) || depth > 8) return new Set();
  const { allOf, required } = found.node;
  const names = new Set<string>(
    Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [],
  );
  for (const index of Array.isArray(allOf) ? allOf.keys() : []) {
    for (const name of requiredPropertiesOf(document, pointerTo(found.pointer, 'allOf', index), depth + 1))
      names.add(name);
  }
  return names;
}
