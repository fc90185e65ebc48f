import { isObject, objectOrEmpty } from '../../json/is-object.ts';
import { normalisePointer, type Pointer, pointerTo } from '../../json/json-pointer.ts';
import { type Resolver, referenceOf } from '../document/resolver.ts';

/** Schemas that refer to each other are followed as deep. */
const deepest = 12;
const lists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'] as const;
const parts = ['items', 'additionalProperties', 'contains', 'not', 'if', 'then', 'else'] as const;

/**
 * About how many values a generator makes that knows no bounds of its own, each schema written out wherever it is referred to;
 * counted to `most`.
 */
function generatedSize(resolver: Resolver, schema: Pointer, most: number): number {
  let left = most;
  count(schema, 1, 0);
  return most - left;

  function count(pointer: Pointer, times: number, depth: number): void {
    left -= times;
    if (left <= 0 || depth > deepest) return;
    const found = resolver.resolve(pointer);
    if (!found || !isObject(found.node)) return;
    const { node, pointer: at } = found;
    const { maxItems, minItems, minLength, minProperties } = node;
    left -= (asCount(minLength) / 100) * times;
    const items = Math.max(1, asCount(minItems), Math.min(asCount(maxItems), 20), asCount(minProperties));
    for (const name of Object.keys(objectOrEmpty(node.properties)))
      count(pointerTo(at, 'properties', name), times, depth + 1);
    for (const key of lists) {
      const list = node[key];
      for (let index = 0; Array.isArray(list) && index < list.length; index += 1)
        count(pointerTo(at, key, index), times, depth + 1);
    }
    for (const key of parts) if (isObject(node[key])) count(pointerTo(at, key), times * items, depth + 1);
    if (node.items === undefined && items > 1) left -= items * times;
  }
}

function asCount(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/** Values of an answer that a generator is let make. */
const mostGenerated = 1000;
/** Parts of schemas that it is let read for that. */
const mostParts = 2000;

/** Whether a generator that writes all schemas out would take long with one. */
export function exceedsGeneratedSize(resolver: Resolver, schema: Pointer): boolean {
  return (
    generatedSize(resolver, schema, mostGenerated) >= mostGenerated ||
    closureSize(resolver, schema, mostParts) >= mostParts
  );
}

/** How many values the schema at a pointer consists of, with all that it refers to; counted to `most`. */
export function closureSize(resolver: Resolver, schema: Pointer, most: number): number {
  const seen = new Set<unknown>();
  const waiting: unknown[] = [resolver.at(schema)?.node];
  let size = 0;
  while (waiting.length > 0 && size < most) {
    const node = waiting.pop();
    size += 1;
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    const reference = normalisePointer(referenceOf(node) ?? '');
    if (reference !== undefined && reference !== '#') waiting.push(resolver.at(reference)?.node);
    for (const child of Object.values(node)) waiting.push(child);
  }
  return size;
}
