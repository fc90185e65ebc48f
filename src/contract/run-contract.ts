import { SparringError } from '../errors.ts';
import type { ApiDocument } from '../openapi/document.ts';
import { type CredentialOptions, createCredentials } from './execute/credentials.ts';
import type { Environment } from './execute/environment.ts';
import { executePlan } from './execute/execute-plan.ts';
import { createLedger } from './execute/ledger.ts';
import { findMockControls, type MockControls } from './execute/mock-controls.ts';
import { isLoopback, type Transport } from './execute/transport.ts';
import { watchTransport } from './execute/watched-transport.ts';
import { judge } from './judge.ts';
import { makePlan, type PlanOptions } from './plan/make-plan.ts';
import { createPlanContext } from './plan/plan-context.ts';
import type { CaseRun, Check, Leftover, RunReport, Verdict } from './types.ts';

export interface ContractOptions extends PlanOptions {
  readonly credentials?: CredentialOptions | undefined;
  /** Allows to create, change and delete on a target that is not this machine. */
  readonly write?: boolean | undefined;
  /** Allows to create what no operation can delete. */
  readonly allowLeftovers?: boolean | undefined;
  /** Whether facts that the document only infers fail the run too; default: only on this machine. */
  readonly strict?: boolean | undefined;
  /** How many cases run at once; default 1 on a mock, else 4. */
  readonly workers?: number | undefined;
  /** What can be made to happen on the server; default: found out, where it runs on this machine. */
  readonly controls?: MockControls | undefined;
  /** File of the ledger of what the run creates; absent: none is kept. */
  readonly ledger?: string | undefined;
  readonly checks?: readonly Check[] | undefined;
  /** Ends the run after the cases under way; what they made is cleaned up. */
  readonly signal?: AbortSignal | undefined;
  readonly onCase?: ((run: CaseRun, done: number, of: number) => void) | undefined;
  /** Milliseconds since the epoch, for how long tokens last; default: the system's. */
  readonly now?: (() => number) | undefined;
}

/**
 * Finds out whether a server keeps its document's word: plans, executes and judges. On a mock the run has a namespace of its
 * own; on any other server it deletes what it created, and touches nothing else. The same seed gives the same plan, and on a
 * server that answers the same, the same verdicts.
 *
 * @throws SparringError `target-unreachable`; `document-invalid`
 */
export async function runContract(
  document: ApiDocument,
  target: Transport,
  options: ContractOptions = {},
): Promise<RunReport> {
  const context = createPlanContext(document, options.seed ?? 1);
  const plan = makePlan(document, options, context);
  const transport = watchTransport(target);
  await assertReachable(transport);
  const controls = options.controls ?? (await findMockControls(transport, document.name));
  const leftovers: Leftover[] = [];
  const ledger = createLedger(options.ledger);
  ledger.add({ kind: 'run', api: document.name, target: transport.url, seed: plan.seed });
  const local = isLoopback(transport.url);
  const environment: Environment = {
    context,
    transport,
    credentials: createCredentials({
      document,
      transport,
      options: options.credentials ?? {},
      demo: local,
      isMock: controls !== undefined,
      now: options.now ?? Date.now,
    }),
    ledger,
    controls,
    namespace: controls && `contract-${plan.seed}`,
    isLoopback: local,
    write: local || options.write === true,
    allowLeftovers: options.allowLeftovers === true,
    recipes: new Map(),
    leftovers,
    signal: options.signal,
  };
  try {
    const { aborted, runs } = await executePlan(environment, plan, {
      workers: options.workers ?? (controls ? 1 : 4),
      onCase: options.onCase,
    });
    const strict = options.strict ?? local;
    const verdicts = judge(runs, { ...context, isLoopback: local }, { checks: options.checks, strict });
    return {
      api: document.name,
      title: document.title,
      version: document.version,
      file: document.file,
      target: transport.url,
      seed: plan.seed,
      verdicts,
      notRun: runs.flatMap(({ case: { id, operation }, notRun }) =>
        notRun === undefined ? [] : [{ case: id, operation: operation.id, reason: notRun }],
      ),
      gaps: plan.gaps,
      leftovers,
      counts: countsOf(runs, verdicts),
      runs,
      aborted,
    };
  } finally {
    if (environment.namespace !== undefined) await dropNamespaces(controls, environment.namespace);
  }
}

async function assertReachable(transport: Transport): Promise<void> {
  const { failure } = await transport.send({
    method: 'GET',
    url: `${transport.url}/`,
    headers: {},
    body: undefined,
  });
  if (failure?.kind === 'unreachable')
    throw new SparringError('target-unreachable', `${transport.url} cannot be reached: ${failure.message}.`);
}

async function dropNamespaces(controls: MockControls | undefined, namespace: string): Promise<void> {
  await controls?.drop(namespace);
  await controls?.drop(`${namespace}-expired`);
}

function countsOf(runs: readonly CaseRun[], verdicts: readonly Verdict[]): RunReport['counts'] {
  return {
    cases: runs.length,
    notRun: runs.filter(({ notRun }) => notRun !== undefined).length,
    requests: runs.reduce((sum, { exchanges }) => sum + exchanges.length, 0),
    assertions: verdicts.length,
    failed: verdicts.filter(({ outcome }) => outcome === 'failed').length,
    fatal: verdicts.filter(({ fatal }) => fatal).length,
  };
}
