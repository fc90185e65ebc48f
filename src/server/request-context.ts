import { type Problem, SparringError, type Violation } from '../errors.ts';
import { noViolations } from '../openapi/schema/validators.ts';
import type { Principal } from '../providers/model/provider.ts';
import { asProblem, errorAnswer } from './answers/error-answer.ts';
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
    body: undefined,
    violations: noViolations,
  };
}

/** The answer to what was thrown. */
export function answerThrown(course: RequestContext, thrown: unknown): ApiResponse {
  if (!(thrown instanceof SparringError)) course.served.onInternalError?.(thrown, course.request);
  return answerProblem(course, asProblem(thrown));
}

/** The answer that says what is wrong. */
export function answerProblem(course: RequestContext, problem: Problem): ApiResponse {
  course.violations = problem.violations;
  return errorAnswer(course.api, course.plan, problem, course.id);
}

/** Puts the exchange into the journal. */
export function recordExchange(course: RequestContext, response: ApiResponse): ApiResponse {
  const { api, request, served } = course;
  if (api.kind === 'admin') return response;
  const exchange: Exchange = {
    id: course.id,
    at: course.at,
    api: api.name,
    operationId: course.plan?.operation.id,
    method: request.method,
    url: request.url,
    requestHeaders: request.headers,
    requestBody: course.body,
    status: response.status,
    responseHeaders: response.headers,
    responseBody: response.body,
    violations: course.violations,
    milliseconds: performance.now() - course.started,
    principal: course.principal?.subject,
    fault: course.fault?.rule,
  };
  served.journal.record(exchange);
  served.onExchange?.(exchange);
  return response;
}
