import type { Operation } from '../../openapi/document/document.ts';
import type { CasePhase } from './phase.ts';
import type { ReceiverScript } from './receiver-run.ts';
import type { Step } from './step.ts';
import type { WebhookScript } from './webhook-script.ts';

/** A record that must exist before the first step; the run makes it, and deletes it after the last. */
export interface Precondition {
  /** Name for References. */
  readonly name: string;
  readonly collection: string;
  /** The operation the record must be good for: a check needs a completed session. Undefined: any record will do. */
  readonly usableFor: string | undefined;
}

/** The smallest unit of a run: it makes what it needs, takes its steps in order, and cleans up. */
export interface Case {
  /** Stable for a document and seed: `<operationId>/<phase>/<what>`; unique in its plan. */
  readonly id: string;
  readonly phase: CasePhase;
  /** The operation it is about. */
  readonly operation: Operation;
  /** One line for people: `body/email breaks format`. */
  readonly title: string;
  readonly preconditions: readonly Precondition[];
  readonly steps: readonly Step[];
  /** The collection a sequence is about. */
  readonly collection?: string;
  /** Whether any step may change something when it is (rightly or wrongly) accepted. */
  readonly writes: boolean;
  /** Whether it looks at a whole account, so that no other case may run beside it. */
  readonly alone?: boolean;
  /** For a case about webhooks, which follows its script rather than its steps one by one; the steps say which calls it makes. */
  readonly webhook?: WebhookScript;
  /** For a case about somebody's webhook receiver, which follows it. */
  readonly receiver?: ReceiverScript;
}
