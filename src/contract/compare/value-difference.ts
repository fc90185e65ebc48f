import type { TextForm } from './volatile.ts';

/** A difference between two JSON values. */
export interface ValueDifference {
  readonly kind: 'field' | 'format' | 'type' | 'value';
  /** Where it is; `*` for any item of an array or any value of a map. */
  readonly keys: readonly string[];
  /** In words. */
  readonly left: string;
  readonly right: string;
}

/** Forms whose lack shows that two texts are of different kinds. */
export const eventCause: ReadonlySet<TextForm> = new Set(['uuid', 'date-time', 'date']);

/** What stands for a value that is not there. */
export const nothing = 'nothing';

/** A value as short as it tells something. */
export function inWords(value: unknown): string {
  const text = JSON.stringify(value) ?? nothing;
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
