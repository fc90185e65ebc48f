import type { ApiDocument, Operation } from '../document/document.ts';

/** The operations on one collection and on its items, in the document's order. */
export interface CollectionOperations {
  readonly collection: readonly Operation[];
  readonly items: readonly ItemOperation[];
}

interface ItemOperation {
  readonly operation: Operation;
  /** The path's last parameter. */
  readonly parameter: string;
}

const none: CollectionOperations = { collection: [], items: [] };

/** Finds operations by the path of their collection, without going through all of a document for each. */
export function indexCollections(document: ApiDocument): (collectionPath: string) => CollectionOperations {
  const found = new Map<string, { collection: Operation[]; items: ItemOperation[] }>();
  const at = (path: string) => {
    let entry = found.get(path);
    if (!entry) {
      entry = { collection: [], items: [] };
      found.set(path, entry);
    }
    return entry;
  };
  for (const operation of document.operations) {
    const { path } = operation;
    at(path.replace(/\/+$/, '')).collection.push(operation);
    const item = /^(.*)\/\{([^{}/]+)\}\/?$/.exec(path);
    if (item) at(item[1] ?? '').items.push({ operation, parameter: item[2] ?? '' });
  }
  return (path) => found.get(path) ?? none;
}
