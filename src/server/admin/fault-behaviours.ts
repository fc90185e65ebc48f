import { SparringError } from '../../errors.ts';
import { objectOrEmpty } from '../../json/is-object.ts';
import { nearest } from '../../json/nearest.ts';
import { methods } from '../../openapi/document/methods.ts';
import type { FaultRule } from '../traffic/faults.ts';
import {
  type AdminBehaviour,
  type AdminContext,
  done,
  millisecondsOf,
  optionalText,
} from './admin-behaviour.ts';
import { assertStored } from './assert-stored.ts';
import { findServedApi } from './find-api.ts';

/** Answers that go wrong on purpose. */
export const faultBehaviours: Readonly<Record<string, AdminBehaviour>> = {
  listFaults: ({ served }) => ({ status: 200, body: served.faults.list() }),
  async addFault(context) {
    const body = context.served.faults.add(ruleOf(context));
    await stored(context);
    return { status: 201, body };
  },
  async clearFaults(context) {
    context.served.faults.clear();
    await stored(context);
    return done;
  },
  getFault({ path, served }) {
    const rule = served.faults.get(optionalText(path.id));
    if (rule) return { status: 200, body: rule };
    throw notFound(path.id);
  },
  async replaceFault(context) {
    const { path, served } = context;
    const id = optionalText(path.id);
    const rule = ruleOf(context);
    const status = served.faults.get(id) ? 200 : 201;
    const body = served.faults.add({ ...rule, id });
    await stored(context);
    return { status, body };
  },
  async removeFault(context) {
    const { path, served } = context;
    if (!served.faults.remove(optionalText(path.id))) throw notFound(path.id);
    await stored(context);
    return done;
  },
};

function stored({ served }: AdminContext): Promise<void> {
  return assertStored(served.namespace.settingsKept(), 'The faults were changed');
}

/** The rule in the body, durations in milliseconds. */
function ruleOf(context: AdminContext): Omit<FaultRule, 'id'> {
  const { jitter, latency, ...rest } = objectOrEmpty(context.body);
  assertTarget(context, rest.api, rest.operation);
  assertMethod(rest.method);
  assertEffect({ jitter, latency, status: rest.status, drop: rest.drop });
  const wait = millisecondsOf(latency);
  const more = millisecondsOf(jitter);
  return {
    ...rest,
    ...(wait !== undefined && { latency: wait }),
    ...(more !== undefined && { jitter: more }),
  };
}

function notFound(id: unknown): SparringError {
  return new SparringError('record-not-found', `There is no fault "${optionalText(id).slice(0, 100)}".`, {
    next: 'See GET /_sparring/faults for those there are.',
  });
}

/** A fault that can never strike is a mistake: throws `unknown-api`, or `invalid-request` for an unknown operation. */
function assertTarget({ server }: AdminContext, api: unknown, operation: unknown): void {
  const apis = typeof api === 'string' ? [findServedApi(server, api)] : [...server.apis.values()];
  if (typeof operation !== 'string') return;
  const ids = apis.flatMap(({ document }) => [...document.operationsById.keys()]);
  if (ids.includes(operation)) return;
  const guess = nearest(operation, ids);
  const where = typeof api === 'string' ? `The API ${api} has no` : 'No served API has an';
  throw new SparringError('invalid-request', `${where} operation "${operation.slice(0, 100)}".`, {
    ...(guess !== undefined && { next: `Did you mean ${guess}?` }),
  });
}

function assertMethod(method: unknown): void {
  if (typeof method !== 'string' || methods.some((known) => known === method.toLowerCase())) return;
  throw new SparringError('invalid-request', `There is no method "${method.slice(0, 100)}".`, {
    next: `The methods are ${methods.map((known) => known.toUpperCase()).join(', ')}.`,
  });
}

function assertEffect(effects: Readonly<Record<string, unknown>>): void {
  if (Object.values(effects).some((effect) => effect !== undefined)) return;
  throw new SparringError('invalid-request', 'The fault does nothing.', {
    next: 'Give it a latency, a jitter, a status or a drop.',
  });
}
