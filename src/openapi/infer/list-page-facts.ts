import { objectOrEmpty } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument } from '../document/document.ts';
import { recordPropertiesOf, requiredPropertiesOf } from '../document/record-properties.ts';
import { isNext, type Paging } from './list-paging.ts';
import { plainName } from './plain-name.ts';

/** What an envelope may say of a page beside the number of all records. */
export type PageFactKind =
  | 'nextUrl'
  | 'previousUrl'
  | 'nextCursor'
  | 'nextPage'
  | 'hasNext'
  | 'hasPrevious'
  | 'page'
  | 'pages'
  | 'size'
  | 'offset';

/** A place in the envelope of a list that says something of the page. */
export interface PageFact {
  readonly keys: readonly string[];
  readonly kind: PageFactKind;
  /** What stands there where there is nothing to say: null, nothing where it may be left out, else an empty text. */
  readonly absent: null | undefined | '';
}

interface Places {
  readonly itemsAt: readonly string[];
  readonly totalAt: readonly string[] | undefined;
  readonly paging: Paging | undefined;
}

const deepest = 2;
const numbers: Readonly<Record<string, PageFactKind>> = {
  page: 'page',
  pagenumber: 'page',
  currentpage: 'page',
  totalpages: 'pages',
  pagecount: 'pages',
  lastpage: 'pages',
  pages: 'pages',
  perpage: 'size',
  pagesize: 'size',
  limit: 'size',
  itemsperpage: 'size',
  offset: 'offset',
  skip: 'offset',
  nextpage: 'nextPage',
};
const flags: Readonly<Record<string, PageFactKind>> = {
  hasmore: 'hasNext',
  hasnext: 'hasNext',
  hasnextpage: 'hasNext',
  hasprevious: 'hasPrevious',
  hasprev: 'hasPrevious',
  haspreviouspage: 'hasPrevious',
};
const previous = /^(?:prev|previous)(?:url|link|href|pageurl)?$/;
const cursors = /^(?:next(?:cursor|pagetoken|token|pagecursor)|cursor|endcursor)$/;

/** Where the envelope of a list says something of the page, by the usual names. */
export function listPageFactsOf(document: ApiDocument, schema: Pointer, places: Places): readonly PageFact[] {
  return places.itemsAt.length === 0 ? [] : factsIn(document, schema, places, []);
}

function factsIn(
  document: ApiDocument,
  schema: Pointer,
  places: Places,
  above: readonly string[],
): readonly PageFact[] {
  const required = requiredPropertiesOf(document, schema);
  const taken = [places.itemsAt, places.totalAt].map((keys) => keys?.join('/'));
  return [...recordPropertiesOf(document, schema)].flatMap(([name, at]): readonly PageFact[] => {
    const keys = [...above, name];
    if (taken.includes(keys.join('/'))) return [];
    const node = objectOrEmpty(document.resolve(at)?.node);
    const types = [node.type].flat().map(String);
    if (types.includes('object') || node.properties !== undefined)
      return keys.length <= deepest ? factsIn(document, at, places, keys) : [];
    const kind =
      kindOf(plainName(name), types, String(node.format ?? ''), places.paging) ??
      (places.paging?.isStrict && types.includes('string')
        ? strictKindOf(plainName(name), plainName(above.at(-1) ?? ''), places.paging)
        : undefined);
    if (!kind) return [];
    const absent = types.includes('null') ? null : required.has(name) ? '' : undefined;
    return [{ keys, kind, absent }];
  });
}

/** What a text says of the next page by the name of the cursor's parameter, or by what it is a part of. */
function strictKindOf(name: string, holder: string, { start }: Paging): PageFactKind | undefined {
  if (start === undefined) return undefined;
  if (holder === 'next' && /^(?:link|href|url)$/.test(name)) return 'nextUrl';
  const isNamed = name === plainName(start) || (holder === 'next' && /^(?:after|cursor|token)$/.test(name));
  return isNamed ? 'nextCursor' : undefined;
}

function kindOf(
  name: string,
  types: readonly string[],
  format: string,
  paging: Paging | undefined,
): PageFactKind | undefined {
  if (types.includes('boolean')) return flags[name];
  if (types.includes('integer') || types.includes('number')) return paging && numbers[name];
  if (!types.includes('string')) return undefined;
  const isByCursor = paging?.by === 'cursor' && paging.start !== undefined;
  const isUrl = format.startsWith('uri');
  if (!isUrl && (cursors.test(name) || (isByCursor && name === 'next'))) return 'nextCursor';
  if (isNext(name)) return 'nextUrl';
  return previous.test(name) ? 'previousUrl' : undefined;
}
