import { inspect } from 'node:util';
import { systemTime } from '../clock.ts';
import { SparringError } from '../errors.ts';
import type { ExternalEdit } from '../model/storage.ts';
import { Namespaces } from '../state/namespaces.ts';
import { credentialSecret } from '../storage/files/credential-secret.ts';
import { openStorage } from '../storage/open-storage.ts';
import { Connections } from '../webhooks/connections.ts';
import { parseHostPattern } from '../webhooks/host-pattern.ts';
import { createTargetGuard } from '../webhooks/target-guard.ts';
import { createAdminApi } from './admin/create-admin-api.ts';
import { describeApi } from './admin/describe-api.ts';
import type { EmitterMeans } from './emission/emitter.ts';
import { answerFetch, inProcessOrigin } from './http/answer-fetch.ts';
import { createExpressFallback } from './http/express-fallback.ts';
import { listen } from './http/listen.ts';
import { createNodeHandler } from './http/node-handler.ts';
import type { Mock } from './model/mock.ts';
import type { MockOptions, Notice } from './model/mock-options.ts';
import type { NodeHandler } from './model/node-handler.ts';
import type { ServedApi } from './model/served-api.ts';
import { idFieldOf, makeFixtures } from './namespaces/make-fixtures.ts';
import { mockNamespace } from './namespaces/mock-namespace.ts';
import { MockServer } from './namespaces/mock-server.ts';
import { runTasks } from './namespaces/run-tasks.ts';
import { isLoopbackName } from './routing/exposure.ts';
import { defaultNamespace } from './routing/locate-api.ts';
import { mountPlaceOf } from './routing/mount-apis.ts';
import { serveApi } from './serve-api.ts';
import { serveAll, serveSource } from './serve-sources.ts';

/**
 * Starts a mock of one or several APIs. It listens only when a port is given; `app` and `fetch` work without.
 *
 * @throws SparringError for an unknown API, a document, fixtures or data file that cannot be read or is wrong, or a busy port.
 */
export async function createMock(options: MockOptions = {}): Promise<Mock> {
  const ready = isExposed(options) ? await withPrivateCredentials(options) : options;
  return mockApis(await serveAll(ready), ready);
}

interface ReadyOptions extends MockOptions {
  /** What credentials are made from that nobody has named; absent on loopback, where those of the documents hold. */
  readonly secret?: string | undefined;
}

/** Whether other machines can reach a mock with these options. */
function isExposed({ host, port }: MockOptions): boolean {
  return port !== undefined && host !== undefined && !isLoopbackName(host);
}

/** Demo credentials that anybody can read in a document let nobody in from other machines. */
async function withPrivateCredentials(options: MockOptions): Promise<ReadyOptions> {
  const secret = await credentialSecret(options.data);
  return { ...options, secret, auth: options.auth ?? 'strict' };
}

/** Starts a mock of APIs that are ready to be served; see `createMock`, whose `apis` it does not read. */
export async function mockApis(apis: Map<string, ServedApi>, options: ReadyOptions = {}): Promise<Mock> {
  const namespaces = await openNamespaces(apis, options);
  const server = new MockServer({
    apis,
    mount: options.mount,
    exposure: { hosts: (options.allowHosts ?? []).map(parseHostPattern), origins: new Set(options.cors) },
    namespaces,
    time: options.time ?? systemTime,
    emission: emitterMeans(apis, options),
    onExchange: options.onExchange,
    onInternalError: (error, { method, url }) =>
      options.onNotice?.({ level: 'error', message: `${method} ${url}: ${inspect(error)}` }),
    tellOnce: tellerOnce((message) => options.onNotice?.({ level: 'warning', message })),
    start: ({ namespace }) => runTasks(apis, namespace),
    prepare({ faults }) {
      if (options.latency !== undefined) faults.addPassing(latencyRule(options.latency));
    },
  });
  const administration = { server, admin: createAdminApi(server, serveApi), adminToken: options.adminToken };
  const app = createNodeHandler(server, createExpressFallback(administration));
  // Fixtures and stored state are read before anybody can ask for them; what is wrong with them ends the start.
  const { home, listening } = await start(server, app, options).catch(async (error: unknown) => {
    await namespaces.close();
    throw error;
  });
  const url = listening?.url ?? inProcessOrigin;

  return {
    ...mockNamespace(home, apis),
    url,
    app,
    get apis() {
      return [...apis.values()].map((api) => describeApi(api, `${url}${mountPlaceOf(server.mounts, api)}`));
    },
    fetch: (input, init = {}) =>
      answerFetch(administration, new Request(input instanceof Request ? input : new URL(input, url), init)),
    namespace: async (name) => mockNamespace(await server.namespace(name), apis),
    async reload(name) {
      const api = apis.get(name);
      if (!api) throw new SparringError('unknown-api', `No API named "${name}" is served.`);
      server.replace(await serveSource({ name, file: api.document.file }, options));
    },
    async close() {
      await listening?.close();
      await server.close();
      await namespaces.close();
    },
  };
}

async function start(server: MockServer, app: NodeHandler, options: MockOptions) {
  const home = await server.namespace(defaultNamespace);
  // What was still to be delivered, or to happen, when the storage was last closed goes on.
  for (const name of server.namespaces.stored()) await server.namespace(name);
  return { home, listening: options.port === undefined ? undefined : await listen(app, options) };
}

async function openNamespaces(
  apis: ReadonlyMap<string, ServedApi>,
  options: MockOptions,
): Promise<Namespaces> {
  const time = options.time ?? systemTime;
  const seed = options.seed ?? 1;
  return Namespaces.open({
    seed,
    time,
    storage: await openStorage(options.data, { time }),
    fixtures: (now) => makeFixtures(apis, options.fixtures, { seed, now }),
    idField: (api, collection) => idFieldOf(apis.get(api), collection),
    onEdit: (edit) => options.onNotice?.(noticeOf(edit)),
    onError: (error) => options.onNotice?.({ level: 'error', message: messageOf(error) }),
    ...(options.now !== undefined && { now: timeOf(options.now) }),
    ...(options.timeScale !== undefined && { scale: options.timeScale }),
  });
}

function emitterMeans(apis: ReadonlyMap<string, ServedApi>, options: MockOptions): EmitterMeans {
  return {
    apis,
    time: options.time ?? systemTime,
    guard: createTargetGuard({ allowHosts: options.allowHosts ?? [], closesOwn: isExposed(options) }),
    connections: new Connections(),
    adjustPolicy: options.deliveryPolicy,
    onDelivery: options.onDelivery,
    onError: (error) => options.onNotice?.({ level: 'error', message: messageOf(error) }),
  };
}

/** As many messages are remembered as told. */
const mostTold = 1000;

/** Passes on each message once. */
function tellerOnce(tell: (message: string) => void): (message: string) => void {
  const told = new Set<string>();
  return (message) => {
    if (told.has(message) || told.size >= mostTold) return;
    told.add(message);
    tell(message);
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function timeOf(now: string | number): number {
  const time = typeof now === 'number' ? now : Date.parse(now);
  if (Number.isFinite(time)) return time;
  throw new SparringError('usage', `"${now}" is not a time.`, {
    next: 'Give one such as 2026-01-31T12:00:00Z.',
  });
}

function latencyRule(latency: NonNullable<MockOptions['latency']>) {
  const [minimum, maximum] = typeof latency === 'number' ? [latency, latency] : latency;
  return { latency: minimum, jitter: maximum - minimum };
}

/** What a log says of an edit of the data file by hand. */
function noticeOf({ changes, overruled }: ExternalEdit): Notice {
  const edited = `${changes.length} ${changes.length === 1 ? 'record was' : 'records were'} edited in the data file`;
  if (overruled.length === 0) return { level: 'info', message: `${edited}.` };
  const names = overruled.map(({ api, collection, id }) => `${api}/${collection}/${id}`).join(', ');
  return { level: 'warning', message: `${edited}; the edit won over newer changes of ${names}.` };
}
