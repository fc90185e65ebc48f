import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import { isObject, type JsonObject } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';
import type { DocumentProblem } from '../document/document-problem.ts';

/** Bytes of the largest example that is read. */
const largest = 10 * 1024 * 1024;

/**
 * Puts what files show in the place of the `externalValue` that names them (OpenAPI 3.1, section 4.8.19): JSON and YAML as values,
 * other text as it is, bytes as data URLs. Changes `root`, which must be the caller's own. What cannot be read is left out, and told.
 *
 * @param base folder that relative names start from
 * @param boundary folder that no file may stand outside of
 */
export async function readExternalExamples(
  root: JsonObject,
  base: string,
  boundary: string,
): Promise<readonly DocumentProblem[]> {
  const problems: DocumentProblem[] = [];
  const limit = await realpath(boundary);
  for (const { node, pointer } of externalExamples(root)) {
    const name = String(node.externalValue);
    try {
      Reflect.set(node, 'value', await readExample(name, base, limit));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      problems.push({
        pointer: pointerTo(pointer, 'externalValue'),
        message: `the example "${name.slice(0, 200)}" is left out: ${why.replace(/\.$/, '')}`,
      });
    }
  }
  return problems;
}

interface Found {
  readonly node: JsonObject;
  readonly pointer: Pointer;
}

/** All Example Objects that name a file and show nothing else. Does not recurse: documents may be deep. */
function* externalExamples(root: JsonObject): Generator<Found> {
  const seen = new Set<unknown>();
  const waiting: { readonly node: unknown; readonly pointer: Pointer }[] = [{ node: root, pointer: '#' }];
  for (let here = waiting.pop(); here; here = waiting.pop()) {
    const { node, pointer } = here;
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    const isExample = isObject(node) && typeof node.externalValue === 'string' && node.value === undefined;
    if (isExample && /\/examples\/[^/]+$/.test(pointer)) yield { node, pointer };
    else
      for (const [key, child] of Object.entries(node))
        waiting.push({ node: child, pointer: pointerTo(pointer, key) });
  }
}

async function readExample(name: string, base: string, boundary: string): Promise<unknown> {
  if (/^(?:[a-z][a-z0-9+.-]+:|\/\/)/i.test(name)) throw new Error('remote examples are not fetched');
  const file = await realpath(resolve(base, decodeURI(name))).catch(() => {
    throw new Error('there is no such file');
  });
  if (!file.startsWith(boundary.endsWith(sep) ? boundary : boundary + sep))
    throw new Error('it leaves the folder of the document');
  if ((await stat(file)).size > largest) throw new Error(`it is larger than ${largest} bytes`);
  const bytes = await readFile(file);
  const kind = extname(file).toLowerCase();
  if (kind === '.json') return JSON.parse(bytes.toString('utf8'));
  if (kind === '.yaml' || kind === '.yml') return (await import('js-yaml')).load(bytes.toString('utf8'));
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : `data:;base64,${bytes.toString('base64')}`;
}
