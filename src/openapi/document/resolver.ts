import { isObject, type JsonObject } from '../../json/is-object.ts';
import { childOf, keysOf, normalisePointer, type Pointer, pointerTo } from '../../json/json-pointer.ts';
import type { Resolved } from './document.ts';

/** Looks up pointers in one document and follows `$ref`s; results are kept, as the document does not change. */
export interface Resolver {
  /** The node at a pointer; `$ref`s on the way are followed, one standing at the end is not. */
  at(pointer: Pointer): Resolved<unknown> | undefined;
  /** The node at a pointer with a `$ref` at its end followed too, through any number of further ones. */
  resolve(pointer: Pointer): Resolved<unknown> | undefined;
}

/** @param fail called with a pointer where `$ref`s lead only to each other. */
export function createResolver(
  root: JsonObject,
  fail: (pointer: Pointer, message: string) => Error,
): Resolver {
  const nodes = new Map<Pointer, Resolved<unknown> | undefined>();
  const resolved = new Map<Pointer, Resolved<unknown> | undefined>();
  let anchors: ReadonlyMap<string, Pointer> | undefined;

  function at(pointer: Pointer): Resolved<unknown> | undefined {
    if (!nodes.has(pointer)) nodes.set(pointer, walk(pointer));
    return nodes.get(pointer);
  }

  function walk(pointer: Pointer): Resolved<unknown> | undefined {
    const slash = pointer.lastIndexOf('/');
    const parent = slash < 0 ? undefined : nodes.get(pointer.slice(0, slash));
    // Documents are read from the outside in, so that the way to a node is mostly known but for the last step.
    const keys = keysOf(parent ? `#${pointer.slice(slash)}` : pointer);
    if (!keys) return atAnchor(pointer);
    let here: Resolved<unknown> | undefined = parent ?? { node: root, pointer: '#' };
    for (const key of keys) here = here && childAt(here, key);
    return here;
  }

  function childAt(here: Resolved<unknown>, key: string): Resolved<unknown> | undefined {
    const child = childOf(here.node, key);
    if (child !== undefined) return { node: child, pointer: pointerTo(here.pointer, key) };
    const target = referenceOf(here.node) === undefined ? undefined : follow(here);
    const found = target && childOf(target.node, key);
    return target && found !== undefined
      ? { node: found, pointer: pointerTo(target.pointer, key) }
      : undefined;
  }

  function atAnchor(pointer: Pointer): Resolved<unknown> | undefined {
    if (!pointer.startsWith('#')) return undefined;
    anchors ??= findAnchors(root);
    const target = anchors.get(pointer.slice(1));
    return target === undefined ? undefined : at(target);
  }

  /** What is found for the start of a chain holds for all of its links, so that long chains are followed once. */
  function follow(start: Resolved<unknown>): Resolved<unknown> | undefined {
    const links = new Set<Pointer>();
    let here: Resolved<unknown> | undefined = start;
    while (here && !resolved.has(here.pointer)) {
      const reference = referenceOf(here.node);
      if (reference === undefined) break;
      if (links.has(here.pointer))
        throw fail(start.pointer, 'the $refs that start here lead only to each other');
      links.add(here.pointer);
      const pointer = normalisePointer(reference);
      here = pointer === undefined ? undefined : at(pointer);
    }
    const end = here && resolved.has(here.pointer) ? resolved.get(here.pointer) : here;
    for (const link of links) resolved.set(link, end);
    return end;
  }

  function resolve(pointer: Pointer): Resolved<unknown> | undefined {
    const start = at(pointer);
    return start && follow(start);
  }

  return { at, resolve };
}

/** The target of a Reference Object, or of a schema that refers to another one. */
export function referenceOf(node: unknown): string | undefined {
  if (!isObject(node)) return undefined;
  const { $ref } = node;
  return typeof $ref === 'string' ? $ref : undefined;
}

/** Where the schemas with an `$anchor` or `$dynamicAnchor` stand; the first of each name. */
function findAnchors(root: JsonObject): ReadonlyMap<string, Pointer> {
  const anchors = new Map<string, Pointer>();
  const waiting: Resolved<unknown>[] = [{ node: root, pointer: '#' }];
  const seen = new Set<unknown>();
  for (let here = waiting.pop(); here; here = waiting.pop()) {
    const { node, pointer } = here;
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    for (const [key, value] of Object.entries(node)) {
      if ((key === '$anchor' || key === '$dynamicAnchor') && typeof value === 'string') {
        if (!anchors.has(value)) anchors.set(value, pointer);
      } else waiting.push({ node: value, pointer: pointerTo(pointer, key) });
    }
  }
  return anchors;
}
