import type { ApiDocument } from '../../openapi/document/document.ts';
import { findApi } from '../../openapi/load/bundled-apis.ts';
import { loadDocument } from '../../openapi/load/load-document.ts';
import { noticeLine } from './notice-line.ts';
import { printError } from './print.ts';

const told = new Set<string>();

/**
 * Loads a bundled API or a document, and tells on stderr, once, what is wrong in it and is read all the same.
 *
 * @throws SparringError as `findApi` and `loadDocument` do
 */
export async function loadApi(api: string): Promise<ApiDocument> {
  const document = await loadDocument(findApi(api));
  for (const warning of document.warnings()) {
    if (!told.has(warning)) printError(noticeLine({ level: 'warning', message: warning }));
    told.add(warning);
  }
  return document;
}
