import type { ApiDocument } from '../../openapi/document/document.ts';
import type { ContractOptions } from '../execute/environment/contract-options.ts';
import type { Transport } from '../execute/transport/transport.ts';
import type { CaseRun } from '../model/case-run.ts';
import type { RunReport } from '../model/run-report.ts';
import type { Verdict } from '../model/verdict.ts';
import { shrinkFailures } from '../shrink/shrink-failures.ts';
import { noticesOf } from './notices-of.ts';
import { openRun, planRun } from './open-run.ts';
import { shortfallOf } from './shortfall-of.ts';

/** A run in which most was never seen to succeed says little, whatever passed. */
const usualCoverage = 0.5;

export type { ContractOptions } from '../execute/environment/contract-options.ts';

/**
 * Finds out whether a server keeps its document's word: plans, executes and judges. On a mock the run has a namespace of its
 * own; on any other server it deletes what it created, and touches nothing else. The same seed gives the same plan, and on a
 * server that answers the same, the same verdicts.
 *
 * @throws SparringError `target-unreachable`, `credentials-refused`
 */
export async function runContract(
  document: ApiDocument,
  target: Transport,
  options: ContractOptions = {},
): Promise<RunReport> {
  const planned = planRun(document, options);
  const { plan } = planned;
  options.onPlan?.(plan);
  const enough = new AbortController();
  const timeIsUp = new AbortController();
  const signal = AbortSignal.any([
    enough.signal,
    timeIsUp.signal,
    ...(options.signal ? [options.signal] : []),
  ]);
  const { maxTime } = options;
  const timer = maxTime === undefined ? undefined : setTimeout(() => timeIsUp.abort(), maxTime);
  const run = await openRun(planned, target, { ...options, signal });
  const onCase: ContractOptions['onCase'] = (caseRun, done, of) => {
    options.onCase?.(caseRun, done, of);
    if (options.bail && run.judge([caseRun]).some(({ fatal }) => fatal)) enough.abort();
  };
  try {
    const { aborted, givenUp, isGone, runs } = await run.execute(plan.cases, onCase);
    const judged = run.judge(runs);
    const isShrunk = !aborted && givenUp === undefined && options.shrink !== false;
    const verdicts = isShrunk ? await shrinkFailures(planned, run, runs, judged) : judged;
    await run.finish();
    const shortfall = shortfallOf(runs, options.minCoverage ?? (run.isMock ? 0 : usualCoverage));
    return {
      api: document.name,
      title: document.title,
      version: document.version,
      file: document.file,
      target: target.url,
      seed: plan.seed,
      notices: [...noticesOf(planned), ...run.notices],
      verdicts,
      notRun: runs.flatMap(({ case: { id, operation }, notRun }) =>
        notRun === undefined ? [] : [{ case: id, operation: operation.id, reason: notRun }],
      ),
      gaps: plan.gaps,
      leftovers: run.leftovers,
      leftOut: run.leftOut,
      counts: countsOf(runs, verdicts),
      runs,
      aborted,
      ...(shortfall && !aborted && { shortfall }),
      ...(enough.signal.aborted && { isBailed: true }),
      ...endedBy(givenUp, isGone, timeIsUp.signal.aborted && aborted ? maxTime : undefined),
    };
  } finally {
    clearTimeout(timer);
    await run.close();
  }
}

function endedBy(
  givenUp: string | undefined,
  isGone: boolean,
  maxTime: number | undefined,
): Pick<RunReport, 'ended'> {
  if (givenUp !== undefined)
    return { ended: { because: givenUp, isFailure: true, ...(isGone && { isGone }) } };
  if (maxTime === undefined) return {};
  return { ended: { because: `The time of the run, ${maxTime / 1000} s, was up.`, isFailure: false } };
}

export function countsOf(runs: readonly CaseRun[], verdicts: readonly Verdict[]): RunReport['counts'] {
  return {
    cases: runs.length,
    notRun: runs.filter(({ notRun }) => notRun !== undefined).length,
    requests: runs.reduce((sum, { exchanges }) => sum + exchanges.length, 0),
    assertions: verdicts.length,
    failed: verdicts.filter(({ outcome }) => outcome === 'failed').length,
    fatal: verdicts.filter(({ fatal }) => fatal).length,
  };
}
