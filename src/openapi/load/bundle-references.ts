import { realpath } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { SparringError } from '../../errors.ts';
import { isObject, type JsonObject } from '../../json/is-object.ts';
import { childOf, keysOf, type Pointer, pointerTo } from '../../json/json-pointer.ts';
import { methods } from '../document/methods.ts';
import {
  type FoundReference,
  pointerOf,
  type ReferencePlace,
  walkReferences,
} from '../document/walk-references.ts';
import { readSource, type Source } from './source.ts';
import { createSourcePositions } from './source-positions.ts';

/** A part of another file that stands in the bundled document, and where it came from. */
export interface Origin {
  readonly source: Source;
  readonly pointer: Pointer;
}

export interface Bundle {
  /** All files, root first. */
  readonly sources: readonly Source[];
  /** By the pointer in the bundled document below which the part stands. */
  readonly origins: ReadonlyMap<Pointer, Origin>;
}

export interface BundleOptions {
  /** Folder that relative `$ref`s of the root document start from. */
  readonly base: string;
  /** Folder that no file may stand outside of. */
  readonly boundary: string;
  /** Components of 2.0 documents stand elsewhere. */
  readonly sections: 'components' | 'swagger';
}

/** A node still to be searched for references, and the file its relative references start from. */
interface Part {
  readonly node: unknown;
  readonly source: Source;
  readonly pointer: Pointer;
}

/**
 * Brings what `$ref`s into other files point to into the document: each target becomes one component, named for what it
 * was called, and all references to it point there; path items are put in place. As references stay references, circular
 * ones across files need no special care. Changes `root`, which must be the caller's own.
 *
 * @throws SparringError `document-invalid` for remote references, ones that leave the boundary and ones that lead nowhere.
 */
export async function bundleReferences(
  root: JsonObject,
  rootSource: Source,
  options: BundleOptions,
): Promise<Bundle> {
  const boundary = await realpath(options.boundary);
  const sources = new Map<string, Source>([[rootSource.file, rootSource]]);
  const placed = new Map<string, Pointer>();
  const origins = new Map<Pointer, Origin>();
  const waiting: Part[] = [{ node: root, source: rootSource, pointer: '#' }];

  for (let part = waiting.pop(); part; part = waiting.pop()) {
    for (const found of walkReferences(part.node)) {
      const target = await targetOf(found, part);
      if (target) point(found, part, target);
    }
  }
  return { sources: [...sources.values()], origins };

  async function targetOf(found: FoundReference, part: Part): Promise<Origin | undefined> {
    const [path = '', fragment = ''] = splitReference(found.reference);
    if (path === '')
      return part.source === rootSource ? undefined : { source: part.source, pointer: `#${fragment}` };
    if (/^(?:[a-z][a-z0-9+.-]+:|\/\/)/i.test(path))
      throw refuse(found, part, 'remote documents are not fetched');
    const base = part.source === rootSource ? options.base : dirname(part.source.file);
    const file = resolve(base, decodePath(path));
    const real = await realpath(file).catch(() => file);
    if (real !== boundary && !real.startsWith(boundary.endsWith(sep) ? boundary : boundary + sep)) {
      throw refuse(found, part, 'it leaves the folder of the document');
    }
    let source = sources.get(real);
    if (!source) {
      source = await readSource(file, labelOf(rootSource, options.base, file)).catch((error: unknown) => {
        if (error instanceof SparringError && error.code === 'document-unreadable')
          throw refuse(found, part, error.message);
        throw error;
      });
      sources.set(source.file, source);
    }
    return { source, pointer: `#${fragment}` };
  }

  function point(found: FoundReference, part: Part, target: Origin): void {
    const section = sectionOf(found.place);
    if (target.source === rootSource) setReference(found.holder, target.pointer);
    else if (section === undefined) putInPlace(found, part, target);
    else setReference(found.holder, componentFor(section, found, part, target));
  }

  function componentFor(section: string, found: FoundReference, part: Part, target: Origin): Pointer {
    const key = `${section} ${target.source.file} ${target.pointer}`;
    let pointer = placed.get(key);
    if (pointer === undefined) {
      const node = copyOf(found, part, target);
      pointer = place(
        root,
        options.sections === 'swagger' ? [section] : ['components', section],
        nameOf(target),
        node,
      );
      placed.set(key, pointer);
      origins.set(pointer, target);
      waiting.push({ node, source: target.source, pointer: target.pointer });
    }
    return pointer;
  }

  function putInPlace(found: FoundReference, part: Part, target: Origin): void {
    const node = objectOr(copyOf(found, part, target), found, part);
    const { holder } = found;
    Reflect.deleteProperty(holder, '$ref');
    for (const [key, value] of Object.entries(node)) {
      if (!Object.hasOwn(holder, key)) Reflect.set(holder, key, value);
    }
    if (part.node === root) origins.set(pointerOf(found.place), target);
    // The copy is searched, not the holder: what stood beside the $ref belongs to the file that held it.
    waiting.push({ node, source: target.source, pointer: target.pointer });
  }

  function copyOf(found: FoundReference, part: Part, target: Origin): unknown {
    let node: unknown = target.source.value;
    for (const key of keysOf(target.pointer) ?? []) node = childOf(node, key);
    if (node === undefined || (target.pointer !== '#' && !target.pointer.startsWith('#/'))) {
      throw refuse(found, part, `nothing stands at ${target.pointer} in ${target.source.label}`);
    }
    return structuredClone(node);
  }

  function objectOr(node: unknown, found: FoundReference, part: Part): JsonObject {
    if (isObject(node)) return node;
    throw refuse(found, part, 'it is no object');
  }
}

function refuse(found: FoundReference, part: Part, why: string): SparringError {
  const pointer = pointerTo(part.pointer, ...(keysOf(pointerOf(found.place)) ?? []), '$ref');
  const position = createSourcePositions(part.source)(pointer);
  const where = position
    ? `${part.source.label}:${position.line}:${position.column}`
    : `${part.source.label}, ${pointer}`;
  const reason = why.replace(/\.$/, '');
  return new SparringError(
    'document-invalid',
    `${where}: the $ref "${found.reference}" cannot be followed: ${reason}.`,
    {
      next: 'Refer to files in the folder of the document, and to places that exist.',
    },
  );
}

function splitReference(reference: string): [path: string, fragment: string] {
  const hash = reference.indexOf('#');
  return hash < 0 ? [reference, ''] : [reference.slice(0, hash), reference.slice(hash + 1)];
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function labelOf(root: Source, base: string, file: string): string {
  const folder = root.text === undefined ? '' : dirname(root.label);
  const path = relative(base, file);
  return folder === '' || folder === '.' ? path : `${folder}/${path}`;
}

function setReference(holder: JsonObject, pointer: Pointer): void {
  Reflect.set(holder, '$ref', pointer);
}

/** The kind of component a reference stands for, by where it stands; undefined for a path item and for an operation. */
function sectionOf({ key, parent }: ReferencePlace): string | undefined {
  if (!parent) return 'schemas';
  const holder = parent.key;
  if (parent.names) {
    if (holder === 'paths' || holder === 'webhooks' || holder === 'pathItems') return undefined;
    if (componentMaps.has(holder)) return holder;
    return 'schemas';
  }
  if (Array.isArray(parent.node) && holder === 'parameters') return 'parameters';
  if (key === 'requestBody') return 'requestBodies';
  // Not what the specification allows, yet what large documents in many files do; no schema has such a key.
  if (methods.some((method) => method === key)) return undefined;
  return parent.parent?.key === 'callbacks' ? undefined : 'schemas';
}

const componentMaps: ReadonlySet<string> = new Set([
  'responses',
  'parameters',
  'headers',
  'requestBodies',
  'examples',
  'links',
  'callbacks',
  'securitySchemes',
]);

/** The last key of the pointer, or the name of the file, as a component's name may be written. */
function nameOf({ pointer, source }: Origin): string {
  const last =
    keysOf(pointer)?.at(-1) ??
    source.file
      .split(sep)
      .at(-1)
      ?.replace(/\.[^.]+$/, '') ??
    '';
  return last.replaceAll(/[^A-Za-z0-9._-]/g, '_') || 'part';
}

/** Puts a node under a name that is still free, and says where. */
function place(root: JsonObject, path: readonly string[], name: string, node: unknown): Pointer {
  const inSwagger = path[0] === 'schemas' ? ['definitions'] : path;
  let section: object = root;
  for (const key of inSwagger) {
    if (!isObject(childOf(section, key))) Reflect.set(section, key, {});
    const next = childOf(section, key);
    if (isObject(next)) section = next;
  }
  let free = name;
  for (let count = 2; Object.hasOwn(section, free); count += 1) free = `${name}_${count}`;
  Reflect.set(section, free, node);
  return pointerTo('#', ...inSwagger, free);
}
