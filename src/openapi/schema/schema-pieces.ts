import { isObject } from '../../json/is-object.ts';
import type { DirectedSchema } from './direct-schema.ts';
import { listKeywords, mapKeywords, schemaKeywords } from './schema-keywords.ts';

/** The keyword of a reference whose schema is compiled when a value first comes to it. */
export const pieceKeyword = 'sparringPiece';

/** Schemas of so many parts together are compiled in pieces: at about 100 microseconds a part, the whole would take too long. */
export const mostCompiledAtOnce = 300;
/** Parts of one piece, about. */
const mostInPiece = 100;

/**
 * Schemas that refer to each other, by id, as pieces that are each compiled alone; undefined where they are few, or where a
 * schema must know what others have looked at (`unevaluatedProperties`), which pieces do not tell each other.
 */
export function piecesOf(
  schemas: ReadonlyMap<string, DirectedSchema>,
): ReadonlyMap<string, DirectedSchema> | undefined {
  let size = 0;
  for (const schema of schemas.values()) {
    const counted = sizeOf(schema);
    if (counted === undefined) return undefined;
    size += counted;
  }
  if (size <= mostCompiledAtOnce) return undefined;
  const pieces = new Map<string, DirectedSchema>();
  for (const [id, schema] of schemas) pieces.set(id, cutSchema(id, schema, pieces).schema);
  return pieces;
}

/** How many schemas are written in one; undefined where they need to know of each other. */
function sizeOf(schema: DirectedSchema): number | undefined {
  const waiting: unknown[] = [schema];
  let size = 0;
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    size += 1;
    if (!isObject(node)) continue;
    for (const [key, value] of Object.entries(node)) {
      if (key.startsWith('unevaluated')) return undefined;
      if (schemaKeywords.has(key)) waiting.push(value);
      else if (listKeywords.has(key) && Array.isArray(value)) waiting.push(...value);
      else if (mapKeywords.has(key) && isObject(value)) waiting.push(...Object.values(value));
    }
  }
  return size;
}

interface Cut {
  readonly schema: DirectedSchema;
  readonly size: number;
}

/** One schema without what is too much of it, which is added to the pieces. */
function cutSchema(id: string, whole: DirectedSchema, pieces: Map<string, DirectedSchema>): Cut {
  let count = 0;
  return cut(whole);

  function cut(node: unknown): Cut {
    if (!isObject(node)) return { schema: node === true, size: 1 };
    const schema: Record<string, unknown> = {};
    /** What is checked beside the rest. */
    const beside: DirectedSchema[] = [];
    let size = 1;
    for (const [key, value] of Object.entries(node)) {
      if (key === '$ref') schema[pieceKeyword] = value;
      else if (schemaKeywords.has(key)) {
        const part = alone(cut(value));
        schema[key] = part.schema;
        size += part.size;
      } else if (listKeywords.has(key) && Array.isArray(value)) {
        const parts = value.map((each) => alone(cut(each)));
        const list = key === 'allOf' || key === 'anyOf' ? grouped(key, parts) : parts;
        schema[key] = list.map((part) => part.schema);
        size += sum(list);
      } else if (key === 'properties' && isObject(value)) {
        const properties = new Map(Object.entries(value).map(([name, each]) => [name, alone(cut(each))]));
        if (sum([...properties.values()]) <= mostInPiece) {
          schema.properties = schemasOf(properties);
          size += sum([...properties.values()]);
          continue;
        }
        for (const group of groupsOf([...properties], ([, part]) => part.size))
          beside.push(piece({ properties: schemasOf(new Map(group)) }));
        // Whoever forbids all other properties has to know the names.
        if (node.additionalProperties !== undefined)
          schema.properties = schemasOf(new Map([...properties].map(([name]) => [name, anything])));
      } else if (mapKeywords.has(key) && isObject(value)) {
        const parts = new Map(Object.entries(value).map(([name, each]) => [name, alone(cut(each))]));
        schema[key] = schemasOf(parts);
        size += sum([...parts.values()]);
      } else schema[key] = value;
    }
    if (beside.length > 0) schema.allOf = [...(Array.isArray(schema.allOf) ? schema.allOf : []), ...beside];
    return { schema, size: size + beside.length };
  }

  /** A part of its own where it is large. */
  function alone(part: Cut): Cut {
    return part.size <= mostInPiece / 2 ? part : { schema: piece(part.schema), size: 1 };
  }

  function piece(schema: DirectedSchema): DirectedSchema {
    count += 1;
    const name = `${id}/${count}`;
    pieces.set(name, schema);
    return { [pieceKeyword]: name };
  }

  /** Of all, or any, of many schemas, the same is asked of groups of them. */
  function grouped(key: 'allOf' | 'anyOf', parts: readonly Cut[]): readonly Cut[] {
    if (sum(parts) <= mostInPiece) return parts;
    return groupsOf(parts, ({ size }) => size).map((group) => ({
      schema: piece({ [key]: group.map(({ schema }) => schema) }),
      size: 1,
    }));
  }
}

const anything: Cut = { schema: true, size: 1 };

function schemasOf(parts: ReadonlyMap<string, Cut>): Readonly<Record<string, DirectedSchema>> {
  return Object.fromEntries([...parts].map(([name, { schema }]) => [name, schema]));
}

function sum(parts: readonly Cut[]): number {
  return parts.reduce((size, part) => size + part.size, 0);
}

/** Neighbours in groups, each of about as many parts as a piece may have. */
function groupsOf<T>(items: readonly T[], size: (item: T) => number): readonly (readonly T[])[] {
  const groups: T[][] = [];
  let room = 0;
  for (const item of items) {
    const last = groups.at(-1);
    if (last && size(item) <= room) last.push(item);
    else {
      groups.push([item]);
      room = mostInPiece;
    }
    room -= size(item);
  }
  return groups;
}
