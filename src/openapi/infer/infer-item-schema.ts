import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument, Operation } from '../document/document.ts';
import { recordPropertiesOf } from '../document/record-properties.ts';
import { structuredContent } from '../document/structured-content.ts';
import type { CollectionOperations } from './collection-operations.ts';
import { itemsPointer } from './find-list-items.ts';
import { idFieldIn } from './path-facts.ts';

/** Where the schema of a collection's records stands: what reading one answers, else what the list holds, else what creating answers. */
export function inferItemSchema(
  document: ApiDocument,
  collection: string,
  { collection: own, items }: CollectionOperations,
): Pointer | undefined {
  const item = items.find(({ operation }) => operation.method === 'get')?.operation;
  const list = own.find(({ method }) => method === 'get');
  const create = own.find(({ method }) => method === 'post');
  const parameter = items[0]?.parameter;
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
    .find((at) => at !== undefined && recordPropertiesOf(document, at).size > 0);
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
  const properties = recordPropertiesOf(document, at);
  if (isRecord(new Set(properties.keys()))) return at;
  const within = [...properties.values()].flatMap(
    (below) => findRecord(document, below, isRecord, depth + 1) ?? [],
  );
  return within.length === 1 ? within[0] : undefined;
}

function successSchema({ responses }: Operation): Pointer | undefined {
  const success =
    responses.find(({ status }) => /^2(\d\d|XX)$/i.test(status)) ??
    responses.find(({ status }) => status === 'default');
  return structuredContent(success?.mediaTypes);
}
