import { STATUS_CODES } from 'node:http';
import { SparringError, type Violation } from '../errors.ts';
import type { ApiResponse } from './api-message.ts';
import { fieldErrors, reasonsOf } from './field-errors.ts';
import type { OperationPlan } from './operation-plan.ts';
import type { ServedApi } from './served-api.ts';

const problemType = 'urn:sparring:problem:';
const longestHeader = 2048;

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
      ...violationHeaders(error, exchange),
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
  const declared = declaredAnswer(api, plan, { ...describe(error), status });
  if (!declared) return problemAnswer(error, exchange, status);
  return {
    ...declared,
    headers: { ...declared.headers, ...error.headers, ...violationHeaders(error, exchange) },
  };
}

/** The answer of a fault that asks for a status which the operation does not declare. */
export function faultAnswer(api: ServedApi, plan: OperationPlan, status: number): ApiResponse {
  const title = STATUS_CODES[status] ?? 'Fault';
  const message = `A fault rule of the mock answers with ${status}.`;
  const declared = declaredAnswer(api, plan, { status, code: 'fault', title, message });
  if (declared) return declared;
  const problem = { type: `${problemType}fault`, title, status, detail: message };
  return { status, headers: { 'content-type': 'application/problem+json' }, body: JSON.stringify(problem) };
}

/** An error in the provider's shape or as the operation declares it; undefined where neither is given. */
function declaredAnswer(
  api: ServedApi,
  plan: OperationPlan | undefined,
  facts: ErrorFacts,
): ApiResponse | undefined {
  const { status } = facts;
  const shape = api.document.extension.errors;
  if (shape) {
    const mediaType = shape.mediaType ?? 'application/json';
    const { [facts.code]: message = facts.message } = shape.messages ?? {};
    return {
      status,
      headers: { 'content-type': mediaType },
      body: JSON.stringify(fillTemplate(shape.body, { ...facts, message })),
    };
  }
  // The admin API declares problems, and a problem tells more than its example knows.
  const declared = api.kind === 'admin' ? undefined : plan?.errorBody(status, facts);
  if (!declared) return undefined;
  const { body, mediaType } = declared;
  const text = typeof body === 'string' && !/\bjson\b/.test(mediaType) ? body : JSON.stringify(body);
  return { status, headers: { 'content-type': mediaType }, body: text };
}

/** What an error body may tell. */
export interface ErrorFacts {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly message: string;
  /** What in the request is at fault. */
  readonly violations?: readonly Violation[];
}

function describe(error: SparringError): Omit<ErrorFacts, 'status'> {
  const reasons = error.violations.map(({ location, message }) => `${location} ${message}`);
  const message =
    reasons.length > 0 ? `${error.message.replace(/[.:]$/, '')}: ${reasons.join('; ')}` : error.message;
  return { code: error.code, title: error.title, message, violations: error.violations };
}

/**
 * Replaces `{status}`, `{reason}` (the status in HTTP's words), `{code}`, `{title}` and `{message}` in every string; a string that is only `{status}` becomes the number,
 * `{reasons}` the messages of what is at fault (else the error's), `{fields}` those by field, left out where there are none.
 */
function fillTemplate(template: unknown, facts: ErrorFacts): unknown {
  if (template === '{status}') return facts.status;
  if (template === '{fields}') return fieldErrors(facts.violations ?? []);
  if (template === '{reasons}') return reasonsOf(facts.violations ?? []) || facts.message;
  if (typeof template === 'string') {
    const named = { ...facts, reason: STATUS_CODES[facts.status] ?? facts.title };
    return template.replace(/\{(status|code|title|message|reason)\}/g, (_, name: keyof typeof named) =>
      String(named[name]),
    );
  }
  if (Array.isArray(template)) return template.map((item) => fillTemplate(item, facts));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => [key, fillTemplate(value, facts)]),
  );
}

/** `sparring-violations`: percent-encoded JSON of at most 2 KiB with the exchange's id in the journal; as many violations as fit. */
function violationHeaders(error: SparringError, exchange: string | undefined): Record<string, string> {
  let shown: readonly Violation[] = error.violations.length > 0 ? error.violations : [asViolation(error)];
  let longest = 512;
  for (;;) {
    const text = encodeURIComponent(JSON.stringify({ exchange, violations: shown }));
    if (text.length <= longestHeader) return { 'sparring-violations': text };
    if (shown.length > 1) shown = shown.slice(0, Math.floor(shown.length / 2));
    else {
      longest = Math.floor(longest / 2);
      shown = shown.map((violation) => shorten(violation, longest));
    }
  }
}

function asViolation(error: SparringError): Violation {
  return { location: 'request', code: error.code, message: error.message };
}

function shorten({ location, code, message }: Violation, length: number): Violation {
  return { location: location.slice(0, length), code, message: message.slice(0, length) };
}
