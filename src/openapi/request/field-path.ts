/** Deeper names than this are taken as they stand. */
const deepest = 32;

/** The keys of a name such as `metadata[a][b]` or `tags[]`; a name that is not of this kind is its only key. */
export function fieldPath(name: string): readonly string[] {
  const open = name.indexOf('[');
  if (open <= 0 || !name.endsWith(']')) return [name];
  const keys = name.slice(open + 1, -1).split('][');
  if (keys.length >= deepest || keys.some((key) => key.includes('[') || key.includes(']'))) return [name];
  return [name.slice(0, open), ...keys];
}

type Container = Record<string, unknown>;

/**
 * Puts a value where a path of keys leads, making objects and lists on the way: `[]` adds to a list, a name that comes
 * again becomes a list. Keys that would reach a prototype are left out.
 */
export function insertField(target: Container, path: readonly string[], value: unknown): void {
  if (path.includes('__proto__')) return;
  let container: Container | unknown[] = target;
  for (let index = 0; index < path.length - 1; index += 1) {
    container = childFor(container, path[index] ?? '', path[index + 1] ?? '', path[index + 2]);
  }
  addValue(container, path.at(-1) ?? '', value);
}

/** The object or list at a key, made where it is missing. In a list, a key that its last object has already begins another one. */
function childFor(
  container: Container | unknown[],
  key: string,
  next: string,
  afterNext: string | undefined,
): Container | unknown[] {
  const fresh: Container | unknown[] = next === '' ? [] : {};
  if (Array.isArray(container)) {
    const last: unknown = container.at(-1);
    if (isContainer(last) && (Array.isArray(last) || afterNext !== undefined || !Object.hasOwn(last, next)))
      return last;
    container.push(fresh);
    return fresh;
  }
  const known = Object.hasOwn(container, key) ? container[key] : undefined;
  if (isContainer(known)) return known;
  container[key] = fresh;
  return fresh;
}

function addValue(container: Container | unknown[], key: string, value: unknown): void {
  if (Array.isArray(container)) {
    container.push(value);
    return;
  }
  if (!Object.hasOwn(container, key)) container[key] = value;
  else {
    const known = container[key];
    if (Array.isArray(known)) known.push(value);
    else container[key] = [known, value];
  }
}

/** Objects and lists made here; files are values. */
function isContainer(value: unknown): value is Container | unknown[] {
  return (
    Array.isArray(value) ||
    (typeof value === 'object' &&
      value !== null &&
      Object.getPrototypeOf(value) === Object.prototype &&
      !('bytes' in value))
  );
}
