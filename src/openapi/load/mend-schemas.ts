import { isObject, type JsonObject } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';
import type { DocumentProblem } from '../document/document-problem.ts';
import { listKeywords, mapKeywords, schemaKeywords } from '../schema/schema-keywords.ts';

/** A document whose schemas can be used, and what was wrong with those that were written. */
export interface MendedSchemas {
  /** The document as it was given, where nothing was wrong. */
  readonly root: JsonObject;
  readonly problems: readonly DocumentProblem[];
}

const types: ReadonlySet<unknown> = new Set([
  'array',
  'boolean',
  'integer',
  'null',
  'number',
  'object',
  'string',
]);

/** Whose values are no part of the document's own structure, or have types of their own. */
const opaque = /^(?:x-.*|examples?|default|enum|const|securityDefinitions|securitySchemes)$/;
/** What is nested more deeply is left as it is; it cannot be compiled. */
const deepest = 500;
const maps: ReadonlySet<string> = new Set(['#/components/schemas', '#/definitions']);

/**
 * Reads what schemas of published documents get wrong as it is meant: a type that there is not is any, a list as `items` (JSON
 * Schema before 2020-12) says what each item may be. What is given is never changed.
 */
export function mendSchemas(root: JsonObject): MendedSchemas {
  const problems: DocumentProblem[] = [];
  const mends: ((copy: JsonObject) => void)[] = [];
  const isOld = root.swagger !== undefined;
  /** YAML's anchors let one node stand in many places. */
  const visited = new Set<unknown>();

  visit(root, '#', []);
  if (problems.length === 0) return { root, problems };
  const copy = structuredClone(root);
  for (const mend of mends) mend(copy);
  return { root: copy, problems };

  function visit(node: unknown, pointer: Pointer, keys: readonly string[]): void {
    if (keys.length > deepest || visited.has(node)) return;
    if (Array.isArray(node)) {
      for (const [index, item] of node.entries())
        visit(item, pointerTo(pointer, index), [...keys, String(index)]);
    }
    if (!isObject(node)) return;
    // In Swagger 2.0 a parameter that is no body, and a header, has the keywords of a schema itself.
    if (
      isOld &&
      typeof node.type === 'string' &&
      (typeof node.in === 'string' || keys.at(-2) === 'headers')
    ) {
      schema(node, pointer, keys);
      return;
    }
    visited.add(node);
    for (const [key, value] of Object.entries(node)) {
      if (opaque.test(key)) continue;
      const at = pointerTo(pointer, key);
      const below = [...keys, key];
      if (maps.has(at)) eachOf(value, at, below);
      else if (key === 'schema' || key === 'itemSchema') schema(value, at, below);
      else visit(value, at, below);
    }
  }

  function eachOf(node: unknown, pointer: Pointer, keys: readonly string[]): void {
    if (!isObject(node)) return;
    for (const [name, value] of Object.entries(node))
      schema(value, pointerTo(pointer, name), [...keys, name]);
  }

  function schema(node: unknown, pointer: Pointer, keys: readonly string[]): void {
    if (!isObject(node) || keys.length > deepest || visited.has(node)) return;
    visited.add(node);
    for (const [key, value] of Object.entries(node)) {
      const at = pointerTo(pointer, key);
      const below = [...keys, key];
      if (key === 'items' && Array.isArray(value)) {
        const message = 'expected a schema, found a list of them; each item is taken for any of these';
        note(at, message, keys, (found) => {
          found.items = value.length > 0 ? { anyOf: found.items } : {};
        });
        for (const [index, item] of value.entries())
          schema(item, pointerTo(at, index), [...below, 'anyOf', String(index)]);
      } else if (key === 'type') typeOf(node, value, at, keys);
      else if (mapKeywords.has(key)) eachOf(value, at, below);
      else if (listKeywords.has(key) && Array.isArray(value)) {
        for (const [index, item] of value.entries())
          schema(item, pointerTo(at, index), [...below, String(index)]);
      } else if (schemaKeywords.has(key)) schema(value, at, below);
    }
  }

  function typeOf(node: JsonObject, value: unknown, at: Pointer, keys: readonly string[]): void {
    const all = Array.isArray(value) ? value : [value];
    // Of files, in forms of Swagger 2.0, and in its answers.
    const strange = all.find((type) => !types.has(type) && !(isOld && type === 'file'));
    if (strange === undefined && all.length > 0) return;
    if (node.$ref !== undefined && typeof value === 'string') return;
    const message = `there is no type ${JSON.stringify(strange ?? value)}; it is taken for any`;
    note(at, message, keys, (found) => void delete found.type);
  }

  function note(
    pointer: Pointer,
    message: string,
    keys: readonly string[],
    mend: (found: Record<string, unknown>) => void,
  ): void {
    problems.push({ pointer, message });
    mends.push((copy) => {
      let found: unknown = copy;
      for (const key of keys)
        found = isObject(found) || Array.isArray(found) ? Reflect.get(found, key) : found;
      if (isObject(found)) mend(found);
    });
  }
}
