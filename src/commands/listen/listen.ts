import { type Command, Option } from 'commander';
import { SparringError } from '../../errors.ts';
import {
  createReceiver,
  type ReceivedRequest,
  type Receiver,
  type ReceiverAnswer,
} from '../../receiver/create-receiver.ts';
import { documentPolicyOf } from '../../webhooks/document-policy.ts';
import type { SignaturePolicy } from '../../webhooks/policy.ts';
import { collectFlagValues, durationValue, portNumber, status, wholeNumber } from '../common/flag-values.ts';
import { loadApi } from '../common/load-api.ts';
import { print, printError } from '../common/print.ts';
import { formatArrival, formatArrivalAsJson } from './format-arrival.ts';

interface ListenFlags {
  readonly port: number;
  readonly scheme?: string;
  readonly secret?: readonly string[];
  readonly status?: number;
  readonly failFirst?: number;
  readonly delay?: number;
  readonly body?: string;
  readonly verbose?: boolean;
  readonly json?: boolean;
}

/** `sparring listen [api]`: a receiver that verifies what arrives, shows it, and answers as told. */
export function addListen(program: Command): void {
  program
    .command('listen')
    .description('Receive webhooks: verify their signatures, show what arrives, answer as told')
    .argument('[api]', 'whose webhooks they are: tells how they are signed')
    .addOption(
      new Option('-p, --port <number>', 'port to listen on, 0 for any free one')
        .default(0)
        .argParser(portNumber),
    )
    .option(
      '--scheme <name>',
      "how they are signed, in the place of the API's own: hmac, standard-webhooks, stripe, github, …",
    )
    .option(
      '--secret <secret>',
      'what verifies them; more than one while a secret is rotated',
      collectFlagValues,
    )
    .addOption(
      new Option(
        '--status <number>',
        'what to answer (default: 200, and 401 where a signature is not valid)',
      ).argParser(status),
    )
    .addOption(
      new Option(
        '--fail-first <number>',
        'answer so only as often as this (500 unless --status says), then 200',
      ).argParser(wholeNumber),
    )
    .addOption(
      new Option('--delay <duration>', 'how long to wait before the answer').argParser(durationValue),
    )
    .option('--body <text>', 'body of the answer')
    .option('--verbose', 'show headers and bodies')
    .option('--json', 'print one JSON object a line')
    .addHelpText('after', examples)
    .action(listen);
}

const examples = `
Examples:
  sparring listen rehive --secret "$SECRET"
  sparring listen --status 500 --fail-first 2 --delay 3s --port 3000
`;

async function listen(api: string | undefined, flags: ListenFlags): Promise<void> {
  const signature = await signatureOf(api, flags);
  const receiver = await createReceiver({
    port: flags.port,
    ...(signature && { scheme: signature.scheme, options: signature.options, secret: flags.secret ?? [] }),
    answer: (request) => refusalOf(request, flags) ?? answerOf(flags),
  });
  const what = signature ? `, verifying ${signature.scheme} signatures` : '';
  if (flags.json) print(JSON.stringify({ event: 'ready', url: receiver.url }));
  else print(`Listening at ${receiver.url}${what}. Ctrl-C stops.`);
  receiver.on((request) =>
    print(
      flags.json
        ? JSON.stringify(formatArrivalAsJson(request))
        : formatArrival(request, flags.verbose === true),
    ),
  );
  closeOnSignal(receiver);
}

/** How to verify; undefined where nothing is said of it, or no secret is given. */
async function signatureOf(
  api: string | undefined,
  { scheme, secret }: ListenFlags,
): Promise<SignaturePolicy | undefined> {
  if (scheme !== undefined && secret === undefined) {
    throw new SparringError('usage', 'Signatures cannot be verified without a secret.', {
      next: 'Give it as --secret.',
    });
  }
  if (scheme !== undefined) return { scheme, options: {} };
  if (api === undefined) return undefined;
  const { signature } = documentPolicyOf(await loadApi(api));
  if (signature.scheme === 'none') return undefined;
  if (secret !== undefined) return signature;
  printError(
    `Signatures are not verified: ${api} signs by ${signature.scheme}; give the secret as --secret.`,
  );
  return undefined;
}

/** What is not signed as it should be is refused, as receivers do, unless a status was told. */
function refusalOf(
  { verification }: Pick<ReceivedRequest, 'verification'>,
  { delay, status: told }: ListenFlags,
): ReceiverAnswer | undefined {
  if (told !== undefined || !verification || verification.valid) return undefined;
  return { status: 401, body: `${verification.message}\n`, ...(delay !== undefined && { delay }) };
}

function answerOf({ body, delay, failFirst, status: told }: ListenFlags): ReceiverAnswer {
  return {
    ...(told !== undefined && { status: told }),
    ...(body !== undefined && { body }),
    ...(delay !== undefined && { delay }),
    ...(failFirst !== undefined && { failFirst }),
  };
}

function closeOnSignal(receiver: Receiver): void {
  const close = () => void receiver.close().then(() => process.exit(0));
  process.once('SIGINT', close);
  process.once('SIGTERM', close);
}
