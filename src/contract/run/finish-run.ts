import type { ApiDocument } from '../../openapi/document/document.ts';
import type { ContractOptions } from '../execute/environment/contract-options.ts';
import type { BoundRecord } from '../execute/environment/environment.ts';
import type { LedgerEntry } from '../execute/environment/ledger.ts';
import { dropNamespaces, openEnvironment } from '../execute/environment/open-environment.ts';
import { cleanUp } from '../execute/records/clean-up.ts';
import { settleCreations } from '../execute/records/settle-creations.ts';
import type { Transport } from '../execute/transport/transport.ts';
import type { Leftover } from '../model/run-report.ts';
import { createPlanContext } from '../plan/requests/plan-context.ts';

/** What finishing a run came to. */
export interface FinishedRun {
  /** How many records were deleted. */
  readonly deleted: number;
  readonly leftovers: readonly Leftover[];
}

/**
 * Finishes a run that was ended: deletes what its ledger says was created and not deleted, and what was created without an
 * answer, as far as it can be told; nothing else. What was done is added to the ledger, so that it can be finished again.
 *
 * @param entries the ledger's lines so far
 * @param options its `ledger` is where what is done is noted
 * @throws SparringError `target-unreachable`
 */
export async function finishRun(
  entries: readonly LedgerEntry[],
  document: ApiDocument,
  target: Transport,
  options: Pick<ContractOptions, 'credentials' | 'ledger' | 'namespace'>,
): Promise<FinishedRun> {
  const run = entries.find((entry) => entry.kind === 'run');
  const context = createPlanContext(document, run?.seed ?? 1);
  const environment = await openEnvironment(context, target, {
    ...options,
    namespace: run?.namespace,
    // Whoever asks to clean up allows to delete.
    write: true,
  });
  const { leftovers, ledger } = environment;
  if (run?.namespace !== undefined && environment.controls) {
    await dropNamespaces(environment);
    return { deleted: createdIn(entries).length, leftovers };
  }
  await settleCreations(environment, entries);
  await cleanUp(environment, createdIn(entries), environment.namespace);
  return { deleted: ledger.entries.filter(({ kind }) => kind === 'deleted').length, leftovers };
}

/** What was created and not deleted. */
function createdIn(entries: readonly LedgerEntry[]): readonly BoundRecord[] {
  const deleted = new Set(entries.flatMap((entry) => (entry.kind === 'deleted' ? [keyOf(entry)] : [])));
  return entries.flatMap((entry) => {
    if (entry.kind !== 'created' || deleted.has(keyOf(entry))) return [];
    const { collection, id, path } = entry;
    return [{ collection, id, path, record: undefined, owned: true }];
  });
}

function keyOf({ collection, id }: { readonly collection: string; readonly id: string }): string {
  return JSON.stringify([collection, id]);
}
