import { SparringError } from '../../../errors.ts';
import { isObject } from '../../../json/is-object.ts';
import { pointerTo } from '../../../json/json-pointer.ts';
import { nearest } from '../../../json/nearest.ts';
import type { ApiDocument, Operation, ParameterLocation } from '../../../openapi/document/document.ts';
import { recordPropertiesOf } from '../../../openapi/document/record-properties.ts';

/** A value that only a person knows, and which requests it is for. */
export interface GivenValue {
  readonly value: unknown;
  /** Whether it is the value of a parameter of an operation. */
  isOfParameter(operation: Operation, place: ParameterLocation, name: string): boolean;
  /** The keys that lead to it in a body of an operation, of each place it goes to. */
  keysInBody(operation: Operation, mediaType: string | undefined): readonly (readonly string[])[];
}

const places = {
  path: 'path',
  query: 'query',
  header: 'header',
  headers: 'header',
  cookie: 'cookie',
} as const;
const forms = 'createOrder.body.customerId, readOrder.path.id, parameters.region or schemas.Order.kind';

/**
 * Reads values by what they are for: `<operationId>.body.<field>…`, `<operationId>.query.<name>` (path, header, cookie alike),
 * `parameters.<name>` of whatever operation, `schemas.<name>.<field>…` wherever a body has that schema.
 *
 * @throws SparringError `usage` for a name that the document does not have
 */
export function readGivenValues(
  document: ApiDocument,
  values: Readonly<Record<string, unknown>> = {},
): readonly GivenValue[] {
  return Object.entries(values).map(([key, value]) => readGivenValue(document, key, value));
}

function readGivenValue(document: ApiDocument, key: string, value: unknown): GivenValue {
  const [kind = '', name = '', ...rest] = key.split('.');
  if (kind === 'parameters' && name !== '') {
    const wanted = [name, ...rest].join('.');
    assertKnown(
      key,
      wanted,
      document.operations.flatMap(({ parameters }) => parameters.map((each) => each.name)),
    );
    return { value, isOfParameter: (_, __, each) => each === wanted, keysInBody: () => [] };
  }
  if (kind === 'schemas' && rest.length > 0) {
    const { schemas = {} } = document.root.components ?? {};
    assertKnown(key, name, Object.keys(schemas));
    return {
      value,
      isOfParameter: () => false,
      keysInBody(operation, mediaType) {
        const schema = operation.requestBody?.mediaTypes.find((each) => each.name === mediaType)?.schema;
        const found =
          schema === undefined ? [] : placesOf(document, schema, pointerTo('#/components/schemas', name));
        return found.map((keys) => [...keys, ...rest]);
      },
    };
  }
  const id = [...document.operationsById.keys()]
    .filter((each) => key.startsWith(`${each}.`))
    .toSorted((one, other) => other.length - one.length)[0];
  const [place = '', ...keys] = id === undefined ? [] : key.slice(id.length + 1).split('.');
  const location = Object.hasOwn(places, place) ? places[place as keyof typeof places] : undefined;
  const wanted = keys.join('.');
  if (id === undefined || wanted === '' || (place !== 'body' && location === undefined))
    throw new SparringError('usage', `"${key}" does not say what its value is for.`, {
      next: guessFor(document, key) ?? `Write it as ${forms}.`,
    });
  const operation = document.operationsById.get(id);
  if (location !== undefined)
    assertKnown(
      key,
      wanted,
      (operation?.parameters ?? []).flatMap((each) => (each.in === location ? each.name : [])),
    );
  return {
    value,
    isOfParameter: (each, at, name_) => each.id === id && at === location && name_ === wanted,
    keysInBody: (each) => (each.id === id && place === 'body' ? [keys] : []),
  };
}

function guessFor(document: ApiDocument, key: string): string | undefined {
  const [first = ''] = key.split(/\.(?:body|path|query|headers?|cookie)\./);
  const guess = nearest(first, [...document.operationsById.keys()]);
  return guess === undefined || guess === first ? undefined : `Did you mean the operation ${guess}?`;
}

function assertKnown(key: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const guess = nearest(name, [...new Set(known)]);
  throw new SparringError('usage', `"${key}" is for "${name}", which the document does not have.`, {
    next:
      guess === undefined
        ? `It has ${[...new Set(known)].slice(0, 20).join(', ') || 'none'}.`
        : `Did you mean ${guess}?`,
  });
}

/** Where a named schema stands within a body, as keys; items of lists have none of their own. */
function placesOf(
  document: ApiDocument,
  schema: string,
  wanted: string,
  above: readonly string[] = [],
): readonly (readonly string[])[] {
  const found = document.resolve(schema);
  if (!found || above.includes(found.pointer) || above.length > 6) return [];
  if (found.pointer === wanted) return [[]];
  const inside = [...above, found.pointer];
  const node = isObject(found.node) ? found.node : {};
  const parts = Array.isArray(node.allOf)
    ? node.allOf.map((_, index) => pointerTo(found.pointer, 'allOf', index))
    : [];
  const same = node.items === undefined ? parts : [...parts, pointerTo(found.pointer, 'items')];
  return [
    ...same.flatMap((each) => placesOf(document, each, wanted, inside)),
    ...[...recordPropertiesOf(document, found.pointer)].flatMap(([name, at]) =>
      placesOf(document, at, wanted, inside).map((keys) => [name, ...keys]),
    ),
  ];
}

/** A value with another in its place at some keys, in each item of lists; what leads there must be there already. */
export function withGivenAt(value: unknown, keys: readonly string[], given: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return given;
  if (Array.isArray(value) && !/^\d+$/.test(key)) return value.map((item) => withGivenAt(item, keys, given));
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? withGivenAt(item, rest, given) : item));
  if (!isObject(value)) return value;
  if (rest.length > 0 && !Object.hasOwn(value, key)) return { ...value, [key]: withGivenAt({}, rest, given) };
  return { ...value, [key]: withGivenAt(value[key], rest, given) };
}
