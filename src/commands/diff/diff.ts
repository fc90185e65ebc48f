import { rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import type { CompareReport, Side } from '../../contract/compare/compare-report.ts';
import type { ComparedServer } from '../../contract/compare/compare-servers.ts';
import { SparringError } from '../../errors.ts';
import type { ApiDocument } from '../../openapi/document/document.ts';
import { interruptible } from '../common/interruptible.ts';
import { loadApi } from '../common/load-api.ts';
import { printable } from '../common/print.ts';
import { progressBar } from '../common/progress-bar.ts';
import { assertMatched } from '../test/assert-matched.ts';
import { testCredentials } from '../test/test-credentials.ts';
import { newLedger } from '../test/test-run.ts';
import { openServer, openTarget, type TestTarget } from '../test/test-target.ts';
import { testValuesOf } from '../test/test-values.ts';
import { addDiffFlags, type DiffFlags, environmentOf, targetFlagsOf } from './diff-flags.ts';

/** There are differences. */
const differsCode = 1;
const interruptedCode = 130;
/** Where `sparring serve` has the mock that was started for the run, for whoever sends a request again. */
const usualOrigin = 'http://127.0.0.1:4010';

/** `sparring diff <api>`: in what two servers of an API differ. */
export function addDiff(program: Command): void {
  const command = program
    .command('diff')
    .description('Compare two servers of an API, such as the mock and the real one')
    .argument('<api>', 'name of a bundled API, or path of an OpenAPI document');
  addDiffFlags(command).addHelpText('after', help).action(diff);
}

async function diff(api: string, flags: DiffFlags): Promise<void> {
  const document = await loadApi(api);
  await interruptible(async (signal, begin) => {
    begin();
    const report = await run(api, document, flags, signal);
    await print(report, flags);
    process.exitCode = report.groups.length > 0 ? differsCode : 0;
    if (signal.aborted) process.exitCode = interruptedCode;
  });
}

/** A side of the comparison, and what ends it. */
interface OpenSide extends ComparedServer {
  readonly isMock: boolean;
  close(): Promise<void>;
}

async function run(
  api: string,
  document: ApiDocument,
  flags: DiffFlags,
  signal: AbortSignal,
): Promise<CompareReport> {
  const { compareServers } = await import('../../contract/compare/compare-servers.ts');
  const open: OpenSide[] = [];
  const kept = async (opening: Promise<OpenSide>) => {
    const side = await opening;
    open.push(side);
    return side;
  };
  const bar = progressBar(process.stderr);
  try {
    const [left, right] = [
      await kept(openSide(api, document, flags, 'left')),
      await kept(openSide(api, document, flags, 'right')),
    ];
    // What a mock makes up is another thing with another seed and at another time.
    const again = left.isMock ? await kept(openOther(api, flags)) : undefined;
    const report = await compareServers(document, {
      ...flags,
      values: testValuesOf(flags, {}, process.env),
      left,
      right,
      again,
      signal,
      onPlan: (plan) => assertMatched(plan, flags, document),
      onCase: (done, of) => bar.show(done, of),
    });
    assertCompared(report);
    for (const { ledger } of open)
      if (ledger !== undefined && report.leftovers.length === 0) rmSync(ledger, { force: true });
    return withUsualMock(withUsualMock(report, left, 'left'), right, 'right');
  } finally {
    bar.clear();
    for (const side of open) await side.close();
  }
}

async function openSide(api: string, document: ApiDocument, flags: DiffFlags, side: Side): Promise<OpenSide> {
  const target = targetFlagsOf(flags, side);
  const isMock = target.url === undefined;
  const credentials = testCredentials(target, environmentOf(process.env, side), {}, document);
  const reached: TestTarget =
    target.url === undefined ? await openTarget(api, target) : await openServer(target.url, target);
  return {
    ...reached,
    credentials,
    isMock,
    ownServer: isMock,
    ledger: isMock ? undefined : newLedger({ name: `${document.name}-${side}` }),
  };
}

async function openOther(api: string, flags: DiffFlags): Promise<OpenSide> {
  const { createMock } = await import('../../server/create-mock.ts');
  const mock = await createMock({
    apis: [api],
    port: 0,
    auth: 'strict',
    seed: 2,
    now: '2026-07-04T03:02:01Z',
  });
  const { close, transport } = await openServer(mock.apis[0]?.url ?? mock.url, targetFlagsOf(flags, 'left'));
  return {
    transport,
    isMock: true,
    ownServer: true,
    async close() {
      await close();
      await mock.close();
    },
  };
}

/** That nothing was different where nothing was compared says nothing. */
function assertCompared({ aborted, counts, notCompared }: CompareReport): void {
  if (counts.answers > 0 || aborted) return;
  const [first] = notCompared;
  throw new SparringError('usage', 'No answers could be compared.', {
    next: first
      ? `On the ${first.side}, ${first.cases.length} cases were not run: ${first.reason}.`
      : 'No case is left by --only, --skip and --phases; sparring test --plan shows all.',
  });
}

/** The mock of a run ends with it; its requests can be sent again to one that is served. */
function withUsualMock(report: CompareReport, { isMock, transport }: OpenSide, side: Side): CompareReport {
  if (!isMock) return report;
  const { origin } = new URL(transport.url);
  const usual = (text: string) => text.replaceAll(origin, usualOrigin);
  return {
    ...report,
    targets: { ...report.targets, [side]: 'the mock' },
    groups: report.groups.map((group) => ({
      ...group,
      curls: { ...group.curls, [side]: usual(group.curls[side]) },
    })),
  };
}

async function print(report: CompareReport, { out, reporter }: DiffFlags): Promise<void> {
  const color = out === undefined && process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  const context = { folder: process.cwd(), color };
  const text =
    reporter === 'json'
      ? (await import('../../contract/compare/format-differences-as-json.ts')).formatDifferencesAsJson(
          report,
          context,
        )
      : (await import('../../contract/compare/format-differences.ts')).formatDifferences(report, context);
  if (out === undefined) return void process.stdout.write(printable(text, process.stdout));
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, text);
}

const help = `
Sends the same requests to both, and says in what the answers differ: in status, header fields, and the shape of bodies, and in
those values that should be the same everywhere. Ids, times, tokens and what else is made up are left out; what the left server
answers now so and now so is learned by asking it twice. A server that is not this machine is only read, unless --write is given.

Examples:
  sparring diff hive --right https://api.hive.id --right-basic key:secret    whether the mock tells the truth
  sparring diff ./petstore.yaml --left http://localhost:8080 --right https://staging.example.com/v1
  sparring diff hive --right https://api.hive.id --write --only Customer --reporter json --out diff.json

Exit codes: 0 no differences, 1 some, 2 wrong usage or document, 3 one of them does not answer, 130 interrupted.
`;
