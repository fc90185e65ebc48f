import { readFile, realpath } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { isObject, objectOrEmpty } from '../../json/is-object.ts';
import { pointerTo } from '../../json/json-pointer.ts';
import type { ApiDocument, MediaType } from '../document/document.ts';

/**
 * The value of an example that stands in a file beside the document (`externalValue`, a relative reference); undefined where
 * there is none, and for a file that is outside of the document's folder or cannot be read.
 *
 * @param name the example that is wanted; undefined: the first one
 */
export async function fileExample(
  document: ApiDocument,
  mediaType: MediaType | undefined,
  name: string | undefined,
): Promise<unknown> {
  if (!mediaType || document.file === '<inline>') return undefined;
  const examples = Object.keys(
    objectOrEmpty(objectOrEmpty(document.resolve(mediaType.pointer)?.node).examples),
  );
  const wanted = name ?? examples[0];
  if (wanted === undefined) return undefined;
  const node = document.resolve(pointerTo(mediaType.pointer, 'examples', wanted))?.node;
  const file = isObject(node) ? node.externalValue : undefined;
  if (typeof file !== 'string' || /^[a-z][a-z0-9+.-]*:|^\/\//i.test(file)) return undefined;
  try {
    const folder = await realpath(dirname(document.file));
    const path = await realpath(resolve(folder, file));
    if (!path.startsWith(`${folder}${sep}`)) return undefined;
    const bytes = await readFile(path);
    if (/\bjson\b/.test(mediaType.name)) return JSON.parse(bytes.toString('utf8'));
    return /^text\/|xml|csv/.test(mediaType.name) ? bytes.toString('utf8') : bytes;
  } catch {
    return undefined;
  }
}
