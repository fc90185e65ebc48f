import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** A line of the ledger: what is about to be written, what came of it, and what was deleted. */
export type LedgerEntry =
  | { readonly kind: 'run'; readonly api: string; readonly target: string; readonly seed: number }
  | { readonly kind: 'intent'; readonly operation: string; readonly method: string; readonly path: string }
  | {
      readonly kind: 'created';
      readonly collection: string;
      readonly id: string;
      /** Id of the operation that deletes it, and its path parameters; absent where there is none. */
      readonly deletedBy?: string;
      readonly path: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'deleted'; readonly collection: string; readonly id: string };

/** Writes what a run creates to disk before it can be forgotten, as JSON lines; never a secret. */
export interface Ledger {
  add(entry: LedgerEntry): void;
}

/** @param file absent: nothing is kept, for targets whose state ends with the run */
export function createLedger(file: string | undefined): Ledger {
  if (file === undefined) return { add() {} };
  mkdirSync(dirname(file), { recursive: true });
  // Synchronous on purpose: the line is on disk before the request it speaks of leaves.
  return { add: (entry) => appendFileSync(file, `${JSON.stringify(entry)}\n`, { flush: true }) };
}
