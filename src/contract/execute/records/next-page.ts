import { isObject } from '../../../json/is-object.ts';
import { plainName } from '../../../openapi/infer/plain-name.ts';
import type { CaseExchange } from '../../model/exchange.ts';
import type { PageWalk } from '../../model/step.ts';
import { findItems } from './find-record.ts';

/** What to ask for the page after: another value of the query, or a URL. */
export type NextPage =
  | { readonly query: Readonly<Record<string, unknown>>; readonly url?: undefined }
  | { readonly url: string; readonly query?: undefined };

/**
 * What comes after the pages that were read; undefined at the end: an empty page, one that is shorter than was asked for, one
 * that is the same as the one before, a refusal, or no word of a next one.
 *
 * @param id the field that identifies a record
 */
export function nextPage(walk: PageWalk, pages: readonly CaseExchange[], id: string): NextPage | undefined {
  const last = pages.at(-1);
  if (!last?.response || last.response.status >= 300 || pages.length >= walk.most) return undefined;
  const items = idsOf(last, id);
  if (!items || items.length === 0) return undefined;
  if (walk.by === 'link') {
    const url = nextUrl(last);
    return url === undefined || pages.some(({ request }) => request.url === url) ? undefined : { url };
  }
  if (walk.parameter === undefined) return undefined;
  if (walk.by === 'cursor') {
    const cursor = cursorIn(last.response.json?.value, walk.parameter) ?? afterLast(walk, last, items);
    const isKnown = pages.some(({ sent }) => sent.query[walk.parameter ?? ''] === cursor);
    return cursor === undefined || isKnown ? undefined : { query: { [walk.parameter]: cursor } };
  }
  const before = pages.at(-2);
  const isFound = walk.first !== undefined || pages.length > 2;
  if (isFound && isSame(before, last, id)) return undefined;
  if (walk.size !== undefined && items.length < walk.size) return undefined;
  if (walk.by === 'offset') {
    const read = pages.reduce((sum, page) => sum + (idsOf(page, id)?.length ?? 0), 0);
    return { query: { [walk.parameter]: read } };
  }
  const first = walk.first ?? (isSame(pages[0], pages[1], id) ? 1 : 0);
  // The second request of a walk whose first page is not known asks for 1, and sees whether that is the first again.
  const number = pages.length === 1 && walk.first === undefined ? 1 : numberOf(walk, last, first) + 1;
  return { query: { [walk.parameter]: number } };
}

/** Whether the page was asked for but to find out how pages are counted, and is the first once more. */
export function isSame(one: CaseExchange | undefined, other: CaseExchange | undefined, id: string): boolean {
  const [a, b] = [one && idsOf(one, id), other && idsOf(other, id)];
  return a !== undefined && a.length > 0 && a.join() === b?.join();
}

function numberOf({ parameter = '' }: PageWalk, { sent }: CaseExchange, first: number): number {
  const value = sent.query[parameter];
  return typeof value === 'number' ? value : first;
}

function idsOf({ response }: CaseExchange, id: string): readonly string[] | undefined {
  return findItems(response?.json?.value, id)?.map((item) => String(item[id]));
}

/** The next page's URL on the same server: by a Link of relation `next` (RFC 8288), or by a field of the envelope. */
export function nextUrl({ request, response }: CaseExchange): string | undefined {
  const [, linked] = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(response?.headers.link ?? '') ?? [];
  const named = linked ?? nextIn(response?.json?.value, 0);
  if (named === undefined || !/^(?:https?:\/\/|\/|\?)/.test(named) || !URL.canParse(named, request.url))
    return undefined;
  const url = new URL(named, request.url);
  return url.origin === new URL(request.url).origin ? url.href : undefined;
}

function nextIn(value: unknown, depth: number): string | undefined {
  if (!isObject(value) || depth > 2) return undefined;
  for (const [name, part] of Object.entries(value)) {
    if (['next', 'nexturl', 'nextpageurl', 'nextlink', 'nexthref'].includes(plainName(name))) {
      if (typeof part === 'string') return part;
      if (isObject(part) && typeof part.href === 'string') return part.href;
    }
    const below = nextIn(part, depth + 1);
    if (below !== undefined) return below;
  }
  return undefined;
}

const cursorNames = [
  'nextcursor',
  'nextpagetoken',
  'nexttoken',
  'nextpagecursor',
  'cursor',
  'next',
  'endcursor',
];

/** The value of the next cursor: a field of the answer or its envelope named for it. */
function cursorIn(value: unknown, parameter: string, depth = 0): string | undefined {
  if (!isObject(value) || depth > 2) return undefined;
  for (const name of [...cursorNames, `next${plainName(parameter)}`]) {
    const found = Object.entries(value).find(([key]) => plainName(key) === name)?.[1];
    if (typeof found === 'string' && found !== '' && !/^https?:/.test(found)) return found;
  }
  for (const part of Object.values(value)) {
    const below = cursorIn(part, parameter, depth + 1);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** Some lists go on after the id of a record, as long as they say that there is more. */
function afterLast(
  { parameter = '' }: PageWalk,
  { response }: CaseExchange,
  items: readonly string[],
): string | undefined {
  const value = response?.json?.value;
  const isMore = isObject(value) && (value.has_more === true || value.hasMore === true);
  return isMore && plainName(parameter) === 'startingafter' ? items.at(-1) : undefined;
}
