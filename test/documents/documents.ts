import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { load } from 'js-yaml';

export type JsonObject = { readonly [key: string]: unknown };

/** A document as it stands in `openapi/`, as plain JSON with its `$ref`s in place. */
export interface SourceDocument {
  /** The file's base name, such as `hive`. */
  readonly name: string;
  readonly file: string;
  readonly root: JsonObject;
}

export const projectRoot = join(import.meta.dirname, '../..');

/** Every document in `openapi/`; a new one is covered by putting it there. */
export function sourceDocuments(): SourceDocument[] {
  const files = readdirSync(join(projectRoot, 'openapi')).filter((name) => name.endsWith('.yaml'));
  return files.sort().map((name) => {
    const file = join(projectRoot, 'openapi', name);
    return { name: basename(name, '.yaml'), file, root: objectAt(load(readFileSync(file, 'utf8'))) };
  });
}

export function sourceDocument(name: string): SourceDocument {
  const found = sourceDocuments().find((document) => document.name === name);
  if (!found) throw new Error(`There is no openapi/${name}.yaml.`);
  return found;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object that `keys` lead to from `value`; an empty one where nothing stands. Throws where something else stands. */
export function objectAt(value: unknown, ...keys: string[]): JsonObject {
  let node = value;
  for (const key of keys) node = isObject(node) ? node[key] : undefined;
  if (node === undefined) return {};
  if (!isObject(node)) throw new Error(`${keys.join('/')} is no object.`);
  return node;
}

/** The node at a pointer such as `#/components/schemas/Customer`; undefined where nothing stands. */
export function nodeAt(root: JsonObject, pointer: string): unknown {
  let node: unknown = root;
  for (const token of pointer.split('/').slice(1)) {
    const key = decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
    node = isObject(node) || Array.isArray(node) ? Reflect.get(node, key) : undefined;
  }
  return node;
}

/** `pointer` with one more key. */
export function pointerTo(pointer: string, key: string | number): string {
  return `${pointer}/${encodeURIComponent(String(key).replaceAll('~', '~0').replaceAll('/', '~1'))}`;
}

export interface SourceOperation {
  readonly id: unknown;
  readonly method: string;
  readonly path: string;
  readonly definition: JsonObject;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** The operations under `paths`, or those under `webhooks`. */
export function operationsOf(root: JsonObject, under: 'paths' | 'webhooks' = 'paths'): SourceOperation[] {
  return Object.entries(objectAt(root, under)).flatMap(([path, item]) =>
    methods
      .filter((method) => Object.hasOwn(objectAt(item), method))
      .map((method) => {
        const definition = objectAt(item, method);
        return { id: definition.operationId, method, path, definition };
      }),
  );
}

/** Compiles the schemas of one document by pointer, with formats asserted. Throws for a schema that does not compile. */
export function schemaCompiler(root: JsonObject): (pointer: string) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
  addFormats.default(ajv);
  ajv.addSchema(root, 'document', undefined, false);
  return (pointer) => ajv.compile({ $ref: `document${pointer}` });
}
