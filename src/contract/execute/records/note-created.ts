import { isObject, type JsonObject } from '../../../json/is-object.ts';
import type { ApiCollection } from '../../../openapi/infer/api-collections.ts';
import type { CaseExchange } from '../../model/exchange.ts';
import { baseRequest } from '../../plan/requests/base-request.ts';
import type { BoundRecord, Environment } from '../environment/environment.ts';
import { findItems, findRecordIn } from './find-record.ts';
import { sendRequest, succeeded } from './send-request.ts';

/**
 * What a creation made, however it tells: in its body, by Location, or in the list afterwards.
 *
 * @param owned what the case made before, of which the list tells nothing new
 */
export async function noteCreation(
  environment: Environment,
  collection: ApiCollection,
  exchange: CaseExchange,
  namespace: string | undefined,
  owned: readonly BoundRecord[] = [],
): Promise<BoundRecord | undefined> {
  if (!succeeded(exchange)) return undefined;
  const record =
    findRecordIn(exchange.response?.json?.value, collection.id) ??
    fromLocation(collection, exchange) ??
    (await fromList(environment, collection, exchange, namespace, owned));
  if (!record) return undefined;
  const id = String(record[collection.id]);
  const { path } = exchange.sent;
  noteCreated(environment, collection, id, path, exchange.creation);
  return { collection: collection.name, id, record, path, owned: true };
}

/** Writes into the ledger that a record is the run's, what deletes it, and the number of its creation there. */
export function noteCreated(
  { ledger }: Environment,
  collection: ApiCollection,
  id: string,
  path: Readonly<Record<string, unknown>>,
  creation?: number,
): void {
  ledger.add({
    kind: 'created',
    collection: collection.name,
    id,
    ...(creation !== undefined && { creation }),
    ...(collection.delete && { deletedBy: collection.delete.id }),
    path: {
      ...stringsOf(path),
      ...(collection.idParameter !== undefined && { [collection.idParameter]: id }),
    },
  });
}

function stringsOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

/** RFC 9110, section 15.3.2: a created resource is identified by Location. */
function fromLocation(collection: ApiCollection, { response }: CaseExchange): JsonObject | undefined {
  const location = response?.status === 201 ? response.headers.location : undefined;
  const last = location
    ?.split(/[?#]/, 1)[0]
    ?.split('/')
    .findLast((part) => part !== '');
  return last === undefined ? undefined : { [collection.id]: decodeURIComponent(last) };
}

/** The one record in the list that holds an id which the request named: of a record that the run made for it alone. */
async function fromList(
  environment: Environment,
  collection: ApiCollection,
  { sent }: CaseExchange,
  namespace: string | undefined,
  owned: readonly BoundRecord[],
): Promise<JsonObject | undefined> {
  const { list } = collection;
  const value = sent.body?.value;
  if (!list || !isObject(value)) return undefined;
  const named = Object.entries(value).flatMap(([field, id]) =>
    environment.context.collections.relationOf(sentBy(collection), field) && typeof id === 'string'
      ? [id]
      : [],
  );
  if (named.length === 0) return undefined;
  const base = baseRequest(environment.context, list);
  const listed = await sendRequest(environment, {
    operation: list,
    template: { ...base.template, path: sent.path },
    expect: 'any',
    role: 'setup',
    namespace,
  });
  if ('missing' in listed) return undefined;
  const items = findItems(listed.response?.json?.value, collection.id) ?? [];
  const known = new Set(
    owned.flatMap((boundRecord) => (boundRecord.collection === collection.name ? [boundRecord.id] : [])),
  );
  const mine = items.filter(
    (item) =>
      !known.has(String(item[collection.id])) && named.every((id) => Object.values(item).includes(id)),
  );
  return mine.length === 1 ? mine[0] : undefined;
}

function sentBy({ create, list, name }: ApiCollection) {
  const operation = create ?? list;
  if (!operation) throw new Error(`The collection ${name} has no operations.`);
  return operation;
}
