import type { ApiDocument } from '../../openapi/document/document.ts';
import { adminDocument } from '../../openapi/load/bundled-apis.ts';
import { loadDocument } from '../../openapi/load/load-document.ts';
import { buildAnswer } from '../answers/build-answer.ts';
import type { Call } from '../model/call.ts';
import type { ServedApi } from '../model/served-api.ts';
import type { MockServer } from '../namespaces/mock-server.ts';
import { adminPrefix } from '../routing/locate-api.ts';
import type { AdminBehaviour } from './admin-behaviour.ts';
import { clockBehaviours } from './clock-behaviours.ts';
import { deliveryBehaviours } from './delivery-behaviours.ts';
import { deliveryFaultBehaviours } from './delivery-fault-behaviours.ts';
import { eventBehaviours } from './event-behaviours.ts';
import { faultBehaviours } from './fault-behaviours.ts';
import { journalBehaviours } from './journal-behaviours.ts';
import { namespaceBehaviours } from './namespace-behaviours.ts';
import { recordBehaviours } from './record-behaviours.ts';
import { serverBehaviours } from './server-behaviours.ts';
import { snapshotBehaviours } from './snapshot-behaviours.ts';
import { stateBehaviours } from './state-behaviours.ts';

const behaviours: Readonly<Record<string, AdminBehaviour>> = {
  ...serverBehaviours,
  ...stateBehaviours,
  ...recordBehaviours,
  ...snapshotBehaviours,
  ...journalBehaviours,
  ...faultBehaviours,
  ...eventBehaviours,
  ...deliveryBehaviours,
  ...deliveryFaultBehaviours,
  ...clockBehaviours,
  ...namespaceBehaviours,
};

/** Makes a loaded document ready to serve. */
type ServeApi = (document: ApiDocument) => ServedApi;

/**
 * The admin API, served by the same engine from its own document; loaded with the first call. Its behaviours run outside
 * units of work, since they reach into whole namespaces.
 */
export function createAdminApi(server: MockServer, serveApi: ServeApi): () => Promise<ServedApi> {
  const started = performance.now();
  let loading: Promise<ServedApi> | undefined;
  return () => {
    loading ??= load(server, serveApi, started);
    return loading;
  };
}

/** The document with all that is compiled of it; the same for all mocks of a process. */
let shared: Promise<ServedApi> | undefined;

async function load(server: MockServer, serveApi: ServeApi, started: number): Promise<ServedApi> {
  shared ??= loadDocument(adminDocument).then((document) => serveApi(document));
  const served = await shared;
  const behave = async (call: Call) => {
    const { input, plan, request } = call;
    const result = await behaviours[plan.operation.id]?.({
      server,
      served: call.served,
      path: input.path,
      query: input.query,
      body: input.body,
      signal: request.signal,
      uptime: (performance.now() - started) / 1000,
      origin: request.baseUrl.slice(0, -adminPrefix.length),
    });
    return buildAnswer(served, plan, request, result ?? { status: 404 });
  };
  return {
    ...served,
    kind: 'admin',
    canBehave: ({ operation }) => Object.hasOwn(behaviours, operation.id),
    behave,
  };
}
