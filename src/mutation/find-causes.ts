import { isObject, type JsonObject, objectOrEmpty } from '../json/is-object.ts';
import { withValueAt } from '../json/with-value-at.ts';
import type { Operation } from '../openapi/document/document.ts';
import { sample } from '../openapi/sample/sample.ts';
import { type EmissionPlan, emissionPlanOf } from '../server/emission/emission-plan.ts';
import type { Mock } from '../server/model/mock.ts';
import type { ServedApi } from '../server/model/served-api.ts';
import { createDerivation } from '../state/derivation.ts';
import { jsonOf, type Script, type WitnessCause, type WitnessRequest } from './mutants/script.ts';
import type { WitnessedMock, WitnessWorld } from './witness-world.ts';

/** Requests that could fire something. */
interface Attempt {
  readonly operation: Operation | undefined;
  readonly requests: readonly WitnessRequest[];
}

/** How many changes of a collection's records are tried. */
const mostChanges = 40;
const json = { 'content-type': 'application/json' };

/** Finds for each event what causes it: an operation, a control, else a change of a record from outside the API. */
export async function findWitnessCauses(
  world: WitnessWorld,
  witnessed: WitnessedMock,
  api: ServedApi,
  scripts: readonly Script[],
): Promise<{ readonly causes: readonly WitnessCause[]; readonly silent: readonly string[] }> {
  const plan = emissionPlanOf(api);
  const writing = scripts.filter(({ operation }) => operation.method !== 'get');
  const attempts = [
    ...writing.map(({ before, operation, request }) => ({
      operation,
      requests: [...before, aimed(request, world.receiver)],
    })),
    ...controlled(api, writing),
    ...changed(api, witnessed, plan),
    ...plan.webhooks.map(({ name }) => ({ operation: undefined, requests: [firing(api, name)] })),
  ];
  const causes: WitnessCause[] = [];
  const silent: string[] = [];
  for (const { name } of plan.webhooks) {
    const cause = await findCause(world, witnessed, api, plan, name, attempts);
    if (cause) causes.push(cause);
    else silent.push(name);
  }
  return { causes, silent };
}

async function findCause(
  world: WitnessWorld,
  witnessed: WitnessedMock,
  api: ServedApi,
  plan: EmissionPlan,
  event: string,
  attempts: readonly Attempt[],
): Promise<WitnessCause | undefined> {
  const subscriptions = [...subscriptionsTo(api, witnessed, plan, event, world.receiver), undefined];
  for (const subscription of subscriptions) {
    for (const { operation, requests } of attempts) {
      const subscribe = subscription ? [subscription.request] : [];
      const { told } = await witnessed.observe([...subscribe, ...requests]);
      if (!told.includes(event)) continue;
      const { collection, id } = subscription ?? { collection: '', id: '' };
      return { event, operation, subscribe, requests, subscription: { collection, id } };
    }
  }
  return undefined;
}

function firing(api: ServedApi, event: string): WitnessRequest {
  return {
    method: 'POST',
    path: `/_sparring/events/${api.name}/${encodeURIComponent(event)}`,
    headers: json,
    body: '{}',
  };
}

/** Controls of the records that scripts create, and some time after them. */
function controlled(api: ServedApi, scripts: readonly Script[]): readonly Attempt[] {
  const wait = { method: 'POST', path: '/_sparring/clock', headers: json, body: '{"advance":"10m"}' };
  const timed = scripts.map(({ before, operation, request }) => ({
    operation,
    requests: [...before, request, wait],
  }));
  const keys = Object.keys(api.document.extension.controls ?? {});
  const own = keys.flatMap((key) => {
    const [collection = '', control = ''] = key.split('.');
    return scripts.flatMap((script) => {
      const id = objectOrEmpty(jsonOf(script.answer))[api.model.resources.get(collection)?.id ?? 'id'];
      if (api.model.actionOf(script.operation)?.resource.collection !== collection || id === undefined)
        return [];
      const path = `/_sparring/${api.name}/${collection}/${encodeURIComponent(String(id))}/${control}`;
      const press = { method: 'POST', path, headers: json, body: '{}' };
      return [{ operation: undefined, requests: [...script.before, script.request, press, wait] }];
    });
  });
  return [...timed, ...own];
}

/** Records of the fixtures added, changed and deleted from outside the API. */
function changed(api: ServedApi, { mock }: WitnessedMock, plan: EmissionPlan): readonly Attempt[] {
  return [...api.model.resources.values()].flatMap((resource): Attempt[] => {
    const { collection } = resource;
    if (plan.emitsOf(collection).length === 0) return [];
    const [record] = recordsOf(api, mock, collection);
    if (!record) return [];
    const at = `/_sparring/state/${api.name}/${collection}`;
    const one = `${at}/${encodeURIComponent(String(record[resource.id]))}`;
    const alone = (method: string, path: string, value?: unknown): Attempt => ({
      operation: undefined,
      requests: [
        { method, path, headers: json, body: value === undefined ? undefined : JSON.stringify(value) },
      ],
    });
    const values = Object.entries(record).flatMap(([name, value]) =>
      name === resource.id
        ? []
        : otherValues(api, resource.schema, name, value).map((other) => ({ [name]: other })),
    );
    return [
      alone('POST', at, { ...record, [resource.id]: otherId(record[resource.id]) }),
      alone('DELETE', one),
      ...values.slice(0, mostChanges).map((value) => alone('PATCH', one, value)),
    ];
  });
}

/** The records that there are; where there are none, one that its schema would allow. */
function recordsOf(api: ServedApi, mock: Mock, collection: string): readonly JsonObject[] {
  const records = mock.records(api.name, collection).list();
  const schema = api.model.resources.get(collection)?.schema;
  if (records.length > 0 || schema === undefined) return records;
  const options = { full: true, validators: api.validators };
  const made = sample(api.document, schema, createDerivation(api.name, collection), collection, options);
  return isObject(made) ? [made] : [];
}

function otherValues(
  api: ServedApi,
  schema: string | undefined,
  name: string,
  value: unknown,
): readonly unknown[] {
  const node =
    schema === undefined
      ? undefined
      : api.document.resolve(`${api.document.resolve(schema)?.pointer}/properties/${name}`)?.node;
  const { enum: listed } = objectOrEmpty(node);
  if (Array.isArray(listed)) return listed.filter((each) => each !== value);
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value + 1];
  return typeof value === 'string' && /^[A-Za-z ]+$/.test(value) ? [`${value} x`] : [];
}

function otherId(id: unknown): unknown {
  if (typeof id === 'number') return id + 1000;
  const text = String(id);
  return text.replace(/.$/, text.endsWith('0') ? '1' : '0');
}

interface Subscribing {
  readonly collection: string;
  readonly id: string;
  readonly request: WitnessRequest;
}

/** Subscriptions to an event by the receiver, made from those that there are. */
function subscriptionsTo(
  api: ServedApi,
  { mock }: WitnessedMock,
  plan: EmissionPlan,
  event: string,
  receiver: string,
): readonly Subscribing[] {
  return plan.subscriptions.flatMap((rule) => {
    const { collection, extension } = rule;
    const idField = api.model.resources.get(collection)?.id ?? 'id';
    return recordsOf(api, mock, collection)
      .flatMap((record) => variants(record))
      .flatMap((record): Subscribing[] => {
        const own = { ...record, [idField]: otherId(record[idField]) };
        const subscribed = set(
          set(own, extension.url, () => receiver),
          extension.events,
          (former) => named(former, event),
        );
        const facts = { subscription: subscribed, before: null, after: null, event, settings: api.settings };
        if (!isObject(subscribed) || !rule.holds(facts)) return [];
        const path = `/_sparring/state/${api.name}/${collection}`;
        return [
          {
            collection,
            id: String(subscribed[idField]),
            request: { method: 'POST', path, headers: json, body: JSON.stringify(subscribed) },
          },
        ];
      });
  });
}

/** A subscription, and such as it would be with something in it that is not there yet, or the other way round. */
function variants(record: JsonObject): readonly JsonObject[] {
  const others = Object.entries(record).flatMap(([name, value]) => {
    if (value === null) return [{ ...record, [name]: '2026-01-01T00:00:00Z' }];
    return typeof value === 'boolean' ? [{ ...record, [name]: !value }] : [];
  });
  return [record, ...others];
}

function named(former: unknown, event: string): unknown {
  if (!Array.isArray(former)) return event;
  return [isObject(former[0]) ? { ...former[0], name: event } : event];
}

/** The record with another value where a template such as `$subscription#/data/url` points. */
function set(record: unknown, template: unknown, change: (former: unknown) => unknown): unknown {
  const keys = typeof template === 'string' ? template.split('#/')[1]?.split('/') : undefined;
  if (!keys) return record;
  const former = keys.reduce<unknown>((here, key) => objectOrEmpty(here)[key], record);
  return withValueAt(record, keys, change(former));
}

/** A request whose URLs of receivers are the world's. */
function aimed(request: WitnessRequest, receiver: string): WitnessRequest {
  const { body } = request;
  if (body === undefined) return request;
  return {
    ...request,
    body: body.replaceAll(/"(url|endpoint|target|callback_?url)":"https?:[^"]*"/gi, `"$1":"${receiver}"`),
  };
}
