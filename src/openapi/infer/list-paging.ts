import { isObject, type JsonObject } from '../../json/is-object.ts';
import type { ApiDocument, Operation, Parameter } from '../document/document.ts';
import { recordPropertiesOf } from '../document/record-properties.ts';
import { successSchema } from '../document/success-schema.ts';
import { plainName } from './plain-name.ts';

/** The query parameters that page through a list, by their usual names. */
export interface ListPaging {
  readonly by: 'page' | 'offset' | 'cursor';
  readonly start: Parameter | undefined;
  readonly size: Parameter | undefined;
}

const names = {
  size: ['limit', 'pagesize', 'perpage', 'size', 'pagelimit', 'itemsperpage'],
  offset: ['offset', 'skip', 'pageoffset'],
  page: ['page', 'pagenumber'],
  cursor: ['cursor', 'pagetoken', 'pagecursor', 'startingafter', 'nexttoken', 'continuationtoken'],
};

/** How the parameters of an operation ask for pages; undefined when they do not. */
export function pagingOf(document: ApiDocument, operation: Operation): ListPaging | undefined {
  const named = (wanted: readonly string[]) =>
    operation.parameters.find(
      (parameter) => parameter.in === 'query' && wanted.includes(plainName(parameter.name)),
    );
  const size = numeric(document, named(names.size));
  const offset = numeric(document, named(names.offset));
  const page = numeric(document, named(names.page));
  const cursor = named(names.cursor);
  if (offset) return { by: 'offset', start: offset, size };
  if (page) return { by: 'page', start: page, size };
  if (cursor) return { by: 'cursor', start: cursor, size };
  return size && { by: 'cursor', start: undefined, size };
}

function numeric(document: ApiDocument, parameter: Parameter | undefined): Parameter | undefined {
  const types = [schemaOf(document, parameter)?.type].flat();
  return types.includes('string') || types.includes('object') ? undefined : parameter;
}

/** The schema of a parameter, as far as it is written in one place. */
export function schemaOf(document: ApiDocument, parameter: Parameter | undefined): JsonObject | undefined {
  if (parameter?.schema === undefined) return undefined;
  const node = document.resolve<JsonObject>(parameter.schema)?.node;
  return isObject(node) ? node : undefined;
}

/** A page that may be 0 is counted from 0; one that must be 1 or is 1 by default, from 1. */
export function firstPage(schema: JsonObject | undefined): number | undefined {
  const least = schema?.minimum ?? schema?.default;
  return least === 0 || least === 1 ? least : undefined;
}

/** Whether answers name the page after: in a header field Link, or in a field of their envelope. */
export function linksNext(document: ApiDocument, operation: Operation): boolean {
  const success = operation.responses.find(({ status }) => /^2/.test(status));
  if (success?.headers.some(({ name }) => name.toLowerCase() === 'link')) return true;
  const schema = successSchema(operation);
  if (schema === undefined) return false;
  const fields = recordPropertiesOf(document, schema);
  return [...fields].some(
    ([name, at]) => isNext(name) || [...recordPropertiesOf(document, at).keys()].some(isNext),
  );
}

export function isNext(name: string): boolean {
  return ['next', 'nexturl', 'nextpageurl', 'nextlink', 'nexthref'].includes(plainName(name));
}

/** Names of the query parameters that page through a list. */
export interface Paging {
  readonly by: 'page' | 'offset' | 'cursor';
  readonly start: string | undefined;
  readonly size: string | undefined;
  /** Records on a page where the caller does not say. */
  readonly defaultSize: number | undefined;
  /** Number of the first page. */
  readonly first: number;
  /** Whether a cursor that nobody gave out is refused, rather than taken for the first page. */
  readonly isStrict?: boolean;
}

/** How many records a page has where nobody says. */
const usualSize = 20;

/** Names of cursors that may mean something else as well, where a size stands beside them. */
const otherCursors = [
  'next',
  'after',
  'marker',
  'continuation',
  'nextpage',
  'nextpagetoken',
  'pageafter',
  'skiptoken',
  'startkey',
  'fromid',
  'startafter',
];

/** The cursor of a list of which the usual names find only a size. */
function otherCursor(operation: Operation): Parameter | undefined {
  return operation.parameters.find(
    ({ in: place, name }) => place === 'query' && otherCursors.includes(plainName(name)),
  );
}

/**
 * What paging through a list takes.
 *
 * @param isOpen whether cursors of less usual names are looked for, and those that nobody gave out refused
 */
export function inferPaging(document: ApiDocument, operation: Operation, isOpen = false): Paging | undefined {
  const usual = pagingOf(document, operation);
  if (!usual) return undefined;
  const paging =
    isOpen && usual.by === 'cursor' && !usual.start ? { ...usual, start: otherCursor(operation) } : usual;
  const { by, size, start } = paging;
  const given = schemaOf(document, size)?.default;
  return {
    by,
    start: start?.name,
    size: size?.name,
    defaultSize: typeof given === 'number' ? given : by === 'page' ? usualSize : undefined,
    first: firstPage(schemaOf(document, start)) ?? 1,
    ...(isOpen && by === 'cursor' && { isStrict: true }),
  };
}
