import { acceptsAll } from '../../openapi/answer/accept.ts';
import { negotiate } from '../../openapi/answer/negotiate.ts';
import type { Preference } from '../../openapi/answer/read-preference.ts';
import { writeContent } from '../../openapi/content/write-content.ts';
import { isSequenceType, sequenceParts } from '../../openapi/content/write-sequence.ts';
import { parseMediaType } from '../../openapi/document/media-type.ts';
import { resolverOf } from '../../openapi/document/resolver-of.ts';
import { isOpen } from '../../openapi/infer/is-open.ts';
import { validSample } from '../../openapi/sample/valid-sample.ts';
import { createDerivation } from '../../state/derivation.ts';
import type { ApiRequest, ApiResponse } from '../message/api-message.ts';
import { headerOf } from '../message/api-message.ts';
import type { OperationPlan } from '../model/operation-plan.ts';
import type { ServedApi } from '../model/served-api.ts';
import type { ServedNamespace } from '../model/served-namespace.ts';
import { notesHeader } from './notes-header.ts';
import { plausibleAnswer, shownBody } from './plausible-answer.ts';
import { safeDocumentHeaders } from './safe-headers.ts';
import { asksForStream, streamWishes } from './stream-wishes.ts';

/** Statuses whose answers have no body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5). */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * Answers from the document's examples and schemas, without behaviour and without a trace in the state: for operations that
 * have no behaviour, and where a status, an example or a generated answer was preferred. The same seed and request give the
 * same bytes.
 *
 * @param sent the body of the request, which may ask for a stream
 */
export async function negotiateAnswer(
  api: ServedApi,
  served: Pick<ServedNamespace, 'namespace' | 'tellOnce' | 'wait'>,
  plan: OperationPlan,
  request: ApiRequest,
  preference: Preference | undefined,
  sent?: unknown,
): Promise<ApiResponse> {
  const isOwn = api.kind === 'api' && isOpen(api.document);
  const derive = createDerivation(served.namespace.seed, api.name, plan.operation.id, request.url);
  const wishes = streamWishes(plan.operation, request.headers);
  const chosen = await negotiate(api.document, plan.operation, {
    preference: preference ?? {},
    accept: asksForStream(sent)
      ? streamFirst(headerOf(request.headers, 'accept'))
      : headerOf(request.headers, 'accept'),
    count: wishes.count,
    seed: derive.uuid('seed'),
    isValid: (status, mediaType, value) => plan.answer.check(status, mediaType, value).length === 0,
    samples: isOwn,
    sample(schema, turn) {
      if (!isOwn) return validSample(api.document, api.validators, schema, derive, 'answer');
      const source = turn === undefined ? derive : createDerivation(derive.uuid('items'), turn);
      const isVaried = preference?.dynamic === true || (turn ?? 0) > 0;
      return plausibleAnswer(api, plan.operation, schema, source, isVaried);
    },
  });
  const { content, status } = chosen;
  const applied = preference && { 'preference-applied': inWords(preference) };
  if (!content || bodiless.has(status)) return { status, headers: { ...applied }, body: undefined };
  const { declared, name } = content.chosen;
  const notes: string[] = [];
  const value = isOwn ? shownBody(api, plan.operation, content, notes) : content.value;
  const { body, contentType } = writeContent({
    resolver: resolverOf(api.document),
    declared,
    mediaType: name,
    value,
    isShown: content.isShown,
  });
  const { changes, headers } = safeDocumentHeaders({
    'content-type': contentType,
    ...notesHeader(notes),
    ...applied,
  });
  if (notes.length > 0)
    served.tellOnce(`${api.name}, ${plan.operation.id}: an example breaks its schema: ${notes.join('; ')}.`);
  for (const change of changes) served.tellOnce(`${api.name}, ${plan.operation.id}: ${change}.`);
  const essence = parseMediaType(name)?.essence ?? '';
  const isTimed = (wishes.interval > 0 || wishes.open) && isSequenceType(essence) && typeof body === 'string';
  if (!isTimed) return { status, headers, body };
  const parts = typeof value === 'string' ? [body] : sequenceParts(essence, value);
  const { interval, open } = wishes;
  return { status, headers, body, stream: { parts, interval, open, wait: (delay) => served.wait(delay) } };
}

/** An Accept field that takes a stream of events before what it takes of anything. */
function streamFirst(accept: string | undefined): string {
  return acceptsAll(accept)
    ? 'text/event-stream, */*;q=0.9'
    : accept.replace(/\*\/\*(?!;)/, 'text/event-stream, */*;q=0.9');
}

function inWords({ code, dynamic, example }: Preference): string {
  const parts = [
    ...(code === undefined ? [] : [`code=${code}`]),
    ...(example === undefined ? [] : [`example=${example}`]),
    ...(dynamic === undefined ? [] : [`dynamic=${dynamic}`]),
  ];
  // Names come from the caller; a header holds visible ASCII only (RFC 9110 section 5.5).
  return parts.join(', ').replace(/[^\x20-\x7e]/g, '');
}
