import { isObject, type JsonObject } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import { parameterExamples } from '../document/declared-examples.ts';
import type { ApiDocument, Operation, Parameter } from '../document/document.ts';
import { descriptionOf, parameterPlaceOf } from '../document/parameter-place.ts';
import { itemFields } from './find-list-items.ts';
import { schemaOf } from './list-paging.ts';
import { plainName } from './plain-name.ts';

export type SortDirection = 'ascending' | 'descending';

/** A field to order by; `either` where it is not told which way. */
export interface FieldOrder {
  readonly field: string;
  readonly direction: SortDirection | 'either';
}

/** A query that asks for an order. */
export interface Sort extends FieldOrder {
  readonly query: Readonly<Record<string, unknown>>;
  readonly pointer: Pointer;
  readonly isSaid: boolean;
}

/** A query parameter that asks for an order by fields of the items. */
export interface SortParameter {
  readonly parameter: Parameter;
  readonly pointer: Pointer;
  /** The parameter that says which way, where there is one beside it. */
  readonly way: Parameter | undefined;
  /** What the document lists or shows for it. */
  readonly values: readonly unknown[];
  /** What it lists or shows for the way. */
  readonly ways: readonly unknown[];
  /** Whether the document says in words that it sorts. */
  readonly isSaid: boolean;
  /** Where the properties of the items stand. */
  readonly fields: ReadonlyMap<string, Pointer>;
  /** The field that a value names and the way that it tells; undefined where it names none. */
  read(value: string): FieldOrder | undefined;
}

const sortNames = ['sort', 'sortby', 'orderby', 'order', 'ordering', 'sortfield', 'sortkey', 'sortcolumn'];
const wayNames = ['order', 'sortorder', 'direction', 'dir', 'sortdirection', 'sortdir', 'orderdirection'];
const sortWords = /\b(?:sort\w*|order\w*)\b/i;
/** Values of one parameter that are looked at. */
const mostValues = 8;

/**
 * The parameters of a list that ask for an order.
 *
 * @param fields where the properties of the items stand
 */
export function sortParametersOf(
  document: ApiDocument,
  list: Operation,
  fields: ReadonlyMap<string, Pointer> = itemFields(document, list),
): readonly SortParameter[] {
  const inQuery = list.parameters.filter(({ in: place }) => place === 'query');
  const choices = (parameter: Parameter) => valuesOf(document, list, parameter);
  const way = inQuery.find((parameter) => {
    const ways = wayNames.includes(plainName(parameter.name)) ? choices(parameter) : [];
    return ways.length > 0 && ways.every((value) => directionOf(String(value)) !== undefined);
  });
  return inQuery
    .filter((parameter) => parameter !== way && sortNames.includes(plainName(parameter.name)))
    .flatMap((parameter): SortParameter[] => {
      const pointer = parameterPlaceOf(parameter);
      if (pointer === undefined) return [];
      const values = choices(parameter);
      const siblings = values.map(String);
      return [
        {
          parameter,
          pointer,
          way,
          values,
          ways: way ? choices(way) : [],
          isSaid: sortWords.test(descriptionOf(document, pointer)),
          fields,
          read: (value) => readSort(value, fields, siblings),
        },
      ];
    });
}

/** The orders that a list can be asked for: what its parameter lists or shows, where a field of the items is meant. */
export function listSortsOf(document: ApiDocument, list: Operation): readonly Sort[] {
  const fields = itemFields(document, list);
  return sortParametersOf(document, list, fields).flatMap((sort) => {
    const { isSaid, parameter, pointer, values, way, ways } = sort;
    return values.flatMap((value): Sort[] => {
      const read = sort.read(String(value));
      if (!read || isRanked(document, fields.get(read.field))) return [];
      const query = { [parameter.name]: value };
      if (!way || read.direction !== 'either') return [{ ...read, query, pointer, isSaid }];
      return ways.flatMap((each): Sort[] => {
        const told = directionOf(String(each));
        const both = { ...query, [way.name]: each };
        return told ? [{ field: read.field, direction: told, query: both, pointer, isSaid }] : [];
      });
    });
  });
}

/** The order that a query asks for; undefined where it asks for none, or for one that is not known. */
export function askedOrder(
  sorts: readonly SortParameter[],
  query: Readonly<Record<string, unknown>>,
): readonly FieldOrder[] | undefined {
  for (const { parameter, read, way } of sorts) {
    const value = query[parameter.name];
    if (value === undefined || value === null) continue;
    const told = way && directionOf(String(query[way.name] ?? ''));
    const orders = [value].flat().flatMap((each) => readList(String(each), read) ?? []);
    if (orders.length === 0) continue;
    return orders.map((order) =>
      told && order.direction === 'either' ? { ...order, direction: told } : order,
    );
  }
  return undefined;
}

/** `pages,desc` is one order, `pages,-title` are two. */
function readList(text: string, read: SortParameter['read']): readonly FieldOrder[] | undefined {
  const whole = read(text);
  return whole
    ? [whole]
    : text.includes(',')
      ? text.split(',').flatMap((part) => read(part.trim()) ?? [])
      : undefined;
}

/** The values that a parameter lists, else those it shows. */
function valuesOf(document: ApiDocument, list: Operation, parameter: Parameter): readonly unknown[] {
  const schema = schemaOf(document, parameter);
  if (Array.isArray(schema?.enum)) return schema.enum.slice(0, mostValues);
  const shown = parameterExamples(document, list, parameter).map(({ value }) => value);
  const given = schema?.default === undefined ? [] : [schema.default];
  return [...new Set([...shown, ...given])].filter((value) => typeof value === 'string');
}

function directionOf(text: string): SortDirection | undefined {
  if (/^(?:a|asc|ascending)$/i.test(text)) return 'ascending';
  return /^(?:d|desc|descending)$/i.test(text) ? 'descending' : undefined;
}

/** `-created`, `created:desc`, `created_asc`, or a field alone, which goes up where the other way has a sign. */
function readSort(
  text: string,
  fields: ReadonlyMap<string, Pointer>,
  siblings: readonly string[],
): FieldOrder | undefined {
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
