import type { ApiDocument, Operation, Pointer } from './document.ts';
import { itemsPointer } from './infer-list.ts';
import { propertiesOf } from './record-schema.ts';

/** Where the schema of a collection's records stands: what reading one answers, else what the list holds, else what creating answers. */
export function findItemSchema(
  document: ApiDocument,
  path: string,
): { readonly pointer: Pointer } | undefined {
  const operations = document.operations.filter((operation) => isUnder(operation, path));
  const item = operations.find(({ method, path: own }) => method === 'get' && isItemOf(own, path));
  const list = operations.find(({ method, path: own }) => method === 'get' && sameCollection(own, path));
  const create = operations.find(({ method, path: own }) => method === 'post' && sameCollection(own, path));
  const fromList = list && successSchema(list);
  const candidates = [
    item && successSchema(item),
    fromList && itemsPointer(document, fromList),
    create && successSchema(create),
  ];
  for (const candidate of candidates) {
    const found = candidate === undefined ? undefined : document.resolve(candidate);
    if (found && propertiesOf(document, found.pointer).size > 0) return { pointer: found.pointer };
  }
  return undefined;
}

function isUnder({ path }: Operation, collection: string): boolean {
  return path.startsWith(collection);
}

function isItemOf(path: string, collection: string): boolean {
  return /^\/\{[^{}/]+\}\/?$/.test(path.slice(collection.length));
}

function sameCollection(path: string, collection: string): boolean {
  return path.replace(/\/+$/, '') === collection;
}

function successSchema({ responses }: Operation): Pointer | undefined {
  const success = responses.find(({ status }) => /^2(\d\d|XX)$/.test(status));
  return success?.mediaTypes.find(({ name }) => /\bjson\b/.test(name))?.schema;
}
