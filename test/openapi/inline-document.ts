import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiDocument, Operation } from '../../src/openapi/document/document.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';
import { createValidators, type Validators } from '../../src/openapi/schema/validators.ts';

/** The path of a small document that stands beside the tests. */
export function documentFile(name: string): string {
  return join(import.meta.dirname, 'documents', name);
}

/** Writes a file into a folder of its own. */
export function writeDocument(name: string, text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'sparring-')), name);
  writeFileSync(file, text);
  return file;
}

/** Loads a document that has the given paths and components, and what every document has. */
export function loadParts(parts: Readonly<Record<string, unknown>>): Promise<ApiDocument> {
  const document = { openapi: '3.1.0', info: { title: 'Test', version: '1.0.0' }, paths: {}, ...parts };
  return loadDocument({ name: 'test', document });
}

export interface LoadedOperation {
  readonly document: ApiDocument;
  readonly validators: Validators;
  readonly operation: Operation;
}

/** A document of one operation, `POST /test` unless a path is given. */
export async function loadOperation(
  definition: Readonly<Record<string, unknown>>,
  options: { readonly path?: string; readonly components?: unknown } = {},
): Promise<LoadedOperation> {
  const { components, path = '/test' } = options;
  const document = await loadParts({
    paths: { [path]: { post: { operationId: 'test', ...definition } } },
    ...(components !== undefined && { components }),
  });
  const [operation] = document.operations;
  if (!operation) throw new Error('The document has no operation.');
  return { document, validators: createValidators(document), operation };
}

/** Where a list index must have something. */
export function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('There is nothing.');
  return value;
}
