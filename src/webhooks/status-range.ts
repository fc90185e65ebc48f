/** Statuses from `from` to `to`, both included. */
export interface StatusRange {
  readonly from: number;
  readonly to: number;
}

function rangeOf(text: string): StatusRange | undefined {
  const single = /^[1-5]\d\d$/.exec(text);
  if (single) return { from: Number(text), to: Number(text) };
  const family = /^([1-5])xx$/i.exec(text);
  if (family) return { from: Number(family[1]) * 100, to: Number(family[1]) * 100 + 99 };
  const span = /^([1-5]\d\d)-([1-5]\d\d)$/.exec(text);
  if (span && Number(span[1]) <= Number(span[2])) return { from: Number(span[1]), to: Number(span[2]) };
  const below = /^<([2-6]\d\d)$/.exec(text);
  if (below) return { from: 100, to: Number(below[1]) - 1 };
  return undefined;
}

/**
 * Reads statuses: `200`, `2xx`, `200-204`, `<400`, or a list of these; undefined for anything else. `<400` starts at 100.
 */
export function parseStatuses(value: unknown): readonly StatusRange[] | undefined {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const ranges: StatusRange[] = [];
  for (const item of items) {
    const range = typeof item === 'number' || typeof item === 'string' ? rangeOf(String(item)) : undefined;
    if (!range) return undefined;
    ranges.push(range);
  }
  return ranges;
}

/** Whether a status lies in one of the ranges. */
export function includesStatus(ranges: readonly StatusRange[], status: number): boolean {
  return ranges.some(({ from, to }) => status >= from && status <= to);
}
