import { appendFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makePrivateFolder, privateFile } from '../../../storage/files/private-modes.ts';

/** A line of the ledger: what is about to be written, what came of it, and what was deleted. */
export type LedgerEntry =
  | {
      readonly kind: 'run';
      readonly api: string;
      /** The document's file. */
      readonly file: string;
      readonly target: string;
      readonly seed: number;
      /** The namespace that the run has to itself on a mock; it goes as a whole. */
      readonly namespace?: string;
    }
  | ({
      readonly kind: 'intent';
      readonly operation: string;
      readonly method: string;
      readonly path: string;
    } & {
      /** Of a creation alone: how the lines that follow name it, and by what its record can be told in a list. */
      readonly creation?: Creation;
    })
  /** What a list held before the run created something in it. */
  | ({ readonly kind: 'before' } & Before)
  /** A creation that made nothing, or nothing that is still there. */
  | { readonly kind: 'settled'; readonly creation: number }
  | ({ readonly kind: 'created'; readonly creation?: number } & Created)
  | { readonly kind: 'deleted'; readonly collection: string; readonly id: string };

export interface Created {
  readonly collection: string;
  readonly id: string;
  /** Id of the operation that deletes it; absent where there is none. */
  readonly deletedBy?: string;
  /** The path parameters of that operation. */
  readonly path: Readonly<Record<string, string>>;
}

export interface Creation {
  readonly number: number;
  readonly collection: string;
  /** Values of the parameters of the path that creates. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Fields of what is sent that a list may show again; none of them secret. */
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}

export interface Before {
  readonly collection: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly ids: readonly string[];
  /** Whether these are all records of the list, and not its first page. */
  readonly whole: boolean;
}

/** Writes what a run creates to disk before it can be forgotten, as JSON lines; never a secret. */
export interface Ledger {
  /** Whether anything is kept. */
  readonly isKept: boolean;
  add(entry: LedgerEntry): void;
  /** The number of the next creation. */
  next(): number;
  /** What was written so far. */
  readonly entries: readonly LedgerEntry[];
  /** Whether this run created a record of this id. */
  holds(id: string): boolean;
}

/**
 * @param file absent: nothing is written down
 * @param isRemembered whether it is kept in memory where there is no file; not for targets whose state ends with the run
 */
export function createLedger(file: string | undefined, isRemembered = false): Ledger {
  const ids = new Set<string>();
  const entries: LedgerEntry[] = [];
  let last = 0;
  if (file !== undefined) makePrivateFolder(dirname(file));
  return {
    isKept: file !== undefined || isRemembered,
    entries,
    add(entry) {
      if (file === undefined && !isRemembered) return;
      if (entry.kind === 'created') ids.add(entry.id);
      entries.push(entry);
      if (file === undefined) return;
      // Synchronous on purpose: the line is on disk before the request it speaks of leaves.
      appendFileSync(file, `${JSON.stringify(entry)}\n`, { flush: true, mode: privateFile });
    },
    next() {
      last += 1;
      return last;
    },
    holds: (id) => ids.has(id),
  };
}
