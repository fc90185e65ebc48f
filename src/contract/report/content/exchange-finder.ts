import type { CaseRun } from '../../model/case-run.ts';
import type { CaseExchange } from '../../model/exchange.ts';
import type { RunReport } from '../../model/run-report.ts';
import type { Verdict } from '../../model/verdict.ts';

/** The exchange that a failed verdict speaks of. */
export type ExchangeFinder = (verdict: Verdict) => CaseExchange | undefined;

export function exchangeFinder({ runs: all = [] }: Partial<Pick<RunReport, 'runs'>>): ExchangeFinder {
  const runs = runsById({ runs: all });
  return ({ case: id, evidence }) => evidence && runs.get(id)?.exchanges[evidence.exchange];
}

export function runsById({ runs }: Pick<RunReport, 'runs'>): ReadonlyMap<string, CaseRun> {
  return new Map(runs.map((run) => [run.case.id, run]));
}
