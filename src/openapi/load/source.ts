import { readFileSync, statSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { SparringError } from '../../errors.ts';
import { findJsonProblem } from '../../json/json-problem.ts';
import { isNestedDeeper, unfoldedSize } from './unfolded-size.ts';

/** One file a document is made of, or the object that was given in place of a file. */
export interface Source {
  /** Absolute, or `<inline>`. */
  readonly file: string;
  /** What messages call it: the path as it was given. */
  readonly label: string;
  /** Undefined when the document was given as an object. */
  readonly text: string | undefined;
  readonly value: unknown;
}

/** Deeper nesting than this is refused; documents rarely pass 30. */
const deepest = 1000;

/** Values of a document with its aliases written out; one of 1 MB has some 100,000. */
const mostValues = 500_000;

/**
 * Reads a YAML 1.2 or JSON file.
 *
 * @throws SparringError `document-unreadable`, or `document-invalid` with line and column for a syntax error.
 */
export async function readSource(path: string, label: string): Promise<Source> {
  let file: string;
  let text: string;
  let isFile = true;
  try {
    file = await realpath(path);
    // A pipe would be waited for, and a device may have no end.
    isFile = statSync(file).isFile() || statSync(file).isDirectory();
    if (!isFile) throw new TypeError('It is no file.');
    // At once: read piece by piece, a large file would be held twice until garbage is collected.
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new SparringError(
      'document-unreadable',
      `${label} cannot be read: ${isFile ? reasonOf(cause) : 'it is no file'}.`,
      { cause },
    );
  }
  if (text.startsWith('\ufeff')) text = text.slice(1);
  const value = file.toLowerCase().endsWith('.json') ? parseJson(text, label) : await parseYaml(text, label);
  return { file, label, text, value };
}

/** An object given in place of a file, as a copy that is plain JSON. */
export function inlineSource(name: string, document: unknown): Source {
  const label = `The inline document "${name}"`;
  try {
    const text = JSON.stringify(document);
    const value: unknown = text === undefined ? undefined : JSON.parse(text);
    assertShallow(value, label);
    return { file: '<inline>', label, text: undefined, value };
  } catch (cause) {
    if (cause instanceof SparringError) throw cause;
    const why =
      cause instanceof RangeError ? 'nested too deeply' : 'circular, or holds what JSON cannot hold';
    throw new SparringError('document-invalid', `${label} is ${why}.`, {
      cause,
      next: 'Give plain JSON with $refs in place, or the path of a file.',
    });
  }
}

function parseJson(text: string, label: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    assertShallow(value, label);
    return value;
  } catch (cause) {
    if (cause instanceof SparringError) throw cause;
    const { line, column, expected } = findJsonProblem(text);
    throw new SparringError(
      'document-invalid',
      `${label}:${line}:${column}: not valid JSON, expected ${expected}.`,
      { cause },
    );
  }
}

async function parseYaml(text: string, label: string): Promise<unknown> {
  const { CORE_SCHEMA, load, mergeTag, YAMLException } = await import('js-yaml');
  try {
    const value: unknown = load(text, { schema: CORE_SCHEMA.withTags(mergeTag), maxDepth: deepest });
    if (text.includes('*')) assertUnfoldable(value, label);
    return value;
  } catch (cause) {
    if (!(cause instanceof YAMLException)) throw cause;
    const { mark, reason } = cause;
    const where = mark ? `${label}:${mark.line + 1}:${mark.column + 1}` : `${label}:1:1`;
    throw new SparringError('document-invalid', `${where}: not valid YAML, ${reason}.`, { cause });
  }
}

function assertShallow(value: unknown, label: string): void {
  if (isNestedDeeper(value, deepest))
    throw new SparringError('document-invalid', `${label} is nested more than ${deepest} levels deep.`, {
      next: 'Move inner schemas to components, and refer to them.',
    });
}

function assertUnfoldable(value: unknown, label: string): void {
  const size = unfoldedSize(value);
  if (size > mostValues)
    throw new SparringError(
      'document-invalid',
      `${label} has YAML aliases that stand for more than ${mostValues} values.`,
      { next: 'Use $ref in place of aliases within aliases.' },
    );
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'permission is denied';
  if (code === 'EISDIR') return 'it is a folder';
  return String(code ?? cause);
}
