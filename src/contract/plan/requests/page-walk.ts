import type { ApiDocument, Operation } from '../../../openapi/document/document.ts';
import { firstPage, linksNext, pagingOf, schemaOf } from '../../../openapi/infer/list-paging.ts';
import type { PageWalk } from '../../model/step.ts';

/** How all pages of a list are read, its size being what the request says; undefined where it has no pages. */
export function pageWalkOf(document: ApiDocument, operation: Operation, most: number): PageWalk | undefined {
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
