import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { LedgerEntry } from '../../contract/execute/environment/ledger.ts';
import { readLedger } from '../../contract/execute/environment/read-ledger.ts';
import { counted } from '../../contract/report/content/counted.ts';
import type { FinishedRun } from '../../contract/run/finish-run.ts';
import { SparringError } from '../../errors.ts';
import { loadDocument } from '../../openapi/load/load-document.ts';
import { visible } from '../../visible.ts';
import { readConfigFile } from '../common/config-file.ts';
import { print } from '../common/print.ts';
import { testCredentials } from './test-credentials.ts';
import { testSettingsOf } from './test-settings.ts';
import { openServer } from './test-target.ts';
import { addTestTargetFlags, type TargetFlags } from './test-target-flags.ts';

/** Something is left. */
const leftCode = 1;

/** `sparring cleanup <ledger>`: deletes what an interrupted `sparring test` left behind. */
export function addCleanup(program: Command): void {
  const command = program
    .command('cleanup')
    .description('Delete what an interrupted test run left behind')
    .argument(
      '<ledger>',
      'file in which the run noted what it created, under .sparring/ unless named otherwise',
    );
  addTestTargetFlags(command, false).addHelpText('after', help).action(cleanup);
}

async function cleanup(ledger: string, given: TargetFlags): Promise<void> {
  const entries = await entriesOf(ledger);
  const run = entries.find((entry) => entry.kind === 'run');
  if (!run) throw new SparringError('usage', `${ledger} does not say which server it is of.`, { next: hint });
  const config = (await readConfigFile(process.cwd(), given.config)).test ?? {};
  const flags = { ...testSettingsOf(config), ...given, url: run.target };
  const document = await loadDocument(run.file);
  const { finishRun } = await import('../../contract/run/finish-run.ts');
  const server = await openServer(run.target, flags);
  try {
    const credentials = testCredentials(flags, process.env, config, document);
    const finished = await finishRun(entries, document, server.transport, { credentials, ledger });
    print(describe(finished, run.target));
    if (finished.leftovers.length > 0) process.exitCode = leftCode;
  } finally {
    await server.close();
  }
}

const hint = 'Give the ledger that sparring test wrote, a file under .sparring/ unless --ledger named it.';

async function entriesOf(file: string): Promise<readonly LedgerEntry[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new SparringError('usage', `The ledger ${file} cannot be read.`, { next: hint, cause });
  });
  const entries = readLedger(text, file);
  // A line that was cut off would spoil the next one.
  if (!text.endsWith('\n')) await writeFile(file, text.slice(0, text.lastIndexOf('\n') + 1));
  return entries;
}

function describe({ deleted, leftovers }: FinishedRun, target: string): string {
  const done = `${counted(deleted, 'record')} deleted at ${target}`;
  if (leftovers.length === 0) return `${done}; nothing is left.`;
  const lines = leftovers.map(({ collection, id, reason }) => visible(`  ${collection} ${id}: ${reason}`));
  return [`${done}. Left behind: ${counted(leftovers.length, 'record')}`, ...lines].join('\n');
}

const help = `
A run notes what it creates on disk before it is sent. This reads those notes, deletes what is still there, and nothing else.
The server and the document are those of the run; credentials are never noted, and are given as for sparring test.

Exit codes: 0 nothing is left, 1 something is, 2 wrong usage, 3 nobody answers.
`;
