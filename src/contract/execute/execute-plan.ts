import { SparringError } from '../../errors.ts';
import type { Case } from '../model/case.ts';
import type { CaseRun } from '../model/case-run.ts';
import type { Plan } from '../model/plan.ts';
import type { Environment } from './environment/environment.ts';
import { runCase } from './run-case.ts';

export interface ExecuteOptions {
  /** How many cases run at once; default 1. */
  readonly workers?: number | undefined;
  /** Told of every case as it ends. */
  readonly onCase?: ((run: CaseRun, done: number, of: number) => void) | undefined;
}

/** How many requests in a row may find nobody there before the run is given up. */
const mostLost = 3;

/**
 * Runs all cases of a plan; the answer is in the plan's order, whatever the order they ended in.
 *
 * @throws SparringError `target-unreachable`
 */
export async function executePlan(
  environment: Environment,
  plan: Plan,
  { onCase, workers = 1 }: ExecuteOptions = {},
): Promise<{ readonly runs: readonly CaseRun[]; readonly aborted: boolean }> {
  const { cases } = plan;
  const runs: (CaseRun | undefined)[] = cases.map(() => undefined);
  const queue = [...cases.keys()].filter((index) => cases[index]?.alone !== true);
  const alone = [...cases.keys()].filter((index) => cases[index]?.alone === true);
  let done = 0;
  let problem: { readonly error: unknown } | undefined;

  async function work(indexes: number[]): Promise<void> {
    while (!environment.signal?.aborted && !problem) {
      const index = indexes.shift();
      const planned = index === undefined ? undefined : cases[index];
      if (index === undefined || !planned) return;
      const run = await runCase(environment, planned);
      runs[index] = run;
      done += 1;
      assertReachable();
      onCase?.(run, done, cases.length);
    }
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
  };
}

function notBegun(planned: Case | undefined): CaseRun | undefined {
  return planned && { case: planned, exchanges: [], bindings: {}, notRun: 'the run was ended before' };
}
