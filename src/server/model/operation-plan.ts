import type { Problem } from '../../errors.ts';
import type { AnswerCheck } from '../../openapi/answer/check-answer.ts';
import type { Operation } from '../../openapi/document/document.ts';
import type { RequestPlan } from '../../openapi/request/prepare-request.ts';
import type { Behaviour } from '../../providers/model/provider.ts';
import type { ErrorFacts } from './error-facts.ts';

/** All that one operation needs per request, computed on its first request and kept. */
export interface OperationPlan {
  readonly operation: Operation;
  /** Makes large schemas ready before the first request is read; undefined where there is nothing to wait for. */
  prepare(): Promise<void> | undefined;
  readonly request: RequestPlan;
  readonly answer: AnswerCheck;
  /** The provider's own, else the resource's action; undefined: answered by negotiation. */
  readonly behaviour: Behaviour | undefined;
  /** What completes an answer whose record shows less than the document asks for; only where the behaviour was inferred. */
  readonly complete: ((body: unknown, notes: string[]) => unknown) | undefined;
  /** Whether an answer is sent as it is where it cannot be completed, rather than refused as an error of the mock. */
  readonly isLenient: boolean;
  /** Whether a success of it fires webhooks or callbacks that the document declares on it. */
  readonly callsBack: boolean;
  /** The status an error has in answers of this operation. */
  errorStatus(problem: Problem): number;
  /** The body the document declares for an error status; undefined where it declares none. */
  errorBody(
    status: number,
    facts: ErrorFacts,
  ): { readonly mediaType: string; readonly body: unknown } | undefined;
}
