import { type Command, InvalidArgumentError, Option } from 'commander';
import { SparringError } from '../../errors.ts';
import { parseStatuses, type StatusRange } from '../../webhooks/status-range.ts';
import { collectFlagValues, positiveInteger, wholeNumber } from '../common/flag-values.ts';

/** What the flags of `sparring fire` give. */
export interface FireFlags {
  readonly to: string;
  readonly set?: readonly string[];
  readonly data?: string;
  readonly secret?: string;
  readonly example?: string;
  readonly seed?: number;
  readonly validate: boolean;
  readonly invalid?: boolean;
  /** `Name: value`. */
  readonly header?: readonly string[];
  readonly count: number;
  readonly concurrency?: number;
  /** A second. */
  readonly rate?: number;
  readonly duplicate?: boolean;
  readonly shuffle?: boolean;
  readonly corruptSignature?: boolean;
  readonly print?: boolean;
  readonly realTime?: boolean;
  readonly expect?: readonly StatusRange[];
  readonly json?: boolean;
}

/** All retries come within this many milliseconds, unless the provider's own delays are asked for. */
export const patience = 30_000;

/** Adds the flags of `sparring fire`: where to, which payload, how it is sent, how many, and what is told. */
export function addFireFlags(command: Command): Command {
  const options = [
    new Option(
      '--to <url>',
      'where to send it; naming a host here allows it, link-local and metadata addresses excepted',
    ).makeOptionMandatory(),
    new Option(
      '--set <path=value>',
      'set a field of the payload, such as data.amount=5; may be repeated',
    ).argParser(collectFlagValues),
    new Option('--data <file>', 'take the payload from a JSON file').conflicts('example'),
    new Option('--example <name>', "which of the document's examples to send"),
    new Option('--seed <number>', 'vary the payload; the same seed gives the same payload').argParser(
      wholeNumber,
    ),
    new Option('--no-validate', 'send a payload even if it breaks the document'),
    new Option('--invalid', 'send a payload that breaks the document'),
    new Option(
      '--header <name: value>',
      'add or replace a header; {id}, {event}, {attempt}, {timestamp} are filled in; may be repeated',
    ).argParser(collectFlagValues),
    new Option('--secret <secret>', "what signs it (default: the demo subscription's)"),
    new Option('--corrupt-signature', 'sign what is not sent'),
    new Option('--count <number>', 'how many to send, each varied').default(1).argParser(positiveInteger),
    new Option('--concurrency <number>', 'attempts under way at once').argParser(positiveInteger),
    new Option('--rate <number>', 'how many to start in a second, or such as 90/m in a minute').argParser(
      rate,
    ),
    new Option('--duplicate', 'send every attempt twice'),
    new Option('--shuffle', 'let later ones overtake earlier ones'),
    new Option('--print', 'show the request, and send nothing'),
    new Option(
      '--real-time',
      `wait between retries as long as the provider does, not ${patience / 1000} s in all`,
    ),
    new Option(
      '--expect <statuses>',
      'what the last answers must be, such as 4xx or 400,410; such an answer is not retried (default: 2xx)',
    ).argParser(statuses),
    new Option('--json', 'print one JSON object a line'),
  ];
  for (const option of options) command.addOption(option);
  return command;
}

/** The host that `--to` names, which thereby is allowed. Throws `usage`. */
export function hostOf(url: string): string {
  const parsed = URL.parse(url);
  if (parsed && /^https?:$/.test(parsed.protocol)) return parsed.hostname;
  throw new SparringError('usage', `--to cannot take "${url}": it must be an http or https URL.`, {
    next: 'Write one such as --to http://localhost:3000/hooks.',
  });
}

/** Names and values of `--header`. Throws `usage`. */
export function headersOf(given: readonly string[] = []): Readonly<Record<string, string>> {
  const entries = given.map((text) => {
    const [, name = '', value = ''] = /^([^\s:]+)\s*:\s*(.*)$/s.exec(text) ?? [];
    if (name !== '') return [name, value.trimEnd()];
    throw new SparringError('usage', `--header cannot take "${text}".`, {
      next: 'Write it as --header "X-Trace: abc".',
    });
  });
  return Object.fromEntries(entries);
}

function statuses(text: string): readonly StatusRange[] {
  const ranges = parseStatuses(text.split(',').map((part) => part.trim()));
  if (ranges) return ranges;
  throw new InvalidArgumentError('Write statuses such as 2xx, 200-204, <400, or 400,410.');
}

/** A second. */
function rate(text: string): number {
  const [, amount = '', unit = 's'] = /^(\d+(?:\.\d+)?)(?:\/(s|m))?$/.exec(text) ?? [];
  if (Number(amount) > 0) return Number(amount) / (unit === 'm' ? 60 : 1);
  throw new InvalidArgumentError('Give a number above 0: 20 or 20/s a second, 90/m a minute.');
}
