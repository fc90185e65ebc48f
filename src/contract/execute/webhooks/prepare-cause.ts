import { isObject, type JsonObject, objectOrEmpty } from '../../../openapi/is-object.ts';
import { baseRequest } from '../../plan/base-request.ts';
import { negativeCases } from '../../plan/negative-cases.ts';
import { isFiring } from '../../plan/webhooks/conditions.ts';
import { freshIds } from '../../plan/webhooks/event-record.ts';
import { subscriptionRequest } from '../../plan/webhooks/subscription-template.ts';
import type { RequestTemplate } from '../../types.ts';
import type { WebhookCause, WebhookChange } from '../../webhook-types.ts';
import type { Bound } from '../environment.ts';
import { makeNeed } from '../make-need.ts';
import { bare, call, callSuccessfully, NotPossible, pass, readRecord, type Stage } from './stage.ts';

/** What happened; `exchange` is the call that did it, -1 where it was none of the API's. */
export interface Happened {
  readonly change: WebhookChange | undefined;
  readonly exchange: number;
}

/** Something that is about to be made to happen; all that it needs is there already. */
export interface PreparedCause {
  /** In words: `createOrder was called`. */
  readonly what: string;
  act(): Promise<Happened>;
  /** The record as it is afterwards, where the change is one of a record. */
  look(happened: Happened): Promise<WebhookChange | undefined>;
  /** Tries the same in a way that is refused; false where it was not, or cannot be. */
  refuse(): Promise<{ readonly exchange: number } | undefined>;
}

/** Gets ready the first of the case's causes that this server lets happen. Throws `NotPossible`. */
export async function prepareCause(stage: Stage, turn: number): Promise<PreparedCause> {
  const reasons: string[] = [];
  for (const cause of stage.script.causes) {
    try {
      return await prepare(stage, cause, `${stage.key} ${turn}`);
    } catch (error) {
      if (!(error instanceof NotPossible)) throw error;
      reasons.push(error.message);
    }
  }
  throw new NotPossible(reasons[0] ?? `nothing is known that causes ${stage.script.facts.event}`);
}

function prepare(stage: Stage, cause: WebhookCause, key: string): Promise<PreparedCause> {
  if (cause.by === 'hand') return prepareByHand(stage);
  if (cause.by === 'record') return prepareRecord(stage, cause, key);
  if (cause.by === 'time') return prepareInTime(stage, cause, key);
  if (cause.change === 'update' || cause.change === 'delete') return prepareChange(stage, cause, key);
  return prepareCall(stage, cause, key);
}

type Operating = Extract<WebhookCause, { by: 'operation' }>;

/** An operation that creates a record, or calls back. */
async function prepareCall(
  stage: Stage,
  { change, collection, operation }: Pick<Operating, 'change' | 'collection' | 'operation'>,
  key: string,
): Promise<PreparedCause & { made(): Bound | undefined }> {
  const { addressed } = stage.script;
  let last: Bound | undefined;
  const template = templateOf(stage, operation, key);
  const bindings = await needsOf(stage, template.needs);
  const finished = addressed ? addressed(template.template, stage.box.urlOf('own')) : template.template;
  return {
    what: `${operation.id} was called`,
    async act() {
      const { created, exchange, index } = await callSuccessfully(stage, {
        name: 'cause',
        operation,
        template: finished,
        bindings,
      });
      const after = created?.record ?? exchange.response?.json?.value ?? null;
      last = created;
      return { change: { before: null, after }, exchange: index };
    },
    async look({ change: seen }) {
      if (!last || !collection || change === 'delete') return seen;
      const after = await readRecord(stage, last.collection, last.id, last.path);
      return after === undefined ? seen : { before: null, after };
    },
    refuse: () => refuseCall(stage, operation, bindings, finished),
    made: () => last,
  };
}

/** The request that causes it: where a subscription does, another one, whose deliveries go nowhere. */
function templateOf(stage: Stage, operation: Operating['operation'], key: string) {
  const { context } = stage.environment;
  const plan = stage.script.subscription;
  if (plan?.create === operation) {
    const request = subscriptionRequest(context, plan, {
      url: stage.box.urlOf('spare'),
      event: stage.script.facts.event,
      secret: key,
    });
    if (typeof request === 'string') throw new NotPossible(request);
    return request;
  }
  return baseRequest(context, operation, { unique: key });
}

async function needsOf(stage: Stage, needs: ReturnType<typeof baseRequest>['needs']) {
  const bindings = new Map<string, Bound>();
  for (const need of needs) {
    const made = await makeNeed(stage, need);
    if (typeof made === 'string') throw new NotPossible(made);
    bindings.set(need.name, made);
  }
  return bindings;
}

/** The same request with one rule broken. */
async function refuseCall(
  stage: Stage,
  operation: Operating['operation'],
  bindings: ReadonlyMap<string, Bound>,
  template: RequestTemplate,
) {
  const { addressed } = stage.script;
  const address = stage.box.urlOf('own');
  for (const { steps } of negativeCases(stage.environment.context, operation, { generated: 1, onGap() {} })) {
    const [step] = steps;
    if (!step?.broken?.location.startsWith('body/')) continue;
    const broken = addressed ? addressed(step.request, address) : step.request;
    const known = Object.keys(template.path).length > 0 ? { ...broken, path: template.path } : broken;
    const calling = { name: 'refused', operation, template: known, bindings, broken: step.broken };
    try {
      const { exchange, index } = await call(stage, { ...calling, expect: 'refused' });
      const status = exchange.response?.status ?? 0;
      return status >= 400 ? { exchange: index } : undefined;
    } catch (error) {
      if (!(error instanceof NotPossible)) throw error;
    }
  }
  return undefined;
}

/** A record of the run's that the API changes or deletes. */
async function prepareChange(
  stage: Stage,
  { change, collection, operation }: Operating,
  key: string,
): Promise<PreparedCause> {
  const { context } = stage.environment;
  if (!collection || collection.idParameter === undefined) throw new NotPossible('it is about no record');
  const bound = await makeNeed(
    { ...stage, key },
    { name: collection.name, collection: collection.name, usableFor: undefined },
  );
  if (typeof bound === 'string') throw new NotPossible(bound);
  if (!bound.owned && !stage.environment.controls)
    throw new NotPossible(`the run did not create this one of ${collection.name}`);
  const base = baseRequest(context, operation, { fullest: true, unique: key });
  const bindings = await needsOf(
    stage,
    base.needs.filter((need) => need.collection !== collection.name),
  );
  bindings.set(collection.name, bound);
  const before = await readRecord(stage, bound.collection, bound.id, bound.path);
  return {
    what: `${operation.id} was called`,
    async act() {
      const { index } = await callSuccessfully(stage, {
        name: 'cause',
        operation,
        template: base.template,
        bindings,
      });
      return { change: { before: before ?? bound.record, after: null }, exchange: index };
    },
    async look({ change: seen }) {
      if (change === 'delete') return seen;
      const after = await readRecord(stage, bound.collection, bound.id, bound.path);
      return { before: before ?? bound.record, after };
    },
    refuse: async () => {
      if (change === 'update') return refuseCall(stage, operation, bindings, base.template);
      const path = {
        ...base.template.path,
        [collection.idParameter ?? '']: freshIds(context, collection.name, key)[0],
      };
      const { exchange, index } = await call(stage, {
        name: 'refused',
        operation,
        template: bare(operation, path),
        expect: 'any',
        bindings,
      });
      return (exchange.response?.status ?? 0) >= 400 ? { exchange: index } : undefined;
    },
  };
}

/** A record that the API creates, to which the rest happens by itself: on a mock when its clock moves on. */
async function prepareInTime(
  stage: Stage,
  { collection, operation }: Extract<WebhookCause, { by: 'time' }>,
  key: string,
): Promise<PreparedCause> {
  const { context, controls } = stage.environment;
  const { facts } = stage.script;
  const called = await prepareCall(stage, { change: 'create', collection, operation }, key);
  return {
    what: `${called.what}, and time passed`,
    async act() {
      const happened = await called.act();
      const before = happened.change?.after;
      if (!controls) return { ...happened, change: { before, after: null } };
      for (const minutes of [1, 60, 24 * 60]) {
        await pass(stage, minutes * 60_000);
        const after = await lookAt(called.made());
        if (isFiring(context, facts, { before, after })) return { ...happened, change: { before, after } };
      }
      throw new NotPossible(`what fires ${facts.event} did not happen in time`);
    },
    async look({ change }) {
      const after = await lookAt(called.made());
      if (!change || !isFiring(context, facts, { ...change, after }))
        throw new NotPossible(`what fires ${facts.event} did not happen in time`);
      return { ...change, after };
    },
    refuse: called.refuse,
  };

  async function lookAt(bound: Bound | undefined): Promise<unknown> {
    return bound && (await readRecord(stage, bound.collection, bound.id, bound.path));
  }
}

/** A record of a mock that is written past the API. */
async function prepareRecord(
  stage: Stage,
  { change, collection, fields, record }: Extract<WebhookCause, { by: 'record' }>,
  key: string,
): Promise<PreparedCause> {
  const { context, controls } = stage.environment;
  const { namespace } = stage;
  if (!controls || namespace === undefined)
    throw new NotPossible(`no operation causes ${stage.script.facts.event}; only a mock can be told to`);
  const idField = context.model.resources.get(collection)?.id ?? 'id';
  const insert = async () => {
    for (const id of freshIds(context, collection, key)) {
      const made = await controls.record(namespace, 'POST', { collection }, { ...record, [idField]: id });
      if (made.status === 201) return { id: String(id), value: objectOrEmpty(made.value) };
    }
    throw new NotPossible(`the mock does not take a record of ${collection}`);
  };
  const former = change === 'create' ? undefined : await insert();
  const place = () => ({ collection, id: former?.id ?? '' });
  let made: { readonly id: string; readonly value: JsonObject } | undefined;
  const ways = {
    async create(): Promise<WebhookChange> {
      made = await insert();
      return { before: null, after: made.value };
    },
    async update(): Promise<WebhookChange> {
      const { status, value } = await controls.record(namespace, 'PATCH', place(), fields);
      if (status !== 200) throw new NotPossible(`the mock does not change a record of ${collection}`);
      return { before: former?.value, after: value };
    },
    async delete(): Promise<WebhookChange> {
      const { status } = await controls.record(namespace, 'DELETE', place());
      if (status >= 300) throw new NotPossible(`the mock does not delete a record of ${collection}`);
      return { before: former?.value, after: null };
    },
  };
  return {
    what: `a record of ${collection} was ${change}d on the mock`,
    act: async () => ({ change: await ways[change](), exchange: -1 }),
    async look({ change: seen }) {
      if (change === 'delete' || !seen) return seen;
      const after = await readRecord(stage, collection, former?.id ?? made?.id ?? '', {});
      return isObject(after) ? { ...seen, after } : seen;
    },
    async refuse() {
      const id = former?.id ?? made?.id;
      const again = { ...record, ...fields, [idField]: `${String(id)}-0` };
      const { status } =
        change === 'create'
          ? await controls.record(namespace, 'POST', { collection }, made?.value ?? record)
          : await controls.record(
              namespace,
              change === 'update' ? 'PATCH' : 'DELETE',
              { collection, id: change === 'update' ? (id ?? '') : `${id}-0` },
              change === 'update' ? again : undefined,
            );
      return status >= 400 ? { exchange: -1 } : undefined;
    },
  };
}

async function prepareByHand(stage: Stage): Promise<PreparedCause> {
  const { controls } = stage.environment;
  const { namespace, script } = stage;
  const { event } = script.facts;
  if (!controls || namespace === undefined)
    throw new NotPossible(
      `the document does not say what causes ${event}; only a mock can be told to fire it`,
    );
  return {
    what: `the mock was told to fire ${event}`,
    async act() {
      if (!(await controls.fire(namespace, event))) throw new NotPossible(`the mock cannot fire ${event}`);
      return { change: undefined, exchange: -1 };
    },
    look: async () => undefined,
    refuse: async () => undefined,
  };
}
