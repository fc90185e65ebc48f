import { STATUS_CODES } from 'node:http';
import { type ErrorCode, type Problem, problemOf, SparringError, type Violation } from '../../errors.ts';
import { isBundled } from '../../openapi/load/bundled-apis.ts';
import type { ApiResponse } from '../message/api-message.ts';
import type { ErrorFacts } from '../model/error-facts.ts';
import type { OperationPlan } from '../model/operation-plan.ts';
import type { ServedApi } from '../model/served-api.ts';
import { fillErrorTemplate } from './error-template.ts';
import { violationHeader } from './violation-header.ts';

const problemType = 'urn:sparring:problem:';

/** What a thrown value says to the client; what nobody expected says nothing of the inside. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof SparringError) return thrown;
  return problemOf('internal', 'Something went wrong inside the mock.');
}

/** What was thrown, for requests that reach no operation. */
export function problemAnswer(thrown: unknown): ApiResponse {
  const problem = asProblem(thrown);
  return asProblemJson(problem, problem.status, undefined);
}

/** RFC 9457 `application/problem+json`. */
function asProblemJson(problem: Problem, status: number, exchange: string | undefined): ApiResponse {
  const { code, headers, message, next, title, violations } = problem;
  const body = {
    type: `${problemType}${code}`,
    title,
    status,
    detail: message,
    next,
    ...(violations.length > 0 && { violations }),
  };
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...headers,
      'sparring-violations': violationHeader(problem, exchange),
      'sparring-problem': problemLine(problem),
    },
    body: JSON.stringify(body),
  };
}

/**
 * An error as the API's document says it: in the provider's error shape, else as the operation's declared response for
 * that status shows it, else as a problem.
 */
export function errorAnswer(
  api: ServedApi,
  plan: OperationPlan | undefined,
  problem: Problem,
  exchange: string,
): ApiResponse {
  const own = api.document.extension.errors?.statuses?.[problem.code];
  const status = plan ? plan.errorStatus(problem) : (own ?? problem.status);
  const declared = declaredError(api, plan, problem, status);
  if (!declared) return asProblemJson(problem, status, exchange);
  const { body, line, mediaType } = declared;
  const violations = violationHeader(problem, exchange);
  const headers = { 'content-type': mediaType, ...problem.headers, 'sparring-violations': violations };
  return { status, headers: line === undefined ? headers : { ...headers, 'sparring-problem': line }, body };
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

/** The body of an error. */
interface DeclaredBody {
  readonly mediaType: string;
  readonly body: string;
}

/** An error with its line; the bundled APIs say what they always have. */
interface DeclaredError extends DeclaredBody {
  readonly line: string | undefined;
}

/** Characters of the longest line. */
const longestLine = 500;

/** `sparring-problem`: the code and what happened, on one line of visible ASCII. */
function problemLine(problem: Problem): string {
  const line = `${problem.code}: ${sentenceOf(problem)}`.replaceAll(/[^\x20-\x7e]+/g, '?');
  return line.length > longestLine ? `${line.slice(0, longestLine)}...` : line;
}

/** How a list of violations was put last. */
interface Told {
  readonly api: ServedApi;
  readonly plan: OperationPlan | undefined;
  readonly code: ErrorCode;
  readonly message: string;
  readonly status: number;
  readonly declared: DeclaredError | undefined;
}

/** Validators give the same list for the same mistakes, which are put in the same words. */
const told = new WeakMap<readonly Violation[], Told>();

function declaredError(
  api: ServedApi,
  plan: OperationPlan | undefined,
  problem: Problem,
  status: number,
): DeclaredError | undefined {
  const { code, message, violations } = problem;
  const known = told.get(violations);
  const isSame =
    known?.api === api &&
    known.plan === plan &&
    known.code === code &&
    known.message === message &&
    known.status === status;
  if (isSame) return known.declared;
  const body = declaredAnswer(api, plan, factsOf(problem, status));
  const isOwn = api.kind === 'admin' || isBundled(api.document.file);
  const declared = body && { ...body, line: isOwn ? undefined : problemLine(problem) };
  // An error without violations has the same empty list as all others.
  if (violations.length > 0) told.set(violations, { api, plan, code, message, status, declared });
  return declared;
}

/** An error in the provider's shape or as the operation declares it; undefined where neither is given. */
function declaredAnswer(
  api: ServedApi,
  plan: OperationPlan | undefined,
  facts: ErrorFacts,
): DeclaredBody | undefined {
  const shape = api.document.extension.errors;
  if (shape) {
    const mediaType = shape.mediaType ?? 'application/json';
    const message = shape.messages?.[facts.code];
    const shown = message === undefined ? facts : { ...facts, message };
    return { mediaType, body: JSON.stringify(fillErrorTemplate(shape.body, shown)) };
  }
  // The admin API declares problems, and a problem tells more than its example knows.
  const declared = api.kind === 'admin' ? undefined : plan?.errorBody(facts.status, facts);
  if (!declared) return undefined;
  const { body, mediaType } = declared;
  const text = typeof body === 'string' && !/\bjson\b/.test(mediaType) ? body : JSON.stringify(body);
  return { mediaType, body: text };
}

function factsOf(problem: Problem, status: number): ErrorFacts {
  const { code, title, violations } = problem;
  return { status, code, title, message: sentenceOf(problem), violations };
}

/** The message, and after it what in the request is at fault. */
function sentenceOf({ message, violations }: Problem): string {
  let sentence = message;
  for (let index = 0; index < violations.length; index += 1) {
    const violation = violations[index];
    if (index === 0) sentence = `${message.replace(/[.:]$/, '')}: `;
    else sentence += '; ';
    sentence += `${violation?.location} ${violation?.message}`;
  }
  return sentence;
}
