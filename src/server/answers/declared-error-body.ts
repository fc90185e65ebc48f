import { isObject } from '../../json/is-object.ts';
import type { ApiDocument, MediaType, Operation } from '../../openapi/document/document.ts';
import { findResponse } from '../../openapi/document/find-response.ts';
import { recordPropertiesOf } from '../../openapi/document/record-properties.ts';
import { validSample } from '../../openapi/sample/valid-sample.ts';
import { createDerivation } from '../../state/derivation.ts';
import type { ErrorFacts } from '../model/error-facts.ts';
import type { ServedApi } from '../model/served-api.ts';

/** Names under which error bodies commonly tell what happened, and which fact each is. */
const facts: Readonly<Record<string, keyof ErrorFacts>> = {
  message: 'message',
  detail: 'message',
  description: 'message',
  error_description: 'message',
  reason: 'message',
  error: 'title',
  title: 'title',
  code: 'status',
  status: 'status',
  statusCode: 'status',
};

/** The error body an operation declares for a status, with what happened filled in where the document has a place for it. */
export function declaredErrorBody(
  { document, validators }: Pick<ServedApi, 'document' | 'validators'>,
  operation: Operation,
  status: number,
  error: ErrorFacts,
): { readonly mediaType: string; readonly body: unknown } | undefined {
  const mediaTypes = findResponse(operation, status)?.mediaTypes ?? [];
  const media = mediaTypes.find(({ name }) => /\bjson\b/.test(name));
  if (!media) return textOf(document, mediaTypes, error);
  const shown = exampleOf(document, media);
  const { name: mediaType, schema } = media;
  if (schema === undefined)
    return { mediaType, body: shown ?? { status, title: error.title, detail: error.message } };
  const source = createDerivation(operation.id, status);
  const body = shown ?? validSample(document, validators, schema, source, 'error');
  return { mediaType, body: fill(document, schema, body, error) };
}

/** An error where the document declares text for it: the text it shows, else what happened. */
function textOf(
  document: ApiDocument,
  mediaTypes: readonly MediaType[],
  { message }: ErrorFacts,
): { readonly mediaType: string; readonly body: string } | undefined {
  for (const media of mediaTypes) {
    const shown = exampleOf(document, media);
    if (typeof shown === 'string') return { mediaType: media.name, body: shown };
    if (media.name === 'text/plain') return { mediaType: media.name, body: message };
    if (media.name === 'text/html') return { mediaType: media.name, body: `<p>${escapeHtml(message)}</p>` };
  }
  return undefined;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function exampleOf(document: ApiDocument, { pointer }: MediaType): unknown {
  const node = document.resolve(pointer)?.node;
  if (!isObject(node)) return undefined;
  if (node.example !== undefined) return node.example;
  const [name] = isObject(node.examples) ? Object.keys(node.examples) : [];
  const example = name === undefined ? undefined : document.resolve(`${pointer}/examples/${name}`)?.node;
  return isObject(example) ? example.value : undefined;
}

function fill(document: ApiDocument, schema: string, body: unknown, error: ErrorFacts): unknown {
  if (!isObject(body)) return body;
  const filled: Record<string, unknown> = { ...body };
  for (const [name, pointer] of recordPropertiesOf(document, schema)) {
    const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
    const types = typesOf(document.resolve(pointer)?.node);
    if (types.has('object')) filled[name] = fill(document, pointer, body[name], error);
    else if (fact && types.has('string') && fact !== 'status') filled[name] = error[fact];
    else if (fact === 'status' && (types.has('integer') || types.has('number'))) filled[name] = error.status;
  }
  return filled;
}

function typesOf(node: unknown): ReadonlySet<unknown> {
  if (!isObject(node)) return new Set();
  return new Set(
    Array.isArray(node.type) ? node.type : [node.type ?? (isObject(node.properties) ? 'object' : undefined)],
  );
}
