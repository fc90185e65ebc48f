import { type Command, Option } from 'commander';
import type { Side } from '../../contract/compare/compare-report.ts';
import { collectFlagValues, durationValue, positiveInteger } from '../common/flag-values.ts';
import { addOptions, planOptions, type TestFlags, writeOptions } from '../test/test-flags.ts';
import type { TargetFlags } from '../test/test-target-flags.ts';

/** What the flags of `sparring diff` give; what is absent was not given. */
export interface DiffFlags
  extends Pick<
    TestFlags,
    | 'allow'
    | 'allowLeftovers'
    | 'ca'
    | 'dangerous'
    | 'generated'
    | 'insecure'
    | 'maxCases'
    | 'only'
    | 'out'
    | 'phases'
    | 'proxy'
    | 'rate'
    | 'seed'
    | 'set'
    | 'skip'
    | 'timeout'
    | 'workers'
    | 'write'
  > {
  /** A URL, or `mock`. */
  readonly left: string;
  readonly right: string;
  readonly leftBearer?: string;
  readonly rightBearer?: string;
  readonly leftBasic?: string;
  readonly rightBasic?: string;
  /** `name=value`. */
  readonly leftApiKey?: readonly string[];
  readonly rightApiKey?: readonly string[];
  /** `Name: value`. */
  readonly leftHeader?: readonly string[];
  readonly rightHeader?: readonly string[];
  readonly reporter: 'terminal' | 'json';
}

/** Adds the flags of `sparring diff`: which servers, with whose credentials, what is sent, and how it is told. */
export function addDiffFlags(command: Command): Command {
  command.optionsGroup('Which servers:');
  addOptions(command, [
    new Option('--left <url>', 'one server, or "mock": one that is started for the run').default('mock'),
    new Option('--right <url>', 'the other one').makeOptionMandatory(),
    ...sideOptions('left'),
    ...sideOptions('right'),
    new Option('--rate <number>', 'most requests in a second to each').argParser(positiveInteger),
    new Option('--timeout <duration>', 'for one request (default: 10s)').argParser(durationValue),
    new Option('--proxy <url>', 'reach them through this proxy (or HTTPS_PROXY, HTTP_PROXY; NO_PROXY)'),
    new Option('--ca <file>', 'PEM file of authorities to trust, beside the usual ones'),
    new Option('--insecure', 'take any certificate for good'),
  ]);
  command.optionsGroup('What is sent:');
  addOptions(command, [...planOptions(), ...writeOptions()]);
  command.optionsGroup('How it is told:');
  return addOptions(command, [
    new Option('--reporter <name>', 'for people or for programs')
      .choices(['terminal', 'json'])
      .default('terminal'),
    new Option('--out <file>', 'write it to a file'),
  ]);
}

function sideOptions(side: Side): readonly Option[] {
  const variable = `SPARRING_${side.toUpperCase()}`;
  return [
    new Option(`--${side}-bearer <token>`, `a bearer token (or ${variable}_TOKEN in the environment)`),
    new Option(`--${side}-basic <user:password>`, `for Basic and the password flow (or ${variable}_BASIC)`),
    new Option(
      `--${side}-api-key <name=value>`,
      `an API key; may be repeated (or ${variable}_API_KEY, the value alone)`,
    ).argParser(collectFlagValues),
    new Option(`--${side}-header <name: value>`, 'a header that lets in; may be repeated').argParser(
      collectFlagValues,
    ),
  ];
}

/** How one of the servers is reached, as the flags of `sparring test` would say it. */
export function targetFlagsOf(flags: DiffFlags, side: Side): TargetFlags {
  const { ca, insecure, proxy, rate, timeout } = flags;
  const own =
    side === 'left'
      ? {
          url: flags.left,
          bearer: flags.leftBearer,
          basic: flags.leftBasic,
          apiKey: flags.leftApiKey,
          header: flags.leftHeader,
        }
      : {
          url: flags.right,
          bearer: flags.rightBearer,
          basic: flags.rightBasic,
          apiKey: flags.rightApiKey,
          header: flags.rightHeader,
        };
  const all = { ...own, url: own.url === 'mock' ? undefined : own.url, ca, insecure, proxy, rate, timeout };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** What `sparring test` reads from the environment, from the variables of one side. */
export function environmentOf(environment: NodeJS.ProcessEnv, side: Side): NodeJS.ProcessEnv {
  const own = (name: string) => environment[`SPARRING_${side.toUpperCase()}_${name}`];
  return {
    SPARRING_TOKEN: own('TOKEN'),
    SPARRING_BASIC: own('BASIC'),
    SPARRING_API_KEY: own('API_KEY'),
  };
}
