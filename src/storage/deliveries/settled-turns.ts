/** What knows its place among all that have ever settled, while it is settled. */
interface Turned {
  turn: number | undefined;
}

/** What has settled, in that order, up to a number; what leaves in between loses its turn. */
export class SettledTurns<Item extends Turned> {
  readonly #most: number;
  #items: Item[] = [];
  #firstTurn = 0;
  #count = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(item: Item): void {
    item.turn = this.#firstTurn + this.#items.length;
    this.#items.push(item);
    this.#count += 1;
  }

  leave(item: Item): void {
    if (item.turn !== undefined) this.#count -= 1;
    item.turn = undefined;
  }

  clear(): void {
    this.#firstTurn += this.#items.length;
    this.#items = [];
    this.#count = 0;
  }

  /** Takes out the oldest ones beyond the number. */
  takeOldest(): readonly Item[] {
    if (this.#count <= this.#most) return none;
    const oldest: Item[] = [];
    let past = 0;
    for (; this.#count > this.#most; past += 1) {
      const item = this.#items[past];
      if (!item) break;
      if (item.turn !== this.#firstTurn + past) continue;
      oldest.push(item);
      this.#count -= 1;
    }
    this.#items.splice(0, past);
    this.#firstTurn += past;
    return oldest;
  }
}

const none: readonly never[] = [];
