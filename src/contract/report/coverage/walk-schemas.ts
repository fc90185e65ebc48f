import { isObject, type JsonObject } from '../../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../../json/json-pointer.ts';
import type { ApiDocument, Operation } from '../../../openapi/document/document.ts';
import type { Direction } from '../../../openapi/schema/validators.ts';
import type { SeenContext } from './facet.ts';

/** A schema on the way, with every `$ref` followed. */
export interface Visit {
  readonly pointer: Pointer;
  readonly node: JsonObject;
  /** Where a value of it stands in a message: `createCustomer body/address/city`. */
  readonly name: string;
}

const deepest = 12;

/** Where the schemas of an operation's messages begin. */
export function schemaRoots(
  { id, parameters, requestBody, responses }: Operation,
  direction: Direction,
): readonly { readonly pointer: Pointer; readonly name: string }[] {
  const found =
    direction === 'request'
      ? [
          ...parameters.map((each) => ({ pointer: each.schema, name: `${id} ${each.in}/${each.name}` })),
          ...(requestBody?.mediaTypes ?? []).map(({ schema }) => ({ pointer: schema, name: `${id} body` })),
        ]
      : responses.flatMap(({ mediaTypes, status }) =>
          mediaTypes.map(({ schema }) => ({ pointer: schema, name: `${id} ${status} body` })),
        );
  return found.flatMap(({ name, pointer }) => (pointer === undefined ? [] : [{ name, pointer }]));
}

/** Visits each schema of one direction once, in the document's order. */
export function walkDeclared(
  document: ApiDocument,
  direction: Direction,
  visit: (found: Visit) => void,
): void {
  const visited = new Set<Pointer>();
  const skipped = direction === 'request' ? 'readOnly' : 'writeOnly';
  const walk = (start: Pointer, name: string, depth: number) => {
    const found = document.resolve(start);
    if (!found || !isObject(found.node) || visited.has(found.pointer) || depth > deepest) return;
    if (found.node[skipped] === true) return;
    visited.add(found.pointer);
    visit({ pointer: found.pointer, node: found.node, name });
    for (const part of partsOf(found.pointer, found.node)) walk(part.pointer, name + part.suffix, depth + 1);
  };
  for (const operation of document.operations) {
    for (const { name, pointer } of schemaRoots(operation, direction)) walk(pointer, name, 0);
  }
}

function partsOf(
  pointer: Pointer,
  node: JsonObject,
): readonly { readonly pointer: Pointer; readonly suffix: string }[] {
  const lists = ['allOf', 'oneOf', 'anyOf'].flatMap((keyword) =>
    indexesOf(node[keyword]).map((index) => ({ pointer: pointerTo(pointer, keyword, index), suffix: '' })),
  );
  const properties = Object.keys(isObject(node.properties) ? node.properties : {}).map((name) => ({
    pointer: pointerTo(pointer, 'properties', name),
    suffix: `/${name}`,
  }));
  const others = ['items', 'additionalProperties'].flatMap((keyword) =>
    isObject(node[keyword]) ? [{ pointer: pointerTo(pointer, keyword), suffix: '/*' }] : [],
  );
  return [...lists, ...properties, ...others];
}

/** Visits the schemas that speak of a value and of its parts; of alternatives those that it is valid by. */
export function walkValue(
  context: SeenContext,
  start: Pointer,
  value: unknown,
  direction: Direction,
  visit: (pointer: Pointer, node: JsonObject, value: unknown) => void,
): void {
  const walk = (pointer: Pointer, part: unknown, depth: number): void => {
    const found = context.document.resolve(pointer);
    if (!found || !isObject(found.node) || depth > deepest) return;
    const { node } = found;
    visit(found.pointer, node, part);
    for (const index of indexesOf(node.allOf))
      walk(pointerTo(found.pointer, 'allOf', index), part, depth + 1);
    for (const keyword of ['oneOf', 'anyOf']) {
      for (const index of indexesOf(node[keyword])) {
        const branch = pointerTo(found.pointer, keyword, index);
        if (context.validators.validate(branch, part, direction, '').length === 0)
          walk(branch, part, depth + 1);
      }
    }
    if (Array.isArray(part) && isObject(node.items)) {
      for (const item of part) walk(pointerTo(found.pointer, 'items'), item, depth + 1);
    } else if (isObject(part)) walkFields(found.pointer, node, part, depth);
  };
  const walkFields = (pointer: Pointer, node: JsonObject, part: JsonObject, depth: number): void => {
    const properties = isObject(node.properties) ? node.properties : {};
    for (const [name, field] of Object.entries(part)) {
      if (Object.hasOwn(properties, name)) walk(pointerTo(pointer, 'properties', name), field, depth + 1);
      else if (isObject(node.additionalProperties))
        walk(pointerTo(pointer, 'additionalProperties'), field, depth + 1);
    }
  };
  walk(start, value, 0);
}

function indexesOf(list: unknown): readonly number[] {
  return Array.isArray(list) ? [...list.keys()] : [];
}
