/**
 * How many values a document has when each alias is written out, as whoever walks through it meets them. Aliases of aliases
 * multiply: twelve lines can stand for 10^12 values. What is part of itself counts once.
 */
export function unfoldedSize(value: unknown): number {
  const known = new Map<object, number>();
  return sizeOf(value);

  function sizeOf(part: unknown): number {
    if (typeof part !== 'object' || part === null) return 1;
    const before = known.get(part);
    if (before !== undefined) return before;
    known.set(part, 1);
    let size = 1;
    for (const child of Object.values(part)) size += sizeOf(child);
    known.set(part, size);
    return size;
  }
}

/** Whether values stand in each other deeper than so many levels. */
export function isNestedDeeper(value: unknown, levels: number): boolean {
  let here: unknown[] = [value];
  for (let level = 0; here.length > 0; level += 1) {
    if (level > levels) return true;
    here = here.flatMap((part) => (typeof part === 'object' && part !== null ? Object.values(part) : []));
  }
  return false;
}
