import { negotiate } from '../../openapi/answer/negotiate.ts';
import type { Preference } from '../../openapi/answer/read-preference.ts';
import { isOpen } from '../../openapi/infer/is-open.ts';
import { writeContent } from '../../openapi/content/write-content.ts';
import { resolverOf } from '../../openapi/document/resolver-of.ts';
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

/** Statuses whose answers have no body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5). */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * Answers from the document's examples and schemas, without behaviour and without a trace in the state: for operations that
 * have no behaviour, and where a status, an example or a generated answer was preferred. The same seed and request give the
 * same bytes.
 */
export async function negotiateAnswer(
  api: ServedApi,
  served: Pick<ServedNamespace, 'namespace' | 'tellOnce'>,
  plan: OperationPlan,
  request: ApiRequest,
  preference: Preference | undefined,
): Promise<ApiResponse> {
  const isOwn = api.kind === 'api' && isOpen(api.document);
  const derive = createDerivation(served.namespace.seed, api.name, plan.operation.id, request.url);
  const chosen = await negotiate(api.document, plan.operation, {
    preference: preference ?? {},
    accept: headerOf(request.headers, 'accept'),
    seed: derive.uuid('seed'),
    isValid: (status, mediaType, value) => plan.answer.check(status, mediaType, value).length === 0,
    samples: isOwn,
    sample: (schema) =>
      isOwn
        ? plausibleAnswer(api, plan.operation, schema, derive, preference?.dynamic === true)
        : validSample(api.document, api.validators, schema, derive, 'answer'),
  });
  const { content, status } = chosen;
  const applied = preference && { 'preference-applied': inWords(preference) };
  if (!content || bodiless.has(status)) return { status, headers: { ...applied }, body: undefined };
  const { declared, name } = content.chosen;
  const notes: string[] = [];
  const { body, contentType } = writeContent({
    resolver: resolverOf(api.document),
    declared,
    mediaType: name,
    value: isOwn ? shownBody(api, plan.operation, content, notes) : content.value,
    isShown: content.isShown,
  });
  const { changes, headers } = safeDocumentHeaders({
    'content-type': contentType,
    ...notesHeader(notes),
    ...applied,
  });
  for (const change of changes) served.tellOnce(`${api.name}, ${plan.operation.id}: ${change}.`);
  return { status, headers, body };
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
