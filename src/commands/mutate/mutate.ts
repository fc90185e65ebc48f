import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { SparringError } from '../../errors.ts';
import type { Suite } from '../../mutation/suite.ts';
import { printable } from '../common/print.ts';
import { addMutateFlags, type MutateFlags } from './mutate-flags.ts';

const failedCode = 1;
const interruptedCode = 130;

const help = `
Each mutant is a mock of the API with one fault. A suite that passes on it has not seen the fault. Whether a mutant applies is
decided beforehand, by a witness: requests that a healthy mock answers otherwise. Without a command the suite is what
"sparring test" does.

A command finds the mock by its environment: SPARRING_URL, SPARRING_API, and what of SPARRING_TOKEN, SPARRING_USERNAME,
SPARRING_PASSWORD, SPARRING_CLIENT_ID and SPARRING_CLIENT_SECRET the API has. It catches a mutant by an exit code other than 0,
and must pass on the healthy mock, which is tried first.

Examples:
  sparring mutate hive                                    how much sparring's own suite sees
  sparring mutate hive --max-mutants 60 -- npm test       how much yours does
  sparring mutate hive --only state --list                the faults of state, and the requests that show them
`;

/** `sparring mutate <api>`: finds out what a suite of tests would notice. */
export function addMutate(program: Command): void {
  const command = program
    .command('mutate')
    .description('Measure a suite of tests by mocks that are wrong in one thing each')
    .argument('<api>', 'name of a bundled API, or path of an OpenAPI document')
    .argument('[command...]', 'what to run as the suite, behind -- (default: what "sparring test" does)')
    .addHelpText('after', help);
  addMutateFlags(command).action(mutate);
}

async function mutate(source: string, command: readonly string[], flags: MutateFlags): Promise<void> {
  const [{ serveAll }, { planRun }, { openWitnessWorld }, { surveyApi }] = await Promise.all([
    import('../../server/serve-sources.ts'),
    import('../../contract/run/open-run.ts'),
    import('../../mutation/witness-world.ts'),
    import('../../mutation/survey.ts'),
  ]);
  const [{ operators }, { mutantsOf, runMutants }] = await Promise.all([
    import('../../mutation/mutants/index.ts'),
    import('../../mutation/run-mutants.ts'),
  ]);
  const [api] = (await serveAll({ apis: [source], auth: 'strict' })).values();
  if (!api) throw new SparringError('unknown-api', `There is no API "${source}".`);
  const { seed, workers } = flags;
  const planned = planRun(api.document, { seed });
  const world = await openWitnessWorld();
  const controller = new AbortController();
  const interrupt = () => (controller.signal.aborted ? process.exit(interruptedCode) : controller.abort());
  try {
    const survey = await surveyApi(world, api, planned, seed);
    const mutants = mutantsOf(operators, survey.subject, { ...flags, most: flags.maxMutants });
    if (mutants.length === 0) throw nothingChosen(api.name);
    if (flags.list) return await printList(mutants, flags);
    const suite = await suiteFor(command, flags, planned);
    // Until here nothing runs that would have to be ended in order.
    process.on('SIGINT', interrupt);
    await assertHealthy(suite, api);
    const bar = progress(mutants.length);
    const { subject } = survey;
    const results = await runMutants(mutants, {
      world,
      subject,
      suite,
      workers,
      signal: controller.signal,
      onResult: ({ fate }, done) => bar.show(done, fate),
    });
    bar.clear();
    const { title, name } = api.document;
    await report({ api: name, title, suite: suite.name, seed, survey, results }, flags);
    if (controller.signal.aborted) process.exitCode = interruptedCode;
  } finally {
    process.off('SIGINT', interrupt);
    await world.close();
  }
}

async function suiteFor(
  command: readonly string[],
  { seed, timeout }: MutateFlags,
  planned: Parameters<typeof import('../../mutation/own-suite.ts').ownSuite>[0],
): Promise<Suite> {
  if (command.length === 0) return (await import('../../mutation/own-suite.ts')).ownSuite(planned, seed);
  const { commandSuite } = await import('../../mutation/command-suite.ts');
  return commandSuite(command, { seed, timeout, environment: process.env });
}

/** A suite that fails anyway says nothing of mutants. */
async function assertHealthy(suite: Suite, api: Parameters<Suite['run']>[0]): Promise<void> {
  const { because, failed } = await suite.run(api, undefined);
  if (!failed) return;
  throw new SparringError('usage', `The suite fails on a healthy mock of ${api.name}: ${because}`, {
    next: 'Mend the suite first: it must pass where nothing is wrong.',
  });
}

function nothingChosen(api: string): SparringError {
  return new SparringError('usage', `No mutant of ${api} is left to show.`, {
    next: 'Run with --list and without --only and --skip to see all there are.',
  });
}

async function printList(
  mutants: Parameters<typeof import('./format-mutants.ts').formatMutantList>[0],
  flags: MutateFlags,
): Promise<void> {
  const { formatMutantList, mutantListJson } = await import('./format-mutants.ts');
  const origin = 'http://127.0.0.1:4010';
  await write(flags.json ? mutantListJson(mutants) : `${formatMutantList(mutants, origin)}\n`, flags);
}

async function report(
  run: Parameters<typeof import('./format-mutants.ts').formatMutants>[0],
  flags: MutateFlags,
): Promise<void> {
  const [{ formatMutants, mutantsJson }, { score }, { families }] = await Promise.all([
    import('./format-mutants.ts'),
    import('../../mutation/run-mutants.ts'),
    import('../../mutation/mutants/mutant.ts'),
  ]);
  await write(flags.json ? mutantsJson(run) : `${formatMutants(run)}\n`, flags);
  const { share } = score(run.results, families);
  if (flags.atLeast !== undefined && share * 100 < flags.atLeast) process.exitCode = failedCode;
}

async function write(text: string, { out }: MutateFlags): Promise<void> {
  if (out === undefined) process.stdout.write(printable(text, process.stdout));
  else await writeFile(out, text);
}

/** How far the run is, on a terminal; elsewhere nothing. */
function progress(of: number) {
  const stream = process.stderr;
  let survived = 0;
  return {
    show(done: number, fate: string) {
      if (fate === 'survived') survived += 1;
      if (stream.isTTY) stream.write(`\r${done} of ${of} mutants, ${survived} survived`);
    },
    clear: () => void (stream.isTTY && stream.write('\r\x1b[K')),
  };
}
