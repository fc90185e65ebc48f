import { SparringError, type Violation } from '../../errors.ts';
import { isObject, objectOrEmpty } from '../../json/is-object.ts';
import type { RecordValue } from '../../model/record.ts';
import type { StateDump } from '../../state/state-dump.ts';
import { type AdminBehaviour, type AdminContext, done } from './admin-behaviour.ts';
import { findServedApi } from './find-api.ts';
import { findCollection } from './find-collection.ts';
import { recordViolations } from './record-violations.ts';

/** More violations than this help nobody. */
const mostViolations = 50;

/** The whole state of a namespace. */
export const stateBehaviours: Readonly<Record<string, AdminBehaviour>> = {
  getState: (context) => ({ status: 200, body: dumpOf(context) }),
  async replaceState(context) {
    const { namespace } = context.served;
    await namespace.replace({ ...untouched(context), ...checkedDump(context) });
    return { status: 200, body: dumpOf(context) };
  },
  async reset({ served }) {
    await served.namespace.reset();
    served.journal.clear();
    served.faults.reset();
    return done;
  },
};

/** The records of all APIs, of one, or of one collection. */
function dumpOf({ query, served: { namespace }, server }: AdminContext): StateDump {
  const whole = namespace.dump();
  const { api: name, collection } = query;
  if (typeof name !== 'string') {
    if (collection === undefined) return whole;
    throw new SparringError('invalid-request', 'A collection was named without its API.', {
      next: 'Say which API it belongs to: ?api=<name>&collection=<name>.',
    });
  }
  const api = findServedApi(server, name);
  if (typeof collection !== 'string') return { [name]: whole[name] ?? {} };
  findCollection(namespace, api, collection);
  return { [name]: { [collection]: whole[name]?.[collection] ?? [] } };
}

/** With an API named, the records of all others, which stay; the body may then name no other. */
function untouched({ body, query, served: { namespace }, server }: AdminContext): StateDump {
  if (typeof query.api !== 'string') return {};
  const api = findServedApi(server, query.api);
  const other = Object.keys(objectOrEmpty(body)).find((name) => name !== api.name);
  if (other !== undefined) {
    throw new SparringError(
      'invalid-request',
      `The state of ${api.name} was to be replaced; the body names ${other}.`,
      {
        next: `Send { "${api.name}": { ... } }, or leave ?api= out to replace the state of every API.`,
      },
    );
  }
  const others = Object.entries(namespace.dump()).filter(([name]) => name !== api.name);
  return Object.fromEntries(others);
}

/** The body, which is of the right shape, as a state that holds by the APIs' documents. Throws before anything is changed. */
function checkedDump({ body, served, server }: AdminContext): StateDump {
  const violations: Violation[] = [];
  const dump = Object.entries(objectOrEmpty(body)).map(([name, collections]) => {
    const api = findServedApi(server, name);
    const checked = Object.entries(objectOrEmpty(collections)).map(([collection, given]) => {
      findCollection(served.namespace, api, collection);
      const records: readonly RecordValue[] = Array.isArray(given) ? given.filter(isObject) : [];
      for (const [index, record] of records.entries()) {
        if (violations.length >= mostViolations) break;
        const location = `body/${name}/${collection}/${index}`;
        violations.push(...recordViolations(api, collection, record, location));
      }
      return [collection, records] as const;
    });
    return [name, Object.fromEntries(checked)] as const;
  });
  if (violations.length === 0) return Object.fromEntries(dump);
  throw new SparringError(
    'invalid-request',
    'Records of the state break their schemas; nothing was changed.',
    {
      violations: violations.slice(0, mostViolations),
    },
  );
}
