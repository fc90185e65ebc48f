import { isObject, objectOrEmpty } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument } from './document.ts';
import { listItemsAt, schemaFields } from './schema-fields.ts';

const deepest = 8;

/** A value without what its schema gives to the client alone (OpenAPI 3.1 with JSON Schema Validation, section 9.4); the same one where nothing is. */
export function withoutWriteOnly(document: ApiDocument, schema: Pointer, value: unknown, depth = 0): unknown {
  if (depth > deepest) return value;
  if (Array.isArray(value)) {
    const items = listItemsAt(document, schema);
    if (items === undefined) return value;
    const shown = value.map((item) => withoutWriteOnly(document, items, item, depth + 1));
    return shown.some((item, index) => item !== value[index]) ? shown : value;
  }
  if (!isObject(value)) return value;
  const fields = schemaFields(document, schema);
  let isSame = true;
  const entries = Object.entries(value).flatMap(([name, part]) => {
    const at = fields.get(name);
    if (at === undefined) return [[name, part]];
    if (objectOrEmpty(document.resolve(at)?.node).writeOnly === true) {
      isSame = false;
      return [];
    }
    const shown = withoutWriteOnly(document, at, part, depth + 1);
    isSame &&= shown === part;
    return [[name, shown]];
  });
  return isSame ? value : Object.fromEntries(entries);
}
