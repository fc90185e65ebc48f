import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../../duration.ts';
import type { CredentialExtension } from '../../openapi/document/extension.ts';
import { type AuthMode, authModes } from '../../server/auth/auth-mode.ts';
import type { Latency } from '../../server/model/mock-options.ts';

/** What the flags and SPARRING_* variables of `sparring serve` give; what is absent was not given. */
export interface ServeFlags {
  readonly port?: number;
  readonly host?: string;
  readonly seed?: number;
  readonly now?: string;
  readonly timeScale?: number;
  readonly fixtures?: string | false;
  readonly records?: number;
  readonly strictIds?: boolean;
  readonly data?: string;
  readonly cors?: readonly string[];
  readonly allowHost?: readonly string[];
  readonly latency?: Latency;
  readonly invalidStatus?: number;
  readonly auth?: AuthMode;
  /** By API; under the empty name for the only one. */
  readonly mount?: Readonly<Record<string, string>>;
  /** By document as it was given; under the empty name for the only one. */
  readonly name?: Readonly<Record<string, string>>;
  readonly credential?: Readonly<Record<string, Readonly<Record<string, CredentialExtension>>>>;
  readonly set?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly https?: boolean;
  readonly httpsKey?: string;
  readonly httpsCert?: string;
  readonly adminToken?: string;
  readonly config?: string;
  readonly watch?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** As the configuration file's schema has it. */
const shortestToken = 16;

type Nested<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

/**
 * Adds the flags of `sparring serve`, each with its environment variable. What may be repeated takes one value a flag, so
 * that it never swallows the API that follows it; a variable holds several apart by spaces.
 */
export function addServeFlags(command: Command): Command {
  const options = [
    new Option('-p, --port <number>', 'port to listen on, 0 for any free one (default: 4010)')
      .env('SPARRING_PORT')
      .argParser(port),
    new Option(
      '--host <name>',
      'address to listen on (default: 127.0.0.1); beyond loopback the admin API needs a token, demo credentials are made anew, and webhooks to this machine need --allow-host',
    )
      .env('SPARRING_HOST')
      .argParser(text),
    new Option('--seed <number>', 'everything generated follows from it (default: 1)')
      .env('SPARRING_SEED')
      .argParser(seed),
    new Option('--now <time>', 'let the clocks stand still at this time (ISO 8601)')
      .env('SPARRING_NOW')
      .argParser(time),
    new Option('--time-scale <factor>', 'let the clocks run faster than real time')
      .env('SPARRING_TIME_SCALE')
      .argParser(positive),
    new Option('--fixtures <file>', 'first content of the only API, instead of its own')
      .env('SPARRING_FIXTURES')
      .argParser(text),
    new Option('--no-fixtures', 'start empty'),
    new Option(
      '--records <number>',
      'records that each collection of a document of your own begins with (default: 5)',
    )
      .env('SPARRING_RECORDS')
      .argParser(amount),
    new Option(
      '--strict-ids',
      'answer 404 for ids that nothing has made, also in collections that no operation fills',
    ).env('SPARRING_STRICT_IDS'),
    new Option(
      '--data <file.json|folder/>',
      'keep the state over restarts: in a file to read and edit, or in a database',
    )
      .env('SPARRING_DATA')
      .argParser(text),
    new Option(
      '--cors <origin>',
      'let pages of this origin call, beside loopback ones (* for all); may be repeated',
    )
      .env('SPARRING_CORS')
      .argParser(collect),
    new Option(
      '--allow-host <name>',
      'answer for this host (name, *.name, address or *, with or without :port), and deliver webhooks to it, beside loopback ones; may be repeated',
    )
      .env('SPARRING_ALLOW_HOST')
      .argParser(collect),
    new Option('--latency <duration>', 'answer later: 200ms, or a range 100ms-400ms')
      .env('SPARRING_LATENCY')
      .argParser(parseLatency),
    new Option(
      '--invalid-status <status>',
      'answer requests that break the document with it, such as 422 (default: 422 or 400, as each operation declares)',
    )
      .env('SPARRING_INVALID_STATUS')
      .argParser(clientError),
    new Option(
      '--credential <api.scheme=value>',
      'own credentials: key:secret for basic, else a token; may be repeated',
    )
      .env('SPARRING_CREDENTIAL')
      .argParser((text: string, former: Nested<CredentialExtension> | undefined) =>
        nest(former, text, credential),
      ),
    new Option(
      '--auth <mode>',
      'which credentials let in: strict (the exact ones), lenient (any that are well-formed), off (default: strict where credentials are named and beyond loopback, else lenient)',
    )
      .env('SPARRING_AUTH')
      .choices(authModes),
    new Option(
      '--mount <[api=]path>',
      'where an API answers beside /<name>, such as /api/v2 (default: the only one at /); may be repeated',
    )
      .env('SPARRING_MOUNT')
      .argParser(assign),
    new Option(
      '--name <[document=]name>',
      'what a document is called, where its file name will not do; may be repeated',
    )
      .env('SPARRING_NAME')
      .argParser(assign),
    new Option(
      '--set <api.name=value>',
      'a setting of an API, which sparring explain <api> lists; may be repeated',
    )
      .env('SPARRING_SET')
      .argParser((text: string, former: Nested<unknown> | undefined) => nest(former, text, (value) => value)),
    new Option('--https', 'serve HTTPS with a certificate made for this machine'),
    new Option('--https-key <file>', 'PEM file of the private key to serve HTTPS with')
      .env('SPARRING_HTTPS_KEY')
      .argParser(text),
    new Option('--https-cert <file>', 'PEM file of its certificate')
      .env('SPARRING_HTTPS_CERT')
      .argParser(text),
    new Option('--admin-token <token>', 'ask for this token in the admin API')
      .env('SPARRING_ADMIN_TOKEN')
      .argParser(adminToken),
    new Option(
      '-c, --config <file>',
      'configuration file (default: sparring.config.{ts,js,json,yaml} in this folder)',
    )
      .env('SPARRING_CONFIG')
      .argParser(text),
    new Option('-w, --watch', 'load a document again when it changes, and keep the state'),
    new Option('--json', 'log JSON lines'),
    new Option('-q, --quiet', 'do not log requests'),
  ];
  for (const option of options) command.addOption(option);
  return command;
}

/** A duration, or a range of two with a `-` between. Throws `InvalidArgumentError`. */
export function parseLatency(text: string): Latency {
  const [first = 0, second, ...rest] = text.split('-').map((part) => duration(part));
  if (rest.length > 0 || (second !== undefined && second < first)) {
    throw new InvalidArgumentError('Give a duration such as 200ms, or a range such as 100ms-400ms.');
  }
  return second === undefined ? first : [first, second];
}

function duration(text: string): number {
  try {
    return parseDuration(text);
  } catch {
    throw new InvalidArgumentError('Give a duration such as 200ms, 2s or 5m.');
  }
}

/** An empty variable would else mean the current folder, or every address of the machine. */
function text(given: string): string {
  if (given.trim() !== '') return given;
  throw new InvalidArgumentError('It is empty; give a value, or leave it out.');
}

function adminToken(given: string): string {
  if (given.length >= shortestToken) return given;
  throw new InvalidArgumentError(`An admin token has at least ${shortestToken} characters.`);
}

function port(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 65535) return number;
  throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
}

function clientError(text: string): number {
  if (/^4\d\d$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a status from 400 to 499.');
}

function seed(text: string): number {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new InvalidArgumentError('A seed is a whole number from 0.');
}

function amount(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A number of records is a whole number from 0 to 9999.');
}

function positive(text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && number > 0 && Number.isFinite(number)) return number;
  throw new InvalidArgumentError('Give a number above 0.');
}

function time(text: string): string {
  if (!Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('Give a time such as 2026-01-31T12:00:00Z.');
}

function credential(value: string): CredentialExtension {
  const colon = value.indexOf(':');
  return colon < 0 ? { token: value } : { username: value.slice(0, colon), password: value.slice(colon + 1) };
}

/** Adds `key=value`, or a value alone under the empty key. */
function assign(
  text: string,
  former: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const at = text.lastIndexOf('=');
  const value = text.slice(at + 1).trim();
  if (value === '' || at === 0) throw new InvalidArgumentError('Give a value, or <key>=<value>.');
  return { ...former, [at < 0 ? '' : text.slice(0, at).trim()]: value };
}

function collect(text: string, former: readonly string[] = []): readonly string[] {
  return [...former, ...text.split(/\s+/).filter((part) => part !== '')];
}

/** Adds each `outer.inner=value` of a text to a record of records. */
function nest<T>(former: Nested<T> | undefined, text: string, read: (value: string) => T): Nested<T> {
  // A value may hold spaces; only one before another name ends it.
  const assignments = text.trim().split(/\s+(?=[^\s.=]+\.[^\s=]+=)/);
  const all: Record<string, Readonly<Record<string, T>>> = { ...former };
  for (const assignment of assignments) {
    const [, outer = '', inner = '', value = ''] = /^([^.=]+)\.([^=]+)=(.*)$/s.exec(assignment) ?? [];
    if (outer === '') throw new InvalidArgumentError('Write <api>.<name>=<value>.');
    all[outer] = { ...all[outer], [inner]: read(value) };
  }
  return all;
}
