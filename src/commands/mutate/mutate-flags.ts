import { type Command, InvalidArgumentError, Option } from 'commander';
import { collectFlagValues, durationValue, positiveInteger, wholeNumber } from '../common/flag-values.ts';

/** What the flags of `sparring mutate` give. */
export interface MutateFlags {
  readonly seed: number;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly maxMutants?: number;
  readonly list?: boolean;
  readonly json?: boolean;
  readonly out?: string;
  /** Percent. */
  readonly atLeast?: number;
  readonly workers?: number;
  /** Milliseconds. */
  readonly timeout: number;
}

export function addMutateFlags(command: Command): Command {
  const options = [
    new Option(
      '--only <selector>',
      'only a family, mutants with this in their id, tag:, path:, method:, operation:, deprecated, /regex/; may be repeated',
    ).argParser(collectFlagValues),
    new Option('--skip <selector>', 'no such family or mutants; may be repeated').argParser(
      collectFlagValues,
    ),
    new Option('--max-mutants <number>', 'at most as many, of all operators').argParser(positiveInteger),
    new Option('--seed <number>', 'the same seed gives the same mutants').default(1).argParser(wholeNumber),
    new Option('--list', 'print the mutants and what shows each of them, and run nothing'),
    new Option('--at-least <percent>', 'fail where a smaller share of those that apply is caught').argParser(
      percent,
    ),
    new Option('--workers <number>', 'runs of the suite at once (default: 1)').argParser(positiveInteger),
    new Option('--timeout <duration>', 'for one run of the command')
      .default(120_000, '2m')
      .argParser(durationValue),
    new Option('--json', 'print JSON'),
    new Option('--out <file>', 'write the report to a file'),
  ];
  for (const option of options) command.addOption(option);
  return command;
}

function percent(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 100) return value;
  throw new InvalidArgumentError('Give a number from 0 to 100.');
}
