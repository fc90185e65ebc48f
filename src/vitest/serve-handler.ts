import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { Server } from 'node:net';

/** Serves a handler on a free port of this machine, or a server that does not listen yet; one that does is left as it is. */
export async function serveHandler(
  handler: RequestListener | Server,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = typeof handler === 'function' ? createServer(handler) : handler;
  const isOurs = !server.listening;
  if (isOurs) await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      if (isOurs) await new Promise((resolve) => server.close(resolve));
    },
  };
}
