import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument, Operation } from '../document/document.ts';
import { recordPropertiesOf } from '../document/record-properties.ts';
import { successSchema } from '../document/success-schema.ts';
import { plainName } from './plain-name.ts';

/** Where a list answer says how many records there are. */
export interface ListTotal {
  /** Keys that lead to it; none for a header field. */
  readonly keys: readonly string[];
  /** Lower-case name of the header field that holds it. */
  readonly header: string | undefined;
  readonly pointer: Pointer;
  /** Whether it may be the number of records on the page as well: a plain `count`. */
  readonly isVague: boolean;
  /** Whether the document says in words what it is, rather than by its name alone. */
  readonly isSaid: boolean;
}

const sure = ['total', 'totalcount', 'totalitems', 'totalelements', 'totalresults', 'totalrecords'];
const vague = ['count', 'length'];
const deepest = 2;

/** The number of all records that a list answers with, by its usual names: in its envelope, or in a header field. */
export function totalOf(document: ApiDocument, list: Operation): ListTotal | undefined {
  const schema = successSchema(list);
  if (schema !== undefined) {
    for (const names of [sure, vague]) {
      const found = find(document, schema, names, 0);
      if (found)
        return {
          ...found,
          header: undefined,
          isVague: names === vague,
          isSaid: isSaid(document, found.pointer),
        };
    }
  }
  const success = list.responses.find(({ status }) => /^2/.test(status));
  const header = success?.headers.find(({ name }) => ['xtotalcount', 'xtotal'].includes(plainName(name)));
  if (!success || !header) return undefined;
  const pointer = header.schema?.replace(/\/schema$/, '') ?? success.pointer;
  return {
    keys: [],
    header: header.name.toLowerCase(),
    pointer,
    isVague: false,
    isSaid: isSaid(document, pointer),
  };
}

function find(
  document: ApiDocument,
  schema: Pointer,
  names: readonly string[],
  depth: number,
): Pick<ListTotal, 'keys' | 'pointer'> | undefined {
  const fields = recordPropertiesOf(document, schema);
  for (const [name, pointer] of fields)
    if (names.includes(plainName(name)) && isCount(document, pointer)) return { keys: [name], pointer };
  if (depth >= deepest) return undefined;
  for (const [name, pointer] of fields) {
    const below = find(document, pointer, names, depth + 1);
    if (below) return { ...below, keys: [name, ...below.keys] };
  }
  return undefined;
}

function isSaid(document: ApiDocument, pointer: Pointer): boolean {
  const { description = '' } = document.resolve<{ readonly description?: string }>(pointer)?.node ?? {};
  return /\b(?:total|number|how many|count)\b/i.test(description);
}

function isCount(document: ApiDocument, pointer: Pointer): boolean {
  const { type } = document.resolve<{ readonly type?: unknown }>(pointer)?.node ?? {};
  return [type].flat().some((each) => each === 'integer' || each === 'number');
}
