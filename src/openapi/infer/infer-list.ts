import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument, Operation } from '../document/document.ts';
import { recordPropertiesOf } from '../document/record-properties.ts';
import { findListItems, itemsPointer } from './find-list-items.ts';
import { listFiltersOf } from './list-filters.ts';
import { listPageFactsOf, type PageFact } from './list-page-facts.ts';
import { inferPaging, type Paging } from './list-paging.ts';
import { type SortParameter, sortParametersOf } from './list-sorts.ts';
import { totalOf } from './list-total.ts';
import type { FoundList } from './record-place.ts';

/** How a list answer is built: where the records stand in its envelope, and what else stands there. */
export interface ListShape {
  /** Keys that lead to the array; none when the answer is the array. */
  readonly itemsAt: readonly string[];
  /** Keys that lead to the number of all records. */
  readonly totalAt: readonly string[] | undefined;
  /** Lower-case name of the header field that holds it. */
  readonly totalHeader: string | undefined;
  readonly paging: Paging | undefined;
  /** What else the envelope says of a page. */
  readonly facts: readonly PageFact[];
  readonly filters: readonly ListFilter[];
  readonly sorts: readonly SortParameter[];
}

/** A query parameter that picks records by a field. */
export interface ListFilter {
  readonly name: string;
  /** Keys that lead to the value in a record; `0` stands for every one of a list. */
  readonly at: readonly string[];
}

/**
 * The shape of a list answer: an array in itself, or the one array of objects in an envelope at most three levels deep.
 *
 * @param fields where the properties of the list's records stand
 * @param found the list within the answer, where it is known
 */
export function inferList(
  document: ApiDocument,
  operation: Operation,
  schema: Pointer,
  fields: ReadonlyMap<string, Pointer>,
  found?: FoundList,
): ListShape | undefined {
  const itemsAt = found?.keys ?? findListItems(document, schema);
  if (!itemsAt) return undefined;
  const items = found?.items ?? itemsPointer(document, schema);
  const shown = new Map([...fields, ...(items === undefined ? [] : recordPropertiesOf(document, items))]);
  const total = totalOf(document, operation);
  const paging = inferPaging(document, operation, found !== undefined);
  const sorts = sortParametersOf(document, operation, shown);
  const taken = [
    paging?.start,
    paging?.size,
    ...sorts.flatMap(({ parameter, way }) => [parameter.name, way?.name]),
  ];
  return {
    itemsAt,
    totalAt: itemsAt.length === 0 || total?.keys.length === 0 ? undefined : total?.keys,
    totalHeader: total?.header,
    paging,
    facts: listPageFactsOf(document, schema, { itemsAt, totalAt: total?.keys, paging }),
    filters: inferFilters(document, operation, fields).filter(({ name }) => !taken.includes(name)),
    sorts,
  };
}

/** Those of which a filter is certain, and those that are called as a field is. */
function inferFilters(
  document: ApiDocument,
  operation: Operation,
  fields: ReadonlyMap<string, Pointer>,
): readonly ListFilter[] {
  const certain = new Map(
    listFiltersOf(document, operation).map(({ at, parameter }) => [parameter.name, at]),
  );
  return operation.parameters
    .filter(({ in: place }) => place === 'query')
    .flatMap(({ name }): ListFilter[] => {
      const at = certain.get(name) ?? (fields.has(name) ? [name] : undefined);
      return at ? [{ name, at }] : [];
    });
}
