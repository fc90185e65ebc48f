import { type Command, Option } from 'commander';
import { systemTime } from '../../clock.ts';
import type { DeliveryFilter, DeliveryState } from '../../model/delivery.ts';
import { viewDelivery } from '../../server/admin/view-delivery.ts';
import { MemoryDeliveryLog } from '../../storage/deliveries/memory-delivery-log.ts';
import { openStorage } from '../../storage/open-storage.ts';
import { existingData } from '../common/existing-data.ts';
import { positiveInteger } from '../common/flag-values.ts';
import { formatTable } from '../common/format-table.ts';
import { print } from '../common/print.ts';
import { callRunningServer, defaultServer } from '../common/running-server.ts';

interface DeliveriesFlags {
  readonly server: string;
  readonly data?: string;
  readonly namespace?: string;
  readonly adminToken?: string;
  readonly state?: DeliveryState;
  readonly event?: string;
  readonly api?: string;
  readonly limit: number;
  readonly json?: boolean;
}

interface Page {
  readonly total: number;
  readonly deliveries: readonly ReturnType<typeof viewDelivery>[];
}

const states = ['pending', 'delivered', 'exhausted', 'disabled', 'blocked', 'cancelled', 'dropped'];

/** `sparring deliveries`: what a running server, or the data of a stopped one, has delivered and has not. */
export function addDeliveries(program: Command): void {
  program
    .command('deliveries')
    .description('List the deliveries of a running server, or of the data of a stopped one')
    .option('--server <url>', 'the running server', defaultServer)
    .option('--data <file.json|folder/>', 'the data of a server that does not run')
    .option('--namespace <name>', 'whose deliveries (default: default)')
    .addOption(
      new Option('--admin-token <token>', 'what the server’s admin API asks for').env('SPARRING_ADMIN_TOKEN'),
    )
    .addOption(new Option('--state <state>', 'only those that stand so').choices(states))
    .option('--event <name>', 'only those of this webhook')
    .option('--api <name>', 'only those of this API')
    .addOption(new Option('--limit <number>', 'most to show').default(50).argParser(positiveInteger))
    .option('--json', 'print JSON')
    .action(deliveries);
}

async function deliveries(flags: DeliveriesFlags): Promise<void> {
  const page = flags.data === undefined ? await fromServer(flags) : await fromData(flags.data, flags);
  if (flags.json) return print(JSON.stringify(page, null, 2));
  if (page.total === 0) return print('There are no such deliveries.');
  const rows = page.deliveries.map(({ attempts, createdAt, dueAt, event, id, reason, state, url }) => [
    id,
    createdAt,
    event,
    url,
    state,
    `${attempts}`,
    dueAt ?? reason ?? '',
  ]);
  print(formatTable(['Id', 'Made', 'Event', 'To', 'State', 'Attempts', 'Next, or why'], rows));
  if (page.total > rows.length) print(`${rows.length} of ${page.total}; --limit shows more.`);
}

function fromServer({
  adminToken,
  api,
  event,
  limit,
  namespace,
  server,
  state,
}: DeliveriesFlags): Promise<Page> {
  const query = new URLSearchParams({ limit: String(Math.min(limit, 1000)) });
  for (const [name, value] of Object.entries({ api, event, state }))
    if (value !== undefined) query.set(name, value);
  return callRunningServer<Page>('GET', `/deliveries?${query}`, { server, namespace, adminToken });
}

async function fromData(
  data: string,
  { api, event, limit, namespace = 'default', state }: DeliveriesFlags,
): Promise<Page> {
  const storage = await openStorage(existingData(data), { time: systemTime });
  try {
    const stored = (await storage.load()).find((one) => one.namespace === namespace);
    const memory = new MemoryDeliveryLog();
    if (stored) memory.apply(stored);
    const log = storage.deliveries?.(namespace) ?? memory;
    const filter: DeliveryFilter = { api, event, state };
    const found = log.list(filter, { limit, offset: 0 });
    return { total: log.count(filter), deliveries: found.map((delivery) => viewDelivery(delivery)) };
  } finally {
    await storage.close();
  }
}
