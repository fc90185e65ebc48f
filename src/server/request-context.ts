import { type Problem, SparringError, type Violation } from '../errors.ts';
import { noViolations } from '../openapi/schema/validators.ts';
import type { Principal } from '../providers/model/provider.ts';
import { asProblem, errorAnswer } from './answers/error-answer.ts';
import { withDeclaredHeaders } from './answers/with-declared-headers.ts';
import type { ApiRequest, ApiResponse } from './message/api-message.ts';
import type { Exchange } from './message/exchange.ts';
import type { OperationPlan } from './model/operation-plan.ts';
import type { ServedApi } from './model/served-api.ts';
import type { ServedNamespace } from './model/served-namespace.ts';
import type { Fault } from './traffic/faults.ts';

/** What is known of an exchange so far; errors and the journal read it. */
export interface RequestContext {
  readonly api: ServedApi;
  readonly served: ServedNamespace;
  readonly request: ApiRequest;
  readonly id: string;
  /** When it began: on the namespace's clock, and by `performance.now()`. */
  readonly at: number;
  readonly started: number;
  plan: OperationPlan | undefined;
  fault: Fault | undefined;
  principal: Principal | undefined;
  /** A request that some page made a browser send, without credentials, changes nothing. */
  leavesNothing: boolean;
  body: unknown;
  violations: readonly Violation[];
}

export function beginRequest(api: ServedApi, served: ServedNamespace, request: ApiRequest): RequestContext {
  return {
    api,
    served,
    request,
    id: served.journal.nextId(),
    at: served.namespace.clock.now(),
    started: performance.now(),
    plan: undefined,
    fault: undefined,
    principal: undefined,
    leavesNothing: false,
    body: undefined,
    violations: noViolations,
  };
}

/** The answer to what was thrown. */
export function answerThrown(context: RequestContext, thrown: unknown): ApiResponse {
  if (!(thrown instanceof SparringError)) context.served.onInternalError?.(thrown, context.request);
  return answerProblem(context, asProblem(thrown));
}

/** The answer that says what is wrong. */
export function answerProblem(context: RequestContext, problem: Problem): ApiResponse {
  context.violations = problem.violations;
  return errorAnswer(context.api, context.plan, problem, context.id);
}

/**
 * Completes the answer's header fields, says in the answer to a write where what it did ends with the server, and puts the
 * exchange into the journal.
 */
export function recordExchange(context: RequestContext, given: ApiResponse): ApiResponse {
  const { api, plan, request, served } = context;
  const answered = served.namespace.isForgotten && isWrite(request) ? saidForgotten(given) : given;
  if (api.kind === 'admin') return answered;
  const response = plan ? withDeclaredHeaders(api, served, plan, request, answered) : answered;
  const exchange: Exchange = {
    id: context.id,
    at: context.at,
    api: api.name,
    operationId: context.plan?.operation.id,
    method: request.method,
    url: request.url,
    requestHeaders: request.headers,
    requestBody: context.body,
    status: response.status,
    responseHeaders: response.headers,
    responseBody: response.body,
    violations: context.violations,
    milliseconds: performance.now() - context.started,
    principal: context.principal?.subject,
    fault: context.fault?.rule,
  };
  served.journal.record(exchange);
  served.onExchange?.(exchange);
  return response;
}

function isWrite({ method }: ApiRequest): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
}

function saidForgotten(response: ApiResponse): ApiResponse {
  return { ...response, headers: { ...response.headers, 'sparring-kept': 'no' } };
}
