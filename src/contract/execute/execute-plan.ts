import type { Operation } from '../../openapi/document/document.ts';
import type { Case } from '../model/case.ts';
import type { CaseRun } from '../model/case-run.ts';
import type { Plan } from '../model/plan.ts';
import type { Environment } from './environment/environment.ts';
import { watchOutages } from './outage.ts';
import { runCase } from './run-case.ts';
import { watchStandstill } from './standstill.ts';

/** What became of the cases of a plan. */
export interface ExecutedPlan {
  readonly runs: readonly CaseRun[];
  /** Whether some were not begun. */
  readonly aborted: boolean;
  /** Why it was of no use to go on, as a sentence. */
  readonly givenUp: string | undefined;
  /** Whether that is since the server went away, and stayed away. */
  readonly isGone: boolean;
}

export interface ExecuteOptions {
  /** How many cases run at once; default 1. */
  readonly workers?: number | undefined;
  /** Told of every case as it ends. */
  readonly onCase?: ((run: CaseRun, done: number, of: number) => void) | undefined;
}

/** How many may stay without an answer, or be answered that there are too many of them, before the run ends. */
const mostSilent = 6;
const mostLimited = 5;
/** How many cases of one operation in a row may end in silence before its others are left out. */
const mostSilentCases = 3;

/**
 * Runs all cases of a plan; the answer is in the plan's order, whatever the order they ended in.
 * Where the server goes away it is waited for, and what was cut off is tried again.
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
  const outage = watchOutages(environment);
  const standstill = watchStandstill(environment);
  let given: string | undefined;
  let stopped: string | undefined;
  let problem: { readonly error: unknown } | undefined;

  async function work(indexes: number[]): Promise<void> {
    while (!environment.signal?.aborted && !problem && reasonSoFar() === undefined) {
      await outage.settled();
      const index = indexes.shift();
      const planned = index === undefined ? undefined : cases[index];
      if (index === undefined || !planned || runs[index]) return;
      const isLeftOut = (silentCases.get(planned.operation) ?? 0) >= mostSilentCases;
      const before = outage.count;
      const once = () => runCase(environment, planned);
      const replace = (other: CaseRun) => {
        runs[index] = other;
      };
      const run = isLeftOut
        ? leftOut(planned)
        : await outage.attend({ run: await once(), again: once, replace }, before);
      runs[index] = run;
      done += 1;
      noteSilence(run);
      await noteStandstill(run, index);
      given ??= reasonToEnd(environment, silentCases);
      onCase?.(run, done, cases.length);
    }
  }

  function noteSilence({ case: { operation }, exchanges }: CaseRun): void {
    const last = exchanges.at(-1);
    if (last?.failure?.kind === 'timeout') silentCases.set(operation, (silentCases.get(operation) ?? 0) + 1);
    else if (last?.response) silentCases.delete(operation);
  }

  const reasonSoFar = () => given ?? outage.gone ?? stopped;

  /** What saw nothing but the standstill was as good as not run; the request that brought it about is what is told. */
  async function noteStandstill(run: CaseRun, index: number): Promise<void> {
    if (stopped !== undefined) return;
    const found = await standstill.see(run, index);
    if (!found || stopped !== undefined) return;
    stopped = `Of what was left nothing was run, as ${found.because}.`;
    for (const affected of found.affected) {
      const seen = runs[affected];
      if (seen) runs[affected] = { ...seen, exchanges: [], notRun: found.because };
    }
    const culprit = runs[found.culprit.run];
    const { exchange } = found.culprit;
    if (culprit) runs[found.culprit.run] = { ...culprit, aftermath: { exchange, what: found.because } };
    for (const [at, planned] of cases.entries())
      runs[at] ??= { case: planned, exchanges: [], bindings: {}, notRun: found.because };
  }

  // Whoever fails, all others end what they began, and clean up.
  const guarded = (indexes: number[]) =>
    work(indexes).catch((error: unknown) => {
      problem ??= { error };
    });
  await Promise.all(Array.from({ length: Math.max(1, workers) }, () => guarded(queue)));
  await guarded(alone);
  if (problem) throw problem.error;
  const isGone = outage.gone !== undefined;
  const whole = runs.map((run, index) => run ?? notBegun(cases[index], isGone));
  return {
    runs: whole.filter((run) => run !== undefined),
    aborted: runs.includes(undefined) || environment.signal?.aborted === true,
    givenUp: reasonSoFar(),
    isGone,
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

function notBegun(planned: Case | undefined, isGone: boolean): CaseRun | undefined {
  const notRun = isGone ? 'the server went away' : 'the run was ended before';
  return planned && { case: planned, exchanges: [], bindings: {}, notRun };
}
