import type { Operation } from '../document/document.ts';
import type { SortDirection } from './list-sorts.ts';

/** The order of a list that nobody asked for another. */
export interface StatedOrder {
  readonly field: string;
  readonly direction: SortDirection;
  /** Whether `x-sparring` says so, rather than words. */
  readonly isSaid: boolean;
}

/** The order that a document states for a list that is not asked for another: by `x-sparring`, or in words. */
export function statedOrder(
  { description = '', summary = '' }: Operation['definition'],
  order: string | undefined,
  created: string | undefined,
): StatedOrder | undefined {
  if (order !== undefined) {
    const field = order.replace(/^-/, '');
    return { field, direction: order.startsWith('-') ? 'descending' : 'ascending', isSaid: true };
  }
  if (created === undefined) return undefined;
  const text = `${summary} ${description}`;
  if (
    /\b(?:newest|latest|most recent(?:ly created)?)(?: \w+)? first\b|\breverse[- ]chronological/i.test(text)
  )
    return { field: created, direction: 'descending', isSaid: false };
  return /\boldest(?: \w+)? first\b/i.test(text)
    ? { field: created, direction: 'ascending', isSaid: false }
    : undefined;
}
