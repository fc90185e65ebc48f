import type { Pointer } from '../../json/json-pointer.ts';
import type { MediaType } from './document.ts';

/** Kinds of content that are a value with parts, the plainest first. */
const structured = [/\bjson\b/, /^(?:\*|application)\/\*$/, /\bxml\b/, /x-www-form-urlencoded|form-data/];

/** Where the schema of a message's structured content stands: that of JSON, else of a range that JSON falls under, of XML, of a form. */
export function structuredContent(mediaTypes: readonly MediaType[] | undefined): Pointer | undefined {
  for (const kind of structured) {
    const found = mediaTypes?.find(({ name, schema }) => schema !== undefined && kind.test(name));
    if (found) return found.schema;
  }
  return undefined;
}
