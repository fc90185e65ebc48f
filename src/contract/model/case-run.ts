import type { Case } from './case.ts';
import type { CaseExchange } from './exchange.ts';
import type { ReceiverRun } from './receiver-run.ts';
import type { WebhookRun } from './webhook-run.ts';

/** What happened in one case. */
export interface CaseRun {
  readonly case: Case;
  readonly exchanges: readonly CaseExchange[];
  /** Records by the names of needs and of steps that save one. */
  readonly bindings: Readonly<Record<string, unknown>>;
  /** Why it could not be run, or not to its end; a sentence without a full stop. */
  readonly notRun: string | undefined;
  /** What became of the server after one of its requests, by the index of its exchange: a clause. */
  readonly aftermath?: { readonly exchange: number; readonly what: string };
  /** Of a case about webhooks: what it did and what arrived. */
  readonly webhook?: WebhookRun;
  /** Of a case about a receiver: which deliveries its exchanges were, and what the probe told. */
  readonly receiver?: ReceiverRun;
}
