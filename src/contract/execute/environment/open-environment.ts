import { SparringError } from '../../../errors.ts';
import type { PlanContext } from '../../plan/requests/plan-context.ts';
import { createCredentials } from '../credentials/credentials.ts';
import { findMockControls } from '../transport/mock-controls.ts';
import { isLoopback, type Transport } from '../transport/transport.ts';
import { watchTransport } from '../transport/watched-transport.ts';
import type { ContractOptions } from './contract-options.ts';
import type { Environment } from './environment.ts';
import { createLedger } from './ledger.ts';
import { serverManners } from './server-manners.ts';

/**
 * Finds out whether a server is there and whether it is a mock, and puts together all that executing takes.
 *
 * @throws SparringError `target-unreachable`
 */
export async function openEnvironment(
  context: PlanContext,
  target: Transport,
  options: ContractOptions,
  webhookReceiver?: Environment['webhookReceiver'],
): Promise<Environment> {
  const { document, seed } = context;
  const transport = watchTransport(target, options.signal);
  await assertReachable(transport);
  const controls = options.controls ?? (await findMockControls(transport, document.name));
  const local = isLoopback(transport.url);
  return {
    context,
    transport,
    credentials: createCredentials({
      document,
      transport,
      options: options.credentials ?? {},
      demo: local,
      isMock: controls !== undefined,
      auth: controls?.auth,
      now: options.now ?? Date.now,
    }),
    ledger: createLedger(options.ledger, !controls && options.ownServer !== true),
    controls,
    namespace: controls && (options.namespace ?? `contract-${seed}`),
    isLoopback: local,
    write: local || options.write === true,
    manners: serverManners(context.collections, options, controls !== undefined),
    strategies: new Map(),
    remedies: { known: new Map(), used: 0 },
    attempted: new Set(),
    notices: [],
    leftovers: [],
    unfinished: [],
    singletons: new Map(),
    patience: options.patience,
    webhookReceiver: local || options.receiver?.url !== undefined ? webhookReceiver : undefined,
    signal: options.signal,
  };
}

/** Forgets the namespaces that a mock had for the run. */
export async function dropNamespaces({ controls, namespace }: Environment): Promise<void> {
  if (namespace === undefined) return;
  await controls?.drop(namespace);
  await controls?.drop(`${namespace}-expired`);
}

async function assertReachable(transport: Transport): Promise<void> {
  const { failure } = await transport.send({
    method: 'GET',
    url: `${transport.url}/`,
    headers: {},
    body: undefined,
  });
  if (failure?.kind !== 'unreachable') return;
  const isDistrusted = /certificate|self.signed/i.test(failure.message);
  throw new SparringError(
    'target-unreachable',
    `${transport.url} cannot be reached: ${failure.message}.`,
    isDistrusted
      ? { next: 'Name the authority of its certificate with --ca, or take any with --insecure.' }
      : {},
  );
}
