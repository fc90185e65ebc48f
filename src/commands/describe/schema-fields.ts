import { isObject, objectOrEmpty } from '../../json/is-object.ts';

/** One field of a payload: its path, what it holds, and whether it must be there. */
export type SchemaField = readonly [path: string, type: string, need: 'required' | '', note: string];

const deepest = 6;

/** The fields of a schema that stands alone (see `schemaWithDefinitions`), those of objects below them included. */
export function schemaFieldsOf(schema: unknown): readonly SchemaField[] {
  const definitions = objectOrEmpty(objectOrEmpty(schema).$defs);
  return fieldsUnder(schema, '', definitions, 0);
}

type Definitions = Readonly<Record<string, unknown>>;

function fieldsUnder(
  schema: unknown,
  path: string,
  definitions: Definitions,
  depth: number,
): readonly SchemaField[] {
  if (depth > deepest) return [];
  const { items, properties, required } = flat(schema, definitions, 0);
  const own = Object.entries(properties).flatMap(([name, property]): readonly SchemaField[] => {
    const place = path === '' ? name : `${path}.${name}`;
    const found = flat(property, definitions, 0);
    const field: SchemaField = [place, found.type, required.has(name) ? 'required' : '', found.note];
    return [field, ...fieldsUnder(property, place, definitions, depth + 1)];
  });
  return items === undefined ? own : [...own, ...fieldsUnder(items, `${path}[]`, definitions, depth + 1)];
}

interface Flat {
  readonly type: string;
  readonly note: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required: ReadonlySet<string>;
  readonly items: unknown;
}

/** A schema with what it refers to and what its `allOf` asks for taken together. */
function flat(schema: unknown, definitions: Definitions, depth: number): Flat {
  const node = objectOrEmpty(schema);
  const referred =
    typeof node.$ref === 'string' ? definitions[node.$ref.slice('#/$defs/'.length)] : undefined;
  const parts = [referred, ...(Array.isArray(node.allOf) ? node.allOf : [])]
    .filter((part) => isObject(part) && depth <= deepest)
    .map((part) => flat(part, definitions, depth + 1));
  const required = Array.isArray(node.required) ? node.required.map(String) : [];
  const [inherited] = parts;
  return {
    type: typeOf(node) || (parts.find(({ type }) => type !== '')?.type ?? ''),
    note: noteOf(node) || (inherited?.note ?? ''),
    properties: Object.assign(
      {},
      ...parts.map(({ properties }) => properties),
      objectOrEmpty(node.properties),
    ),
    required: new Set([...parts.flatMap((part) => [...part.required]), ...required]),
    items: node.items ?? parts.find(({ items }) => items !== undefined)?.items,
  };
}

function typeOf(node: Readonly<Record<string, unknown>>): string {
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (Array.isArray(node.enum)) return node.enum.map((value) => JSON.stringify(value)).join(' | ');
  const type = [node.type]
    .flat()
    .filter((name) => name !== undefined)
    .join(' | ');
  return typeof node.format === 'string' ? `${type} (${node.format})` : type;
}

function noteOf({ description }: Readonly<Record<string, unknown>>): string {
  if (typeof description !== 'string') return '';
  return description
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replace(/(?<=[.!?]) (?=[A-Z]).*$/, '');
}
