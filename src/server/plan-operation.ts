import type { Problem } from '../errors.ts';
import { type AnswerCheck, prepareAnswerCheck } from '../openapi/answer/check-answer.ts';
import type { Operation } from '../openapi/document/document.ts';
import { prepareOperation, type RequestPlan } from '../openapi/request/validate-request.ts';
import type { Behaviour } from '../providers/model/provider.ts';
import { createActionBehaviour } from './actions/create-action-behaviour.ts';
import { issueToken, tokenErrorBody } from './actions/issue-token.ts';
import { completeAnswer } from './answers/complete-answer.ts';
import { declaredErrorBody } from './answers/declared-error-body.ts';
import type { ErrorFacts } from './answers/error-template.ts';
import type { ServedApi } from './serve-api.ts';

/** All that one operation needs per request, computed on its first request and kept. */
export interface OperationPlan {
  readonly operation: Operation;
  readonly request: RequestPlan;
  readonly answer: AnswerCheck;
  /** The provider's own, else the resource's action; undefined: answered by negotiation. */
  readonly behaviour: Behaviour | undefined;
  /** What completes an answer whose record shows less than the document asks for; only where the behaviour was inferred. */
  readonly complete: ((body: unknown) => unknown) | undefined;
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

export function planOperation(api: ServedApi, operation: Operation): OperationPlan {
  return {
    operation,
    request: prepareOperation(api.document, api.validators, operation),
    answer: prepareAnswerCheck(api.document, api.validators, operation),
    behaviour: behaviourOf(api, operation),
    complete: completionOf(api, operation),
    callsBack: operation.definition.callbacks !== undefined || operation.extension.emits !== undefined,
    errorStatus: (problem) => errorStatus(api, operation, problem),
    errorBody: (status, facts) =>
      tokenErrorBody(api.document, operation, status, facts) ??
      declaredErrorBody(api, operation, status, facts),
  };
}

function behaviourOf(api: ServedApi, operation: Operation): Behaviour | undefined {
  const own = api.provider?.behaviours[operation.id];
  if (own) return own;
  if (operation.extension.action === 'token') return issueToken;
  const action = api.model.actionOf(operation);
  return action && createActionBehaviour(api.document, api.model, action);
}

function completionOf(api: ServedApi, operation: Operation): OperationPlan['complete'] {
  if (api.provider?.behaviours[operation.id] || operation.extension.action === 'token') return undefined;
  const { provenance, schema } = api.model.actionOf(operation) ?? {};
  if (provenance !== 'inferred' || schema === undefined) return undefined;
  return (body) => completeAnswer(api, schema, body);
}

/** The provider's status for the code, else for invalid input the operation's 422 or 400 (whichever it declares, 422 first), else the table's. */
function errorStatus(api: ServedApi, operation: Operation, problem: Problem): number {
  const own = api.document.extension.errors?.statuses?.[problem.code];
  if (own !== undefined) return own;
  if (problem.code !== 'invalid-request') return problem.status;
  return operation.responses.some(({ status }) => status === '422') ? 422 : 400;
}
