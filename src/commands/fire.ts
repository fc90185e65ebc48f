import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { SparringError } from '../errors.ts';
import { createMock } from '../server/create-mock.ts';
import type { FireOptions } from '../server/emission/fire-event.ts';
import type { Mock } from '../server/mock.ts';
import type { AttemptEntry } from '../storage/storage.ts';
import type { DeliveryPolicy } from '../webhooks/policy.ts';
import { compressPolicy } from '../webhooks/retry-schedule.ts';
import { includesStatus, parseStatuses, type StatusRange } from '../webhooks/status-range.ts';
import { demoSubscriptionOf } from './demo-subscription.ts';
import { createFireReport } from './fire-report.ts';
import { collect, positiveInteger, positiveNumber, wholeNumber } from './flag-values.ts';
import { formatRequest } from './format-request.ts';

/** What the flags of `sparring fire` give. */
export interface FireFlags {
  readonly to: string;
  readonly set?: readonly string[];
  readonly data?: string;
  readonly secret?: string;
  readonly example?: string;
  readonly seed?: number;
  readonly validate: boolean;
  readonly count: number;
  readonly concurrency?: number;
  readonly rate?: number;
  readonly duplicate?: boolean;
  readonly shuffle?: boolean;
  readonly corruptSignature?: boolean;
  readonly print?: boolean;
  readonly realTime?: boolean;
  readonly expect: string;
  readonly json?: boolean;
}

/** One event that is to be fired: its API, its name, and the payload's making. */
interface Firing {
  readonly mock: Mock;
  readonly api: string;
  readonly event: string;
  readonly options: FireOptions;
  readonly flags: FireFlags;
}

/** All retries come within this many milliseconds, unless the provider's own delays are asked for. */
const patience = 30_000;
const exitCodes = { asExpected: 0, otherwise: 1, unreachable: 3, interrupted: 130 } as const;

/** `sparring fire <api> <event> --to <url>`: sends an event as its provider would, and tells of every attempt. */
export function addFire(program: Command): void {
  program
    .command('fire')
    .description('Send an event to a URL as its provider would: headers, bytes, signature, retries')
    .argument('<api>', 'name of a bundled API, or path of an OpenAPI document')
    .argument('<event>', 'name of the webhook; see sparring events <api>')
    .requiredOption(
      '--to <url>',
      'where to send it; naming a host here allows it, metadata addresses excepted',
    )
    .option(
      '--set <path=value>',
      'set a field of the payload, such as data.amount=5 (may be repeated)',
      collect,
    )
    .option('--data <file>', 'take the payload from a JSON file')
    .option('--example <name>', "which of the document's examples to send")
    .addOption(
      new Option('--seed <number>', 'vary the payload; the same seed gives the same payload').argParser(
        wholeNumber,
      ),
    )
    .option('--no-validate', 'send a payload even if it breaks the document')
    .option('--secret <secret>', "what signs it (default: the demo subscription's)")
    .addOption(
      new Option('--count <number>', 'how many to send, each varied').default(1).argParser(positiveInteger),
    )
    .addOption(new Option('--concurrency <number>', 'attempts under way at once').argParser(positiveInteger))
    .addOption(new Option('--rate <number>', 'how many to start a second').argParser(positiveNumber))
    .option('--duplicate', 'send every attempt twice')
    .option('--shuffle', 'let later ones overtake earlier ones')
    .option('--corrupt-signature', 'sign what is not sent')
    .option('--print', 'show the request, and send nothing')
    .option(
      '--real-time',
      `wait between retries as long as the provider does, not ${patience / 1000} s in all`,
    )
    .option('--expect <statuses>', 'what the last answers must be, such as 2xx or 400,410', '2xx')
    .option('--json', 'print one JSON object a line')
    .addHelpText('after', examples)
    .action(fire);
}

const examples = `
Exit code: 0 as expected, 1 not, 2 wrong usage, 3 nobody could be reached.

Examples:
  sparring fire rehive transaction.execute --to http://localhost:3000/hooks --secret "$SECRET"
  sparring fire hover job-state-changed --to http://localhost:3000/hover --set state=failed
  sparring fire hive check.completed --to http://localhost:3000/hive --count 500 --concurrency 20
  sparring fire apitree webhook.created --to http://localhost:3000/apitree --corrupt-signature --expect 4xx
`;

async function fire(api: string, event: string, flags: FireFlags): Promise<void> {
  const expected = statusesOf(flags.expect);
  const payload = flags.data === undefined ? undefined : await readPayload(flags.data);
  let real: DeliveryPolicy | undefined;
  const mock = await createMock({
    apis: [api],
    allowHosts: [hostOf(flags.to)],
    deliveryPolicy(policy) {
      real = policy;
      return adjust(policy, flags);
    },
    onNotice: ({ message }) => console.error(message),
  });
  const [{ name } = { name: api }] = mock.apis;
  const as = demoSubscriptionOf(mock, name);
  const { example, secret, set, to, validate } = flags;
  const firing: Firing = {
    mock,
    api: name,
    event,
    options: { to, as, secret, payload, example, validate, set },
    flags,
  };
  try {
    if (flags.print) await print(firing);
    else process.exitCode = exitCodeOf(await send(firing, () => real), expected);
  } finally {
    await mock.close();
  }
}

async function print({ api, event, flags, mock, options }: Firing): Promise<void> {
  const requests = await mock.webhooks.preview(api, event, { ...options, seed: flags.seed });
  for (const request of requests) console.log(flags.json ? JSON.stringify(request) : formatRequest(request));
}

/** Sends all of them; gives the last attempt at each. */
async function send(
  firing: Firing,
  realPolicy: () => DeliveryPolicy | undefined,
): Promise<readonly AttemptEntry[]> {
  const { api, event, flags, mock, options } = firing;
  const { faults } = mock.webhooks;
  // What is wrong with the event or its payload is said before anything else is.
  await mock.webhooks.preview(api, event, options);
  if (flags.duplicate) faults.add({ kind: 'duplicate' });
  if (flags.shuffle) faults.add({ kind: 'reorder', rate: 0.5, milliseconds: 50 });
  if (flags.corruptSignature) faults.add({ kind: 'corrupt-signature' });
  const report = createFireReport({ event, flags, schedule: () => realPolicy()?.schedule ?? [] });
  const last = new Map<string, AttemptEntry>();
  mock.webhooks.on('delivery', (delivery, attempt) => {
    if (!attempt) return;
    last.set(delivery.id, attempt);
    report.attempt(delivery, attempt);
  });
  process.once('SIGINT', () => {
    report.end(mock.webhooks.count({ state: 'pending' }));
    process.exit(exitCodes.interrupted);
  });
  // Waiting for a retry does not keep the process alive.
  const alive = setInterval(() => undefined, 60_000);
  try {
    await fireAll(firing);
    await settled(mock);
  } finally {
    clearInterval(alive);
  }
  report.end(0);
  return [...last.values()];
}

async function fireAll({ api, event, flags, mock, options }: Firing): Promise<void> {
  const started = performance.now();
  for (let index = 0; index < flags.count; index += 1) {
    const due = flags.rate === undefined ? 0 : started + (index / flags.rate) * 1000 - performance.now();
    if (due > 1) await new Promise((resolve) => setTimeout(resolve, due));
    // The first is the document's example as it stands, unless a seed was given.
    const seed = flags.seed === undefined ? (index === 0 ? undefined : index) : flags.seed + index;
    await mock.webhooks.fire(api, event, { ...options, seed });
  }
}

function settled({ webhooks }: Mock): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (webhooks.count({ state: 'pending' }) === 0) resolve();
    };
    webhooks.on('delivery', check);
    check();
  });
}

function adjust(policy: DeliveryPolicy, { concurrency, realTime }: FireFlags): DeliveryPolicy {
  const paced = realTime ? policy : compressPolicy(policy, patience);
  return concurrency === undefined ? paced : { ...paced, concurrency, order: 'unordered' };
}

function exitCodeOf(attempts: readonly AttemptEntry[], expected: readonly StatusRange[]): number {
  if (attempts.every(({ response }) => response && includesStatus(expected, response.status)))
    return exitCodes.asExpected;
  return attempts.every(({ response }) => response === null) ? exitCodes.unreachable : exitCodes.otherwise;
}

function statusesOf(text: string): readonly StatusRange[] {
  const ranges = parseStatuses(text.split(',').map((part) => part.trim()));
  if (ranges) return ranges;
  throw new SparringError('usage', `--expect cannot take "${text}".`, {
    next: 'Write statuses such as 2xx, 200-204, <400, or 400,410.',
  });
}

function hostOf(url: string): string {
  const parsed = URL.parse(url);
  if (parsed && /^https?:$/.test(parsed.protocol)) return parsed.hostname;
  throw new SparringError('usage', `--to cannot take "${url}": it must be an http or https URL.`, {
    next: 'Write one such as --to http://localhost:3000/hooks.',
  });
}

async function readPayload(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    const why = cause instanceof SyntaxError ? `it is not JSON: ${cause.message}` : 'it cannot be read';
    throw new SparringError('usage', `The payload of ${file} cannot be sent: ${why}.`, {
      next: 'Give a file that holds one JSON value.',
      cause,
    });
  }
}
