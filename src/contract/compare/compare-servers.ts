import { SparringError } from '../../errors.ts';
import type { ApiDocument } from '../../openapi/document.ts';
import type { CredentialOptions } from '../execute/credentials.ts';
import type { Transport } from '../execute/transport.ts';
import { type OpenRun, openRun, type PlannedRun, planRun } from '../open-run.ts';
import type { PlanOptions } from '../plan/make-plan.ts';
import { curlOf } from '../report/curl-of.ts';
import type { CaseRun } from '../types.ts';
import { compareRuns } from './compare-runs.ts';
import type { CompareReport, Difference, DifferenceGroup, NotCompared, Side } from './types.ts';

/** One of the two servers. */
export interface ComparedServer {
  readonly transport: Transport;
  readonly credentials?: CredentialOptions | undefined;
  readonly ledger?: string | undefined;
}

export interface CompareOptions extends PlanOptions {
  readonly left: ComparedServer;
  readonly right: ComparedServer;
  /** What the left server is run against once more, to learn which of its values are never the same; absent: itself. */
  readonly again?: ComparedServer | undefined;
  readonly write?: boolean | undefined;
  readonly allowLeftovers?: boolean | undefined;
  readonly workers?: number | undefined;
  readonly signal?: AbortSignal | undefined;
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
  const { left, right } = options;
  const total = planned.plan.cases.length * 3;
  let done = 0;
  const tell = () => options.onCase?.(++done, total);
  const one = await carryOut(planned, 'left', left, options, tell);
  const other = await carryOut(planned, 'right', right, options, tell);
  // What cannot be compared need not be learned about.
  const ran = new Set(other.runs.filter(({ exchanges }) => exchanges.length > 0).map((run) => run.case.id));
  const cases = planned.plan.cases.filter(({ id }) => ran.has(id));
  const learned = { ...planned, plan: { ...planned.plan, cases } };
  const again = await carryOut(learned, 'left', options.again ?? left, options, tell, 'again');
  const { context } = planned;
  const own = new Set(compareRuns(context, one.runs, again.runs).differences.map(habitOf));
  const compared = compareRuns(context, one.runs, other.runs);
  const differences = compared.differences.filter((difference) => !own.has(habitOf(difference)));
  const leftovers = (side: Side, run: Carried) => run.leftovers.map((leftover) => ({ ...leftover, side }));
  return {
    api: document.name,
    title: document.title,
    version: document.version,
    file: document.file,
    seed: planned.plan.seed,
    targets: { left: left.transport.url, right: right.transport.url },
    counts: { cases: planned.plan.cases.length, answers: compared.answers, differences: differences.length },
    groups: groupDifferences(document, differences),
    notCompared: [...notCompared('left', one.runs), ...notCompared('right', other.runs)],
    leftovers: [...leftovers('left', one), ...leftovers('left', again), ...leftovers('right', other)],
    aborted: one.aborted || other.aborted || again.aborted,
  };
}

interface Carried {
  readonly runs: readonly CaseRun[];
  readonly leftovers: OpenRun['leftovers'];
  readonly aborted: boolean;
}

async function carryOut(
  planned: PlannedRun,
  side: Side,
  { credentials, ledger, transport }: ComparedServer,
  options: CompareOptions,
  onCase: () => void,
  turn = '',
): Promise<Carried> {
  const { allowLeftovers, signal, workers, write } = options;
  const namespace = `diff-${planned.plan.seed}-${side}${turn}`;
  try {
    const run = await openRun(planned, transport, {
      allowLeftovers,
      credentials,
      ledger,
      namespace,
      signal,
      workers,
      write,
    });
    try {
      const { aborted, runs } = await run.execute(planned.plan.cases, onCase);
      return { aborted, runs, leftovers: run.leftovers };
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

/** What a server does now so and now so. */
function habitOf({ kind, location, operation }: Difference): string {
  return `${kind} ${operation} ${location}`;
}

const order: readonly Difference['kind'][] = [
  'answer',
  'status',
  'body',
  'header',
  'field',
  'type',
  'format',
  'value',
];

/** One group for each cause, the gravest kind first, then what shows most often. */
function groupDifferences(
  document: ApiDocument,
  differences: readonly Difference[],
): readonly DifferenceGroup[] {
  const groups = [...Map.groupBy(differences, ({ cause }) => cause).values()].flatMap((all) => {
    const [first] = all;
    if (!first) return [];
    const { left, right } = first.exchanges;
    return [
      {
        first,
        differences: all,
        position: document.position(first.pointer),
        curls: { left: curlOf(left), right: curlOf(right) },
      },
    ];
  });
  return groups.sort(
    (one, other) =>
      order.indexOf(one.first.kind) - order.indexOf(other.first.kind) ||
      other.differences.length - one.differences.length,
  );
}

function notCompared(side: Side, runs: readonly CaseRun[]): readonly NotCompared[] {
  const stopped = runs.filter(({ notRun }) => notRun !== undefined);
  return [...Map.groupBy(stopped, ({ notRun }) => notRun ?? '')].map(([reason, some]) => ({
    side,
    reason,
    cases: some.map((run) => run.case.id),
  }));
}
