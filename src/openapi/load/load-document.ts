import { realpath } from 'node:fs/promises';
import { basename, dirname, resolve as resolvePath } from 'node:path';
import { SparringError } from '../../errors.ts';
import { isObject, type JsonObject, kindOf } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';
import type { ApiDocument } from '../document/document.ts';
import type { DocumentProblem } from '../document/document-problem.ts';
import { indexOperations } from '../document/index-operations.ts';
import { createBundlePositions, documentInvalid } from './bundle-positions.ts';
import type { Bundle } from './bundle-references.ts';
import { isBundled } from './bundled-apis.ts';
import { describeDocument } from './describe-document.ts';
import { resolveSelf } from './resolve-self.ts';
import { inlineSource, readSource, type Source } from './source.ts';

export interface LoadOptions {
  /** The folder that `$ref`s into other files may not leave; default: the folder of the document. */
  readonly root?: string;
  /** What it is called; default: the base name of the file. */
  readonly name?: string;
}

/**
 * Loads a document from a YAML or JSON file, or takes one given as an object. What refers to other files is bundled, older
 * versions are upgraded to 3.1, and all is checked; the package's own documents are checked by its tests instead. What is
 * wrong and can be read in one way only is read so, and stands in `warnings`.
 *
 * @param source path of a file, or a document at hand with the name it is to have
 * @throws SparringError `document-unreadable`; `document-invalid` naming file, line, column and what was expected there
 */
export async function loadDocument(
  source: string | { readonly name: string; readonly document: unknown },
  options: LoadOptions = {},
): Promise<ApiDocument> {
  const inline = typeof source !== 'string';
  const read = inline ? inlineSource(source.name, source.document) : await readSource(source, source);
  const name = options.name ?? nameOf(inline ? source.name : basename(source));
  const written = rootOf(read);
  const checked = !isBundled(read.file);
  if (written.$self !== undefined) resolveSelf(written);
  const bundle = checked ? await bundleIfNeeded(written, read, options) : undefined;
  const positions = createBundlePositions(read, bundle);
  const fail = (pointer: Pointer, message: string) => documentInvalid(positions, [{ pointer, message }]);
  const { checkDocument } = checked ? await import('./check-document.ts') : {};
  const { mendSchemas } = checked ? await import('./mend-schemas.ts') : {};
  const { problems: mended, root: readable } = mendSchemas?.(written) ?? { problems: [], root: written };
  const older = isOlder(written);
  // What was written is checked where it can be, so that what is wrong is named by its own place.
  const leniencies =
    written.swagger === undefined
      ? await checkDocument?.(indexOperations(readable, fail), positions)
      : undefined;
  const unread = checked ? await externalExamples(readable, read, options) : [];
  const root = older ? await upgrade(readable, read.label) : readable;
  const index = indexOperations(root, fail);
  const later = older ? await checkDocument?.(index, positions) : undefined;
  const told = [...(leniencies ?? later ?? []), ...mended, ...unread];
  return describeDocument({ name, read, bundle, index, positions, leniencies: told });
}

/** Reads the files that examples name; what of them cannot be read. */
async function externalExamples(
  root: JsonObject,
  source: Source,
  options: LoadOptions,
): Promise<readonly DocumentProblem[]> {
  const base = source.text === undefined ? options.root : dirname(source.file);
  if (base === undefined || !source.text?.includes('externalValue')) return [];
  const { readExternalExamples } = await import('./read-external-examples.ts');
  return readExternalExamples(root, base, options.root ?? base);
}

/** Whether a document must be upgraded before it is one of OpenAPI 3.1. */
function isOlder(root: JsonObject): boolean {
  return root.swagger !== undefined || (typeof root.openapi === 'string' && root.openapi.startsWith('3.0'));
}

async function upgrade(root: JsonObject, label: string): Promise<JsonObject> {
  const { upgradeDocument } = await import('./upgrade-document.ts');
  return upgradeDocument(root, label);
}

/** The base name without extension, lower-case, with `-` for all but letters of ASCII and digits. */
function nameOf(base: string): string {
  const stem = base.replace(/\.[^.]+$/, '') || base;
  return stem.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-');
}

/** The document's root, after what must hold before anything else can be done with it. */
function rootOf(source: Source): JsonObject {
  const { value } = source;
  const positions = createBundlePositions(source, undefined);
  if (!isObject(value))
    throw documentInvalid(positions, [
      { pointer: '#', message: `expected an object, found ${kindOf(value)}` },
    ]);
  const { openapi, swagger } = value;
  if (openapi === undefined && swagger === undefined) {
    throw documentInvalid(positions, [
      { pointer: '#', message: 'expected an OpenAPI document: there is no field "openapi"' },
    ]);
  }
  const supported =
    swagger === undefined ? /^3\.[012](?:\.|$)/.test(String(openapi)) : String(swagger) === '2.0';
  if (supported && (swagger !== undefined || typeof openapi === 'string')) return value;
  const field = swagger === undefined ? 'openapi' : 'swagger';
  const message = `expected openapi: "3.1.0" (or 3.0, 3.2, or swagger: "2.0"), found ${JSON.stringify(value[field])}`;
  throw documentInvalid(positions, [{ pointer: pointerTo('#', field), message }]);
}

async function bundleIfNeeded(
  root: JsonObject,
  source: Source,
  options: LoadOptions,
): Promise<Bundle | undefined> {
  const { walkReferences } = await import('../document/walk-references.ts');
  if (!walkReferences(root).some(({ reference }) => !reference.startsWith('#'))) return undefined;
  const { bundleReferences } = await import('./bundle-references.ts');
  const base = source.text === undefined ? options.root : dirname(source.file);
  if (base === undefined) {
    throw new SparringError(
      'document-invalid',
      `${source.label} refers to other files, and has no folder to find them in.`,
      {
        next: 'Give the folder as root, or the path of a file in place of an object.',
      },
    );
  }
  const boundary = options.root ?? base;
  return bundleReferences(root, source, {
    base: await realpath(resolvePath(base)),
    boundary,
    sections: root.swagger === undefined ? 'components' : 'swagger',
  });
}
