import type { ContractRun, PlannedRun } from '../execute/contract-run.ts';
import type { CaseRun } from '../model/case-run.ts';
import type { CasePhase } from '../model/phase.ts';
import type { Verdict } from '../model/verdict.ts';
import { groupFailures } from '../report/content/group-failures.ts';
import { shrinkFailure } from './shrink-failure.ts';

/** Kinds of failures that are shrunk; a server that fails in more ways than this shows enough. */
const mostShrunk = 10;
const phases: ReadonlySet<CasePhase> = new Set(['examples', 'positives', 'negatives', 'fuzzing']);

/**
 * The verdicts, with the smallest request that fails in the same way beside one of each kind of failure that fails the run. What it
 * sends is owned and cleaned up as all else.
 */
export async function shrinkFailures(
  planned: PlannedRun,
  run: ContractRun,
  runs: readonly CaseRun[],
  verdicts: readonly Verdict[],
): Promise<readonly Verdict[]> {
  const byId = new Map(runs.map((each) => [each.case.id, each]));
  const shrunk = new Map<Verdict, Verdict>();
  for (const { first } of groupFailures({ verdicts, runs })) {
    const failed = byId.get(first.case);
    if (!first.fatal || !failed || !isShrinkable(failed) || shrunk.size >= mostShrunk) continue;
    const shrunken = await shrinkFailure(planned, run, failed, first);
    shrunk.set(first, shrunken ? { ...first, shrunken } : first);
  }
  return verdicts.map((verdict) => shrunk.get(verdict) ?? verdict);
}

/** Cases of one request that was answered: what takes long to fail takes long again. */
function isShrinkable({ case: { phase, steps }, exchanges }: CaseRun): boolean {
  return (
    phases.has(phase) && steps.length === 1 && exchanges.length === 1 && exchanges[0]?.response !== undefined
  );
}
