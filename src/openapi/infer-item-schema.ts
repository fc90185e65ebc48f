import type { ApiDocument, Operation, Pointer } from './document.ts';
import { itemsPointer } from './infer-list.ts';
import { idFieldIn, type PathFacts } from './path-facts.ts';
import { propertiesOf } from './record-schema.ts';

/** Where the schema of a collection's records stands: what reading one answers, else what the list holds, else what creating answers. */
export function findItemSchema(
  document: ApiDocument,
  { collection, collectionPath: path }: PathFacts,
): Pointer | undefined {
  const operations = document.operations.filter((operation) => operation.path.startsWith(path));
  const item = operations.find(({ method, path: own }) => method === 'get' && isItemOf(own, path));
  const list = operations.find(({ method, path: own }) => method === 'get' && sameCollection(own, path));
  const create = operations.find(({ method, path: own }) => method === 'post' && sameCollection(own, path));
  const parameter = operations
    .map(({ path: own }) => own.slice(path.length))
    .find((rest) => itemPath.test(rest))
    ?.match(itemPath)?.[1];
  const fromList = list && successSchema(list);
  const answers = [
    item && successSchema(item),
    fromList && itemsPointer(document, fromList),
    create && successSchema(create),
  ];
  const isRecord = (fields: ReadonlySet<string>) => idFieldIn(fields, collection, parameter) !== undefined;
  const candidates = answers.filter((answer) => answer !== undefined);
  for (const candidate of candidates) {
    const record = findRecord(document, candidate, isRecord, 0);
    if (record !== undefined) return record;
  }
  return candidates
    .map((candidate) => document.resolve(candidate)?.pointer)
    .find((at) => at !== undefined && propertiesOf(document, at).size > 0);
}

/** The schema with a field for the id: the answer's own, or the only such one within its envelope. */
function findRecord(
  document: ApiDocument,
  pointer: Pointer,
  isRecord: (fields: ReadonlySet<string>) => boolean,
  depth: number,
): Pointer | undefined {
  const at = document.resolve(pointer)?.pointer;
  if (at === undefined || depth > 2) return undefined;
  const properties = propertiesOf(document, at);
  if (isRecord(new Set(properties.keys()))) return at;
  const within = [...properties.values()].flatMap(
    (below) => findRecord(document, below, isRecord, depth + 1) ?? [],
  );
  return within.length === 1 ? within[0] : undefined;
}

const itemPath = /^\/\{([^{}/]+)\}\/?$/;

function isItemOf(path: string, collection: string): boolean {
  return itemPath.test(path.slice(collection.length));
}

function sameCollection(path: string, collection: string): boolean {
  return path.replace(/\/+$/, '') === collection;
}

function successSchema({ responses }: Operation): Pointer | undefined {
  const success =
    responses.find(({ status }) => /^2(\d\d|XX)$/i.test(status)) ??
    responses.find(({ status }) => status === 'default');
  return success?.mediaTypes.find(({ name }) => /\bjson\b/.test(name))?.schema;
}
