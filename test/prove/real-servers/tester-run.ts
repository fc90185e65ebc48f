import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Failure } from './defect-table.ts';
import type { RunningServer, State } from './real-server.ts';

const cli = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url));

/** A run of `sparring test` that ended. */
export interface TesterRun {
  readonly seed: number;
  /** Of the server. */
  readonly version: string;
  /** 0 nothing failed, 1 something did, 2 the document cannot be used, 3 nobody answers; null when it was killed. */
  readonly code: number | null;
  /** What it printed. */
  readonly printed: string;
  readonly requests: number;
  readonly failures: readonly Failure[];
  readonly before: State;
  readonly after: State;
}

/**
 * Tests a server by its own document, in a process of its own, as a user does who has nothing but these two.
 *
 * @param folder where it writes its report and its ledger
 */
export async function runTester(server: RunningServer, seed: number, folder: string): Promise<TesterRun> {
  const report = join(folder, 'report.json');
  const before = await server.state();
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(SPARRING_|NO_COLOR|FORCE_COLOR|NODE_|VITEST)/.test(name),
  );
  const child = spawn(
    process.execPath,
    [
      ...[cli, 'test', server.document, '--url', server.url, ...server.options],
      ...['--seed', String(seed), '--reporter', `json=${report}`],
    ],
    { cwd: folder, env: Object.fromEntries(inherited), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const [code] = await once(child, 'close');
  const after = await server.state();
  const { counts, failures } = await readReport(report);
  return { seed, version: server.version, code, printed, requests: counts.requests, failures, before, after };
}

/** A run that could not begin has written none. */
async function readReport(
  file: string,
): Promise<{ counts: { requests: number }; failures: readonly Failure[] }> {
  const text = await readFile(file, 'utf8').catch(() => '{"counts":{"requests":0},"failures":[]}');
  return JSON.parse(text);
}
