import { type Problem, problemOf, SparringError } from '../errors.ts';
import { type Preference, readPreference } from '../openapi/answer/read-preference.ts';
import { findResponse } from '../openapi/document/find-response.ts';
import type { RequestInput } from '../openapi/request/prepare-request.ts';
import type { RouteMatch } from '../openapi/request/router.ts';
import { faultAnswer } from './answers/error-answer.ts';
import { negotiateAnswer } from './answers/negotiate-answer.ts';
import { callBack } from './emission/call-back.ts';
import { andThen } from './message/and-then.ts';
import type { ApiRequest, ApiResponse } from './message/api-message.ts';
import type { OperationPlan } from './model/operation-plan.ts';
import type { ServedApi } from './model/served-api.ts';
import type { ServedNamespace } from './model/served-namespace.ts';
import {
  answerProblem,
  answerThrown,
  beginRequest,
  type RequestContext,
  recordExchange,
} from './request-context.ts';
import { isForeign } from './routing/exposure.ts';
import type { Fault } from './traffic/faults.ts';

/** Bytes of the largest body that is read. */
const bodyLimit = 10 * 1024 * 1024;
/** Characters of the longest URL that is taken. */
const urlLimit = 8192;

/** What a request asks for, as it is matched, and read, against the document. */
interface MatchedRequest {
  readonly plan: OperationPlan;
  readonly params: RouteMatch['params'];
  readonly query: string;
}

/**
 * The one way of a request: find the operation, authenticate, read and validate, behave, check the answer, commit, and put
 * the exchange into the journal. Never rejects: what goes wrong becomes the answer. The answer is a promise only where
 * something had to be waited for.
 */
export function handleRequest(
  api: ServedApi,
  served: ServedNamespace,
  request: ApiRequest,
): ApiResponse | Promise<ApiResponse> {
  const context = beginRequest(api, served, request);
  let response: ApiResponse | Promise<ApiResponse>;
  try {
    response = respond(context);
  } catch (thrown) {
    response = answerThrown(context, thrown);
  }
  if (!(response instanceof Promise)) return recordExchange(context, response);
  return response
    .catch((thrown: unknown) => answerThrown(context, thrown))
    .then((settled) => recordExchange(context, settled));
}

function respond(context: RequestContext): ApiResponse | Promise<ApiResponse> {
  const { api, served, request } = context;
  const { path, query } = splitUrl(request.url);
  const match = api.router.find(request.method, path, undefined, query);
  if (!match)
    throw new SparringError('operation-not-found', `${api.document.title} has no operation at ${path}.`);
  if (!('operation' in match)) throw methodNotAllowed(request.method, path, match.allow);
  const plan = api.planOf(match.operation);
  context.plan = plan;
  const matched = { plan, params: match.params, query };

  if (api.kind === 'admin' || served.faults.isEmpty) return admit(context, matched);
  const target = { api: api.name, operationId: plan.operation.id, method: request.method };
  const fault = served.faults.choose(target);
  if (!fault) return admit(context, matched);
  context.fault = fault;
  const waited = fault.latency > 0 ? served.wait(fault.latency) : undefined;
  return andThen(waited, () => (fault.drop === 'before' ? dropped : admit(context, matched)));
}

/** Authenticates the request, reads it, and lets nothing on that breaks the document. */
function admit(context: RequestContext, matched: MatchedRequest): ApiResponse | Promise<ApiResponse> {
  const { api, request } = context;
  const { plan, query } = matched;
  const credentials = { headers: request.headers, query, now: context.at };
  context.principal = api.authenticate(plan.operation.security, credentials);
  const isKnown = context.principal !== undefined && api.auth !== 'off';
  context.leavesNothing = !isKnown && isForeign(request.headers);
  // Whoever has shown who it is may have a namespace; anybody else, once something was written in it.
  const stays = isKnown && api.kind !== 'admin' ? context.served.namespace.stay() : undefined;
  return andThen(stays, () => andThen(plan.prepare(), () => read(context, matched)));
}

function read(context: RequestContext, matched: MatchedRequest): ApiResponse | Promise<ApiResponse> {
  const { request } = context;
  const { params, plan, query } = matched;
  const isRead = request.parsedBody !== undefined || !plan.request.hasBody;
  return andThen(isRead ? request.parsedBody : request.readBody(bodyLimit), (body) => {
    context.body = body;
    return andThen(plan.request.validate(params, query, request.headers, body), (input) => {
      // The journal outlives many collections of garbage, each of which moves what it keeps: text is lighter than a buffer.
      if (input.text !== undefined) context.body = input.text;
      if (input.violations.length === 0) return act(context, matched, input);
      // Not thrown: this is what a mock does all day, and unwinding the stack costs more than the answer.
      const { violations } = input;
      const problem = problemOf('invalid-request', 'The request breaks the document.', { violations });
      const preference = readPreference(request.headers, query);
      return preference
        ? preferredError(context, plan, problem, preference)
        : answerProblem(context, problem);
    });
  });
}

/** The error that is preferred to the one an invalid request has: another status, an example, a generated one. */
async function preferredError(
  context: RequestContext,
  plan: OperationPlan,
  problem: Problem,
  preference: Preference,
): Promise<ApiResponse> {
  const { api, request, served } = context;
  const answer = answerProblem(context, problem);
  const { code } = preference;
  const isError = typeof code === 'number' && code >= 400;
  // That a success is preferred does not make the request valid.
  if (code !== undefined && !isError) return answer;
  if (!findResponse(plan.operation, isError ? code : answer.status)) return answer;
  const wanted = isError ? preference : { ...preference, code: answer.status };
  try {
    const preferred = await negotiateAnswer(api, served, plan, request, wanted);
    const { 'content-type': _, ...headers } = answer.headers;
    return { ...preferred, headers: { ...headers, ...preferred.headers } };
  } catch (error) {
    // What is preferred, such as an example, is not there: it is said as without a preference.
    if (error instanceof SparringError && error.status < 500) return answer;
    throw error;
  }
}

function act(
  context: RequestContext,
  { plan, query }: MatchedRequest,
  input: RequestInput,
): ApiResponse | Promise<ApiResponse> {
  const { api, fault, leavesNothing, principal, request, served } = context;
  if (fault?.status !== undefined && !findResponse(plan.operation, fault.status))
    return cut(fault, faultAnswer(api, plan, fault.status));
  const preference =
    fault?.status === undefined ? readPreference(request.headers, query) : { code: fault.status };
  const answered =
    preference || !api.canBehave(plan)
      ? negotiated(context, plan, input, preference)
      : api.behave({ served, plan, request, input, principal, leavesNothing });
  return fault ? andThen(answered, (response) => cut(fault, response)) : answered;
}

async function negotiated(
  { api, leavesNothing, request, served }: RequestContext,
  plan: OperationPlan,
  input: RequestInput,
  preference: Preference | undefined,
): Promise<ApiResponse> {
  const response = await negotiateAnswer(api, served, plan, request, preference, input.body);
  if (!preference && plan.callsBack && !leavesNothing) {
    const call = { plan, request, input, response };
    await served.namespace.run(api.name, (unit) => callBack(api, unit, call, served.emitter.admits));
  }
  return response;
}

const dropped: ApiResponse = { status: 0, headers: {}, body: undefined, drop: 'before' };

/** An answer that a fault may end half way. */
function cut({ drop }: Fault, response: ApiResponse): ApiResponse {
  return drop ? { ...response, drop } : response;
}

function splitUrl(url: string): { readonly path: string; readonly query: string } {
  if (url.length > urlLimit) throw new SparringError('url-too-long', `The URL has ${url.length} characters.`);
  const question = url.indexOf('?');
  return question < 0
    ? { path: url, query: '' }
    : { path: url.slice(0, question), query: url.slice(question + 1) };
}

function methodNotAllowed(method: string, path: string, allowed: readonly string[]): SparringError {
  const allow = allowed.join(', ');
  return new SparringError('method-not-allowed', `${method} is not declared for ${path}.`, {
    next: `Use ${allow}.`,
    headers: { allow },
  });
}
