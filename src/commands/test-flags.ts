import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CredentialOptions } from '../contract/execute/credentials.ts';
import { type Phase, phases } from '../contract/types.ts';
import { collect, durationValue, positiveInteger, wholeNumber } from './flag-values.ts';

/** What the flags of `sparring test` give. */
export interface TestFlags {
  readonly url?: string;
  readonly plan?: boolean;
  readonly seed: number;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly maxCases?: number;
  readonly generated?: number;
  readonly phases?: readonly Phase[];
  readonly bearer?: string;
  readonly basic?: string;
  /** `name=value`. */
  readonly apiKey?: readonly string[];
  /** `Name: value`. */
  readonly header?: readonly string[];
  readonly write?: boolean;
  readonly allowLeftovers?: boolean;
  readonly strict?: boolean;
  readonly workers?: number;
  readonly rate?: number;
  /** Milliseconds. */
  readonly timeout: number;
  readonly reporter: 'terminal' | 'json';
  readonly out?: string;
  readonly ledger?: string;
}

/** Adds the flags of `sparring test`: against what, what of the plan, with whose credentials, and how it is reported. */
export function addTestFlags(command: Command): Command {
  const options = [
    new Option('--url <url>', 'where the API is served (default: a mock of it, started for the run)'),
    new Option('--plan', 'print what would be sent, and send nothing'),
    new Option('--seed <number>', 'the same seed gives the same plan').default(1).argParser(wholeNumber),
    new Option('--only <text>', 'only cases with this in their id; may be repeated').argParser(collect),
    new Option('--skip <text>', 'no cases with this in their id; may be repeated').argParser(collect),
    new Option('--max-cases <number>', 'at most as many, from all operations').argParser(positiveInteger),
    new Option(
      '--generated <number>',
      'requests generated for each operation and media type (default: 5)',
    ).argParser(wholeNumber),
    new Option('--phases <names>', `some of ${phases.join(', ')}`).argParser(readPhases),
    new Option('--bearer <token>', 'a bearer token (or SPARRING_TOKEN in the environment)'),
    new Option('--basic <user:password>', 'for Basic authentication and the password flow of OAuth 2.0'),
    new Option('--api-key <name=value>', 'an API key, by its parameter; may be repeated').argParser(collect),
    new Option('--header <name: value>', 'a header that lets in; may be repeated').argParser(collect),
    new Option('--write', 'create, change and delete also where the target is not this machine'),
    new Option('--allow-leftovers', 'create also what nothing can delete'),
    new Option('--strict', 'fail on what the document only infers, too'),
    new Option('--workers <number>', 'cases at once (default: 1 on a mock, else 4)').argParser(
      positiveInteger,
    ),
    new Option('--rate <number>', 'most requests in a second').argParser(positiveInteger),
    new Option('--timeout <duration>', 'for one request').default(10_000, '10s').argParser(durationValue),
    new Option('--reporter <name>', 'how it is reported').choices(['terminal', 'json']).default('terminal'),
    new Option('--out <file>', 'write the report to a file'),
    new Option('--ledger <file>', 'where to note what is created, before it is (default: under .sparring/)'),
  ];
  for (const option of options) command.addOption(option);
  return command;
}

function readPhases(text: string): readonly Phase[] {
  return text.split(',').map((name) => {
    const phase = phases.find((each) => each === name.trim());
    if (phase) return phase;
    throw new InvalidArgumentError(`There is no phase "${name}"; there are ${phases.join(', ')}.`);
  });
}

/** Credentials from flags; the environment's only for a server that was named. */
export function credentialsOf(flags: TestFlags, environment: NodeJS.ProcessEnv): CredentialOptions {
  const inherited = flags.url === undefined ? undefined : environment.SPARRING_TOKEN;
  return {
    bearer: flags.bearer ?? (flags.basic === undefined && !flags.apiKey ? inherited : undefined),
    basic: flags.basic,
    apiKeys: flags.apiKey && pairsOf(flags.apiKey, '=', '--api-key <name=value>'),
    headers: flags.header && pairsOf(flags.header, ':', '--header <name: value>'),
  };
}

function pairsOf(texts: readonly string[], separator: string, form: string): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf(separator);
      if (at <= 0) throw new InvalidArgumentError(`Write it as ${form}.`);
      return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    }),
  );
}
