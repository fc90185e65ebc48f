import { SparringError } from '../../errors.ts';

/** Where a server listens unless told otherwise. */
export const defaultServer = 'http://127.0.0.1:4010';

interface ServerOptions {
  readonly server: string;
  readonly namespace?: string | undefined;
  readonly adminToken?: string | undefined;
}

/**
 * Calls the admin API of a running server and gives its JSON answer.
 *
 * @throws SparringError `usage` with what the server says of the call, `target-unreachable` when none is there.
 */
export async function callRunningServer<T>(
  method: 'GET' | 'POST',
  path: string,
  options: ServerOptions,
): Promise<T> {
  const { adminToken, namespace, server } = options;
  const headers = {
    ...(namespace !== undefined && { 'sparring-namespace': namespace }),
    ...(adminToken !== undefined && { authorization: `Bearer ${adminToken}` }),
  };
  let answer: Response;
  try {
    answer = await fetch(`${server.replace(/\/$/, '')}/_sparring${path}`, { method, headers });
  } catch (cause) {
    throw new SparringError('target-unreachable', `No server answers at ${server}.`, {
      next: 'Start one with sparring serve, name it with --server, or read a stopped one’s data with --data.',
      cause,
    });
  }
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  throw new SparringError('usage', body.detail ?? `The server answered ${answer.status}.`, {
    next: body.next ?? 'Is it a Sparring server?',
  });
}
