import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CredentialOptions } from '../../contract/execute/credentials/credentials.ts';
import { phases as allPhases } from '../../contract/model/phase.ts';
import type { Plan } from '../../contract/model/plan.ts';
import type { RunReport } from '../../contract/model/run-report.ts';
import { SparringError } from '../../errors.ts';
import { nearest } from '../../json/nearest.ts';
import type { ApiDocument } from '../../openapi/document/document.ts';
import { progressBar } from '../common/progress-bar.ts';
import type { TestFlags } from './test-flags.ts';
import { openTarget } from './test-target.ts';

export interface TestRun {
  /** As the command names it. */
  readonly api: string;
  readonly document: ApiDocument;
  readonly flags: TestFlags;
  readonly credentials: CredentialOptions;
  readonly signal: AbortSignal;
  /** Called when the first request is about to be sent. */
  readonly onBegin?: (() => void) | undefined;
}

/** What a run gave, and the ledger where something may be left to clean up. */
export interface TestOutcome {
  readonly report: RunReport;
  readonly ledger: string | undefined;
}

/** Tests the server at the URL, else a mock. Throws SparringError `usage`, `target-unreachable`, `document-invalid`. */
export async function runTest(run: TestRun): Promise<TestOutcome> {
  const { api, document, flags, signal } = run;
  const { runContract } = await import('../../contract/run/run-contract.ts');
  const target = await openTarget(api, flags);
  const ledger = flags.ledger ?? (flags.url === undefined ? undefined : newLedger(document));
  const bar = progressBar(process.stderr);
  try {
    const report = await runContract(document, target.transport, {
      ...flags,
      credentials: run.credentials,
      receiver: { url: flags.receiver, port: flags.receiverPort, patience: flags.receiverWait },
      ledger,
      signal,
      onPlan(plan) {
        assertFilters(plan, flags, document);
        run.onBegin?.();
      },
      onCase: (_, done, of) => bar.show(done, of),
    });
    const isClean = report.leftovers.length === 0;
    // Where all is cleaned up, nobody needs to know any more what was there.
    if (ledger !== undefined && flags.ledger === undefined && isClean) rmSync(ledger, { force: true });
    return { report, ledger: isClean ? undefined : ledger };
  } finally {
    bar.clear();
    await target.close();
  }
}

/** A file of its own for what a run creates. */
export function newLedger({ name }: Pick<ApiDocument, 'name'>): string {
  return join('.sparring', `${name}-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.jsonl`);
}

/** A filter with a typo would else test nothing, and pass. */
function assertFilters({ cases }: Plan, { only, phases, skip }: TestFlags, document: ApiDocument): void {
  const text = only?.find((part) => !cases.some(({ id }) => id.includes(part)));
  if (text !== undefined) {
    const parts = [...document.operationsById.keys(), ...allPhases];
    throw noCase(`No case has "${text}" in its id.`, nearest(text, parts));
  }
  if (cases.length > 0) return;
  const why = skip
    ? '--skip leaves none'
    : phases
      ? `there is none in ${phases.join(', ')}`
      : 'it has no operations';
  throw noCase(`There are no cases: ${why}.`, undefined);
}

function noCase(message: string, guess: string | undefined): SparringError {
  return new SparringError('usage', message, {
    next: guess === undefined ? 'Run with --plan to see all cases.' : `Did you mean ${guess}?`,
  });
}
