import type { CaseRun } from '../model/case-run.ts';
import type { CaseExchange } from '../model/exchange.ts';
import type { PlanContext } from '../plan/requests/plan-context.ts';
import { compareExchanges, compareShapes, type Depth, type Pair } from './compare-exchanges.ts';
import type { AnswerDifference } from './compare-report.ts';
import { statusCauses } from './status-causes.ts';

export interface Comparison {
  readonly differences: readonly AnswerDifference[];
  /** How many answers were compared. */
  readonly answers: number;
}

/**
 * What differs between two runs of the same cases. After answers of different kinds a case is not looked at any further: what
 * follows would only show the same again.
 */
export function compareRuns(
  context: PlanContext,
  left: readonly CaseRun[],
  right: readonly CaseRun[],
): Comparison {
  const others = new Map(right.map((run) => [run.case.id, run]));
  const pairs = left.flatMap((run) => {
    const other = others.get(run.case.id);
    return other ? pairsOf(context, run, other) : [];
  });
  const agreeing = pairs.filter(({ exchanges }) => classOf(exchanges.left) === classOf(exchanges.right));
  return {
    differences: [
      ...statusCauses(pairs),
      ...agreeing.flatMap((pair) => compareExchanges(context, pair)),
      ...compareShapes(context, agreeing),
    ],
    answers: pairs.length,
  };
}

/** The answers to the same steps, up to the first two of different kinds. */
function pairsOf(context: PlanContext, left: CaseRun, right: CaseRun): readonly Pair[] {
  const pairs: Pair[] = [];
  for (const step of left.case.steps) {
    const [one, other] = [left, right].map(({ exchanges }) => exchanges.find((each) => each.step === step));
    if (!one || !other) break;
    pairs.push({
      case: left.case,
      exchanges: { left: one, right: other },
      depth: depthOf(context, left, one, other),
    });
    if (classOf(one) !== classOf(other)) break;
  }
  return pairs;
}

/** `2` for a success, and so on; `0` for no answer. */
function classOf({ response }: CaseExchange): number {
  return Math.floor((response?.status ?? 0) / 100);
}

/** Values are compared of errors, and of records that the run itself made alike on both sides. */
function depthOf(
  { collections }: PlanContext,
  { case: planned }: CaseRun,
  one: CaseExchange,
  other: CaseExchange,
): Depth {
  if (classOf(one) !== 2 || classOf(other) !== 2) return 'values';
  const { operation, step } = one;
  const role = collections.roleOf(operation);
  if (!role || role.role === 'list') return 'shape';
  if (role.role === 'create') return 'values';
  const isSaved = planned.steps.some(({ saveAs }) => saveAs !== undefined && saveAs === step?.of);
  const { create, delete: remove } = role.collection;
  return isSaved || (create && remove) ? 'values' : 'shape';
}
