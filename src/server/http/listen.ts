import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { SparringError } from '../../errors.ts';
import type { MockOptions } from '../model/mock-options.ts';
import type { NodeHandler } from '../model/node-handler.ts';

/** How often a closing server hangs up on connections whose last request has ended, in milliseconds. */
const sweepInterval = 20;

/** How long running requests may take to end when a server closes, in milliseconds. */
const drainTime = 5_000;

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Listens for HTTP, or with a key and certificate for HTTPS.
 *
 * @throws SparringError `port-in-use` naming the port, or `usage` for an address that cannot be listened on.
 */
export async function listen(
  handler: NodeHandler,
  { port = 0, host = '127.0.0.1', https }: Pick<MockOptions, 'port' | 'host' | 'https'>,
): Promise<Listening> {
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new SparringError('usage', `${port} is not a port.`, {
      next: 'Give a whole number from 0 to 65535.',
    });
  }
  const settings = {
    // A request's path may be long; what is longer still is answered 414 by our own check.
    maxHeaderSize: 64 * 1024,
    // An idle connection is the client's to close: where the server does, its next request is lost now and then, and the
    // timer of each answer costs (measured) 6 % of it. TCP finds out which clients are gone.
    keepAliveTimeout: 0,
    keepAlive: true,
    // The stream of a body that is not there need not be read to its end: 4 % of a GET.
    optimizeEmptyRequests: true,
  };
  const server = https
    ? createSecureServer({ ...settings, ...https }, handler)
    : createServer(settings, handler);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port, host)));
    server.listen(port, host, resolve);
  });
  const name = host.includes(':') ? `[${host}]` : host;
  return { url: `${https ? 'https' : 'http'}://${name}:${portOf(server)}`, close: () => drain(server) };
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), drainTime).unref();
    // A connection that is kept alive outlives the request that was running when the server began to close.
    const sweep = setInterval(() => server.closeIdleConnections(), sweepInterval).unref();
    server.close(() => {
      clearTimeout(late);
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function listenError(error: NodeJS.ErrnoException, port: number, host: string): SparringError {
  if (error.code === 'EADDRINUSE') {
    return new SparringError('port-in-use', `Something listens on ${host}:${port} already.`, {
      next: `Stop it, or choose another port: --port ${port + 1}, or --port 0 for any free one.`,
      cause: error,
    });
  }
  if (error.code === 'EACCES') {
    return new SparringError('usage', `You may not listen on ${host}:${port}.`, {
      next: 'Choose a port above 1023.',
      cause: error,
    });
  }
  return new SparringError('usage', `${host}:${port} cannot be listened on (${error.code}).`, {
    next: 'Give --host an address of this machine, such as 127.0.0.1.',
    cause: error,
  });
}
