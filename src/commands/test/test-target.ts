import type { Transport } from '../../contract/execute/transport/transport.ts';
import { SparringError } from '../../errors.ts';
import { testNetworkOf } from './test-network.ts';
import type { TargetFlags } from './test-target-flags.ts';

/** The time at which a mock that is started for a run stands still, so that runs can be compared. */
const standstill = '2026-01-01T00:00:00Z';

export interface TestTarget {
  readonly transport: Transport;
  close(): Promise<void>;
}

/** The server to test: the one at the URL, else a mock on a free port. Throws SparringError `usage`. */
export async function openTarget(api: string, flags: TargetFlags): Promise<TestTarget> {
  if (flags.url !== undefined) return openServer(flags.url, flags);
  const { createMock } = await import('../../server/create-mock.ts');
  const mock = await createMock({ apis: [api], port: 0, now: standstill, auth: 'strict', strictIds: true });
  const { close, transport } = await openServer(mock.apis[0]?.url ?? mock.url, flags);
  return {
    transport,
    async close() {
      await close();
      await mock.close();
    },
  };
}

export async function openServer(url: string, flags: TargetFlags): Promise<TestTarget> {
  assertUrl(url);
  const { undiciTransport } = await import('../../contract/execute/transport/undici-transport.ts');
  const transport = await undiciTransport(url, await testNetworkOf(url, flags, process.env));
  return { transport, close: () => transport.close() };
}

function assertUrl(text: string): void {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new SparringError('usage', `"${text}" is no URL of a server.`, {
      next: 'Give one such as https://api.example.com/v1.',
    });
  // Not shown: it may hold a password.
  if (url.username !== '' || url.password !== '')
    throw new SparringError('usage', 'The URL holds credentials, which reports would show.', {
      next: 'Give them by --basic user:password, or in SPARRING_BASIC.',
    });
  if (url.search !== '' || url.hash !== '')
    throw new SparringError('usage', `"${url.origin}${url.pathname}" is followed by a query or fragment.`, {
      next: 'Give the URL where the paths of the document begin; a key in the query goes to --api-key.',
    });
}
