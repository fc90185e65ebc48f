/** A leaf of a report's tree. `status` is one of clear, caution, consider; for a broken MRZ the document has a sentence there. */
export interface Trait {
  readonly status: string;
  readonly reason?: string;
}

export const clear: Trait = { status: 'clear' };

/** The trait as found, or clear. */
export function trait(found: boolean, status: string, reason?: string): Trait {
  if (!found) return clear;
  return reason === undefined ? { status } : { status, reason };
}

/** A branch of the tree with the worst status of its parts before them, in the order of the documented sample. */
export function section<Parts extends Readonly<Record<string, Trait>>>(parts: Parts) {
  return { status: worst(Object.values(parts)), ...parts };
}

/** A sentence in place of a word counts as caution. */
function worst(parts: readonly Trait[]): string {
  if (parts.some(({ status }) => status === 'consider')) return 'consider';
  return parts.every(({ status }) => status === 'clear') ? 'clear' : 'caution';
}
