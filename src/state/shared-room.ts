/** Room in memory that all namespaces of a process share. */
export class SharedRoom {
  readonly #most: number;
  #taken = 0;

  /** @param most bytes, about */
  constructor(most: number) {
    this.#most = most;
  }

  /** Whether so many bytes more may be taken. */
  admits(bytes: number): boolean {
    return this.#taken + bytes <= this.#most;
  }

  /** Takes as many bytes; a negative number gives them back. */
  take(bytes: number): void {
    this.#taken += bytes;
  }
}
