import { SparringError } from '../../errors.ts';
import type { ApiDocument } from '../../openapi/document/document.ts';
import type { ContractRun, PlannedRun } from '../execute/contract-run.ts';
import type { CredentialOptions } from '../execute/credentials/credentials.ts';
import type { ServerMannersOptions } from '../execute/environment/server-manners.ts';
import type { Transport } from '../execute/transport/transport.ts';
import type { CaseRun } from '../model/case-run.ts';
import type { Plan } from '../model/plan.ts';
import type { PlanOptions } from '../plan/make-plan.ts';
import { secretScrubber } from '../report/content/safe-report.ts';
import { openRun, planRun } from '../run/open-run.ts';
import type { AnswerDifference, CompareReport, NotCompared, Side } from './compare-report.ts';
import { type Comparison, compareRuns } from './compare-runs.ts';
import { groupDifferences } from './group-differences.ts';

/** One of the two servers. */
export interface ComparedServer {
  readonly transport: Transport;
  readonly credentials?: CredentialOptions | undefined;
  readonly ledger?: string | undefined;
  /** Whether it was started for the comparison. */
  readonly ownServer?: boolean | undefined;
}

export interface CompareOptions extends PlanOptions, Omit<ServerMannersOptions, 'ownServer'> {
  readonly left: ComparedServer;
  readonly right: ComparedServer;
  /** What the left server is run against once more, to learn which of its values are never the same; absent: itself. */
  readonly again?: ComparedServer | undefined;
  readonly write?: boolean | undefined;
  readonly workers?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told of the plan before anything is sent; what it throws ends the comparison. */
  readonly onPlan?: ((plan: Plan) => void) | undefined;
  readonly onCase?: ((done: number, of: number) => void) | undefined;
}

/**
 * Sends the same plan to two servers, and says in what their answers differ: in status, header fields, shape, and those values
 * that should be the same everywhere. The left one is run against twice: what differs there is its own way, and not told.
 *
 * @throws SparringError `target-unreachable` that names the side
 */
export async function compareServers(document: ApiDocument, options: CompareOptions): Promise<CompareReport> {
  const planned = planRun(document, options);
  options.onPlan?.(planned.plan);
  const { cases, seed } = planned.plan;
  const { again = options.left, left, right } = options;
  let done = 0;
  const tell = () => options.onCase?.(++done, cases.length * 3);
  const one = await carryOut(planned, 'left', left, options, tell);
  const other = await carryOut(planned, 'right', right, options, tell);
  const learned = await carryOut(reachedBy(planned, other.runs), 'left', again, options, tell, 'again');
  const { answers, differences } = told(planned, one, other, learned);
  const groups = groupDifferences(document, differences, {
    left: secretScrubber(one.runs, left.credentials),
    right: secretScrubber(other.runs, right.credentials),
  });
  return {
    api: document.name,
    title: document.title,
    version: document.version,
    file: document.file,
    seed,
    targets: { left: left.transport.url, right: right.transport.url },
    counts: { cases: cases.length, answers, differences: differences.length },
    groups,
    notCompared: [one, other].flatMap(notCompared),
    leftovers: [one, learned, other].flatMap(({ leftovers, side }) =>
      leftovers.map((leftover) => ({ ...leftover, side })),
    ),
    aborted: [one, learned, other].some(({ aborted }) => aborted),
  };
}

/** A request that was not sent to the other side teaches nothing about differences. */
function reachedBy(planned: PlannedRun, runs: readonly CaseRun[]): PlannedRun {
  const reached = new Set(runs.filter(({ exchanges }) => exchanges.length > 0).map((run) => run.case.id));
  return {
    ...planned,
    plan: { ...planned.plan, cases: planned.plan.cases.filter(({ id }) => reached.has(id)) },
  };
}

/** The differences but for what the left server answers now so and now so. */
function told({ context }: PlannedRun, one: Carried, other: Carried, learned: Carried): Comparison {
  const habits = new Set(compareRuns(context, one.runs, learned.runs).differences.map(habitOf));
  const { answers, differences } = compareRuns(context, one.runs, other.runs);
  return { answers, differences: differences.filter((difference) => !habits.has(habitOf(difference))) };
}

interface Carried {
  readonly side: Side;
  readonly runs: readonly CaseRun[];
  readonly leftovers: ContractRun['leftovers'];
  readonly aborted: boolean;
}

async function carryOut(
  planned: PlannedRun,
  side: Side,
  { credentials, ledger, ownServer, transport }: ComparedServer,
  options: CompareOptions,
  onCase: () => void,
  turn = '',
): Promise<Carried> {
  const { allow, allowLeftovers, dangerous, signal, workers, write } = options;
  const namespace = `diff-${planned.plan.seed}-${side}${turn}`;
  try {
    const run = await openRun(planned, transport, {
      allow,
      allowLeftovers,
      dangerous,
      ownServer,
      credentials,
      ledger,
      namespace,
      signal,
      workers,
      write,
    });
    try {
      const { aborted, givenUp, isGone, runs } = await run.execute(planned.plan.cases, onCase);
      await run.finish();
      if (isGone) throw new SparringError('target-unreachable', givenUp ?? '');
      return { side, aborted, runs, leftovers: run.leftovers };
    } finally {
      await run.close();
    }
  } catch (error) {
    if (!(error instanceof SparringError) || error.code !== 'target-unreachable') throw error;
    throw new SparringError('target-unreachable', `The ${side} server is not there. ${error.message}`, {
      cause: error,
    });
  }
}

/** Answers that differ between two runs on the same server: such differences say nothing about the other server. */
function habitOf({ kind, location, operation }: AnswerDifference): string {
  return `${kind} ${operation} ${location}`;
}

function notCompared({ runs, side }: Carried): readonly NotCompared[] {
  const stopped = runs.filter(({ notRun }) => notRun !== undefined);
  return [...Map.groupBy(stopped, ({ notRun }) => notRun ?? '')].map(([reason, some]) => ({
    side,
    reason,
    cases: some.map((run) => run.case.id),
  }));
}
