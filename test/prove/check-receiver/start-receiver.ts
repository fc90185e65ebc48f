import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { receive, type Steps } from './steps.ts';
import { Store } from './store.ts';

/** A receiver that listens on 127.0.0.1. */
export interface RunningReceiver {
  /** Where deliveries go. */
  readonly url: string;
  /** What it keeps, as JSON: see `Store.toJson`. */
  readonly probeUrl: string;
  close(): Promise<void>;
}

/** Starts a listener on 127.0.0.1 (port 0: any free one), and tells its origin. */
export async function listen(
  listener: RequestListener,
  port = 0,
): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer(listener);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The receiver listens on no port.');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Starts a receiver. With a file, what it keeps outlives it. */
export async function startReceiver(
  steps: Steps,
  options: { readonly port?: number; readonly file?: string } = {},
): Promise<RunningReceiver> {
  const store = new Store(options.file);
  const server = await listen((request, response) => {
    if (request.method === 'GET' && request.url === '/__state') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(store.toJson());
      return;
    }
    const url = `${server.origin}${request.url ?? '/'}`;
    receive(steps, store, request, response, url).catch(() => response.destroy());
  }, options.port);
  return { url: `${server.origin}/hooks`, probeUrl: `${server.origin}/__state`, close: server.close };
}
