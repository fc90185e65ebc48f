import type { RequestListener } from 'node:http';
import type { Server } from 'node:net';
import { fetchTransport, type Transport } from '../contract/execute/transport/transport.ts';
import { undiciTransport } from '../contract/execute/transport/undici-transport.ts';
import { SparringError } from '../errors.ts';
import type { ApiDocument } from '../openapi/document/document.ts';
import type { Mock } from '../server/model/mock.ts';
import { serveHandler } from './serve-handler.ts';

/** Answers a request of the Fetch API, such as `app.fetch` of many frameworks. */
export type Fetch = (request: Request) => Response | Promise<Response>;

/** What can be tested. */
export type Target =
  /** Where the API's paths begin. */
  | string
  | URL
  /** From `createMock`; it may listen or not. */
  | Mock
  /** A Node server, or a handler `(req, res)` such as an Express app: served on a free port for the run. */
  | Server
  | RequestListener
  /** What answers requests of the Fetch API, or has such a function: no socket is opened. */
  | Fetch
  | { readonly fetch: Fetch };

/** A target, or a function without parameters that gives one when the tests begin. */
export type TargetSource = Target | (() => Target | Promise<Target>);

export interface TargetOptions {
  /** Where the API's paths begin on a handler, server or fetch function, such as `/v1`; default: at its root. */
  readonly basePath?: string | undefined;
  /** Milliseconds for one request; default 10 seconds. */
  readonly timeout?: number | undefined;
}

/** The way to a target for one run, and what ends it. */
export interface ReachedTarget {
  readonly transport: Transport;
  /** Whether it is an address alone, of a server that somebody else started. */
  readonly isElsewhere: boolean;
  close(): Promise<void>;
}

/** The origin that a fetch function sees in place of its own. */
const noOrigin = 'http://127.0.0.1';

/** @throws SparringError `usage` for what is no target, or a mock that does not serve the document */
export async function reachTarget(
  source: TargetSource,
  document: ApiDocument,
  options: TargetOptions = {},
): Promise<ReachedTarget> {
  const target = isGiver(source) ? await source() : source;
  const { basePath = '' } = options;
  if (typeof target === 'string' || target instanceof URL) {
    return { ...(await overNetwork(String(target), options)), isElsewhere: true };
  }
  if (isMock(target)) return reachMock(target, document, options);
  if (isServer(target) || isHandler(target)) return overSocket(target, basePath, options);
  const fetch = typeof target === 'function' ? target : target.fetch?.bind(target);
  if (fetch) {
    const transport = fetchTransport(fetch, `${noOrigin}${basePath}`);
    return { transport, isElsewhere: false, close: async () => {} };
  }
  throw new SparringError('usage', 'This is nothing that can be tested.', {
    next: 'Give a URL, a mock, a Node server, a handler (req, res), or a function that answers a Request.',
  });
}

async function overNetwork(url: string, { timeout }: TargetOptions): Promise<ReachedTarget> {
  if (!/^https?:/.test(url) || !URL.canParse(url))
    throw new SparringError('usage', `"${url}" is no URL of a server.`, {
      next: 'Give one such as https://api.example.com/v1.',
    });
  const transport = await undiciTransport(url, { timeout });
  return { transport, isElsewhere: false, close: () => transport.close() };
}

async function reachMock(mock: Mock, document: ApiDocument, options: TargetOptions): Promise<ReachedTarget> {
  const api = mock.apis.find(({ name }) => name === document.name);
  if (!api)
    throw new SparringError('usage', `The mock does not serve ${document.name}.`, {
      next: `Make it with createMock({ apis: ['${document.name}'] }); it serves ${mock.apis.map(({ name }) => name).join(', ')}.`,
    });
  const { port, pathname } = new URL(api.url);
  return port === '' ? overSocket(mock.app, pathname, options) : overNetwork(api.url, options);
}

async function overSocket(
  handler: RequestListener | Server,
  basePath: string,
  options: TargetOptions,
): Promise<ReachedTarget> {
  const served = await serveHandler(handler);
  const { close, transport } = await overNetwork(`${served.url}${basePath}`, options);
  return {
    transport,
    isElsewhere: false,
    async close() {
      await close();
      await served.close();
    },
  };
}

function isGiver(source: TargetSource): source is () => Target | Promise<Target> {
  return typeof source === 'function' && source.length === 0;
}

function isMock(target: Exclude<Target, string | URL>): target is Mock {
  return 'app' in target && 'apis' in target && 'namespace' in target;
}

function isServer(target: object): target is Server {
  return 'listen' in target && 'address' in target;
}

/** A handler has two or three parameters; a function of one takes a Request. */
function isHandler(target: RequestListener | Fetch | { readonly fetch: Fetch }): target is RequestListener {
  return typeof target === 'function' && target.length > 1;
}
