import { STATUS_CODES } from 'node:http';
import { SparringError } from '../errors.ts';
import type { ApiResponse } from './api-message.ts';
import { type ErrorFacts, fillTemplate } from './error-template.ts';
import type { OperationPlan } from './operation-plan.ts';
import type { ServedApi } from './served-api.ts';
import { violationHeader } from './violation-header.ts';

const problemType = 'urn:sparring:problem:';

/** Any thrown value as the one error class; what was not foreseen says nothing of the inside. */
function toSparringError(error: unknown): SparringError {
  if (error instanceof SparringError) return error;
  return new SparringError('internal', 'Something went wrong inside the mock.', { cause: error });
}

/**
 * An error as RFC 9457 `application/problem+json`, for requests that reach no operation or whose operation declares no body.
 *
 * @param answered the status it is answered with; default: the error's own
 */
export function problemAnswer(thrown: unknown, exchange?: string, answered?: number): ApiResponse {
  const error = toSparringError(thrown);
  const status = answered ?? error.status;
  const problem = {
    type: `${problemType}${error.code}`,
    title: error.title,
    status,
    detail: error.message,
    next: error.next,
    ...(error.violations.length > 0 && { violations: error.violations }),
  };
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...error.headers,
      'sparring-violations': violationHeader(error, exchange),
    },
    body: JSON.stringify(problem),
  };
}

/**
 * An error as the API's document says it: in the provider's error shape, else as the operation's declared response for
 * that status shows it, else as a problem.
 */
export function errorAnswer(
  api: ServedApi,
  plan: OperationPlan | undefined,
  thrown: unknown,
  exchange: string,
): ApiResponse {
  const error = toSparringError(thrown);
  const own = api.document.extension.errors?.statuses?.[error.code];
  const status = plan ? plan.errorStatus(error) : (own ?? error.status);
  const declared = declaredAnswer(api, plan, factsOf(error, status));
  if (!declared) return problemAnswer(error, exchange, status);
  const { body, mediaType } = declared;
  const violations = violationHeader(error, exchange);
  const headers = { 'content-type': mediaType, ...error.headers, 'sparring-violations': violations };
  return { status, headers, body };
}

/** The answer of a fault that asks for a status which the operation does not declare. */
export function faultAnswer(api: ServedApi, plan: OperationPlan, status: number): ApiResponse {
  const title = STATUS_CODES[status] ?? 'Fault';
  const message = `A fault rule of the mock answers with ${status}.`;
  const declared = declaredAnswer(api, plan, { status, code: 'fault', title, message });
  if (declared) return { status, headers: { 'content-type': declared.mediaType }, body: declared.body };
  const problem = { type: `${problemType}fault`, title, status, detail: message };
  return { status, headers: { 'content-type': 'application/problem+json' }, body: JSON.stringify(problem) };
}

/** An error in the provider's shape or as the operation declares it; undefined where neither is given. */
function declaredAnswer(
  api: ServedApi,
  plan: OperationPlan | undefined,
  facts: ErrorFacts,
): { readonly mediaType: string; readonly body: string } | undefined {
  const shape = api.document.extension.errors;
  if (shape) {
    const mediaType = shape.mediaType ?? 'application/json';
    const message = shape.messages?.[facts.code];
    const told = message === undefined ? facts : { ...facts, message };
    return { mediaType, body: JSON.stringify(fillTemplate(shape.body, told)) };
  }
  // The admin API declares problems, and a problem tells more than its example knows.
  const declared = api.kind === 'admin' ? undefined : plan?.errorBody(facts.status, facts);
  if (!declared) return undefined;
  const { body, mediaType } = declared;
  const text = typeof body === 'string' && !/\bjson\b/.test(mediaType) ? body : JSON.stringify(body);
  return { mediaType, body: text };
}

function factsOf(error: SparringError, status: number): ErrorFacts {
  const { code, title, violations } = error;
  return { status, code, title, message: sentenceOf(error), violations };
}

/** The message, and after it what in the request is at fault. */
function sentenceOf({ message, violations }: SparringError): string {
  let sentence = message;
  for (let index = 0; index < violations.length; index += 1) {
    const violation = violations[index];
    if (index === 0) sentence = `${message.replace(/[.:]$/, '')}: `;
    else sentence += '; ';
    sentence += `${violation?.location} ${violation?.message}`;
  }
  return sentence;
}
