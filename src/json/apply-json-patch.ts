import { isObject } from './is-object.ts';

/** Why a JSON Patch could not be applied. */
export class JsonPatchError extends Error {}

/**
 * The value that a JSON Patch makes of another (RFC 6902); neither is changed.
 *
 * @throws JsonPatchError for an operation that is none, a place that is not there, or a test that fails
 */
export function applyJsonPatch(value: unknown, operations: readonly unknown[]): unknown {
  return operations.reduce((document, operation, index) => {
    try {
      return applyOne(document, operation);
    } catch (error) {
      if (error instanceof JsonPatchError) throw new JsonPatchError(`operation ${index}: ${error.message}`);
      throw error;
    }
  }, structuredClone(value));
}

/** The value that a merge patch makes of another (RFC 7396, section 2). */
export function applyMergePatch(value: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = isObject(value) ? { ...value } : {};
  for (const [name, part] of Object.entries(patch)) {
    if (name === '__proto__') continue;
    if (part === null) delete merged[name];
    else merged[name] = applyMergePatch(merged[name], part);
  }
  return merged;
}

function applyOne(document: unknown, operation: unknown): unknown {
  if (!isObject(operation) || typeof operation.path !== 'string') throw new JsonPatchError('it has no path');
  const path = keysIn(operation.path);
  switch (operation.op) {
    case 'add':
      return put(document, path, operation.value, true);
    case 'replace':
      read(document, path);
      return put(document, path, operation.value, false);
    case 'remove':
      return take(document, path);
    case 'test':
      if (isSame(read(document, path), operation.value)) return document;
      throw new JsonPatchError(`${operation.path} is not what it is tested for`);
    case 'move':
    case 'copy': {
      if (typeof operation.from !== 'string') throw new JsonPatchError('it has no from');
      const from = keysIn(operation.from);
      const moved = structuredClone(read(document, from));
      return put(operation.op === 'move' ? take(document, from) : document, path, moved, true);
    }
    default:
      throw new JsonPatchError(`"${String(operation.op)}" is no operation`);
  }
}

function keysIn(pointer: string): readonly string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) throw new JsonPatchError(`"${pointer}" is no JSON pointer`);
  return pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function read(document: unknown, path: readonly string[]): unknown {
  let here = document;
  for (const key of path) {
    const isThere = typeof here === 'object' && here !== null && Object.hasOwn(here, key);
    if (!isThere || key === '__proto__') throw new JsonPatchError(`nothing stands at /${path.join('/')}`);
    here = Reflect.get(Object(here), key);
  }
  return here;
}

function put(document: unknown, path: readonly string[], value: unknown, inserts: boolean): unknown {
  const key = path.at(-1);
  if (key === undefined) return value;
  const holder = read(document, path.slice(0, -1));
  if (Array.isArray(holder)) {
    const index = key === '-' ? holder.length : Number(key);
    if (!/^(?:-|\d+)$/.test(key) || index > holder.length)
      throw new JsonPatchError(`${key} is no place in a list`);
    holder.splice(index, inserts ? 0 : 1, value);
  } else if (typeof holder === 'object' && holder !== null && key !== '__proto__')
    Reflect.set(holder, key, value);
  else throw new JsonPatchError(`nothing can stand at /${path.join('/')}`);
  return document;
}

function take(document: unknown, path: readonly string[]): unknown {
  read(document, path);
  const key = path.at(-1);
  if (key === undefined) return null;
  const holder = read(document, path.slice(0, -1));
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else Reflect.deleteProperty(Object(holder), key);
  return document;
}

function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  if (!isObject(one) || !isObject(other)) return one === other;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => isSame(one[name], other[name]));
}
