import type { Command } from 'commander';
import type { Plan } from '../../contract/model/plan.ts';
import type { ReportContext } from '../../contract/report/content/report-context.ts';
import { SparringError } from '../../errors.ts';
import { nearest } from '../../json/nearest.ts';
import type { ApiDocument } from '../../openapi/document/document.ts';
import { shellWord } from '../../shell-word.ts';
import { documentPolicyOf } from '../../webhooks/document-policy.ts';
import { interruptible } from '../common/interruptible.ts';
import { loadApi } from '../common/load-api.ts';
import { progressBar } from '../common/progress-bar.ts';
import { testBaselineOf } from '../test/test-baseline.ts';
import { placeReporters } from '../test/test-reporter-flag.ts';
import { writeReports } from '../test/test-reports.ts';
import { addCheckReceiverFlags, type CheckReceiverFlags } from './check-receiver-flags.ts';

const failedCode = 1;
const interruptedCode = 130;

/** `sparring check-receiver <api> --to <url>`: finds out what is wrong with somebody's webhook receiver. */
export function addCheckReceiver(program: Command): void {
  const command = program
    .command('check-receiver')
    .description('Check a webhook receiver: what it takes, refuses and stands')
    .argument('<api>', 'name of a bundled API, or path of an OpenAPI document');
  addCheckReceiverFlags(command).addHelpText('after', help).action(checkReceiverAt);
}

async function checkReceiverAt(api: string, flags: CheckReceiverFlags): Promise<void> {
  const reporters = placeReporters(flags.reporter, flags.out, undefined);
  const baseline = await testBaselineOf(flags);
  const document = await loadApi(api);
  const options = { ...flags, secret: secretsOf(flags, process.env, document) };
  assertFlags(flags);
  const [{ planReceiverChecks, runReceiverChecks }, { receiverCredentials }, { safeReport }] =
    await Promise.all([
      import('../../contract/run/run-receiver-checks.ts'),
      import('../../contract/run/check-receiver.ts'),
      import('../../contract/report/content/safe-report.ts'),
    ]);
  if (flags.plan) {
    const { formatPlan } = await import('../../contract/report/terminal/format-plan.ts');
    const { plan } = planReceiverChecks(document, options);
    assertWanted(plan, flags);
    console.log(formatPlan(plan));
    return;
  }
  await interruptible(async (signal) => {
    const bar = progressBar(process.stderr);
    try {
      const done = await runReceiverChecks(document, {
        ...options,
        signal,
        onPlan: (plan) => assertWanted(plan, flags),
        onCase: (_, count, of) => bar.show(count, of),
      });
      bar.clear();
      const { comparison, report } = await baseline.compare(done);
      const context: ReportContext = {
        folder: process.cwd(),
        isNarrowed: flags.only !== undefined || flags.skip !== undefined,
        comparison,
        command: commandOf(api, document, flags),
      };
      await writeReports(safeReport(report, receiverCredentials(options)), context, reporters);
      process.exitCode = report.counts.fatal > 0 ? failedCode : 0;
    } finally {
      bar.clear();
    }
    if (signal.aborted) process.exitCode = interruptedCode;
  });
}

/** Those of flags, else the one of the environment; where nothing is signed, that one is of another API. */
function secretsOf(
  { secret }: CheckReceiverFlags,
  environment: NodeJS.ProcessEnv,
  document: ApiDocument,
): readonly string[] | undefined {
  if (secret) return secret;
  const own = environment.SPARRING_SECRET || undefined;
  return own === undefined || !isSigned(document) ? undefined : [own];
}

function isSigned(document: ApiDocument): boolean {
  return documentPolicyOf(document).signature.scheme !== 'none';
}

function assertFlags({ kill, probe }: CheckReceiverFlags): void {
  if (kill === undefined || probe !== undefined) return;
  throw new SparringError('usage', '--kill says nothing without --probe.', {
    next: 'Add --probe <command or url>, which tells what is left after the kill.',
  });
}

/** A filter with a typo would else check nothing, and pass. */
function assertWanted({ cases }: Plan, { only, skip }: CheckReceiverFlags): void {
  const text = only?.find((part) => !cases.some(({ id }) => id.includes(part)));
  if (text === undefined && cases.length > 0) return;
  const guess = text === undefined ? undefined : nearest(text, families);
  const message =
    text === undefined
      ? `There are no cases: --skip ${skip?.join(' ')} leaves none.`
      : `No case has "${text}" in its id.`;
  throw new SparringError('usage', message, {
    next: guess === undefined ? 'Run with --plan to see all cases.' : `Did you mean ${guess}?`,
  });
}

const families = [
  'events',
  'signatures',
  'bytes',
  'times',
  'duplicates',
  'unknown',
  'order',
  'shapes',
  'nonsense',
  'effects',
];

/** The command line again, as far as it says what is checked; the secret is left to the environment. */
function commandOf(api: string, document: ApiDocument, { kill, probe, to }: CheckReceiverFlags): string {
  return [
    `sparring check-receiver ${shellWord(api)} --to ${shellWord(to)}`,
    ...(isSigned(document) ? ['--secret "$SPARRING_SECRET"'] : []),
    ...(probe === undefined ? [] : [`--probe ${shellWord(probe)}`]),
    ...(kill === undefined ? [] : [`--kill ${shellWord(kill)}`]),
  ].join(' ');
}

const help = `
Sends what the document's provider would send, and what it would not: its events with all their variants, forged and stale
signatures, the same JSON in other bytes, duplicates, unknown events and fields, wrong orders, odd sizes, signed nonsense. What
the document or the scheme demands fails the run; what is only good practice is told. The receiver takes all of it for real:
use one whose data may be spoiled. With --probe it is seen what it did, too.

Families, for --only: events, signatures, bytes, times, duplicates, unknown, order, shapes, nonsense, effects.

Examples:
  sparring check-receiver rehive --to http://localhost:3000/hooks --secret "$SECRET"
  sparring check-receiver ./shop.yaml --to http://localhost:3000/hooks --secret "$SECRET" --secret "$OTHER_SECRET"
  sparring check-receiver hover --to http://localhost:3000/hover --secret "$SECRET" --probe http://localhost:3000/state
  sparring check-receiver hover --to http://localhost:3000/hover --secret "$SECRET" --only signatures --bail
  sparring check-receiver hive --to http://localhost:3000/hive --reporter terminal --reporter junit=report.xml

Exit codes: 0 nothing failed, 1 something did, 2 wrong usage or document, 3 nobody answers, 130 interrupted.
`;
