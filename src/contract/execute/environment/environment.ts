import type { Operation } from '../../../openapi/document/document.ts';
import type { CaseExchange } from '../../model/exchange.ts';
import type { Leftover } from '../../model/run-report.ts';
import type { PlanContext } from '../../plan/requests/plan-context.ts';
import type { Credentials } from '../credentials/credentials.ts';
import type { MockControls } from '../transport/mock-controls.ts';
import type { WatchedTransport } from '../transport/watched-transport.ts';
import type { Ledger } from './ledger.ts';
import type { ServerManners } from './server-manners.ts';
import type { WebhookReceiver } from './webhook-receiver.ts';

/** A record that a case knows. */
export interface BoundRecord {
  readonly collection: string;
  readonly id: string;
  readonly record: unknown;
  /** Values of the parameters of the path it was made or found under. */
  readonly path: Readonly<Record<string, unknown>>;
  /** Whether this run made it; others are only ever read. */
  readonly owned: boolean;
}

/** A thing of which there is one, as it was before the run wrote to it, and what writes it. */
export interface KeptSingleton {
  readonly read: Operation;
  readonly write: Operation;
  /** Parameters of its path. */
  readonly path: Readonly<Record<string, unknown>>;
  readonly value: unknown;
}

/** How a record is brought into a state that an operation accepts: a check, for instance, needs a completed session. */
export interface SetupStrategy {
  readonly collection: string;
  /** A control of the mock, or how far its clock is moved on; undefined: the record as it was made. */
  readonly control?: string;
  readonly advance?: string;
}

/** Everything that the cases of one run share while they are executed. */
export interface Environment {
  readonly context: PlanContext;
  readonly transport: WatchedTransport;
  readonly credentials: Credentials;
  readonly ledger: Ledger;
  readonly controls: MockControls | undefined;
  /** The mock's namespace that the run has to itself. */
  readonly namespace: string | undefined;
  readonly isLoopback: boolean;
  /** Whether anything may be created, changed or deleted. */
  readonly write: boolean;
  /** What is not done at this server. */
  readonly manners: ServerManners;
  /** What makes records good for an operation, once found out; null: nothing did. */
  readonly strategies: Map<Operation, Promise<SetupStrategy | null>>;
  /** What was found out of operations that refuse what the document allows: how they are asked instead. */
  readonly remedies: {
    readonly known: Map<Operation, Promise<ReadonlyMap<string, unknown> | undefined>>;
    /** How often one was made use of. */
    used: number;
  };
  /** Ways in which somebody without rights has already tried to get in, where that must not be tried often. */
  readonly attempted: Set<string>;
  /** What is to be told of the run beside its verdicts. */
  readonly notices: string[];
  readonly leftovers: Leftover[];
  /** What could not be deleted as nobody was there; it is tried again at the end. */
  readonly unfinished: BoundRecord[];
  /** Server errors to what one case needed or cleaned up; each case has its own. */
  readonly asides?: CaseExchange[];
  /** What singletons were before the run wrote to them, by their paths. */
  readonly singletons: Map<string, Promise<KeptSingleton | undefined>>;
  /** Milliseconds that a server is waited for that went away; default 20 seconds. */
  readonly patience: number | undefined;
  /** Where webhooks arrive; undefined where the server cannot reach this machine. */
  readonly webhookReceiver: (() => Promise<WebhookReceiver>) | undefined;
  readonly signal: AbortSignal | undefined;
}

/** One case under way: where it takes place, and what it has made so far. */
export interface CaseContext {
  readonly environment: Environment;
  readonly namespace: string | undefined;
  /** Makes addresses in generated records this case's own. */
  readonly key: string;
  readonly bindings: Map<string, BoundRecord>;
  /** In the order they were made. */
  readonly owned: BoundRecord[];
  /** Of these, what a step has deleted. */
  readonly deleted: Set<BoundRecord>;
}
