import { rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Transport } from '../contract/execute/transport.ts';
import type { RunReport } from '../contract/types.ts';
import { SparringError } from '../errors.ts';
import { findApi } from '../openapi/bundled-apis.ts';
import type { ApiDocument } from '../openapi/document.ts';
import { loadDocument } from '../openapi/load-document.ts';
import { addTestFlags, credentialsOf, type TestFlags } from './test-flags.ts';

/** Contract failures. */
const failedCode = 1;
const interruptedCode = 130;
/** The time at which a mock that is started for a run stands still, so that runs can be compared. */
const standstill = '2026-01-01T00:00:00Z';

/** `sparring test <api>`: finds out whether a server keeps its document's word. */
export function addTest(program: Command): void {
  const command = program
    .command('test')
    .description('Test whether a server, mock or real, does what its document says')
    .argument('<api>', 'name of a bundled API, or path of an OpenAPI document');
  addTestFlags(command).action(test);
}

async function test(api: string, flags: TestFlags): Promise<void> {
  const document = await loadDocument(findApi(api));
  if (flags.plan) return printPlan(document, flags);
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(interruptedCode);
    controller.abort();
    console.error('Ending; what was created is deleted first.');
  };
  process.on('SIGINT', interrupt);
  const target = await openTarget(api, flags);
  try {
    const report = await run(document, target.transport, flags, controller.signal);
    await print(report, flags);
    if (controller.signal.aborted) process.exitCode = interruptedCode;
    else if (report.counts.fatal > 0) process.exitCode = failedCode;
  } finally {
    process.off('SIGINT', interrupt);
    await target.close();
  }
}

async function printPlan(document: ApiDocument, flags: TestFlags): Promise<void> {
  const [{ makePlan }, { formatPlan }] = await Promise.all([
    import('../contract/plan/make-plan.ts'),
    import('../contract/report/plan-text.ts'),
  ]);
  console.log(formatPlan(makePlan(document, flags)));
}

interface Target {
  readonly transport: Transport;
  close(): Promise<void>;
}

/** The server to test: the one at the URL, else a mock on a free port. */
async function openTarget(api: string, { rate, timeout, url }: TestFlags): Promise<Target> {
  const { undiciTransport } = await import('../contract/execute/undici-transport.ts');
  if (url !== undefined) {
    if (!URL.canParse(url) || !/^https?:/.test(url))
      throw new SparringError('usage', `"${url}" is no URL of a server.`, {
        next: 'Give one such as https://api.example.com/v1.',
      });
    const transport = await undiciTransport(url, { rate, timeout });
    return { transport, close: () => transport.close() };
  }
  const { createMock } = await import('../server/create-mock.ts');
  const mock = await createMock({ apis: [api], port: 0, now: standstill });
  const transport = await undiciTransport(mock.apis[0]?.url ?? mock.url, { rate, timeout });
  return {
    transport,
    async close() {
      await transport.close();
      await mock.close();
    },
  };
}

async function run(
  document: ApiDocument,
  transport: Transport,
  flags: TestFlags,
  signal: AbortSignal,
): Promise<RunReport> {
  const { runContract } = await import('../contract/run-contract.ts');
  const { write } = flags;
  // A mock that was started for the run takes all traces with it.
  const kept =
    flags.url !== undefined && !/^https?:\/\/(?:127\.|localhost|\[::1\])/.test(flags.url) && write === true;
  const name = `${document.name}-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.jsonl`;
  const ledger = flags.ledger ?? (kept ? join('.sparring', name) : undefined);
  const bar = progress();
  const report = await runContract(document, transport, {
    ...flags,
    credentials: credentialsOf(flags, process.env),
    ledger,
    signal,
    onCase: (_, done, of) => bar.show(done, of),
  });
  bar.clear();
  const isClean = report.leftovers.length === 0 && !report.aborted;
  if (ledger !== undefined && flags.ledger === undefined && isClean) rmSync(ledger, { force: true });
  return report;
}

/** How far the run is, on a terminal; elsewhere nothing. */
function progress() {
  const stream = process.stderr;
  let shown = 0;
  return {
    show(done: number, of: number) {
      const now = performance.now();
      if (!stream.isTTY || now - shown < 100) return;
      shown = now;
      const width = Math.floor((done / of) * 30);
      stream.write(`\r${'█'.repeat(width)}${'░'.repeat(30 - width)} ${done} of ${of} cases`);
    },
    clear: () => void (stream.isTTY && stream.write('\r\x1b[K')),
  };
}

async function print(report: RunReport, { out, reporter }: TestFlags): Promise<void> {
  const color = out === undefined && process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  const folder = process.cwd();
  const text =
    reporter === 'json'
      ? (await import('../contract/report/json.ts')).formatJson(report, folder)
      : `${(await import('../contract/report/terminal.ts')).formatTerminal(report, { color, folder })}\n`;
  if (out === undefined) process.stdout.write(text);
  else await writeFile(out, text);
}
