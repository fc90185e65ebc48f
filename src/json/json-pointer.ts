/** `pointer` with more keys, escaped as RFC 6901 says. Only `%` is percent-encoded, so that pointers stay readable. */
export function pointerTo(pointer: Pointer, ...keys: readonly (string | number)[]): Pointer {
  let longer = pointer;
  for (const key of keys) longer += `/${escapeKey(String(key))}`;
  return longer;
}

function escapeKey(key: string): string {
  if (!/[~/%]/.test(key)) return key;
  return key.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('%', '%25');
}

/** The keys of a pointer such as `#/paths/~1customers/get`; undefined for what is no pointer, such as `#anchor`. */
export function keysOf(pointer: Pointer): string[] | undefined {
  if (pointer === '#' || pointer === '') return [];
  if (!pointer.startsWith('#/')) return undefined;
  const keys = pointer.slice(2).split('/');
  if (!pointer.includes('%') && !pointer.includes('~')) return keys;
  return keys.map((key) => percentDecoded(key).replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The pointer with each key written the one way `pointerTo` writes it, so that pointers can be compared. */
export function normalisePointer(pointer: Pointer): Pointer | undefined {
  if (!pointer.includes('%')) return pointer === '' ? '#' : pointer;
  const keys = keysOf(pointer);
  return keys && pointerTo('#', ...keys);
}

/** The member `key` of an object or array; undefined where it has none of its own. */
export function childOf(node: unknown, key: string): unknown {
  if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined;
  return Reflect.get(node, key);
}

function percentDecoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** A JSON pointer into the loaded document as a URI fragment, such as `#/components/schemas/Customer`. */
export type Pointer = string;
