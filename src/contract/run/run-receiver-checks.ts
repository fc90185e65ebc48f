import { randomInt } from 'node:crypto';
import type { ApiDocument } from '../../openapi/document/document.ts';
import { receiverChecks } from '../checks/receivers/index.ts';
import { executeReceiverPlan } from '../execute/receivers/execute-receiver-plan.ts';
import { reachReceiver } from '../execute/receivers/reach-receiver.ts';
import type { CaseRun } from '../model/case-run.ts';
import type { Plan } from '../model/plan.ts';
import type { RunReport } from '../model/run-report.ts';
import { makeReceiverPlan } from '../plan/receivers/make-receiver-plan.ts';
import { createPlanContext, type PlanContext } from '../plan/requests/plan-context.ts';
import { judge } from './judge.ts';
import { noticesOf } from './notices-of.ts';
import { countsOf } from './run-contract.ts';

/** How a receiver is checked; times in milliseconds. */
export interface ReceiverCheckOptions {
  /** Where the receiver takes deliveries, as its provider was told. */
  readonly to: string;
  /** What it verifies with, first; then secrets of other subscriptions, which it must refuse. */
  readonly secret?: string | readonly string[] | undefined;
  /** Tells as JSON what the receiver has done: a URL, or a line of the shell. */
  readonly probe?: string | undefined;
  /** A line of the shell that kills the receiver and starts it again at the same URL; needs `probe`. */
  readonly kill?: string | undefined;
  /** The ids follow from it; default: another one each time, so that no receiver takes them for known. */
  readonly seed?: number | undefined;
  /** Parts of ids of the cases that are wanted, and of those that are not; default: all. */
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  /** Ends the run with the first failure. */
  readonly bail?: boolean | undefined;
  /** After this time no further case is begun; default 50 seconds. */
  readonly maxTime?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onPlan?: ((plan: Plan) => void) | undefined;
  readonly onCase?: ((run: CaseRun, done: number, of: number) => void) | undefined;
}

const usualTime = 50_000;
/** Cases that do not look at the receiver's state, at once. */
const mostWorkers = 4;

/** What a run would ask of a receiver, and what it is judged with. Throws as `runReceiverChecks` does. */
export function planReceiverChecks(
  document: ApiDocument,
  options: Omit<ReceiverCheckOptions, 'to'>,
): { readonly plan: Plan; readonly context: PlanContext } {
  const { kill, only, probe, secret, seed = randomInt(2 ** 31), skip } = options;
  const context = createPlanContext(document, seed);
  const plan = makeReceiverPlan(context, {
    secrets: secret === undefined ? [] : [secret].flat(),
    hasProbe: probe !== undefined,
    hasKill: kill !== undefined,
    only,
    skip,
  });
  return { plan, context };
}

/**
 * Finds out whether somebody's webhook receiver takes what a document's provider sends, refuses what it did not send, and
 * stands what happens on the way. All that is sent is made from the document; nothing else is asked of the receiver.
 *
 * @throws SparringError `target-unreachable`; `usage` for a secret, probe or command that does not work
 */
export async function runReceiverChecks(
  document: ApiDocument,
  options: ReceiverCheckOptions,
): Promise<RunReport> {
  const { bail, maxTime = usualTime, kill, onCase, onPlan, probe, to } = options;
  const { context, plan } = planReceiverChecks(document, options);
  onPlan?.(plan);
  const target = await reachReceiver(to);
  const enough = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, enough.signal]) : enough.signal;
  const judging = { ...context, isLoopback: true, exclusive: true };
  // Whoever asks by this document wants all that it says, its guesses too.
  const judgeRuns = (runs: readonly CaseRun[]) =>
    judge(runs, judging, { checks: receiverChecks, strict: true });
  const { aborted, runs } = await executeReceiverPlan({ target, url: to, probe, kill }, plan.cases, {
    signal,
    workers: mostWorkers,
    maxTime,
    onCase(run, done, of) {
      onCase?.(run, done, of);
      if (bail && judgeRuns([run]).some(({ fatal }) => fatal)) enough.abort();
    },
  });
  const verdicts = judgeRuns(runs);
  return {
    api: document.name,
    title: document.title,
    version: document.version,
    file: document.file,
    target: to,
    seed: plan.seed,
    verdicts,
    notRun: runs.flatMap(({ case: { id, operation }, notRun }) =>
      notRun === undefined ? [] : [{ case: id, operation: operation.id, reason: notRun }],
    ),
    notices: noticesOf({ context, plan }),
    gaps: plan.gaps,
    leftovers: [],
    counts: countsOf(runs, verdicts),
    runs,
    aborted,
    ...(enough.signal.aborted && { isBailed: true }),
    unseen: unseenBy(options, plan),
  };
}

/** What no run of this kind can see, and what this one was not given the means to. */
function unseenBy({ kill, probe }: ReceiverCheckOptions, { gaps }: Plan): readonly string[] {
  return [
    'Whether signatures are compared in constant time.',
    'Whether secrets stand in logs, or in the code.',
    'Whether work is queued, and what becomes of it there.',
    'What happens when the receiver answers 500 of its own accord, and is tried again.',
    ...(probe === undefined
      ? ['Whether an event works once, and which state events lead to: give --probe.']
      : []),
    ...(kill === undefined
      ? ['Whether an event is stored before it is answered: give --kill and --probe.']
      : []),
    ...gaps.map(({ operation, reason }) => `Of ${operation}: ${reason}.`),
  ];
}
