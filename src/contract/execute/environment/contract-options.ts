import type { CaseRun } from '../../model/case-run.ts';
import type { Check } from '../../model/check.ts';
import type { Plan } from '../../model/plan.ts';
import type { PlanOptions } from '../../plan/make-plan.ts';
import type { CredentialOptions } from '../credentials/credentials.ts';
import type { MockControls } from '../transport/mock-controls.ts';
import type { ServerMannersOptions } from './server-manners.ts';
import type { WebhookReceiverOptions } from './webhook-receiver.ts';

export interface ContractOptions extends PlanOptions, ServerMannersOptions {
  readonly credentials?: CredentialOptions | undefined;
  /** Allows to create, change and delete on a target that is not this machine. */
  readonly write?: boolean | undefined;
  /** Whether facts that the document only infers fail the run too; default: only at a server of the run's own, or a mock. */
  readonly strict?: boolean | undefined;
  /** Whether nobody but the run uses the account, so that whole lists can be judged; default: only on this machine. */
  readonly exclusive?: boolean | undefined;
  /**
   * The share of operations, of those that are tried, that must answer a success; default: half, of a server that is no mock of ours, and of
   * that none.
   */
  readonly minCoverage?: number | undefined;
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
  /** Milliseconds that a server is waited for that went away in the middle; default 20 seconds. */
  readonly patience?: number | undefined;
  /** Ends the run after the cases under way; what they made is cleaned up. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which nothing more is sent than what cleans up; what is left of the plan is not run. */
  readonly maxTime?: number | undefined;
  /** Whether the run ends with the first failure; the cases under way still clean up. */
  readonly bail?: boolean | undefined;
  /** Told of the plan before anything is sent; what it throws ends the run. */
  readonly onPlan?: ((plan: Plan) => void) | undefined;
  readonly onCase?: ((run: CaseRun, done: number, of: number) => void) | undefined;
  /** Milliseconds since the epoch, for how long tokens last; default: the system's. */
  readonly now?: (() => number) | undefined;
}
