import { SparringError } from '../errors.ts';
import { findResponse } from '../openapi/check-answer.ts';
import { readPreference } from '../openapi/negotiate-preference.ts';
import { noViolations } from '../openapi/validators.ts';
import type { Principal } from '../providers/provider.ts';
import type { ApiRequest, ApiResponse } from './api-message.ts';
import { callBack } from './emission/call-back.ts';
import { errorAnswer, faultAnswer } from './error-answer.ts';
import type { Exchange } from './journal.ts';
import { negotiateAnswer } from './negotiate-answer.ts';
import type { OperationPlan } from './operation-plan.ts';
import type { ServedApi } from './served-api.ts';
import type { ServedNamespace } from './served-namespace.ts';

/** Bytes of the largest body that is read. */
const bodyLimit = 10 * 1024 * 1024;
/** Characters of the longest URL that is taken. */
const urlLimit = 8192;

/** What is known of an exchange so far; errors and the journal read it. */
interface Course {
  readonly id: string;
  plan: OperationPlan | undefined;
  body: unknown;
  principal: Principal | undefined;
  fault: string | undefined;
  thrown: unknown;
}

/**
 * The one way of a request: find the operation, authenticate, read and validate, behave, check the answer, commit, and put
 * the exchange into the journal. Never rejects: what goes wrong becomes the answer.
 */
export async function handleRequest(
  api: ServedApi,
  served: ServedNamespace,
  request: ApiRequest,
): Promise<ApiResponse> {
  const started = performance.now();
  const course: Course = {
    id: served.journal.nextId(),
    plan: undefined,
    body: undefined,
    principal: undefined,
    fault: undefined,
    thrown: undefined,
  };
  let response: ApiResponse;
  try {
    response = await respond(api, served, request, course);
  } catch (thrown) {
    course.thrown = thrown;
    if (!(thrown instanceof SparringError)) served.onInternalError?.(thrown, request);
    response = errorAnswer(api, course.plan, thrown, course.id);
  }
  if (api.kind === 'admin') return response;
  const exchange: Exchange = {
    id: course.id,
    at: served.namespace.clock.now(),
    api: api.name,
    operationId: course.plan?.operation.id,
    method: request.method,
    url: request.url,
    requestHeaders: request.headers,
    requestBody: course.body,
    status: response.status,
    responseHeaders: response.headers,
    responseBody: response.body,
    violations: course.thrown instanceof SparringError ? course.thrown.violations : noViolations,
    milliseconds: performance.now() - started,
    principal: course.principal?.subject,
    fault: course.fault,
  };
  served.journal.record(exchange);
  served.onExchange?.(exchange);
  return response;
}

async function respond(
  api: ServedApi,
  served: ServedNamespace,
  request: ApiRequest,
  course: Course,
): Promise<ApiResponse> {
  const { namespace, faults } = served;
  const { path, query } = splitUrl(request.url);

  const match = api.router.find(request.method, path);
  if (!match)
    throw new SparringError('operation-not-found', `${api.document.title} has no operation at ${path}.`);
  if (!('operation' in match)) throw methodNotAllowed(request.method, path, match.allow);
  const plan = api.planOf(match.operation);
  course.plan = plan;

  const fault =
    api.kind === 'admin' || faults.isEmpty
      ? undefined
      : faults.choose({ api: api.name, operationId: plan.operation.id, method: request.method });
  if (fault) {
    course.fault = fault.rule;
    if (fault.latency > 0) await served.wait(fault.latency);
    if (fault.drop === 'before') return { status: 0, headers: {}, body: undefined, drop: 'before' };
  }

  const credentials = { headers: request.headers, query, now: namespace.clock.now() };
  const principal = api.authenticate(plan.operation.security, credentials);
  course.principal = principal;

  if (plan.request.hasBody && request.parsedBody === undefined)
    course.body = await request.readBody(bodyLimit);
  else course.body = request.parsedBody;
  const input = plan.request.validate(match.params, query, request.headers, course.body);
  const checked = input instanceof Promise ? await input : input;
  // The journal outlives many collections of garbage, each of which moves what it keeps: text is lighter than a buffer.
  if (checked.text !== undefined) course.body = checked.text;
  if (checked.violations.length > 0) {
    throw new SparringError('invalid-request', 'The request breaks the document.', {
      violations: checked.violations,
    });
  }

  if (fault?.status !== undefined && !findResponse(plan.operation, fault.status)) {
    return { ...faultAnswer(api, plan, fault.status), ...(fault.drop && { drop: fault.drop }) };
  }
  const preference =
    fault?.status === undefined ? readPreference(request.headers, query) : { code: fault.status };
  if (preference || !api.canBehave(plan)) {
    const negotiated = await negotiateAnswer(api, namespace, plan, request, preference);
    if (!preference && plan.callsBack) {
      const call = { plan, request, input: checked, response: negotiated };
      await namespace.run(api.name, (unit) => callBack(api, unit, call, served.emitter.admits));
    }
    return fault?.drop ? { ...negotiated, drop: fault.drop } : negotiated;
  }

  const answered = api.behave({ served, plan, request, input: checked, principal });
  const response = answered instanceof Promise ? await answered : answered;
  return fault?.drop ? { ...response, drop: fault.drop } : response;
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
