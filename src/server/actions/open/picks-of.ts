import { isObject, objectOrEmpty } from '../../../json/is-object.ts';
import type { Pointer } from '../../../json/json-pointer.ts';
import { schemaFields, schemaTypes } from '../../../openapi/document/schema-fields.ts';
import { valuesIn } from '../../../openapi/infer/list-filters.ts';
import { plainName } from '../../../openapi/infer/plain-name.ts';
import type { StoredRecord } from '../../../state/stored-record.ts';
import type { OpenSource } from './open-source.ts';

type Test = (record: StoredRecord) => boolean;
type Query = Readonly<Record<string, unknown>>;

/** Names of parameters that search all texts of a record. */
const searchNames = /^(?:q|query|search|searchtext|searchterm|term|keywords?|text|filter\[q\])$/i;
/** What stands before or after a field's name, and how its value is then compared. */
const bounds: readonly (readonly [RegExp, (order: number) => boolean])[] = [
  [/^(?:min|from|since|after|start)_?|_?(?:from|since|min|start|gte|ge)$|\[gte\]$/i, (order) => order >= 0],
  [/_?(?:after|gt)$|\[(?:gt|after)\]$/i, (order) => order > 0],
  [/^(?:max|to|until|before|end)_?|_?(?:to|until|max|end|lte|le)$|\[lte\]$/i, (order) => order <= 0],
  [/_?(?:before|lt)$|\[(?:lt|before)\]$/i, (order) => order < 0],
];

/** What the parameters of a list ask for beyond equal values: bounds, searches, filters in brackets; undefined where they ask for none. */
export function picksOf(source: OpenSource, query: Query): Test {
  const { action, document } = source;
  const { list, resource } = action;
  const fields =
    resource.schema === undefined ? new Map<string, Pointer>() : schemaFields(document, resource.schema);
  const known = new Set(list?.filters.map(({ name }) => name));
  const paging = [list?.paging?.start, list?.paging?.size];
  const tests: Test[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || known.has(name) || paging.includes(name)) continue;
    const test = testOf(source, fields, name, value);
    if (test) tests.push(test);
  }
  return tests.length === 0 ? all : (record) => tests.every((test) => test(record));
}

const all: Test = () => true;

/** The parameters of a request that a list declares and does not understand: they have no effect, which is told. */
export function notUnderstood(source: OpenSource, query: Query): readonly string[] {
  const { action, document } = source;
  const { list, resource } = action;
  const fields =
    resource.schema === undefined ? new Map<string, Pointer>() : schemaFields(document, resource.schema);
  const known = new Set([
    list?.paging?.start,
    list?.paging?.size,
    ...(list?.filters ?? []).map(({ name }) => name),
    ...(list?.sorts ?? []).flatMap(({ parameter, way }) => [parameter.name, way?.name]),
  ]);
  return action.operation.parameters
    .filter(({ in: place, name }) => place === 'query' && query[name] !== undefined && !known.has(name))
    .filter(({ name }) => testOf(source, fields, name, query[name]) === undefined)
    .map(({ name }) => `${name} has no effect`);
}

function testOf(
  source: OpenSource,
  fields: ReadonlyMap<string, Pointer>,
  name: string,
  value: unknown,
): Test | undefined {
  if (isObject(value) && /^(?:filter|filters|where)$/i.test(name)) {
    const tests = Object.entries(value).flatMap(([key, part]) => testOf(source, fields, key, part) ?? []);
    return tests.length === 0 ? undefined : (record) => tests.every((test) => test(record));
  }
  const bracketed = /^(?:filter|where)\[([^\]]+)\]$/.exec(name)?.[1];
  if (bracketed !== undefined) return testOf(source, fields, bracketed, value);
  if (searchNames.test(name) && typeof value === 'string') return searching(value);
  const own = fieldNamed(fields, name);
  if (own !== undefined && isObject(value)) {
    const tests = Object.entries(value).flatMap(
      ([key, part]) => bounded(source, fields, own, `[${key}]`, part) ?? [],
    );
    return tests.length === 0 ? undefined : (record) => tests.every((test) => test(record));
  }
  if (own !== undefined) return equal(own, value);
  for (const [expression] of bounds) {
    const bare = name.replace(expression, '');
    const field =
      bare === name || bare === '' ? undefined : (fieldNamed(fields, bare) ?? timeNamed(fields, bare));
    if (field !== undefined) return bounded(source, fields, field, name, value);
  }
  return undefined;
}

function fieldNamed(fields: ReadonlyMap<string, Pointer>, name: string): string | undefined {
  const plain = plainName(name);
  return [...fields.keys()].find((field) => plainName(field) === plain);
}

/** `created_after` is about `created_at`. */
function timeNamed(fields: ReadonlyMap<string, Pointer>, name: string): string | undefined {
  const plain = plainName(name);
  return [...fields.keys()].find((field) =>
    ['at', 'on', 'date', 'time'].some((end) => plainName(field) === `${plain}${end}`),
  );
}

function equal(field: string, wanted: unknown): Test {
  const values = [wanted].flat().map(String);
  return ({ value }) =>
    valuesIn(value, [field])
      .flat()
      .some((one) => values.includes(String(one)));
}

function bounded(
  { document }: OpenSource,
  fields: ReadonlyMap<string, Pointer>,
  field: string,
  name: string,
  wanted: unknown,
): Test | undefined {
  const [, holds] = bounds.find(([expression]) => expression.test(name)) ?? [];
  const at = fields.get(field);
  if (!holds || at === undefined || (typeof wanted !== 'string' && typeof wanted !== 'number'))
    return undefined;
  const isTime = /^date/.test(String(objectOrEmpty(document.resolve(at)?.node).format));
  const types = schemaTypes(document, at);
  const isNumber = types.has('number') || types.has('integer');
  const rank = (value: unknown) =>
    isTime ? Date.parse(String(value)) : isNumber ? rankOf(value) : Number.NaN;
  const bound = rank(wanted);
  if (Number.isNaN(bound)) return undefined;
  return ({ value }) => {
    const found = rank(value[field]);
    return !Number.isNaN(found) && holds(Math.sign(found - bound));
  };
}

/** A number, or a time where numbers are times in seconds. */
function rankOf(value: unknown): number {
  const number = Number(value);
  return Number.isNaN(number) ? Date.parse(String(value)) / 1000 : number;
}

function searching(text: string): Test {
  const wanted = text.toLowerCase();
  return ({ value }) => textsIn(value).some((one) => one.toLowerCase().includes(wanted));
}

/** The texts of a record that a person would search in: ids of no meaning are none. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string')
    return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ? [] : [value];
  if (typeof value === 'number') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
