import { type Command, InvalidArgumentError, Option } from 'commander';
import { collectFlagValues, durationValue, wholeNumber } from '../common/flag-values.ts';
import { type ReporterFlag, readTestReporterFlag, reporterNames } from '../test/test-reporter-flag.ts';

/** What the flags of `sparring check-receiver` give; what is absent was not given. */
export interface CheckReceiverFlags {
  readonly to: string;
  readonly secret?: readonly string[];
  readonly probe?: string;
  readonly kill?: string;
  readonly plan?: boolean;
  readonly seed?: number;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** Milliseconds. */
  readonly maxTime?: number;
  readonly bail?: boolean;
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly reporter?: readonly ReporterFlag[];
  readonly out?: string;
}

/** Adds the flags of `sparring check-receiver`: which receiver, what is sent, and how it is reported. */
export function addCheckReceiverFlags(command: Command): Command {
  command.optionsGroup('Which receiver:');
  add(command, [
    new Option(
      '--to <url>',
      'where it takes deliveries; naming a host here allows it, link-local and metadata addresses excepted',
    ).makeOptionMandatory(),
    new Option(
      '--secret <secret>',
      'what it verifies with (or SPARRING_SECRET); further ones are of other subscriptions, and must be refused',
    ).argParser(readSecret),
    new Option(
      '--probe <command or url>',
      'tells as JSON what the receiver has done, so that double effects and wrong states are seen',
    ),
    new Option(
      '--kill <command>',
      'kills the receiver and starts it again at the same URL, to see whether it stores before it answers; needs --probe',
    ),
  ]);
  command.optionsGroup('What is sent:');
  add(command, [
    new Option('--plan', 'print what would be sent, and send nothing'),
    new Option(
      '--seed <number>',
      'the same seed gives the same ids (default: other ones each time)',
    ).argParser(wholeNumber),
    new Option('--only <text>', 'only cases with this in their id; may be repeated').argParser(
      collectFlagValues,
    ),
    new Option('--skip <text>', 'no cases with this in their id; may be repeated').argParser(
      collectFlagValues,
    ),
    new Option('--max-time <duration>', 'begin no further case after this time (default: 50s)').argParser(
      durationValue,
    ),
  ]);
  command.optionsGroup('What fails, and how it is told:');
  return add(command, [
    new Option('--bail', 'end with the first failure'),
    new Option('--baseline <file>', 'failures in it are known, and do not fail the run'),
    new Option('--update-baseline', 'write what fails now to the baseline'),
    new Option(
      '--reporter <name[=file]>',
      `one of ${receiverReporters.join(', ')}; may be repeated, each with its file (default: terminal)`,
    ).argParser(readReceiverReporter),
    new Option('--out <file>', 'the file of the only reporter without one'),
  ]);
}

/** Tests for vitest are written by describeReceiver, not by a reporter. */
const receiverReporters = reporterNames.filter((name) => name !== 'vitest');

function readReceiverReporter(text: string, former?: readonly ReporterFlag[]): readonly ReporterFlag[] {
  if (text.split('=', 1)[0] !== 'vitest') return readTestReporterFlag(text, former);
  throw new InvalidArgumentError('Use describeReceiver of sparring/vitest for tests of a receiver.');
}

function readSecret(text: string, former?: readonly string[]): readonly string[] {
  if (text !== '') return collectFlagValues(text, former);
  throw new InvalidArgumentError('It is empty, as a variable is that was not set.');
}

function add(command: Command, options: readonly Option[]): Command {
  for (const option of options) command.addOption(option);
  return command;
}
