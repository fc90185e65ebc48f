import { SparringError } from '../../../errors.ts';
import type { Case } from '../../model/case.ts';
import type { CaseRun } from '../../model/case-run.ts';
import { type ReceiverEnvironment, runReceiverCase } from './run-receiver-case.ts';

export interface ReceiverExecution {
  readonly signal: AbortSignal;
  /** Cases at once, of those that do not look at the receiver's state. */
  readonly workers: number;
  /** Milliseconds after which no further case is begun. */
  readonly maxTime: number;
  readonly onCase?: ((run: CaseRun, done: number, of: number) => void) | undefined;
}

/** How many deliveries in a row may find nobody there before the run is given up. */
const mostLost = 5;

/**
 * Carries out all cases, the answer is in their order: first those that may run beside each other, then those that must not.
 *
 * @throws SparringError `target-unreachable`, and `usage` for a probe or command that does not work
 */
export async function executeReceiverPlan(
  environment: ReceiverEnvironment,
  cases: readonly Case[],
  { maxTime, onCase, signal, workers }: ReceiverExecution,
): Promise<{ readonly runs: readonly CaseRun[]; readonly aborted: boolean }> {
  const runs = new Map<Case, CaseRun>();
  const started = performance.now();
  const isLate = () => performance.now() - started > maxTime;
  let lost = 0;
  const problems: unknown[] = [];

  const work = async (queue: Case[]): Promise<void> => {
    for (let planned = queue.shift(); planned; planned = queue.shift()) {
      if (signal.aborted || problems.length > 0 || isLate()) return;
      const run = await runReceiverCase(environment, planned);
      runs.set(planned, run);
      const isLost =
        run.exchanges.length > 0 && run.exchanges.every(({ failure }) => failure?.kind === 'unreachable');
      lost = isLost ? lost + 1 : 0;
      if (lost >= mostLost)
        throw new SparringError('target-unreachable', `${environment.url} cannot be reached any more.`);
      onCase?.(run, runs.size, cases.length);
    }
  };
  const guarded = (queue: Case[]) => work(queue).catch((error: unknown) => void problems.push(error));

  const free = cases.filter(({ alone }) => !alone);
  await Promise.all(Array.from({ length: workers }, () => guarded(free)));
  await guarded(cases.filter(({ alone }) => alone));
  if (problems.length > 0) throw problems[0];
  const why = signal.aborted
    ? 'the run was ended before'
    : `the run's ${Math.round(maxTime / 1000)} s were over; run it by itself with --only`;
  return {
    runs: cases.map(
      (planned) => runs.get(planned) ?? { case: planned, exchanges: [], bindings: {}, notRun: why },
    ),
    aborted: signal.aborted,
  };
}
