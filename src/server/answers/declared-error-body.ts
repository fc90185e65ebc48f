import { chooseMediaType } from '../../openapi/answer/choose-media-type.ts';
import { isWritable, writeContent } from '../../openapi/content/write-content.ts';
import { bodyExamples } from '../../openapi/document/declared-examples.ts';
import type { ApiDocument, MediaType, Operation } from '../../openapi/document/document.ts';
import { findResponse } from '../../openapi/document/find-response.ts';
import { isJsonType, parseMediaType } from '../../openapi/document/media-type.ts';
import { resolverOf } from '../../openapi/document/resolver-of.ts';
import { validSample } from '../../openapi/sample/valid-sample.ts';
import { createDerivation } from '../../state/derivation.ts';
import type { ErrorFacts } from '../model/error-facts.ts';
import type { ServedApi } from '../model/served-api.ts';
import { tellReason } from './tell-reason.ts';

/** The error body an operation declares for a status, with what happened filled in where the document has a place for it. */
export function declaredErrorBody(
  { document, validators }: Pick<ServedApi, 'document' | 'validators'>,
  operation: Operation,
  status: number,
  error: ErrorFacts,
): { readonly mediaType: string; readonly body: unknown } | undefined {
  const mediaTypes = findResponse(operation, status)?.mediaTypes ?? [];
  const chosen = chooseMediaType(mediaTypes, undefined);
  if (!chosen) return undefined;
  const { declared, name: mediaType } = chosen;
  const [example] = bodyExamples(document, declared);
  const isJson = isJsonType(parseMediaType(mediaType)?.essence ?? '');
  if (!isJson && (typeof example?.value === 'string' || /^text\//.test(mediaType)))
    return textOf(document, mediaTypes, error);
  if (!isWritable(mediaType)) return undefined;
  const { schema } = declared;
  const source = createDerivation(operation.id, status);
  const shown =
    example?.value ??
    (schema === undefined ? undefined : validSample(document, validators, schema, source, 'error'));
  const told = schema === undefined ? undefined : tellReason({ document, validators }, schema, shown, error);
  const body = told ?? shown ?? { status, title: error.title, detail: error.message };
  if (isJson) return { mediaType, body };
  const resolver = resolverOf(document);
  const written = writeContent({ resolver, declared, mediaType, value: body, isShown: false });
  return { mediaType: written.contentType, body: String(written.body) };
}

/** An error where the document declares text for it: the text it shows, else what happened. */
function textOf(
  document: ApiDocument,
  mediaTypes: readonly MediaType[],
  { message }: ErrorFacts,
): { readonly mediaType: string; readonly body: string } | undefined {
  for (const media of mediaTypes) {
    const [shown] = bodyExamples(document, media);
    if (typeof shown?.value === 'string') return { mediaType: media.name, body: shown.value };
    if (media.name === 'text/html') return { mediaType: media.name, body: `<p>${escapeHtml(message)}</p>` };
    if (media.name.startsWith('text/')) return { mediaType: media.name.replace('*', 'plain'), body: message };
  }
  return undefined;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
