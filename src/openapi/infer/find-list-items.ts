import { isObject, type JsonObject } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';
import type { ApiDocument, Operation } from '../document/document.ts';
import { recordPropertiesOf } from '../document/record-properties.ts';
import { successSchema } from '../document/success-schema.ts';

const deepest = 3;

/** Where the properties of a list's items stand. */
export function itemFields(document: ApiDocument, list: Operation): ReadonlyMap<string, Pointer> {
  const schema = successSchema(list);
  const items = schema === undefined ? undefined : itemsPointer(document, schema);
  return items === undefined ? new Map() : recordPropertiesOf(document, items);
}

/** Where the schema of the items stands. */
export function itemsPointer(document: ApiDocument, schema: Pointer): Pointer | undefined {
  const path = findListItems(document, schema);
  if (!path) return undefined;
  let at = document.resolve(schema)?.pointer;
  for (const key of path) {
    const below = at && recordPropertiesOf(document, at).get(key);
    at = below && document.resolve(below)?.pointer;
  }
  return at && pointerTo(at, 'items');
}

/** Keys that lead to the one array of objects in an answer, none for the answer itself; undefined where there is none. */
export function findListItems(
  document: ApiDocument,
  pointer: Pointer,
  depth = 0,
): readonly string[] | undefined {
  const found = document.resolve<JsonObject>(pointer);
  if (!found || !isObject(found.node) || depth > deepest) return undefined;
  const { items } = found.node;
  if (items !== undefined) return isRecord(document, pointerTo(found.pointer, 'items')) ? [] : undefined;
  const paths = [...recordPropertiesOf(document, found.pointer)].flatMap(([key, at]) => {
    const below = findListItems(document, at, depth + 1);
    return below ? [[key, ...below]] : [];
  });
  // Several arrays could all be meant; then none is.
  return paths.length === 1 ? paths[0] : undefined;
}

function isRecord(document: ApiDocument, pointer: Pointer): boolean {
  const node = document.resolve<JsonObject>(pointer)?.node;
  return isObject(node) && (isObject(node.properties) || Array.isArray(node.allOf));
}
