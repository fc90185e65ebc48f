import { SparringError } from '../../errors.ts';
import type { Operation } from '../../openapi/document/document.ts';
import type { Case } from '../model/case.ts';
import type { CaseRun } from '../model/case-run.ts';
import type { Plan } from '../model/plan.ts';
import type { Environment } from './environment/environment.ts';
import { runCase } from './run-case.ts';

/** What became of the cases of a plan. */
export interface ExecutedPlan {
  readonly runs: readonly CaseRun[];
  /** Whether some were not begun. */
  readonly aborted: boolean;
  /** Why it was of no use to go on, as a sentence. */
  readonly givenUp: string | undefined;
}

export interface ExecuteOptions {
  /** How many cases run at once; default 1. */
  readonly workers?: number | undefined;
  /** Told of every case as it ends. */
  readonly onCase?: ((run: CaseRun, done: number, of: number) => void) | undefined;
}

/** How many requests in a row may find nobody there before the run is given up. */
const mostLost = 3;
/** How many may stay without an answer, or be answered that there are too many of them, before the run ends. */
const mostSilent = 6;
const mostLimited = 5;
/** How many cases of one operation in a row may end in silence before its others are left out. */
const mostSilentCases = 3;

/**
 * Runs all cases of a plan; the answer is in the plan's order, whatever the order they ended in.
 *
 * @throws SparringError `target-unreachable`
 */
export async function executePlan(
  environment: Environment,
  plan: Plan,
  { onCase, workers = 1 }: ExecuteOptions = {},
): Promise<ExecutedPlan> {
  const { cases } = plan;
  const runs: (CaseRun | undefined)[] = cases.map(() => undefined);
  const queue = [...cases.keys()].filter((index) => cases[index]?.alone !== true);
  const alone = [...cases.keys()].filter((index) => cases[index]?.alone === true);
  const silentCases = new Map<Operation, number>();
  let done = 0;
  let givenUp: string | undefined;
  let problem: { readonly error: unknown } | undefined;

  async function work(indexes: number[]): Promise<void> {
    while (!environment.signal?.aborted && !problem && givenUp === undefined) {
      const index = indexes.shift();
      const planned = index === undefined ? undefined : cases[index];
      if (index === undefined || !planned) return;
      const isLeftOut = (silentCases.get(planned.operation) ?? 0) >= mostSilentCases;
      const run = isLeftOut ? leftOut(planned) : await runCase(environment, planned);
      runs[index] = run;
      done += 1;
      noteSilence(run);
      assertReachable();
      givenUp ??= reasonToEnd(environment, silentCases);
      onCase?.(run, done, cases.length);
    }
  }

  function noteSilence({ case: { operation }, exchanges }: CaseRun): void {
    const last = exchanges.at(-1);
    if (last?.failure?.kind === 'timeout') silentCases.set(operation, (silentCases.get(operation) ?? 0) + 1);
    else if (last?.response) silentCases.delete(operation);
  }

  function assertReachable(): void {
    const { lost, url } = environment.transport;
    if (lost.count >= mostLost)
      throw new SparringError('target-unreachable', `${url} cannot be reached any more: ${lost.message}.`);
  }

  // Whoever fails, all others end what they began, and clean up.
  const guarded = (indexes: number[]) =>
    work(indexes).catch((error: unknown) => {
      problem ??= { error };
    });
  await Promise.all(Array.from({ length: Math.max(1, workers) }, () => guarded(queue)));
  await guarded(alone);
  if (problem) throw problem.error;
  const whole = runs.map((run, index) => run ?? notBegun(cases[index]));
  return {
    runs: whole.filter((run) => run !== undefined),
    aborted: runs.includes(undefined) || environment.signal?.aborted === true,
    givenUp,
  };
}

/** Why it is of no use to go on; undefined where it is. One operation that hangs is not the whole server. */
function reasonToEnd(
  { transport }: Environment,
  silentCases: ReadonlyMap<Operation, number>,
): string | undefined {
  const { limited, silent } = transport;
  if (silent >= mostSilent && (silentCases.size > 1 || silent >= 3 * mostSilent))
    return `The server gave no whole answer to ${silent} requests in a row.`;
  if (limited.count < mostLimited) return undefined;
  const asked =
    limited.retryAfter === undefined ? '' : `, the last with Retry-After: ${limited.retryAfter.slice(0, 60)}`;
  return `The server answered ${limited.count} requests in a row that there are too many of them (429${asked}).`;
}

function leftOut(planned: Case): CaseRun {
  const notRun = `the operation gave no whole answer ${mostSilentCases} times in a row`;
  return { case: planned, exchanges: [], bindings: {}, notRun };
}

function notBegun(planned: Case | undefined): CaseRun | undefined {
  return planned && { case: planned, exchanges: [], bindings: {}, notRun: 'the run was ended before' };
}
