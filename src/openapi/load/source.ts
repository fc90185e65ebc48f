import { readFileSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { SparringError } from '../../errors.ts';
import { findJsonProblem } from '../../json/json-problem.ts';

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

/**
 * Reads a YAML 1.2 or JSON file.
 *
 * @throws SparringError `document-unreadable`, or `document-invalid` with line and column for a syntax error.
 */
export async function readSource(path: string, label: string): Promise<Source> {
  let file: string;
  let text: string;
  try {
    file = await realpath(path);
    // At once: read piece by piece, a large file would be held twice until garbage is collected.
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new SparringError('document-unreadable', `${label} cannot be read: ${reasonOf(cause)}.`, { cause });
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
    return { file: '<inline>', label, text: undefined, value };
  } catch (cause) {
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
    return JSON.parse(text);
  } catch (cause) {
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
    return load(text, { schema: CORE_SCHEMA.withTags(mergeTag), maxDepth: deepest });
  } catch (cause) {
    if (!(cause instanceof YAMLException)) throw cause;
    const { mark, reason } = cause;
    const where = mark ? `${label}:${mark.line + 1}:${mark.column + 1}` : `${label}:1:1`;
    throw new SparringError('document-invalid', `${where}: not valid YAML, ${reason}.`, { cause });
  }
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'permission is denied';
  if (code === 'EISDIR') return 'it is a folder';
  return String(code ?? cause);
}
