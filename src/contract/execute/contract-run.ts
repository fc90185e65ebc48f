import type { CaseRun } from '../model/case-run.ts';
import type { Check } from '../model/check.ts';
import type { LeftOut } from '../model/left-out.ts';
import type { Plan } from '../model/plan.ts';
import type { Leftover } from '../model/run-report.ts';
import type { Verdict } from '../model/verdict.ts';
import type { PlanContext } from '../plan/requests/plan-context.ts';
import type { ExecutedPlan, ExecuteOptions } from './execute-plan.ts';

/** A plan and the server it is carried out on, as long as that takes. */
export interface ContractRun {
  readonly plan: Plan;
  /** Whether the server is a mock of ours. */
  readonly isMock: boolean;
  /** What is to be told of the run beside its verdicts. */
  readonly notices: readonly string[];
  /** What could not be deleted so far. */
  readonly leftovers: readonly Leftover[];
  /** What was not tried so far, out of regard for the server. */
  readonly leftOut: readonly LeftOut[];
  /** Runs cases of the plan; the answer is in their order. Throws SparringError `target-unreachable`. */
  execute(cases: Plan['cases'], onCase?: ExecuteOptions['onCase']): Promise<ExecutedPlan>;
  judge(runs: readonly CaseRun[], checks?: readonly Check[]): readonly Verdict[];
  /** Deletes what was made by requests that were not answered, as far as it can be told; with a ledger only. */
  finish(): Promise<void>;
  /** Finishes, and forgets the namespace that a mock had for the run; the transport stays open. */
  close(): Promise<void>;
}

/** A plan of a document, and what its cases are judged with. */
export interface PlannedRun {
  readonly context: PlanContext;
  readonly plan: Plan;
}
