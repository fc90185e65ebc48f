import { Command, CommanderError } from 'commander';
import { version } from '../version.ts';
import { reportFailure } from './common/report-failure.ts';

/** Exit code of wrong usage, configuration or documents. */
const usageCode = 2;

/** Commands by name. Only the one that is called is loaded: the others would be a quarter of all modules that `serve` loads. */
const commands: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  serve: async () => (await import('./serve/serve.ts')).addServe,
  test: async () => (await import('./test/test.ts')).addTest,
  mutate: async () => (await import('./mutate/mutate.ts')).addMutate,
  cleanup: async () => (await import('./test/cleanup.ts')).addCleanup,
  diff: async () => (await import('./diff/diff.ts')).addDiff,
  events: async () => (await import('./describe/events.ts')).addEvents,
  fire: async () => (await import('./fire/fire.ts')).addFire,
  'check-receiver': async () => (await import('./check-receiver/check-receiver.ts')).addCheckReceiver,
  listen: async () => (await import('./listen/listen.ts')).addListen,
  deliveries: async () => (await import('./deliveries/deliveries.ts')).addDeliveries,
  resend: async () => (await import('./deliveries/resend.ts')).addResend,
  explain: async () => (await import('./describe/explain.ts')).addExplain,
  list: async () => (await import('./describe/list.ts')).addList,
};

/** Runs one command line. Sets the process's exit code; a server keeps the process alive. */
export async function runCli(args: readonly string[]): Promise<void> {
  try {
    const program = await createProgram(args[0]);
    await program.parseAsync(withLeftovers(args), { from: 'user' });
  } catch (error) {
    process.exitCode =
      error instanceof CommanderError ? exitCodeOf(error) : reportFailure(error, args.includes('--json'));
  }
}

/** `--allow-leftovers` takes a number or none; what follows it and is none is not its own, such as the document. */
function withLeftovers(args: readonly string[]): string[] {
  return args.map((arg, index) =>
    arg === '--allow-leftovers' && !/^\d+$/.test(args[index + 1] ?? '') ? `${arg}=3` : arg,
  );
}

/** With all commands where none of them is called, since help and suggestions name them. */
async function createProgram(called: string | undefined): Promise<Command> {
  const known = called !== undefined && Object.hasOwn(commands, called) ? commands[called] : undefined;
  const program = new Command('sparring')
    .description(
      'A stateful mock server and webhook emitter for APIs that call back, driven by OpenAPI documents.',
    )
    .version(version, '-V, --version')
    .showSuggestionAfterError()
    .showHelpAfterError('Run with --help to see what there is.')
    .exitOverride()
    .addHelpText('after', examples);
  for (const load of known ? [known] : Object.values(commands)) (await load())(program);
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
  sparring check-receiver rehive --to http://localhost:3000/hooks   whether it takes, refuses and stands what it should
  sparring test hive --url http://…       whether a server does what its document says
  sparring diff hive --right https://…    whether the mock does what the real server does
  sparring explain hive                   what each operation does, and why
`;

function exitCodeOf(error: CommanderError): number {
  return error.exitCode === 0 ? 0 : usageCode;
}
