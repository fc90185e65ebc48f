import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument } from '../document/document.ts';
import { listItemsAt, schemaFields, schemaTypes } from '../document/schema-fields.ts';

/** A step into the only item of a list, on the way to a record. */
export const listStep = '[]';

const deepest = 3;

/**
 * Keys that lead from a schema to the first one within it that is taken for the record; `[]` steps into a list. What lies
 * less deep comes first.
 */
export function placeOfRecord(
  document: ApiDocument,
  schema: Pointer,
  isRecord: (pointer: Pointer) => boolean,
): readonly string[] | undefined {
  let places: { readonly at: Pointer; readonly keys: readonly string[] }[] = [{ at: schema, keys: [] }];
  const seen = new Set<Pointer>();
  for (let depth = 0; depth <= deepest && places.length > 0; depth += 1) {
    const below: typeof places = [];
    for (const { at, keys } of places) {
      const pointer = document.resolve(at)?.pointer;
      if (pointer === undefined || seen.has(pointer)) continue;
      seen.add(pointer);
      if (isRecord(pointer)) return keys;
      const items = listItemsAt(document, pointer);
      if (items !== undefined) {
        const item = document.resolve(items)?.pointer;
        if (item !== undefined && isRecord(item)) return [...keys, listStep];
        below.push({ at: items, keys: [...keys, listStep] });
      }
      for (const [name, field] of schemaFields(document, pointer))
        below.push({ at: field, keys: [...keys, name] });
    }
    places = below;
  }
  return undefined;
}

/** A list within an answer: the keys that lead to it, and where the schema of its items stands. */
export interface FoundList {
  readonly keys: readonly string[];
  readonly items: Pointer;
}

/** The lists of objects within an answer, those less deep first. */
export function listsWithin(document: ApiDocument, schema: Pointer, depth = 0): readonly FoundList[] {
  const pointer = document.resolve(schema)?.pointer;
  if (pointer === undefined || depth > deepest) return [];
  const items = listItemsAt(document, pointer);
  if (items !== undefined) {
    const isObjects = schemaFields(document, items).size > 0 || schemaTypes(document, items).has('object');
    return isObjects ? [{ keys: [], items }] : [];
  }
  const found = [...schemaFields(document, pointer)].flatMap(([name, at]) =>
    listsWithin(document, at, depth + 1).map(({ keys, items: at2 }) => ({
      keys: [name, ...keys],
      items: at2,
    })),
  );
  return found.sort((a, b) => a.keys.length - b.keys.length);
}
