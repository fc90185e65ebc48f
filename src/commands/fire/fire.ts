import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { SparringError } from '../../errors.ts';
import type { AttemptEntry } from '../../model/attempt.ts';
import { createMock } from '../../server/create-mock.ts';
import type { DeliveryPolicy } from '../../webhooks/policy.ts';
import { includesStatus, type StatusRange } from '../../webhooks/status-range.ts';
import { noticeLine } from '../common/notice-line.ts';
import { print, printError } from '../common/print.ts';
import { demoSubscriptionOf } from './demo-subscription.ts';
import { addFireFlags, type FireFlags, hostOf } from './fire-flags.ts';
import { firePolicyChange } from './fire-policy.ts';
import { createFireReport } from './fire-report.ts';
import { formatRequest } from './format-request.ts';
import { type Firing, optionsAt, sendEvents } from './send-events.ts';

const exitCodes = { asExpected: 0, otherwise: 1, unreachable: 3, interrupted: 130 } as const;
const successes: readonly StatusRange[] = [{ from: 200, to: 299 }];

/** `sparring fire <api> <event> --to <url>`: sends an event as its provider would, and tells of every attempt. */
export function addFire(program: Command): void {
  const command = program
    .command('fire')
    .description('Send an event to a URL as its provider would: headers, bytes, signature, retries')
    .argument('<api>', 'name of a bundled API, or path of an OpenAPI document')
    .argument('<event>', 'name of the webhook; see sparring events <api>')
    .addHelpText('after', examples);
  addFireFlags(command).action(fire);
}

const examples = `
Exit code: 0 as expected, 1 not, 2 wrong usage, 3 nobody could be reached, 130 interrupted.

Examples:
  sparring fire rehive transaction.execute --to http://localhost:3000/hooks --secret "$SECRET"
  sparring fire hover job-state-changed --to http://localhost:3000/hover --set state=failed
  sparring fire hive check.completed --to http://localhost:3000/hive --count 500 --concurrency 20
  sparring fire hive check.completed --to http://localhost:3000/hive --invalid --expect 4xx
  sparring fire apitree webhook.created --to http://localhost:3000/apitree --corrupt-signature --expect 4xx
`;

async function fire(api: string, event: string, flags: FireFlags): Promise<void> {
  const payload = flags.data === undefined ? undefined : await readPayload(flags.data);
  const change = firePolicyChange(flags);
  let real: DeliveryPolicy | undefined;
  const mock = await createMock({
    apis: [api],
    // Without a seed each run has delivery ids of its own, so that a receiver does not take them for repetitions.
    seed: flags.seed ?? randomInt(2 ** 31),
    allowHosts: [hostOf(flags.to)],
    deliveryPolicy(policy) {
      real = policy;
      return change(policy);
    },
    onNotice: (notice) => printError(noticeLine(notice)),
  });
  const [{ name } = { name: api }] = mock.apis;
  const { example, secret, set, to, validate } = flags;
  const as = demoSubscriptionOf(mock, name);
  const options = { to, as, secret, payload, example, validate, set };
  const firing: Firing = { mock, api: name, event, options, flags };
  try {
    // What is wrong with the event or its payload is said before anything else is.
    const requests = await preview(firing);
    if (flags.print) for (const request of requests) print(request);
    else process.exitCode = await send(firing, () => real?.schedule ?? []);
  } finally {
    await mock.close();
  }
}

async function preview(firing: Firing): Promise<readonly string[]> {
  const { api, event, flags, mock } = firing;
  try {
    const requests = await mock.webhooks.preview(api, event, await optionsAt(firing, 0));
    return requests.map((request) => (flags.json ? JSON.stringify(request) : formatRequest(request)));
  } catch (error) {
    if (!(error instanceof SparringError) || error.code !== 'payload-invalid') throw error;
    const { cause, message, violations } = error;
    const next = 'Mend what the violations name, or send it as it is with --no-validate.';
    throw new SparringError('payload-invalid', message, { violations, next, cause });
  }
}

/** Sends all of them and tells of it; gives the exit code. */
async function send(firing: Firing, schedule: () => readonly number[]): Promise<number> {
  const { event, flags, mock } = firing;
  const report = createFireReport({ event, flags, schedule });
  endOnInterrupt(() => report.end(mock.webhooks.count({ state: 'pending' })));
  // Waiting for a retry does not keep the process alive.
  const alive = setInterval(() => undefined, 60_000);
  try {
    const attempts = await sendEvents(firing, report);
    report.end(0);
    return exitCodeOf(attempts, flags);
  } finally {
    clearInterval(alive);
  }
}

function endOnInterrupt(tell: () => void): void {
  process.once('SIGINT', () => {
    tell();
    process.exit(exitCodes.interrupted);
  });
}

function exitCodeOf(attempts: readonly AttemptEntry[], { count, expect = successes }: FireFlags): number {
  const isExpected = ({ response }: AttemptEntry) =>
    response !== null && includesStatus(expect, response.status);
  if (attempts.length === count && attempts.every(isExpected)) return exitCodes.asExpected;
  return attempts.every(({ response }) => response === null) ? exitCodes.unreachable : exitCodes.otherwise;
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
