/** Whoever keeps bytes that all together may not have more than so many of. */
export interface Keeper {
  /** Forgets the oldest of what it keeps; false where there is nothing that may go. */
  forgetOldest(): boolean;
}

/** What a keeper costs beside its bytes, so that there are not too many of them. */
const overhead = 4096;

/** A bound on what all journals of a process keep: whoever is over it makes those forget first that were written to longest ago. */
export class SharedBytes {
  readonly #most: number;
  /** In the order in which they were last written to. */
  readonly #kept = new Map<Keeper, number>();
  #sum = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Notes how many bytes a keeper has now. */
  set(keeper: Keeper, kept: number): void {
    const bytes = kept > 0 ? kept + overhead : 0;
    this.#sum += bytes - (this.#kept.get(keeper) ?? 0);
    this.#kept.delete(keeper);
    if (bytes > 0) this.#kept.set(keeper, bytes);
    if (this.#sum <= this.#most) return;
    for (const oldest of [...this.#kept.keys()]) {
      while (this.#sum > this.#most && oldest.forgetOldest());
      if (this.#sum <= this.#most) return;
    }
  }

  /** The same after a keeper forgot something, which is no sign of life. */
  lower(keeper: Keeper, kept: number): void {
    const bytes = kept > 0 ? kept + overhead : 0;
    const before = this.#kept.get(keeper);
    if (before === undefined) return;
    this.#sum += bytes - before;
    if (bytes > 0) this.#kept.set(keeper, bytes);
    else this.#kept.delete(keeper);
  }
}
