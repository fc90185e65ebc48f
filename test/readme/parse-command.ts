import { Command } from 'commander';
import { addDiff } from '../../src/commands/diff/diff.ts';
import { addFire } from '../../src/commands/fire/fire.ts';
import { addMutate } from '../../src/commands/mutate/mutate.ts';
import { addServe } from '../../src/commands/serve/serve.ts';
import { addCleanup } from '../../src/commands/test/cleanup.ts';
import { addTest } from '../../src/commands/test/test.ts';

const program = new Command('sparring');
for (const add of [addCleanup, addDiff, addFire, addMutate, addServe, addTest]) add(program);

/**
 * What is wrong with a command line that is not run: a command or flag that does not exist, a value that its flag refuses, an
 * argument that is missing. Undefined for nothing.
 */
export function faultOf(line: string): string | undefined {
  const [name = '', ...args] = wordsOf(
    line.replace(/^(?:\w+=\S+ )*(?:npm run (?:--silent )?|npx )?sparring(?: --)? /, ''),
  );
  const command = program.commands.find((each) => each.name() === name);
  if (!command) return `There is no command "${name}" whose flags are read.`;
  try {
    const { operands, unknown } = command
      .exitOverride()
      .configureOutput({ writeErr: () => {} })
      .parseOptions(args);
    if (unknown.length > 0) return `There is no flag ${unknown.join(' ')}.`;
    const missing = command.registeredArguments.filter(({ required }) => required).length - operands.length;
    if (missing > 0) return 'An argument is missing.';
    const unset = command.options.find(
      (option) => option.mandatory && command.getOptionValue(option.attributeName()) === undefined,
    );
    return unset && `${unset.flags} is missing.`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The words of a line by the shell's quotes; variables stand for themselves. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/(?:[^\s'"]+|'[^']*'|"[^"]*")+/g) ?? [];
  return words.map((word) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double ?? ''),
  );
}
