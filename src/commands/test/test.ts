import type { Command } from 'commander';
import type { Case } from '../../contract/model/case.ts';
import type { RunReport } from '../../contract/model/run-report.ts';
import type { ApiDocument } from '../../openapi/document/document.ts';
import { findApi } from '../../openapi/load/bundled-apis.ts';
import { readConfigFile } from '../common/config-file.ts';
import { interruptible } from '../common/interruptible.ts';
import { loadApi } from '../common/load-api.ts';
import { print } from '../common/print.ts';
import { assertAllowed } from './assert-allowed.ts';
import { assertMatched } from './assert-matched.ts';
import { testBaselineOf } from './test-baseline.ts';
import { testCredentials } from './test-credentials.ts';
import { addTestFlags, type TestFlags } from './test-flags.ts';
import { placeReporters } from './test-reporter-flag.ts';
import { writeTestReports } from './test-reports.ts';
import { runTest } from './test-run.ts';
import { testSettingsOf } from './test-settings.ts';
import { testValuesOf } from './test-values.ts';
import { watchTest } from './test-watch.ts';

/** Contract failures. */
const failedCode = 1;
/** The server went away, and stayed away. */
const goneCode = 3;
const interruptedCode = 130;

/** `sparring test <api>`: finds out whether a server keeps its document's word. */
export function addTest(program: Command): void {
  const command = program
    .command('test')
    .description('Test whether a server, mock or real, does what its document says')
    .argument('<api>', 'name of a bundled API, or path of an OpenAPI document');
  addTestFlags(command).addHelpText('after', help).action(test);
}

async function test(api: string, given: TestFlags): Promise<void> {
  const config = (await readConfigFile(process.cwd(), given.config)).test ?? {};
  const values = testValuesOf(given, config, process.env);
  const flags = { ...testSettingsOf(config), ...given, values };
  const reporters = placeReporters(flags.reporter, flags.out, flags.emitTests);
  const once = async (signal: AbortSignal, onBegin?: () => void) => {
    const document = await loadApi(api);
    if (flags.plan) return printPlan(document, flags);
    const baseline = await testBaselineOf(flags);
    const credentials = testCredentials(flags, process.env, config, document);
    const done = await runTest({ api, document, flags, credentials, signal, onBegin });
    const { comparison, report } = await baseline.compare(done.report);
    await writeTestReports({ ...done, api, document, flags, credentials, reporters, report, comparison });
    process.exitCode = exitCodeOf(report);
  };
  await interruptible(async (signal, begin) => {
    if (flags.watch) {
      begin();
      await watchTest(findApi(api), signal, once);
    } else await once(signal, begin);
    if (signal.aborted) process.exitCode = interruptedCode;
  });
}

/** A finding is worth more than that the server went away: whoever reads the code alone is to look. */
function exitCodeOf({ counts, ended, shortfall }: RunReport): number {
  if (counts.fatal > 0) return failedCode;
  if (ended?.isGone) return goneCode;
  return ended?.isFailure || shortfall ? failedCode : 0;
}

async function printPlan(document: ApiDocument, flags: TestFlags): Promise<void> {
  const [{ makePlan }, { createPlanContext }, { caseLeftOutBy }, { formatPlan }] = await Promise.all([
    import('../../contract/plan/make-plan.ts'),
    import('../../contract/plan/requests/plan-context.ts'),
    import('../../contract/plan/manners/case-left-out-by.ts'),
    import('../../contract/report/terminal/format-plan.ts'),
  ]);
  assertAllowed(flags.allow, document);
  const context = createPlanContext(document, flags.seed ?? 1, flags.values);
  const leftOut = (planned: Case) => caseLeftOutBy(flags, context.collections, planned);
  const plan = makePlan(document, flags, context);
  assertMatched(plan, flags, document);
  print(formatPlan(plan, leftOut));
}

const help = `
Plans requests from the document (its examples, the edges of its rules, one broken rule at a time, credentials, the lives of its
resources), sends them, and says which answers break it. On a server that is not this machine it only reads, unless --write
is given; what it creates it notes in a ledger first, and deletes at the end. Secrets are best left to the environment.

Examples:
  sparring test hive                                  the mock, started for the run
  sparring test hive --url http://127.0.0.1:4010/hive --basic key:secret
  sparring test ./petstore.yaml --url https://staging.example.com/v1 --write
  sparring test hive --plan --only createCustomer     what would be sent
  sparring test hive --only createCustomer/negatives --bail
  sparring test hive --reporter terminal --reporter junit=report.xml --reporter html=report.html
  sparring test hive --url … --baseline known.json --update-baseline

Exit codes: 0 nothing failed, 1 something did, 2 wrong usage, configuration or document, 3 nobody answers, 130 interrupted.
What an interrupted run left behind: sparring cleanup <ledger>.
`;
