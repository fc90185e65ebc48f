import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CredentialOptions } from '../../contract/execute/credentials/credentials.ts';
import type { RunReport } from '../../contract/model/run-report.ts';
import type { ApiDocument } from '../../openapi/document/document.ts';
import { progressBar } from '../common/progress-bar.ts';
import { assertAllowed } from './assert-allowed.ts';
import { assertMatched } from './assert-matched.ts';
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
      ownServer: flags.url === undefined,
      signal,
      onPlan(plan) {
        assertMatched(plan, flags, document);
        assertAllowed(flags.allow, document);
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
