import { Command, CommanderError } from 'commander';
import { version } from '../version.ts';
import { addCleanup } from './cleanup.ts';
import { addDeliveries } from './deliveries.ts';
import { addDiff } from './diff.ts';
import { addEvents } from './events.ts';
import { addExplain } from './explain.ts';
import { addFire } from './fire.ts';
import { addList } from './list.ts';
import { addListen } from './listen.ts';
import { addMutate } from './mutate.ts';
import { reportFailure } from './report-failure.ts';
import { addResend } from './resend.ts';
import { addServe } from './serve.ts';
import { addTest } from './test.ts';

/** Exit code of wrong usage, configuration or documents. */
const usageCode = 2;

const commands = [
  addServe,
  addTest,
  addMutate,
  addCleanup,
  addDiff,
  addEvents,
  addFire,
  addListen,
  addDeliveries,
  addResend,
  addExplain,
  addList,
];

/** Runs one command line. Sets the process's exit code; a server keeps the process alive. */
export async function runCli(args: readonly string[]): Promise<void> {
  const program = createProgram();
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    process.exitCode =
      error instanceof CommanderError ? exitCodeOf(error) : reportFailure(error, args.includes('--json'));
  }
}

function createProgram(): Command {
  const program = new Command('sparring')
    .description(
      'A stateful mock server and webhook emitter for APIs that call back, driven by OpenAPI documents.',
    )
    .version(version, '-V, --version')
    .showSuggestionAfterError()
    .showHelpAfterError('Run with --help to see what there is.')
    .exitOverride()
    .addHelpText('after', examples);
  for (const add of commands) add(program);
  for (const command of program.commands) {
    command
      .exitOverride()
      .showSuggestionAfterError()
      .showHelpAfterError(`Run "sparring ${command.name()} --help" to see what it takes.`);
  }
  return program;
}

const examples = `
Examples:
  sparring serve                          every bundled API at http://127.0.0.1:4010
  sparring serve hive ./petstore.yaml     one bundled API and one of your own
  sparring serve --data state.json        keep what was created over restarts
  sparring fire hive check.completed --to http://localhost:3000/hooks
  sparring listen hover --secret "$SECRET"  see what arrives, verified
  sparring test hive --url http://…       whether a server does what its document says
  sparring diff hive --right https://…    whether the mock does what the real server does
  sparring explain hive                   what each operation does, and why
`;

function exitCodeOf(error: CommanderError): number {
  return error.exitCode === 0 ? 0 : usageCode;
}
