import { isObject } from '../../json/is-object.ts';
import { callersAddress } from '../../openapi/document/server-addresses.ts';
import type { PageFact } from '../../openapi/infer/list-page-facts.ts';
import type { Paging } from '../../openapi/infer/list-paging.ts';
import type { BehaviourContext } from '../../providers/model/provider.ts';
import type { Page } from './page-of-records.ts';
import { wrapRecord } from './wrap-record.ts';

type Call = Pick<BehaviourContext, 'operation' | 'path' | 'query'>;

/** Says in an envelope what its document has places for: the next page, the number of pages, and so on. */
export function withPageFacts(
  envelope: unknown,
  facts: readonly PageFact[],
  paging: Paging | undefined,
  page: Page,
  call: Call,
): unknown {
  return facts.reduce<unknown>((told, { absent, keys, kind }) => {
    const value = tell[kind](page, (start) => pageUrl(call, paging, start), paging) ?? absent;
    return value === undefined ? told : wrapRecord(keys, value, told);
  }, envelope ?? {});
}

/** Where pages before and after are, as a Link header says it (RFC 8288, section 3); undefined: there are none. */
export function linkHeader(
  paging: Paging | undefined,
  { next, previous }: Page,
  call: Call,
): string | undefined {
  const links = Object.entries({ next, prev: previous }).flatMap(([relation, start]) =>
    start === undefined ? [] : [`<${pageUrl(call, paging, start)}>; rel="${relation}"`],
  );
  return links.length > 0 ? links.join(', ') : undefined;
}

type Tell = (page: Page, url: (start: number | string) => string, paging: Paging | undefined) => unknown;

const tell: Readonly<Record<PageFact['kind'], Tell>> = {
  nextUrl: ({ next }, url) => (next === undefined ? undefined : url(next)),
  previousUrl: ({ previous }, url) => (previous === undefined ? undefined : url(previous)),
  nextCursor: ({ next }) => (next === undefined ? undefined : String(next)),
  nextPage: ({ next }) => next,
  hasNext: ({ offset, records, total }) => records.length > 0 && offset + records.length < total,
  hasPrevious: ({ offset }) => offset > 0,
  page: ({ offset, size }, _, paging) =>
    size ? (paging?.first ?? 1) + Math.floor(offset / size) : undefined,
  pages: ({ size, total }) => (size ? Math.ceil(total / size) : undefined),
  size: ({ size }) => size,
  offset: ({ offset }) => offset,
};

/** The same list from another page on. */
function pageUrl(
  { operation, path, query }: Call,
  paging: Paging | undefined,
  start: number | string,
): string {
  const at = operation.path.replaceAll(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeURIComponent(String(path[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, [paging?.start ?? '']: start })) {
    if (isObject(value))
      for (const [key, part] of Object.entries(value)) search.append(`${name}[${key}]`, String(part));
    else for (const each of [value].flat()) if (each !== undefined) search.append(name, String(each));
  }
  return `${callersAddress}${at}?${search}`;
}
