import type { ApiDocument, Operation, Pointer } from './document.ts';
import { isObject, type JsonObject } from './is-object.ts';
import { pointerTo } from './json-pointer.ts';
import { propertiesOf } from './record-schema.ts';

/** How a list answer is built: where the records stand in its envelope, and what else stands there. */
export interface ListShape {
  /** Keys that lead to the array; none when the answer is the array. */
  readonly itemsAt: readonly string[];
  /** Keys that lead to the number of all records. */
  readonly totalAt: readonly string[] | undefined;
  readonly paging: Paging | undefined;
  /** Query parameters that filter by a field of the same name. */
  readonly filters: readonly string[];
}

/** Names of the query parameters that page through a list. */
export interface Paging {
  readonly style: 'page' | 'offset';
  readonly start: string | undefined;
  readonly size: string | undefined;
  /** Records on a page where the caller does not say. */
  readonly defaultSize: number | undefined;
}

const totalNames = ['total', 'total_count', 'totalCount', 'count'];
const deepest = 3;

/** The array of a list answer: in itself, or the one array of objects in an envelope at most three levels deep. */
export function inferList(
  document: ApiDocument,
  operation: Operation,
  schema: Pointer,
  fields: ReadonlySet<string>,
): ListShape | undefined {
  const itemsAt = findArray(document, schema, 0);
  if (!itemsAt) return undefined;
  return {
    itemsAt,
    totalAt: itemsAt.length === 0 ? undefined : findTotal(document, schema, 0),
    paging: inferPaging(document, operation),
    filters: operation.parameters
      .filter(({ in: location, name }) => location === 'query' && fields.has(name))
      .map(({ name }) => name),
  };
}

/** Where the schema of the items stands. */
export function itemsPointer(document: ApiDocument, schema: Pointer): Pointer | undefined {
  const path = findArray(document, schema, 0);
  if (!path) return undefined;
  let at = document.resolve(schema)?.pointer;
  for (const key of path) {
    const below = at && propertiesOf(document, at).get(key);
    at = below && document.resolve(below)?.pointer;
  }
  return at && pointerTo(at, 'items');
}

function findArray(document: ApiDocument, pointer: Pointer, depth: number): readonly string[] | undefined {
  const found = document.resolve<JsonObject>(pointer);
  if (!found || !isObject(found.node) || depth > deepest) return undefined;
  const { items } = found.node;
  if (items !== undefined) return isRecord(document, pointerTo(found.pointer, 'items')) ? [] : undefined;
  const paths = [...propertiesOf(document, found.pointer)].flatMap(([key, at]) => {
    const below = findArray(document, at, depth + 1);
    return below ? [[key, ...below]] : [];
  });
  // Several arrays could all be meant; then none is.
  return paths.length === 1 ? paths[0] : undefined;
}

function isRecord(document: ApiDocument, pointer: Pointer): boolean {
  const node = document.resolve<JsonObject>(pointer)?.node;
  return isObject(node) && (isObject(node.properties) || Array.isArray(node.allOf));
}

function findTotal(document: ApiDocument, pointer: Pointer, depth: number): readonly string[] | undefined {
  if (depth > deepest) return undefined;
  const properties = propertiesOf(document, pointer);
  const name = totalNames.find((candidate) => properties.has(candidate));
  if (name !== undefined) return [name];
  for (const [key, at] of properties) {
    const below = findTotal(document, at, depth + 1);
    if (below) return [key, ...below];
  }
  return undefined;
}

function inferPaging(document: ApiDocument, operation: Operation): Paging | undefined {
  const named = (names: readonly string[]) =>
    operation.parameters.find(({ in: location, name }) => location === 'query' && names.includes(name));
  const size = named(['limit', 'page_size', 'pageSize', 'per_page', 'perPage', 'size']);
  const offset = named(['offset', 'skip']);
  const page = named(['page', 'page_number', 'pageNumber']);
  if (!size && !offset && !page) return undefined;
  const schema = size?.schema === undefined ? undefined : document.resolve<JsonObject>(size.schema)?.node;
  const given = isObject(schema) && typeof schema.default === 'number' ? schema.default : undefined;
  return {
    style: page && !offset ? 'page' : 'offset',
    start: (offset ?? page)?.name,
    size: size?.name,
    defaultSize: given ?? (page ? 20 : undefined),
  };
}
