import type { ApiDocument } from '../document/document.ts';
import { isBundled } from '../load/bundled-apis.ts';

/**
 * Whether more is read off a document than pairs of a collection and an item path, and state is invented where it leaves that
 * open: yes for a document of one's own, and no for the bundled ones, which say all of it, unless the document says otherwise.
 */
export function isOpen(document: ApiDocument): boolean {
  return document.extension.invents ?? !isBundled(document.file);
}
