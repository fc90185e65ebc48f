import { SparringError } from '../../errors.ts';
import type { MockNamespace, RecordOf, Records } from '../model/mock.ts';
import type { ServedApi } from '../model/served-api.ts';
import type { ServedNamespace } from '../model/served-namespace.ts';
import { mockWebhooks } from './mock-webhooks.ts';
import { recordsOf } from './records-of.ts';
import { runControl } from './run-control.ts';

/** A namespace as a library user sees it. */
export function mockNamespace(served: ServedNamespace, apis: ReadonlyMap<string, ServedApi>): MockNamespace {
  const { namespace, journal, faults } = served;
  return {
    name: namespace.name,
    headers: { 'sparring-namespace': namespace.name },
    clock: namespace.clock,
    journal,
    faults,
    webhooks: mockWebhooks(served, (name) => apiNamed(apis, name)),
    records: <Api extends string, Collection extends string>(api: Api, collection: Collection) =>
      // What a collection holds is what its document's schema says, which the generated types repeat.
      recordsOf(namespace, apiNamed(apis, api), collection) as Records<RecordOf<Api, Collection>>,
    events: () => [...served.events],
    state: {
      dump: () => namespace.dump(),
      replace: (state) => namespace.replace(state),
    },
    control: async (api, collection, id, name, body) =>
      (await runControl(namespace, apiNamed(apis, api), { collection, id, name, body })).value,
    async reset() {
      await namespace.reset();
      journal.clear();
      faults.reset();
    },
    snapshot: (name) => namespace.snapshot(name),
    restore: (name) => namespace.restore(name),
  };
}

function apiNamed(apis: ReadonlyMap<string, ServedApi>, name: string): ServedApi {
  const api = apis.get(name);
  if (api) return api;
  throw new SparringError('unknown-api', `No API named "${name}" is served.`, {
    next: `Served are: ${[...apis.keys()].join(', ')}.`,
  });
}
