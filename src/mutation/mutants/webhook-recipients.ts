import { isObject, type JsonObject } from '../../json/is-object.ts';
import { withValueAt } from '../../json/with-value-at.ts';
import { emissionPlanOf } from '../../server/emission/emission-plan.ts';
import { fireEvent } from '../../server/emission/fire-event.ts';
import type { ServedApi } from '../../server/model/served-api.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import type { CommittingUnit } from '../../state/unit-of-work.ts';
import { aroundCalls, tolerant } from './alter-answers.ts';
import { brokenRequests } from './broken-requests.ts';
import { isRefusal } from './json-answers.ts';
import type { MutantOperator, Mutation, MutationSubject } from './mutant.ts';
import { jsonOf, type WitnessCause, type WitnessRequest } from './script.ts';

/** A unit of work in which some things are otherwise. */
function viewUnit(unit: CommittingUnit, view: Partial<CommittingUnit>): CommittingUnit {
  return {
    namespace: unit.namespace,
    api: unit.api,
    now: unit.now,
    get events() {
      return unit.events;
    },
    get isQuiet() {
      return unit.isQuiet;
    },
    set isQuiet(isQuiet) {
      unit.isQuiet = isQuiet;
    },
    collection: (name) => unit.collection(name),
    derive: (collection, key) => unit.derive(collection, key),
    emit: (event) => unit.emit(event),
    schedule: (task) => unit.schedule(task),
    get isChanged() {
      return unit.isChanged;
    },
    changes: () => unit.changes(),
    emitWith: (name, payloadOf) => unit.emitWith(name, payloadOf),
    deliver: (delivery) => unit.deliver(delivery),
    cancelWaiting: (endpoint, reason) => unit.cancelWaiting(endpoint, reason),
    attempted: (attempt) => unit.attempted(attempt),
    ...view,
  };
}

/** An API by another document, as far as its webhooks go. */
function alterSubscriptions(
  api: ServedApi,
  change: (subscription: NonNullable<ServedApi['document']['extension']['subscriptions']>[number]) => object,
): ServedApi {
  const { document } = api;
  const { extension } = document;
  const subscriptions = extension.subscriptions?.map((each) => ({ ...each, ...change(each) }));
  return {
    ...api,
    document: { ...document, extension: { ...extension, ...(subscriptions && { subscriptions }) } },
  };
}

function alterPayload(api: ServedApi, event: string, change: (template: unknown) => unknown): ServedApi {
  const { document } = api;
  const { extension } = document;
  const resources = Object.fromEntries(
    Object.entries(extension.resources ?? {}).map(([name, resource]) => [
      name,
      {
        ...resource,
        ...(resource.emits && {
          emits: resource.emits.map((each) =>
            each.event === event ? { ...each, payload: change(each.payload ?? '$after') } : each,
          ),
        }),
      },
    ]),
  );
  return tolerant({ ...api, document: { ...document, extension: { ...extension, resources } } });
}

function replaced(template: unknown, from: string, to: string): unknown {
  if (typeof template === 'string')
    return template.startsWith(from) ? to + template.slice(from.length) : template;
  if (Array.isArray(template)) return template.map((part) => replaced(part, from, to));
  if (!isObject(template)) return template;
  return Object.fromEntries(Object.entries(template).map(([key, part]) => [key, replaced(part, from, to)]));
}

/** The record by which a cause's witness subscribes. */
function subscriptionIn({ subscribe }: WitnessCause): JsonObject | undefined {
  const last = subscribe.at(-1);
  const record = last && jsonOf(last);
  return isObject(record) ? record : undefined;
}

function subscribing(cause: WitnessCause, record: JsonObject): readonly WitnessRequest[] {
  const last = cause.subscribe.at(-1);
  return last ? [...cause.subscribe.slice(0, -1), { ...last, body: JSON.stringify(record) }] : [];
}

/** The subscription with one field changed, so that the document's condition does not hold for it. */
function unfit({ api }: MutationSubject, cause: WitnessCause): JsonObject | undefined {
  const record = subscriptionIn(cause);
  const rule = emissionPlanOf(api).subscriptionOf(cause.subscription.collection);
  if (!record || !rule) return undefined;
  const facts = { before: null, after: null, event: cause.event, settings: api.settings };
  const variants = Object.entries(record).flatMap(([name, value]) => {
    if (typeof value === 'boolean') return [{ ...record, [name]: !value }];
    return typeof value === 'string' && name !== 'id' ? [{ ...record, [name]: null }] : [];
  });
  return variants.find((subscription) => !rule.holds({ ...facts, subscription }));
}

/** The subscription to other events than the cause's; undefined where subscriptions name none. */
function elsewhere({ api }: MutationSubject, cause: WitnessCause): JsonObject | undefined {
  const record = subscriptionIn(cause);
  const plan = emissionPlanOf(api);
  const events = plan.subscriptionOf(cause.subscription.collection)?.extension.events;
  const keys = typeof events === 'string' ? events.split('#/')[1]?.split('/') : undefined;
  const other = plan.webhooks.map(({ event }) => event).find((event) => event !== cause.event);
  if (!record || !keys || other === undefined) return undefined;
  const current = keys.reduce<unknown>((here, key) => (isObject(here) ? here[key] : undefined), record);
  const next = Array.isArray(current)
    ? [isObject(current[0]) ? { ...current[0], name: other } : other]
    : other;
  const changed = withValueAt(record, keys, next);
  return isObject(changed) ? changed : undefined;
}

function recipientOperator(
  id: string,
  fault: string,
  plant: (api: ServedApi, cause: WitnessCause) => ServedApi,
  witness: (subject: MutationSubject, cause: WitnessCause) => readonly WitnessRequest[] | undefined,
): MutantOperator {
  return {
    id,
    family: 'webhooks',
    fault,
    mutations: (subject) =>
      subject.causes.flatMap((cause): readonly Mutation[] => {
        const asked = witness(subject, cause);
        return asked
          ? [
              {
                place: cause.event,
                operation: cause.operation,
                plant: (api) => plant(api, cause),
                witness: asked,
              },
            ]
          : [];
      }),
  };
}

/** Faults in who is told, of what, and when. */
export const webhookRecipients: readonly MutantOperator[] = [
  recipientOperator(
    'webhook-after-unsubscribing',
    'Who has unsubscribed is still told.',
    (api, { subscription: { collection } }) => {
      const gone = new Map<string, StoredRecord[]>();
      return {
        ...api,
        emit(unit, admits) {
          const deleted = gone.get(unit.namespace) ?? [];
          gone.set(unit.namespace, deleted);
          for (const change of unit.changes())
            if (change.collection === collection && change.before && !change.after)
              deleted.push(change.before);
          const view = viewUnit(unit, {
            collection(name) {
              const inner = unit.collection(name);
              if (name !== collection) return inner;
              const get = (id: string) => inner.get(id) ?? deleted.find((record) => record.id === id);
              return {
                get,
                list: () => [...inner.list(), ...deleted],
                version: Number.NaN,
                nextOrdinal: inner.nextOrdinal,
                takeOrdinal: () => inner.takeOrdinal(),
                insert: (id, value) => inner.insert(id, value),
                replace: (id, value) =>
                  inner.get(id) ? inner.replace(id, value) : (get(id) ?? inner.replace(id, value)),
                delete: (id) => inner.delete(id),
              };
            },
          });
          api.emit.call(this, view, admits);
        },
      };
    },
    ({ api }, cause) => [
      ...cause.subscribe,
      {
        method: 'DELETE',
        path: `/_sparring/state/${api.name}/${cause.subscription.collection}/${encodeURIComponent(cause.subscription.id)}`,
        headers: {},
        body: undefined,
      },
      ...cause.requests,
    ],
  ),
  recipientOperator(
    'webhook-to-inactive',
    'A subscription is told that is switched off, or was never confirmed.',
    (api) => alterSubscriptions(api, ({ when }) => (when === false ? {} : { when: undefined })),
    (subject, cause) => {
      const record = unfit(subject, cause);
      return record && [...subscribing(cause, record), ...cause.requests];
    },
  ),
  recipientOperator(
    'webhook-of-other-events',
    'A subscription is told of events that it does not name.',
    (api) => alterSubscriptions(api, () => ({ events: undefined })),
    (subject, cause) => {
      const record = elsewhere(subject, cause);
      return record && [...subscribing(cause, record), ...cause.requests];
    },
  ),
  recipientOperator(
    'webhook-stale',
    'A webhook tells of the record as it was before.',
    (api, { event }) => alterPayload(api, event, (template) => replaced(template, '$after', '$before')),
    (_, cause) => [...cause.subscribe, ...cause.requests],
  ),
  recipientOperator(
    'webhook-of-another-record',
    'A webhook names another record than the one it is about.',
    (api, { event }) => ({
      ...api,
      emit(unit, admits) {
        const changed = [...unit.changes()];
        const deliver: CommittingUnit['deliver'] = (delivery) => {
          let { body } = delivery;
          for (const { collection, id } of delivery.event === event ? changed : []) {
            const other = unit
              .collection(collection)
              .list()
              .find((record) => record.id !== id);
            if (other) body = body.replaceAll(quoted(id), quoted(other.id));
          }
          unit.deliver({ ...delivery, body });
        };
        api.emit.call(this, viewUnit(unit, { deliver }), admits);
      },
    }),
    (_, cause) => [
      ...cause.subscribe,
      ...cause.requests,
      // The second time there is another record.
      ...cause.requests.slice(-1),
    ],
  ),
  recipientOperator(
    'webhook-late',
    'A webhook is sent an hour late.',
    (api, { event }) => ({
      ...api,
      emit(unit, admits) {
        const deliver: CommittingUnit['deliver'] = (delivery) =>
          unit.deliver(
            delivery.event === event
              ? { ...delivery, dueAt: (delivery.dueAt ?? unit.now) + 3_600_000 }
              : delivery,
          );
        api.emit.call(this, viewUnit(unit, { deliver }), admits);
      },
    }),
    (_, cause) => [...cause.subscribe, ...cause.requests],
  ),
  recipientOperator(
    'webhook-though-refused',
    'A webhook is sent though the call that would cause it was refused.',
    (api, { event, operation }) => {
      if (!operation) return api;
      return aroundCalls(api, operation, async ({ api: by, next, served }) => {
        const response = await next();
        if (isRefusal(response) && response.status !== 401 && response.status !== 403)
          await fireEvent(by, served.namespace, event, {}, served.emitter.admits);
        return response;
      });
    },
    (subject, cause) => {
      const script = subject.scriptOf(cause.operation);
      const [broken] = script ? brokenRequests(subject, script) : [];
      return script && broken && [...cause.subscribe, ...script.before, broken.request];
    },
  ),
];

/** An id as it stands in JSON: a text, or a number that is no part of a longer one. */
function quoted(id: string): string {
  return JSON.stringify(id);
}
