import type { ApiDocument } from '../../openapi/document/document.ts';
import type { CredentialOptions } from '../execute/credentials/credentials.ts';
import type { Environment } from '../execute/environment/environment.ts';
import { dropNamespaces, openEnvironment } from '../execute/environment/open-environment.ts';
import {
  type Mailroom,
  openMailroom,
  type WebhookReceiverOptions,
} from '../execute/environment/webhook-receiver.ts';
import { type ExecuteOptions, executePlan } from '../execute/execute-plan.ts';
import { settleCreations } from '../execute/records/settle-creations.ts';
import type { MockControls } from '../execute/transport/mock-controls.ts';
import type { Transport } from '../execute/transport/transport.ts';
import type { CaseRun, Check, Leftover, Plan, Verdict } from '../model/types.ts';
import { makePlan, type PlanOptions } from '../plan/make-plan.ts';
import { createPlanContext, type PlanContext } from '../plan/requests/plan-context.ts';
import { judge } from './judge.ts';

export interface ContractOptions extends PlanOptions {
  readonly credentials?: CredentialOptions | undefined;
  /** Allows to create, change and delete on a target that is not this machine. */
  readonly write?: boolean | undefined;
  /** Allows to create what no operation can delete. */
  readonly allowLeftovers?: boolean | undefined;
  /** Whether facts that the document only infers fail the run too; default: only on this machine. */
  readonly strict?: boolean | undefined;
  /** Whether nobody but the run uses the account, so that whole lists can be judged; default: only on this machine. */
  readonly exclusive?: boolean | undefined;
  /** How many cases run at once; default 1 on a mock, else 4. */
  readonly workers?: number | undefined;
  /** The mock's namespace that the run has to itself; default: one by the seed. */
  readonly namespace?: string | undefined;
  /** What can be made to happen on the server; default: found out, where it runs on this machine. */
  readonly controls?: MockControls | undefined;
  /** File of the ledger of what the run creates; absent: none is kept. */
  readonly ledger?: string | undefined;
  /** How the server reaches what listens for its webhooks; a server that is not this machine needs its `url`. */
  readonly receiver?: WebhookReceiverOptions | undefined;
  readonly checks?: readonly Check[] | undefined;
  /** Whether requests that fail are sent again, smaller and smaller, to find the smallest that does; default: yes. */
  readonly shrink?: boolean | undefined;
  /** Ends the run after the cases under way; what they made is cleaned up. */
  readonly signal?: AbortSignal | undefined;
  /** Whether the run ends with the first failure; the cases under way still clean up. */
  readonly bail?: boolean | undefined;
  /** Told of the plan before anything is sent; what it throws ends the run. */
  readonly onPlan?: ((plan: Plan) => void) | undefined;
  readonly onCase?: ((run: CaseRun, done: number, of: number) => void) | undefined;
  /** Milliseconds since the epoch, for how long tokens last; default: the system's. */
  readonly now?: (() => number) | undefined;
}

/** A plan and the server it is carried out on, as long as that takes. */
export interface OpenRun {
  readonly plan: Plan;
  /** What could not be deleted so far. */
  readonly leftovers: readonly Leftover[];
  /** Runs cases of the plan; the answer is in their order. Throws SparringError `target-unreachable`. */
  execute(
    cases: Plan['cases'],
    onCase?: ExecuteOptions['onCase'],
  ): Promise<{ readonly runs: readonly CaseRun[]; readonly aborted: boolean }>;
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

export function planRun(document: ApiDocument, options: PlanOptions): PlannedRun {
  const context = createPlanContext(document, options.seed ?? 1);
  return { context, plan: makePlan(document, options, context) };
}

/**
 * Gets ready to carry out a plan on a server: finds out whether somebody is there, and whether it is a mock.
 *
 * @throws SparringError `target-unreachable`
 */
export async function openRun(
  { context, plan }: PlannedRun,
  target: Transport,
  options: ContractOptions,
): Promise<OpenRun> {
  let mailroom: Promise<Mailroom> | undefined;
  const openOnce = () => {
    mailroom ??= openMailroom(options.receiver);
    return mailroom;
  };
  const environment = await openEnvironment(context, target, options, openOnce);
  const { controls, isLoopback: local, leftovers } = environment;
  noteRun(environment);
  const judging = { ...context, isLoopback: local, exclusive: options.exclusive ?? local };
  return {
    plan,
    leftovers,
    execute: (cases, onCase) =>
      executePlan(
        environment,
        { ...plan, cases },
        { workers: options.workers ?? (controls ? 1 : 4), onCase },
      ),
    judge: (runs, checks = options.checks) =>
      judge(runs, judging, { checks, strict: options.strict ?? local }),
    finish: () => settleCreations(environment),
    async close() {
      await (await mailroom)?.close();
      await settleCreations(environment);
      await dropNamespaces(environment);
    },
  };
}

/** The first line of a ledger: all that finishes the run later, but for credentials. */
function noteRun({ context, ledger, namespace, transport }: Environment): void {
  const { document, seed } = context;
  const { file, name } = document;
  const target = transport.url;
  ledger.add({ kind: 'run', api: name, file, target, seed, ...(namespace !== undefined && { namespace }) });
}
