import type { ApiDocument, Operation, Parameter, Pointer } from '../../openapi/document.ts';
import { itemsPointer } from '../../openapi/infer-list.ts';
import { isObject, type JsonObject, objectOrEmpty } from '../../openapi/is-object.ts';
import { childOf, pointerTo } from '../../openapi/json-pointer.ts';
import { propertiesOf } from '../../openapi/record-schema.ts';
import { parameterExamples } from './base-request.ts';
import { successSchema } from './collections.ts';
import { plainName, schemaOf } from './paging.ts';

/** A query parameter that picks the records with a value in the field of its name. */
export interface Filter {
  readonly parameter: Parameter;
  /** Keys that lead to the value in a record; `0` stands for every one of a list. */
  readonly at: readonly string[];
  /** Where the parameter stands. */
  readonly pointer: Pointer;
  /** Whether the document says in words that it filters, rather than by its name alone. */
  readonly isSaid: boolean;
}

/** A query that asks for an order. */
export interface Sort {
  readonly query: Readonly<Record<string, unknown>>;
  readonly field: string;
  /** `either` where the document does not tell which way. */
  readonly direction: 'ascending' | 'descending' | 'either';
  readonly pointer: Pointer;
  readonly isSaid: boolean;
}

/** Names of fields that parameters share with them to another end: how records are shown, where they are near to. */
const otherEnds =
  /^(?:fields?|include|expand|embed|view|format|lang|language|locale|units?|currency|timezone|version|depth|key|token|apikey|callback|lat|lon|lng|latitude|longitude|radius|distance|q|query|search|page|limit|offset|size|count|total|since|until|from|to|start|end|before|after|date|time)$/;
const otherWords =
  /\b(?:search|fuzzy|convert\w*|display\w*|sort\w*|order(?:ed|ing)? by|near\w*|within|since|until|after|before|at least|at most|minimum|maximum|up to|greater|less|more than|starting|ending|not|exclud\w*|prefix|contain\w*|wildcard|pattern|regex)\b/i;
const filterWords = /\b(?:filter\w*|only|whose|match\w*|by|with|of|for|restrict\w*)\b/i;
const sortWords = /\b(?:sort\w*|order\w*)\b/i;

/** Where the properties of a list's items stand. */
function itemFields(document: ApiDocument, list: Operation): ReadonlyMap<string, Pointer> {
  const schema = successSchema(list);
  const items = schema === undefined ? undefined : itemsPointer(document, schema);
  return items === undefined ? new Map() : propertiesOf(document, items);
}

/** The parameters of a list that filter by a field; none where that is in doubt. */
export function filtersOf(document: ApiDocument, list: Operation): readonly Filter[] {
  const fields = itemFields(document, list);
  return list.parameters.flatMap((parameter): Filter[] => {
    const { in: place, mediaType, name } = parameter;
    const pointer = placeOf(parameter);
    if (place !== 'query' || mediaType !== undefined || pointer === undefined) return [];
    const at = fieldPath(document, fields, plainName(name));
    const text = descriptionOf(document, pointer);
    if (!at || otherEnds.test(plainName(name)) || otherWords.test(text)) return [];
    if (
      !isScalar(document, parameter.schema) ||
      !isOfOneKind(document, parameter.schema, fields.get(at[0] ?? ''))
    )
      return [];
    return [{ parameter, at, pointer, isSaid: filterWords.test(text) }];
  });
}

/** `genre` for a field `genre`, `tag` for one of `tags`, `eventName` for the `name` of one of `events`, `author__name` for that of `author`. */
function fieldPath(
  document: ApiDocument,
  fields: ReadonlyMap<string, Pointer>,
  name: string,
): readonly string[] | undefined {
  for (const [field, at] of fields) {
    const own = plainName(field);
    if (own === name && isScalar(document, at)) return [field];
    const items = objectOrEmpty(document.resolve(at)?.node).items;
    const one = own.replace(/s$/, '');
    const schema = items === undefined ? at : pointerTo(document.resolve(at)?.pointer ?? at, 'items');
    const keys = items === undefined ? [field] : [field, '0'];
    if (items !== undefined && (name === one || name === own) && isScalar(document, schema)) return keys;
    for (const [part, below] of propertiesOf(document, schema))
      if (name === `${one}${plainName(part)}` && isScalar(document, below)) return [...keys, part];
  }
  return undefined;
}

/** The values that a filter looks at in a record. */
export function valuesIn(record: unknown, at: readonly string[]): readonly unknown[] {
  const [key, ...rest] = at;
  if (key === undefined) return [record];
  if (Array.isArray(record)) return record.flatMap((item) => valuesIn(item, rest));
  const part = childOf(record, key);
  return part === undefined ? [] : valuesIn(part, rest);
}

/** Texts, numbers and booleans; times are compared in other ways than by being the same. */
function isScalar(document: ApiDocument, pointer: Pointer | undefined): boolean {
  const node = pointer === undefined ? undefined : document.resolve<JsonObject>(pointer)?.node;
  if (!isObject(node) || /date|time/.test(String(node.format ?? ''))) return false;
  const types = [node.type].flat();
  if (types.includes('object') || types.includes('array')) return false;
  return (
    Array.isArray(node.enum) ||
    types.some((type) => ['string', 'integer', 'number', 'boolean'].includes(String(type)))
  );
}

/** A name where the record has a yes or no is no value of it: `favorited=ann` asks for what Ann has favorited. */
function isOfOneKind(
  document: ApiDocument,
  parameter: Pointer | undefined,
  field: Pointer | undefined,
): boolean {
  const isBoolean = (pointer: Pointer | undefined) => {
    const node = pointer === undefined ? undefined : document.resolve<JsonObject>(pointer)?.node;
    return [objectOrEmpty(node).type].flat().includes('boolean');
  };
  return !isBoolean(field) || isBoolean(parameter);
}

function placeOf({ schema }: Parameter): Pointer | undefined {
  return schema?.replace(/\/schema$/, '');
}

function descriptionOf(document: ApiDocument, pointer: Pointer): string {
  return String(objectOrEmpty(document.resolve(pointer)?.node).description ?? '');
}

const sortNames = ['sort', 'sortby', 'orderby', 'order', 'ordering', 'sortfield', 'sortkey', 'sortcolumn'];
const directionNames = [
  'order',
  'sortorder',
  'direction',
  'dir',
  'sortdirection',
  'sortdir',
  'orderdirection',
];

/** The orders that a list can be asked for: what its parameter lists or shows, where a field of the items is meant. */
export function sortsOf(document: ApiDocument, list: Operation): readonly Sort[] {
  const fields = itemFields(document, list);
  const inQuery = list.parameters.filter(({ in: place }) => place === 'query');
  const choices = (parameter: Parameter) => valuesOf(document, list, parameter);
  const direction = inQuery.find(
    (parameter) =>
      directionNames.includes(plainName(parameter.name)) &&
      choices(parameter).length > 0 &&
      choices(parameter).every((value) => directionOf(String(value)) !== undefined),
  );
  return inQuery
    .filter((parameter) => parameter !== direction && sortNames.includes(plainName(parameter.name)))
    .flatMap((parameter) => {
      const values = choices(parameter);
      const pointer = placeOf(parameter);
      if (pointer === undefined) return [];
      const isSaid = sortWords.test(descriptionOf(document, pointer));
      return values.flatMap((value): Sort[] => {
        const read = readSort(String(value), fields, values.map(String));
        if (!read || isRanked(document, fields.get(read.field))) return [];
        const query = { [parameter.name]: value };
        if (!direction || read.direction !== 'either') return [{ ...read, query, pointer, isSaid }];
        return choices(direction).flatMap((way): Sort[] => {
          const told = directionOf(String(way));
          const both = { ...query, [direction.name]: way };
          return told ? [{ field: read.field, direction: told, query: both, pointer, isSaid }] : [];
        });
      });
    });
}

/** The values that a parameter lists, else those it shows. */
function valuesOf(document: ApiDocument, list: Operation, parameter: Parameter): readonly unknown[] {
  const schema = schemaOf(document, parameter);
  if (Array.isArray(schema?.enum)) return schema.enum.slice(0, 8);
  const shown = parameterExamples(document, list, parameter).map(({ value }) => value);
  const given = schema?.default === undefined ? [] : [schema.default];
  return [...new Set([...shown, ...given])].filter((value) => typeof value === 'string');
}

function directionOf(text: string): 'ascending' | 'descending' | undefined {
  if (/^(?:a|asc|ascending)$/i.test(text)) return 'ascending';
  return /^(?:d|desc|descending)$/i.test(text) ? 'descending' : undefined;
}

/** `-created`, `created:desc`, `created_asc`, or a field alone, which goes up where the other way has a sign. */
function readSort(
  text: string,
  fields: ReadonlyMap<string, Pointer>,
  siblings: readonly string[],
): Pick<Sort, 'direction' | 'field'> | undefined {
  const named = (name: string) => [...fields.keys()].find((field) => plainName(field) === plainName(name));
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/.exec(text) ?? [];
  const whole = named(rest);
  if (whole !== undefined) {
    if (sign !== '') return { field: whole, direction: sign === '-' ? 'descending' : 'ascending' };
    return { field: whole, direction: siblings.includes(`-${rest}`) ? 'ascending' : 'either' };
  }
  const [, name = '', way = ''] = /^(.*?)[:., _-](asc|desc|ascending|descending)$/i.exec(rest) ?? [];
  const field = name === '' ? undefined : named(name);
  const direction = directionOf(way);
  return field !== undefined && direction && sign === '' ? { field, direction } : undefined;
}

/** Choices may be ranked in another way than by their letters. */
function isRanked(document: ApiDocument, pointer: Pointer | undefined): boolean {
  const node = pointer === undefined ? undefined : document.resolve<JsonObject>(pointer)?.node;
  return isObject(node) && (Array.isArray(node.enum) || [node.type].flat().includes('object'));
}

/** The order that a document states for a list that is not asked for another: by `x-sparring`, or in words. */
export function statedOrder(
  { description = '', summary = '' }: Operation['definition'],
  order: string | undefined,
  created: string | undefined,
): Pick<Sort, 'direction' | 'field' | 'isSaid'> | undefined {
  if (order !== undefined) {
    const field = order.replace(/^-/, '');
    return { field, direction: order.startsWith('-') ? 'descending' : 'ascending', isSaid: true };
  }
  if (created === undefined) return undefined;
  const text = `${summary} ${description}`;
  if (
    /\b(?:newest|latest|most recent(?:ly created)?)(?: \w+)? first\b|\breverse[- ]chronological/i.test(text)
  )
    return { field: created, direction: 'descending', isSaid: false };
  return /\boldest(?: \w+)? first\b/i.test(text)
    ? { field: created, direction: 'ascending', isSaid: false }
    : undefined;
}
