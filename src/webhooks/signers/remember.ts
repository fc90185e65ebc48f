/** Results kept at a time; one endpoint more than this costs a computation, not memory. */
const mostKept = 1000;

/** `make` with its results kept by its arguments, so that a secret is not read again for every delivery. */
export function remember<T>(make: (...texts: readonly string[]) => T): (...texts: readonly string[]) => T {
  const kept = new Map<string, T>();
  return (...texts) => {
    const key = texts.join('\0');
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = make(...texts);
    if (kept.size >= mostKept) kept.clear();
    kept.set(key, made);
    return made;
  };
}
