import { SparringError } from '../../errors.ts';
import { parseExactJson } from '../../json/exact-number.ts';
import { accepts } from '../../openapi/answer/accept.ts';
import type { ChosenMediaType } from '../../openapi/answer/choose-media-type.ts';
import { writeContent } from '../../openapi/content/write-content.ts';
import { bodyExamples } from '../../openapi/document/declared-examples.ts';
import { isJsonType, parseMediaType } from '../../openapi/document/media-type.ts';
import { resolverOf } from '../../openapi/document/resolver-of.ts';
import { callersAddress } from '../../openapi/document/server-addresses.ts';
import { type BehaviourResult, JsonText } from '../../providers/model/provider.ts';
import { StoredRecord } from '../../state/stored-record.ts';
import type { ApiRequest, ApiResponse } from '../message/api-message.ts';
import { headerOf } from '../message/api-message.ts';
import type { OperationPlan } from '../model/operation-plan.ts';
import type { ServedApi } from '../model/served-api.ts';
import { notesHeader } from './notes-header.ts';

/** Records and ready texts that passed the check of an operation's answer, so that what has not changed is not checked again. */
const checked = new WeakMap<OperationPlan, WeakSet<object>>();

/**
 * Turns what a behaviour answered into bytes, after checking it against the document.
 *
 * @throws SparringError `answer-invalid`, so that the unit of work is not committed; `not-acceptable` (RFC 9110 section 12.5.1).
 */
export function buildAnswer(
  api: ServedApi,
  plan: OperationPlan,
  request: ApiRequest,
  result: BehaviourResult,
): ApiResponse {
  const { status } = result;
  const notes = [...(result.notes ?? [])];
  const located = result.headers && locatedAt(request, result.headers);
  const body = result.body === undefined ? missingBody(api, plan, status, notes) : result.body;
  if (body === undefined) {
    if (!plan.isLenient) assertAnswer(plan, plan.answer.check(status, undefined, undefined));
    return { status, headers: { ...located, ...notesHeader(notes) }, body: undefined };
  }
  const answer = withBody(api, plan, request, { status, ...(located && { headers: located }), body }, notes);
  return notes.length === 0 ? answer : { ...answer, headers: { ...answer.headers, ...notesHeader(notes) } };
}

/** A body that the document asks for where an inferred behaviour has none. */
function missingBody(api: ServedApi, plan: OperationPlan, status: number, notes: string[]): unknown {
  if (!plan.isLenient || plan.answer.check(status, undefined, undefined).length === 0) return undefined;
  const made = plan.complete?.(undefined, notes);
  if (made !== undefined) return made;
  const declared = plan.answer.mediaTypeOf(status, undefined)?.declared;
  return declared && bodyExamples(api.document, declared)[0]?.value;
}

function withBody(
  api: ServedApi,
  plan: OperationPlan,
  request: ApiRequest,
  { body, headers: given, status }: BehaviourResult,
  notes: string[],
): ApiResponse {
  const chosen = given?.['content-type'] === undefined ? chooseFor(plan, request, status) : undefined;
  const mediaType = given?.['content-type'] ?? chosen?.name ?? 'application/json';
  if (!chosen) assertAcceptable(request, mediaType);
  const headers = given ? { 'content-type': mediaType, ...given } : contentTypeOnly(mediaType);
  if (body instanceof Uint8Array) {
    assertAnswer(plan, plan.answer.check(status, mediaType, undefined));
    return { status, headers, body };
  }
  const shown = checkedJson(plan, status, mediaType, body, notes);
  if (chosen && mediaType !== 'application/json' && !isJsonName(mediaType))
    return written(api, request, { status, headers, chosen, value: jsonValueOf(shown) });
  if (shown instanceof JsonText) return { status, headers, body: bytesOf(api, request, shown) };
  return { status, headers, body: localise(api, request, textOf(shown)) };
}

/** The declared media type that the caller accepts; undefined where none is declared. Throws `not-acceptable`. */
function chooseFor(plan: OperationPlan, request: ApiRequest, status: number): ChosenMediaType | undefined {
  const accept = headerOf(request.headers, 'accept');
  const chosen = plan.answer.mediaTypeOf(status, accept);
  if (chosen !== null) return chosen;
  throw new SparringError(
    'not-acceptable',
    `${plan.operation.id} answers nothing that "${accept?.slice(0, 200)}" accepts.`,
  );
}

interface Writing {
  readonly status: number;
  readonly headers: ApiResponse['headers'];
  readonly chosen: ChosenMediaType;
  readonly value: unknown;
}

/** An answer in another media type than JSON. */
function written(
  api: ServedApi,
  request: ApiRequest,
  { chosen, headers, status, value }: Writing,
): ApiResponse {
  const { body, contentType } = writeContent({
    resolver: resolverOf(api.document),
    declared: chosen.declared,
    mediaType: chosen.name,
    value: parseExactJson(localise(api, request, JSON.stringify(value) ?? 'null')),
    isShown: false,
  });
  return { status, headers: { ...headers, 'content-type': contentType }, body };
}

function isJsonName(mediaType: string): boolean {
  return isJsonType(parseMediaType(mediaType)?.essence ?? '');
}

/** A path in `location`, and the address in `link`, become URLs below the mount that the caller used. */
function locatedAt(
  request: ApiRequest,
  headers: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const { link, location } = headers;
  if (link !== undefined)
    return { ...headers, link: link.replaceAll(`<${callersAddress}/`, () => `<${request.baseUrl}/`) };
  return location?.startsWith('/') ? { ...headers, location: `${request.baseUrl}${location}` } : headers;
}

/** Header fields of answers that have no others: one object for all of a media type, which the journal keeps without cost. */
const contentTypes = new Map<string, ApiResponse['headers']>();

function contentTypeOnly(mediaType: string): ApiResponse['headers'] {
  let headers = contentTypes.get(mediaType);
  if (!headers) {
    headers = Object.freeze({ 'content-type': mediaType });
    contentTypes.set(mediaType, headers);
  }
  return headers;
}

/** Bytes of ready texts, and the base URL in them where they name one. */
const rendered = new WeakMap<
  JsonText,
  { readonly baseUrl: string | undefined; readonly bytes: Uint8Array }
>();

/** A ready text is encoded once, for as long as callers use the same base URL. */
function bytesOf(api: ServedApi, request: ApiRequest, body: JsonText): Uint8Array {
  const kept = rendered.get(body);
  if (kept && (kept.baseUrl === undefined || kept.baseUrl === request.baseUrl)) return kept.bytes;
  const text = localise(api, request, body.text).replaceAll(
    `"${callersAddress}/`,
    () => `"${request.baseUrl}/`,
  );
  const bytes = Buffer.from(text);
  rendered.set(body, { baseUrl: text === body.text ? undefined : request.baseUrl, bytes });
  return bytes;
}

/** The body, or what completes it. Throws `answer-invalid`. */
function checkedJson(
  plan: OperationPlan,
  status: number,
  mediaType: string,
  body: unknown,
  notes: string[],
): unknown {
  const kept = body instanceof JsonText || body instanceof StoredRecord ? body : undefined;
  let passed = checked.get(plan);
  if (kept && passed?.has(kept)) return body;
  const value = jsonValueOf(body);
  const violations = plan.answer.check(status, mediaType, value);
  if (violations.length > 0) {
    const whole = plan.complete?.(value, notes);
    if (plan.isLenient) return whole ?? body;
    // What is wrong with the record itself is told, rather than what is wrong with it after it was completed.
    if (whole === undefined || plan.answer.check(status, mediaType, whole).length > 0)
      assertAnswer(plan, violations);
    return whole;
  }
  // Only what is asked for again is worth remembering.
  if (!kept || plan.operation.method !== 'get') return body;
  if (!passed) {
    passed = new WeakSet();
    checked.set(plan, passed);
  }
  passed.add(kept);
  return body;
}

function jsonValueOf(body: unknown): unknown {
  if (body instanceof JsonText) return body.value();
  return body instanceof StoredRecord ? body.value : body;
}

function textOf(body: unknown): string {
  return body instanceof StoredRecord ? body.json : JSON.stringify(body);
}

/** URLs of the document's servers (a file's `url`) name the host the caller used instead, so that they can be followed. */
function localise(api: ServedApi, request: ApiRequest, text: string): string {
  let localised = text;
  for (const origin of api.origins) {
    if (localised.includes(origin)) localised = localised.replaceAll(`"${origin}/`, `"${request.baseUrl}/`);
  }
  return localised;
}

function assertAnswer(plan: OperationPlan, violations: SparringError['violations']): void {
  if (violations.length === 0) return;
  throw new SparringError('answer-invalid', `The answer of ${plan.operation.id} breaks the document.`, {
    violations,
  });
}

function assertAcceptable(request: ApiRequest, mediaType: string): void {
  if (accepts(headerOf(request.headers, 'accept'), mediaType)) return;
  throw new SparringError(
    'not-acceptable',
    `The operation answers ${mediaType}, which the request does not accept.`,
  );
}
