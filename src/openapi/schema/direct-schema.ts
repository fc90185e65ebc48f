import { isObject, type JsonObject, objectOrEmpty } from '../../json/is-object.ts';
import { normalisePointer, type Pointer, pointerTo } from '../../json/json-pointer.ts';
import { type Resolver, referenceOf } from '../document/resolver.ts';
import { assertionKeywords, listKeywords, mapKeywords, schemaKeywords } from './schema-keywords.ts';
import { translatePattern } from './translate-pattern.ts';

/** Which way a value goes: `readOnly` properties are the server's in requests, `writeOnly` ones the client's in answers. */
export type MessageDirection = 'request' | 'response';

/** A schema that a validator can compile, by the pointer it stands at in the document. */
export type DirectedSchema = JsonObject | boolean;

interface DirectOptions {
  readonly resolver: Resolver;
  readonly direction: MessageDirection;
  /** The `$ref` to write for the schema at a pointer of the document. */
  readonly referTo: (pointer: Pointer) => string;
  /** Makes the error for a schema that cannot be used. */
  readonly fail: (pointer: Pointer, message: string) => Error;
}

/** Objects stand in each other as deep in one schema. */
const deepest = 20;

const allowed: ReadonlySet<string> = new Set();

/**
 * The schema at a pointer for one direction: only keywords that a value can break, `$ref`s rewritten by `referTo`, and
 * properties of the other direction neither required nor looked at (OpenAPI 3.1, section 4.8.24.1 with JSON Schema
 * Validation 9.4: the receiver may ignore them).
 */
export function directSchema(pointer: Pointer, options: DirectOptions): DirectedSchema {
  const { direction, fail, referTo, resolver } = options;
  const marker = direction === 'request' ? 'readOnly' : 'writeOnly';
  const found = resolver.at(pointer);
  if (!found) throw fail(pointer, 'expected a schema, found nothing');
  let depth = 0;
  return direct(found.node, found.pointer, allowed);

  function direct(node: unknown, at: Pointer, inherited: ReadonlySet<string>): DirectedSchema {
    if (typeof node === 'boolean') return node;
    if (!isObject(node)) throw fail(at, 'expected a schema: an object or a boolean');
    const hidden = union(inherited, hiddenNames(node));
    const schema: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(node)) {
      if (key === 'properties') schema.properties = directProperties(value, pointerTo(at, key), hidden);
      else if (key === 'required') schema.required = withoutHidden(value, hidden);
      else if (key === 'pattern') Object.assign(schema, directPattern(value));
      else if (assertionKeywords.has(key)) schema[key] = value;
      else if (key === '$ref' || key === '$dynamicRef') Object.assign(schema, directReference(value, at));
      else if (schemaKeywords.has(key))
        schema[key] = conditional(key)
          ? direct(value, pointerTo(at, key), hidden)
          : part(value, pointerTo(at, key));
      else if (listKeywords.has(key)) schema[key] = directList(key, value, pointerTo(at, key), hidden);
      else if (mapKeywords.has(key)) schema[key] = directMap(key, value, pointerTo(at, key));
    }
    return schema;
  }

  function directReference(value: unknown, at: Pointer): JsonObject {
    const target = typeof value === 'string' ? normalisePointer(value) : undefined;
    if (target === undefined || !resolver.at(target))
      throw fail(at, `the $ref ${JSON.stringify(value)} leads nowhere`);
    return { $ref: referTo(endOfChain(target)) };
  }

  /** Chains of nothing but `$ref`s are shortened to their end: the validator would follow them by recursion. */
  function endOfChain(start: Pointer): Pointer {
    let pointer = start;
    const seen = new Set<Pointer>();
    for (;;) {
      const found = resolver.at(pointer);
      const reference = found && isBareReference(found.node) ? referenceOf(found.node) : undefined;
      const next = reference === undefined ? undefined : normalisePointer(reference);
      if (next === undefined) return found?.pointer ?? pointer;
      if (seen.has(pointer)) throw fail(start, 'the $refs that start here lead only to each other');
      seen.add(pointer);
      pointer = next;
    }
  }

  function directProperties(value: unknown, at: Pointer, hidden: ReadonlySet<string>): JsonObject {
    const properties: Record<string, DirectedSchema> = {};
    for (const [name, node] of Object.entries(asMap(value, at))) {
      define(properties, name, hidden.has(name) ? true : part(node, pointerTo(at, name)));
    }
    return properties;
  }

  /** A schema within many others becomes one of its own: the compiler would follow it by recursion. */
  function part(node: unknown, at: Pointer): DirectedSchema {
    if (depth >= deepest && isObject(node) && node.$ref === undefined) return { $ref: referTo(at) };
    depth += 1;
    try {
      return direct(node, at, allowed);
    } finally {
      depth -= 1;
    }
  }

  function directMap(key: string, value: unknown, at: Pointer): JsonObject {
    const schemas: Record<string, DirectedSchema> = {};
    for (const [name, node] of Object.entries(asMap(value, at))) {
      const written = key === 'patternProperties' ? translatePattern(name) : name;
      if (written !== undefined) define(schemas, written, direct(node, pointerTo(at, name), allowed));
    }
    return schemas;
  }

  function directList(
    key: string,
    value: unknown,
    at: Pointer,
    hidden: ReadonlySet<string>,
  ): DirectedSchema[] {
    if (!Array.isArray(value)) throw fail(at, 'expected a list of schemas');
    return value.map((node: unknown, index) =>
      direct(node, pointerTo(at, index), key === 'prefixItems' ? allowed : hidden),
    );
  }

  function asMap(value: unknown, at: Pointer): JsonObject {
    if (!isObject(value)) throw fail(at, 'expected schemas by name');
    return value;
  }

  /** Names of the properties of the other direction, those that `allOf` and `$ref` bring along included. */
  function hiddenNames(node: unknown): ReadonlySet<string> {
    const names = new Set<string>();
    const seen = new Set<unknown>();
    const waiting: unknown[] = [node];
    while (waiting.length > 0) {
      const schema = waiting.pop();
      if (!isObject(schema) || seen.has(schema)) continue;
      seen.add(schema);
      for (const [name, property] of Object.entries(objectOrEmpty(schema.properties))) {
        if (isMarked(property)) names.add(name);
      }
      if (Array.isArray(schema.allOf)) waiting.push(...schema.allOf);
      const reference = referenceOf(schema);
      if (reference !== undefined) waiting.push(resolver.at(reference)?.node);
    }
    return names;
  }

  /** Whether a property is marked itself, or all it refers to or is composed of is. */
  function isMarked(property: unknown): boolean {
    const seen = new Set<unknown>();
    const waiting: unknown[] = [property];
    while (waiting.length > 0) {
      const schema = waiting.pop();
      if (!isObject(schema) || seen.has(schema)) continue;
      seen.add(schema);
      if (schema[marker] === true) return true;
      if (Array.isArray(schema.allOf)) waiting.push(...schema.allOf);
      const reference = referenceOf(schema);
      if (reference !== undefined) waiting.push(resolver.at(reference)?.node);
    }
    return false;
  }
}

/** A pattern that is none of ECMAScript, nor can be made one, is no rule. */
function directPattern(value: unknown): JsonObject {
  const pattern = typeof value === 'string' ? translatePattern(value) : undefined;
  return pattern === undefined ? {} : { pattern };
}

function isBareReference(node: unknown): boolean {
  if (referenceOf(node) === undefined || !isObject(node)) return false;
  return Object.keys(node).every(
    (key) =>
      key === '$ref' ||
      !(
        assertionKeywords.has(key) ||
        schemaKeywords.has(key) ||
        listKeywords.has(key) ||
        mapKeywords.has(key)
      ),
  );
}

/** Whether a keyword's schema speaks of the same value as the schema around it. */
function conditional(key: string): boolean {
  return key === 'if' || key === 'then' || key === 'else' || key === 'not';
}

function withoutHidden(required: unknown, hidden: ReadonlySet<string>): unknown {
  return Array.isArray(required) ? required.filter((name) => !hidden.has(name)) : required;
}

function union(some: ReadonlySet<string>, more: ReadonlySet<string>): ReadonlySet<string> {
  if (some.size === 0) return more;
  return more.size === 0 ? some : some.union(more);
}

/** Sets a member whatever its name is; plain assignment to `__proto__` would set the prototype. */
function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}
