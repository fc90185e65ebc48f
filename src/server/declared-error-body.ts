import { findResponse } from '../openapi/check-answer.ts';
import type { ApiDocument, MediaType, Operation } from '../openapi/document.ts';
import { isObject } from '../openapi/is-object.ts';
import { propertiesOf } from '../openapi/record-schema.ts';
import { sample } from '../openapi/sample.ts';
import { createDerivation } from '../state/derivation.ts';
import type { ErrorFacts } from './error-answer.ts';

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
  document: ApiDocument,
  operation: Operation,
  status: number,
  error: ErrorFacts,
): { readonly mediaType: string; readonly body: unknown } | undefined {
  const media = findResponse(operation, status)?.mediaTypes.find(({ name }) => /\bjson\b/.test(name));
  if (media?.schema === undefined) return undefined;
  const body =
    exampleOf(document, media) ??
    sample(document, media.schema, createDerivation(operation.id, status), 'error');
  return { mediaType: media.name, body: fill(document, media.schema, body, error) };
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
  for (const [name, pointer] of propertiesOf(document, schema)) {
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
