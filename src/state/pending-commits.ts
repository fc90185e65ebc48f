import { SparringError } from '../errors.ts';
import type { Commit } from '../model/commit.ts';
import type { Storage } from '../model/storage.ts';

interface Pending {
  readonly undo: () => void;
  lost: unknown;
}

/** Commits that are applied in memory and that the storage has not confirmed yet, oldest first. */
export class PendingCommits {
  readonly #storage: Storage;
  readonly #onDiverged: (kept: Commit) => void;
  #pending: Pending[] = [];
  #losses = 0;

  /** `onDiverged` is called with a commit that the storage kept and that was undone, because one before it was lost. */
  constructor(storage: Storage, onDiverged: (kept: Commit) => void) {
    this.#storage = storage;
    this.#onDiverged = onDiverged;
  }

  /** How often commits were lost; who sees it rise has built on what is gone. */
  get losses(): number {
    return this.#losses;
  }

  /**
   * Resolves once the commit is durable. When the storage refuses it, it and all later ones are undone, newest first, and
   * reject: they build on what is lost.
   */
  async keep(commit: Commit, undo: () => void): Promise<void> {
    const pending: Pending = { undo, lost: undefined };
    this.#pending.push(pending);
    try {
      await this.#storage.commit(commit);
    } catch (error) {
      this.#lose(pending, error);
      throw pending.lost;
    }
    if (pending.lost !== undefined) {
      this.#onDiverged(commit);
      throw pending.lost;
    }
    this.#pending.splice(this.#pending.indexOf(pending), 1);
  }

  #lose(first: Pending, error: unknown): void {
    if (first.lost !== undefined) return;
    this.#losses += 1;
    const lost = this.#pending.splice(this.#pending.indexOf(first));
    for (const pending of lost.reverse()) {
      pending.undo();
      pending.lost = pending === first ? error : builtOnLost();
    }
  }
}

/** The error for what builds on a change that could not be stored. */
export function builtOnLost(): SparringError {
  return new SparringError(
    'storage-failed',
    'An earlier change, which this one builds on, could not be stored.',
  );
}
