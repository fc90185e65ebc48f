import { parseDuration } from '../../duration.ts';
import { SparringError } from '../../errors.ts';
import { objectOrEmpty } from '../../openapi/is-object.ts';
import { nearest } from '../../openapi/nearest.ts';
import { type AdminBehaviour, type AdminContext, done, textOf } from './admin-behaviour.ts';
import { findServedApi } from './find-api.ts';

/** Answers that go wrong on purpose. */
export const faultBehaviours: Readonly<Record<string, AdminBehaviour>> = {
  listFaults: ({ served }) => ({ status: 200, body: served.faults.list() }),
  addFault(context) {
    const rule = objectOrEmpty(context.body);
    assertTarget(context, rule.api, rule.operation);
    const { jitter, latency, ...rest } = rule;
    const times = { ...milliseconds('latency', latency), ...milliseconds('jitter', jitter) };
    return { status: 201, body: context.served.faults.add({ ...rest, ...times }) };
  },
  clearFaults({ served }) {
    served.faults.clear();
    return done;
  },
  removeFault({ path, served }) {
    if (served.faults.remove(textOf(path.id))) return done;
    throw new SparringError('record-not-found', `There is no fault "${path.id}".`);
  },
};

function milliseconds(name: 'latency' | 'jitter', value: unknown): Readonly<Record<string, number>> {
  return typeof value === 'string' || typeof value === 'number' ? { [name]: parseDuration(value) } : {};
}

/** A fault that can never strike is a mistake: throws `unknown-api`, or `invalid-request` for an unknown operation. */
function assertTarget({ server }: AdminContext, api: unknown, operation: unknown): void {
  const apis = typeof api === 'string' ? [findServedApi(server, api)] : [...server.apis.values()];
  if (typeof operation !== 'string') return;
  const ids = apis.flatMap(({ document }) => [...document.operationsById.keys()]);
  if (ids.includes(operation)) return;
  const guess = nearest(operation, ids);
  throw new SparringError('invalid-request', `No served API has an operation "${operation}".`, {
    ...(guess !== undefined && { next: `Did you mean ${guess}?` }),
  });
}
