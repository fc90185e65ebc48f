import { isObject, type JsonObject } from '../../../json/is-object.ts';
import type { ApiCollection } from '../../../openapi/infer/api-collections.ts';
import type { CaseExchange } from '../../model/exchange.ts';
import { baseRequest } from '../../plan/requests/base-request.ts';
import type { BoundRecord, Environment } from '../environment/environment.ts';
import { findItems } from './find-record.ts';
import { identitiesMade, identityOf } from './identity-of.ts';
import { readBound } from './read-bound.ts';
import { recordsShown } from './records-shown.ts';
import { sendRequest, succeeded } from './send-request.ts';

/**
 * What a creation made, however it tells: in its body, by Location, or in the list afterwards. What was there before was not
 * made, though an answer shows it.
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
    (await fromAnswer(environment, collection, exchange, namespace)) ??
    fromLocation(collection, exchange) ??
    (await fromList(environment, collection, exchange, namespace, owned));
  if (!record) return undefined;
  const id = String(record[collection.id]);
  const path = { ...exchange.sent.path, ...keysOf(collection, record, exchange) };
  const isElsewhere = exchange.operation !== collection.create;
  if (wasThere(environment, collection, exchange, identityOf(collection, path, id), isElsewhere)) {
    if (exchange.creation !== undefined)
      environment.ledger.add({ kind: 'settled', creation: exchange.creation });
    return undefined;
  }
  noteCreated(environment, collection, id, path, exchange.creation);
  return { collection: collection.name, id, record, path, owned: true };
}

/** The record that the answer shows; of several that may be it, the one that its own path reads. */
async function fromAnswer(
  environment: Environment,
  collection: ApiCollection,
  exchange: CaseExchange,
  namespace: string | undefined,
): Promise<JsonObject | undefined> {
  const shown = recordsShown(exchange.response?.json?.value, collection, exchange.sent.body?.value);
  const ids = new Set(shown.map((record) => String(record[collection.id])));
  if (ids.size < 2 || environment.controls || !collection.read) return shown[0];
  for (const record of shown) {
    const id = String(record[collection.id]);
    const path = { ...exchange.sent.path, ...keysOf(collection, record, exchange) };
    const read = await readBound(environment, collection, { id, path }, namespace);
    if (read !== undefined && read.status < 300) return record;
  }
  return shown[0];
}

/** The other parts of a record's key, as it has them or as they were sent. */
function keysOf(
  { keyParameters = [] }: ApiCollection,
  record: JsonObject,
  { sent }: CaseExchange,
): Record<string, unknown> {
  const body = isObject(sent.body?.value) ? sent.body.value : {};
  return Object.fromEntries(
    keyParameters.flatMap((name) => {
      const value = record[name] ?? body[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/**
 * Whether the list held it before the run created anything in it.
 *
 * @param isUnsureOld what is said where the list does not tell
 */
function wasThere(
  { ledger }: Environment,
  { name }: ApiCollection,
  { sent }: CaseExchange,
  identity: string,
  isUnsureOld: boolean,
): boolean {
  const parameters = JSON.stringify(stringsOf(sent.path));
  const before = ledger.entries.find(
    (entry) =>
      entry.kind === 'before' && entry.collection === name && JSON.stringify(entry.parameters) === parameters,
  );
  if (before?.kind !== 'before') return isUnsureOld;
  return before.ids.includes(identity) || (isUnsureOld && !before.whole);
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
  const before = environment.ledger.entries.find(
    (entry) => entry.kind === 'before' && entry.collection === collection.name && entry.whole,
  );
  const isListedBefore = before?.kind === 'before';
  if (named.length === 0 && !isListedBefore) return undefined;
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
  const known = new Set([
    ...owned.flatMap((each) =>
      each.collection === collection.name ? [identityOf(collection, each.path, each.id)] : [],
    ),
    ...identitiesMade(environment.ledger.entries, collection),
  ]);
  const fresh = items.filter((item) => !known.has(identityOf(collection, item)));
  if (named.length > 0) {
    const mine = fresh.filter((item) => named.every((id) => Object.values(item).includes(id)));
    return mine.length === 1 ? mine[0] : undefined;
  }
  // What other cases made in the meantime is the run's too, as long as it is as this one was sent.
  const added = fresh.filter((item) => isListedBefore && !before.ids.includes(identityOf(collection, item)));
  const keys = [collection.id, ...(collection.keyParameters ?? [])];
  return (
    added.find((item) =>
      keys.every((key) => value[key] !== undefined && String(item[key]) === String(value[key])),
    ) ?? added.find((item) => isAsSent(item, value, collection))
  );
}

/** Whether all plain fields that a record shows, but for an id that the server may give, are as they were sent, and at least one is. */
function isAsSent(item: JsonObject, sent: JsonObject, { id, keyParameters }: ApiCollection): boolean {
  const shown = Object.entries(sent).filter(
    ([name, part]) =>
      (name !== id || keyParameters) &&
      part !== null &&
      typeof part !== 'object' &&
      Object.hasOwn(item, name),
  );
  return shown.length > 0 && shown.every(([name, part]) => item[name] === part);
}

function sentBy({ create, list, name }: ApiCollection) {
  const operation = create ?? list;
  if (!operation) throw new Error(`The collection ${name} has no operations.`);
  return operation;
}
