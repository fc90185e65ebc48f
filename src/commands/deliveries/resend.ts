import { type Command, Option } from 'commander';
import { SparringError } from '../../errors.ts';
import type { DeliveryEntry, DeliveryState } from '../../model/delivery.ts';
import { bundledApis } from '../../openapi/load/bundled-apis.ts';
import { createMock } from '../../server/create-mock.ts';
import { existingData } from '../common/existing-data.ts';
import { collectFlagValues } from '../common/flag-values.ts';
import { print, printError } from '../common/print.ts';
import { callRunningServer, defaultServer } from '../common/running-server.ts';
import { paintForTerminal, plural } from '../common/words.ts';

interface ResendFlags {
  readonly failed?: boolean;
  readonly server: string;
  readonly data?: string;
  readonly namespace?: string;
  readonly adminToken?: string;
  readonly document?: readonly string[];
  readonly allowHost?: readonly string[];
}

const failed: readonly DeliveryState[] = ['exhausted', 'disabled', 'blocked', 'cancelled'];

/** `sparring resend <id...>`: delivers again what has failed, with the same id and the same bytes. */
export function addResend(program: Command): void {
  program
    .command('resend')
    .description('Deliver again, with the same id and the same bytes')
    .argument('[ids...]', 'ids of deliveries; see sparring deliveries')
    .option('--failed', 'all that are exhausted, disabled, blocked or cancelled')
    .option('--server <url>', 'the running server', defaultServer)
    .option(
      '--data <file.json|folder/>',
      'the data of a server that does not run; what waits in it is delivered too',
    )
    .option(
      '--document <file>',
      'with --data: a document of your own whose deliveries are in it (may be repeated)',
      collectFlagValues,
    )
    .option(
      '--allow-host <name>',
      'with --data: a host that may be delivered to (may be repeated)',
      collectFlagValues,
    )
    .option('--namespace <name>', 'whose deliveries (default: default)')
    .addOption(
      new Option('--admin-token <token>', 'what the server’s admin API asks for').env('SPARRING_ADMIN_TOKEN'),
    )
    .action(resend);
}

async function resend(ids: readonly string[], flags: ResendFlags): Promise<void> {
  if (ids.length === 0 && !flags.failed) {
    throw new SparringError('usage', 'Nothing was named that is to be delivered again.', {
      next: 'Name the ids of deliveries, or give --failed for all that have failed.',
    });
  }
  if (flags.data === undefined) await onServer(ids, flags);
  else await onData(flags.data, ids, flags);
}

async function onServer(ids: readonly string[], flags: ResendFlags): Promise<void> {
  const wanted = new Set(ids);
  for (const state of flags.failed ? failed : []) {
    const page = await callRunningServer<{ deliveries: { id: string }[] }>(
      'GET',
      `/deliveries?state=${state}&limit=1000`,
      flags,
    );
    for (const { id } of page.deliveries) wanted.add(id);
  }
  for (const id of wanted)
    await callRunningServer('POST', `/deliveries/${encodeURIComponent(id)}/resend`, flags);
  await callRunningServer('POST', '/deliveries/wait', flags);
  for (const id of wanted) {
    report(
      await callRunningServer<Pick<DeliveryEntry, 'id' | 'event' | 'url' | 'state'>>(
        'GET',
        `/deliveries/${encodeURIComponent(id)}`,
        flags,
      ),
    );
  }
  if (wanted.size === 0) print('Nothing has failed.');
}

async function onData(
  data: string,
  ids: readonly string[],
  { allowHost, document = [], failed: all, namespace }: ResendFlags,
): Promise<void> {
  const mock = await createMock({
    data: existingData(data),
    apis: [...bundledApis().map(({ name }) => name), ...document],
    allowHosts: allowHost,
    onNotice: ({ message }) => printError(message),
  });
  try {
    const { webhooks } = namespace === undefined ? mock : await mock.namespace(namespace);
    const wanted = new Set(ids);
    for (const state of all ? failed : [])
      for (const { id } of webhooks.deliveries({ state })) wanted.add(id);
    for (const id of wanted) await webhooks.resend(id);
    await webhooks.whenIdle();
    for (const delivery of webhooks.deliveries()) if (wanted.has(delivery.id)) report(delivery);
    print(`${plural(wanted.size, 'delivery', 'deliveries')} sent again.`);
  } finally {
    await mock.close();
  }
}

function report({ event, id, state, url }: Pick<DeliveryEntry, 'id' | 'event' | 'url' | 'state'>): void {
  if (state !== 'delivered') process.exitCode = 1;
  print(`${id}  ${event}  ${url}  ${paintForTerminal(state === 'delivered' ? 'green' : 'red', state)}`);
}
