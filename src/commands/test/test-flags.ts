import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Phase, phases } from '../../contract/model/phase.ts';
import { nearest } from '../../json/nearest.ts';
import {
  collectFlagValues,
  durationValue,
  portNumber,
  positiveInteger,
  shareValue,
  wholeNumber,
} from '../common/flag-values.ts';
import { type ReporterFlag, readTestReporterFlag, reporterNames } from './test-reporter-flag.ts';
import { addTestTargetFlags, type TargetFlags } from './test-target-flags.ts';

/** What the flags of `sparring test` give; what is absent was not given. */
export interface TestFlags extends TargetFlags {
  readonly plan?: boolean;
  readonly seed?: number;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly maxCases?: number;
  /** Values by what they are for, those of `set` among them. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** `name=value`. */
  readonly set?: readonly string[];
  readonly generated?: number;
  readonly phases?: readonly Phase[];
  readonly write?: boolean;
  readonly dangerous?: boolean;
  /** Patterns of operations that may be dangerous. */
  readonly allow?: readonly string[];
  readonly allowLeftovers?: boolean | number;
  readonly strict?: boolean;
  readonly exclusive?: boolean;
  readonly workers?: number;
  /** Where the server finds what listens for its webhooks. */
  readonly receiver?: string;
  readonly receiverPort?: number;
  /** Milliseconds. */
  readonly receiverWait?: number;
  /** Milliseconds. */
  readonly maxTime?: number;
  readonly minCoverage?: number;
  readonly bail?: boolean;
  readonly watch?: boolean;
  readonly reporter?: readonly ReporterFlag[];
  readonly out?: string;
  readonly coverage?: boolean;
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly emitTests?: string;
  readonly ledger?: string;
}

/** Adds the flags of `sparring test`: against what, what of the plan, with whose credentials, and how it is reported. */
export function addTestFlags(command: Command): Command {
  command.optionsGroup('What is sent:');
  addOptions(command, [
    new Option('--plan', 'print what would be sent, and send nothing'),
    ...planOptions(),
    ...writeOptions(),
    new Option('--ledger <file>', 'where to note what is created, before it is (default: under .sparring/)'),
  ]);
  addTestTargetFlags(command);
  addOptions(command, [
    new Option(
      '--receiver <url>',
      'where it finds this machine, such as a tunnel, so that its webhooks can be tested (a server on this machine finds it)',
    ).argParser(readReceiver),
    new Option(
      '--receiver-port <port>',
      'the port that the tunnel leads to (default: any free one)',
    ).argParser(portNumber),
    new Option('--receiver-wait <duration>', 'how long a webhook may take (default: 5s)').argParser(
      durationValue,
    ),
  ]);
  command.optionsGroup('What fails, and how it is told:');
  return addOptions(command, [
    new Option(
      '--exclusive',
      'nobody else uses the account, so that whole lists can be judged (a server on this machine is taken so)',
    ),
    new Option('--strict', 'fail on what the document only infers, too'),
    new Option(
      '--min-coverage <share>',
      'fail where fewer of the operations that were tried answered a success, from 0 to 1 (default: 0.5, of a mock 0)',
    ).argParser(shareValue),
    new Option('--bail', 'end with the first failure'),
    new Option(
      '--max-time <duration>',
      'end after this time, such as 5m: clean up, report, and tell the rest as not run',
    ).argParser(durationValue),
    new Option('--baseline <file>', 'failures in it are known, and do not fail the run'),
    new Option('--update-baseline', 'write what fails now to the baseline'),
    new Option(
      '--reporter <name[=file]>',
      `one of ${reporterNames.join(', ')}; may be repeated, each with its file (default: terminal)`,
    ).argParser(readTestReporterFlag),
    new Option('--out <file>', 'the file of the only reporter without one'),
    new Option('--coverage', 'name all of the document that the run never saw'),
    new Option(
      '--emit-tests <file>',
      'write the failures as tests for vitest; short for --reporter vitest=<file>',
    ),
    new Option('-w, --watch', 'test again whenever the document changes'),
  ]);
}

/** What of the plan is sent. */
export function planOptions(): readonly Option[] {
  return [
    new Option('--seed <number>', 'the same seed gives the same plan (default: 1)').argParser(wholeNumber),
    new Option(
      '--only <selector>',
      'only these cases: a text of their id, tag:, path:, method:, operation:, deprecated, /regex/; may be repeated',
    ).argParser(collectFlagValues),
    new Option('--skip <selector>', 'not these cases; may be repeated').argParser(collectFlagValues),
    new Option(
      '--set <name=value>',
      'a value that only you know: createOrder.body.customerId=42, readOrder.path.id=7, parameters.region=eu, schemas.Order.kind=sale; may be repeated',
    ).argParser(collectFlagValues),
    new Option('--phases <names>', `some of ${phases.join(', ')}`).argParser(readPhases),
    new Option('--max-cases <number>', 'at most as many, from all operations').argParser(positiveInteger),
    new Option(
      '--generated <number>',
      'requests generated for each operation and media type (default: 5)',
    ).argParser(wholeNumber),
  ];
}

/** What may be done to a server, and how much of it at once. */
export function writeOptions(): readonly Option[] {
  return [
    new Option('--write', 'create, change and delete also where the target is not this machine'),
    new Option(
      '--dangerous',
      'send also what changes more than one record, starts a process, or reaches people, money or the outside',
    ),
    new Option(
      '--allow <pattern>',
      'of all that only this: an operationId, a path or "METHOD /path", with * for any text; may be repeated',
    ).argParser(collectFlagValues),
    new Option(
      '--allow-leftovers [number]',
      'create also what nothing can delete, at most so many by each operation (default: 3)',
    ).argParser(readLeftovers),
    new Option('--workers <number>', 'cases at once (default: 1 on a mock, else 4)').argParser(
      positiveInteger,
    ),
  ];
}

export function addOptions(command: Command, options: readonly Option[]): Command {
  for (const option of options) command.addOption(option);
  return command;
}

function readReceiver(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError('Give a URL such as https://my-tunnel.example.com.');
}

function readLeftovers(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError(
    'Write it as --allow-leftovers=3, or without a number at the end of the line.',
  );
}

/** Throws `InvalidArgumentError`. */
export function readPhases(text: string): readonly Phase[] {
  return text.split(',').map((name) => {
    const phase = phases.find((each) => each === name.trim());
    if (phase) return phase;
    const guess = nearest(name.trim(), phases);
    throw new InvalidArgumentError(
      guess
        ? `There is no phase "${name}". Did you mean ${guess}?`
        : `There is no phase "${name}"; there are ${phases.join(', ')}.`,
    );
  });
}
