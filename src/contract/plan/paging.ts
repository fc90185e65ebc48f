import type { ApiDocument, Operation, Parameter } from '../../openapi/document.ts';
import { isObject, type JsonObject } from '../../openapi/is-object.ts';
import { propertiesOf } from '../../openapi/record-schema.ts';
import type { PageWalk } from '../types.ts';
import { successSchema } from './collections.ts';

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

/** How an operation's parameters page; undefined where they do not. */
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

/** `page[size]`, `page_size` and `pageSize` are one name. */
export function plainName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
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

/** How all pages of a list are read, its size being what the request says; undefined where it has no pages. */
export function walkOf(document: ApiDocument, operation: Operation, most: number): PageWalk | undefined {
  const paging = pagingOf(document, operation);
  const given = schemaOf(document, paging?.size)?.default;
  const size = typeof given === 'number' ? given : undefined;
  if (paging?.start) {
    const schema = schemaOf(document, paging.start);
    const first = paging.by === 'offset' ? 0 : firstPage(schema);
    return { by: paging.by, parameter: paging.start.name, first, size, most };
  }
  return linksNext(document, operation)
    ? { by: 'link', parameter: undefined, first: undefined, size, most }
    : undefined;
}

/** A page that may be 0 is counted from 0; one that must be 1 or is 1 by default, from 1. */
function firstPage(schema: JsonObject | undefined): number | undefined {
  const least = schema?.minimum ?? schema?.default;
  return least === 0 || least === 1 ? least : undefined;
}

/** Whether answers name the page after: in a header field Link, or in a field of their envelope. */
export function linksNext(document: ApiDocument, operation: Operation): boolean {
  const success = operation.responses.find(({ status }) => /^2/.test(status));
  if (success?.headers.some(({ name }) => name.toLowerCase() === 'link')) return true;
  const schema = successSchema(operation);
  if (schema === undefined) return false;
  const fields = propertiesOf(document, schema);
  return [...fields].some(
    ([name, at]) => isNext(name) || [...propertiesOf(document, at).keys()].some(isNext),
  );
}

function isNext(name: string): boolean {
  return ['next', 'nexturl', 'nextpageurl', 'nextlink', 'nexthref'].includes(plainName(name));
}
