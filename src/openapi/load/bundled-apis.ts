import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SparringError } from '../../errors.ts';
import { nearest } from '../../json/nearest.ts';

/** The package's own documents, from `src/openapi/` and from `dist/openapi/` alike. */
const folder = fileURLToPath(new URL('../../../openapi/', import.meta.url));
/** Describes Sparring itself; nothing to mock. */
const adminFile = 'sparring-admin.yaml';

/** Path of the admin API's own document. */
export const adminDocument = join(folder, adminFile);

export interface BundledApi {
  readonly name: string;
  /** Absolute path of its document. */
  readonly file: string;
}

let found: readonly BundledApi[] | undefined;

/** The APIs that come with Sparring, by name. */
export function bundledApis(): readonly BundledApi[] {
  found ??= readdirSync(folder)
    .filter((file) => file.endsWith('.yaml') && file !== adminFile)
    .sort()
    .map((file) => ({ name: basename(file, '.yaml'), file: join(folder, file) }));
  return found;
}

/** Whether a file stands in the package's `openapi/` folder, whose documents the test suite checks. */
export function isBundled(file: string): boolean {
  return dirname(file) === dirname(adminDocument);
}

/**
 * The path of the document that a name or path means: a bundled API's name, else a file.
 *
 * @throws SparringError `unknown-api` when it is neither.
 */
export function findApi(nameOrPath: string): string {
  const bundled = bundledApis().find(({ name }) => name === nameOrPath);
  if (bundled) return bundled.file;
  if (/[/\\]|\.(?:ya?ml|json)$/i.test(nameOrPath) || existsSync(nameOrPath)) return nameOrPath;
  const names = bundledApis().map(({ name }) => name);
  const guess = nearest(nameOrPath, names);
  throw new SparringError('unknown-api', `There is no API named "${nameOrPath}".`, {
    next: guess
      ? `Did you mean ${guess}?`
      : `The bundled ones are ${names.join(', ')}; or give the path of an OpenAPI document.`,
  });
}
