import type { Operation } from '../../openapi/document/document.ts';
import type { ServedApi } from '../../server/model/served-api.ts';
import type { Script, WitnessCause, WitnessRequest } from './script.ts';

export const families = ['answers', 'validation', 'state', 'lists', 'authentication', 'webhooks'] as const;

/** What a fault is about. */
export type Family = (typeof families)[number];

/** One way for a server to be wrong. */
export interface MutantOperator {
  /** Unique among the operators. */
  readonly id: string;
  readonly family: Family;
  /** The fault in one sentence, as of the mutant. */
  readonly fault: string;
  /** Every place where it could make a difference, in the document's order. */
  mutations(subject: MutationSubject): readonly Mutation[];
}

/** An operator at one place. */
export interface Mutation {
  /** What names the place: `createCustomer`, `createCustomer body/email`, an event. */
  readonly place: string;
  /** The operation that is wrong; undefined for webhooks that nothing in particular causes. */
  readonly operation: Operation | undefined;
  /** The API with the fault in it. */
  plant(api: ServedApi): ServedApi;
  /** Requests that a mutant answers, or whose webhooks it sends, otherwise than a healthy mock. */
  readonly witness: readonly WitnessRequest[];
  /** The fault is that something is granted: where the witness's last request is refused all the same, it is not there. */
  readonly grants?: boolean;
  /** How the witness's receiver of webhooks answers: the first `failures` deliveries are refused. */
  readonly failures?: number;
}

/** A healthy mock as operators see it, and what was tried out on it. */
export interface MutationSubject {
  readonly api: ServedApi;
  /** Where to choose among many. */
  readonly seed: number;
  /** One for each operation of which a request is known that succeeds, in the document's order. */
  readonly scripts: readonly Script[];
  scriptOf(operation: Operation | undefined): Script | undefined;
  /** One for each event that something could be found to cause. */
  readonly causes: readonly WitnessCause[];
}
