import { isObject, type JsonObject } from '../../../json/is-object.ts';
import { childOf } from '../../../json/json-pointer.ts';
import type { ApiCollection } from '../../../openapi/infer/api-collections.ts';
import { baseRequest } from '../../plan/requests/base-request.ts';
import type { Environment } from '../environment/environment.ts';
import type { Before, Creation } from '../environment/ledger.ts';
import { findItems } from './find-record.ts';
import { identityOf } from './identity-of.ts';
import type { Send, Sending } from './send-request.ts';

/** Where a list does not say how many there are and how many are on a page, fewer than this are taken for all. */
const likelyPage = 10;

/**
 * Notes a write before it leaves. Of a creation it notes what tells its record from those that were there before, so that it
 * is found again when the run ends before the answer. Returns the creation's number.
 */
export async function noteIntent(
  environment: Environment,
  sending: Sending,
  path: string,
  send: Send,
): Promise<number | undefined> {
  const { context, controls, ledger } = environment;
  if (!ledger.isKept) return undefined;
  const { operation, template } = sending;
  const intent = { kind: 'intent', operation: operation.id, method: template.method, path } as const;
  const collection = context.collections.creates(operation);
  // A mock's namespace goes as a whole.
  if (!collection || template.method !== 'POST' || controls) {
    ledger.add(intent);
    return undefined;
  }
  await noteBefore(environment, collection, sending, send);
  const creation: Creation = {
    number: ledger.next(),
    collection: collection.name,
    parameters: textsOf(template.path),
    // The server may give another id than was sent.
    fields: tellingFields(template.body?.value, collection.keyParameters ? undefined : collection.id),
  };
  ledger.add({ ...intent, creation });
  return creation.number;
}

const noted = new WeakMap<Environment['ledger'], Map<string, Promise<void>>>();

/** Once for a list; under a parent that the run made itself, nothing was there before. */
function noteBefore(
  environment: Environment,
  collection: ApiCollection,
  { template }: Sending,
  send: Send,
): Promise<void> {
  const parameters = textsOf(template.path);
  if (Object.values(parameters).some((value) => environment.ledger.holds(value))) return Promise.resolve();
  const lists = noted.get(environment.ledger) ?? new Map<string, Promise<void>>();
  noted.set(environment.ledger, lists);
  const key = JSON.stringify([collection.name, parameters]);
  const noting =
    lists.get(key) ??
    listBefore(environment, collection, parameters, send).then((listed) => {
      if (listed) environment.ledger.add({ kind: 'before', ...listed.before });
    });
  lists.set(key, noting);
  return noting;
}

/** The records of a collection's list as it is now; undefined where there is none to be had. */
export async function listBefore(
  environment: Environment,
  collection: ApiCollection,
  parameters: Readonly<Record<string, string>>,
  send: Send,
): Promise<{ readonly before: Before; readonly records: readonly JsonObject[] } | undefined> {
  const { context, namespace } = environment;
  const { list, name } = collection;
  if (!list) return undefined;
  const base = baseRequest(context, list);
  const listed = await send(environment, {
    operation: list,
    template: { ...base.template, path: parameters },
    expect: 'any',
    role: 'setup',
    namespace,
  });
  const value = 'missing' in listed ? undefined : listed.response?.json?.value;
  const records = findItems(value, collection.id);
  if (!records) return undefined;
  const shape = context.model.actionOf(list)?.list;
  const total = shape?.totalAt?.reduce<unknown>(childOf, value);
  const isShort = records.length < (shape?.paging?.defaultSize ?? likelyPage);
  const whole = typeof total === 'number' ? total <= records.length : isShort;
  const ids = records.map((record) => identityOf(collection, record));
  return { before: { collection: name, parameters, ids, whole }, records };
}

function textsOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

function tellingFields(value: unknown, id: string | undefined): Creation['fields'] {
  if (!isObject(value)) return {};
  const told = Object.entries(value).flatMap(([name, part]) =>
    name === id || /pass|secret|token|key|auth/i.test(name) || !isPlain(part) ? [] : [[name, part] as const],
  );
  return Object.fromEntries(told);
}

function isPlain(part: unknown): part is string | number | boolean {
  return typeof part === 'string' || typeof part === 'number' || typeof part === 'boolean';
}
