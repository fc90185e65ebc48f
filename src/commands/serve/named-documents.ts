import { basename } from 'node:path';
import { SparringError } from '../../errors.ts';
import type { MockOptions, NamedDocument } from '../../server/model/mock-options.ts';

type Sources = readonly (string | NamedDocument)[];

/**
 * The APIs to serve, those that `--name` speaks of under the names it gives them.
 *
 * @param names by document as it was given, or by its file name; under the empty name for the only one
 * @throws SparringError `usage` for a name that is for no document, or for several
 */
export function namedDocuments(
  apis: Sources | undefined,
  names: Readonly<Record<string, string>> = {},
): Sources | undefined {
  let named = apis;
  for (const [document, name] of Object.entries(names)) {
    const meant = (named ?? []).filter((source) => isMeant(document, fileOf(source)));
    const [only, ...others] = meant;
    if (only === undefined || others.length > 0) throw notOne(document, name, meant.length);
    named = named?.map((source) => (source === only ? { name, file: fileOf(source) } : source));
  }
  return named;
}

/** What `--mount` gives: a path for the only API, or one by API. */
export function mountOf(given: Readonly<Record<string, string>> | undefined): MockOptions['mount'] {
  const only = given?.[''];
  if (only === undefined) return given;
  if (Object.keys(given ?? {}).length === 1) return only;
  throw new SparringError('usage', `--mount ${only} does not say which API it is for.`, {
    next: 'Write --mount <api>=<path> for each.',
  });
}

function fileOf(source: string | NamedDocument): string {
  return typeof source === 'string' ? source : source.file;
}

function isMeant(document: string, file: string): boolean {
  return document === '' || document === file || document === basename(file);
}

function notOne(document: string, name: string, count: number): SparringError {
  const which = document === '' ? `--name ${name}` : `--name ${document}=${name}`;
  const why = count === 0 ? 'is for no document that is served' : `could be for any of ${count} documents`;
  return new SparringError('usage', `${which} ${why}.`, {
    next: 'Write --name <document>=<name>, with the document as it is given to serve.',
  });
}
