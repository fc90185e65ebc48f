import type { Operation } from '../document/document.ts';
import { structuredSchema, successResponse } from './structured-schema.ts';

/** Why an operation of a document of one's own is taken for nothing that is done to records, in words. */
export function whyUnsure(operation: Operation): string {
  const { extension, method, path } = operation;
  if (extension.action === 'none') return 'x-sparring says that it does nothing';
  const response = successResponse(operation, extension.status);
  const isShown = structuredSchema(response) !== undefined;
  if (method === 'get' && !isShown)
    return response && response.mediaTypes.length > 0 ? 'it shows a file, not a record' : 'it shows nothing';
  if (method === 'get') return 'nothing writes to what it shows, and it is no list of records';
  const last = path.split('/').findLast((part) => part !== '') ?? path;
  return `no list or read tells of records at its path, nor is "${last}" known to act on one`;
}
