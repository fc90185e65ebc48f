/** Items in a block before it is split: small enough to move within, large enough to have few blocks. */
const blockSize = 512;

/**
 * Items in an order of their own, in blocks: putting in and taking out move one block at most, and a page is found by the
 * blocks' lengths, also among hundreds of thousands. No two items may be equal by `compare`.
 */
export class SortedBlocks<Item> {
  readonly #compare: (left: Item, right: Item) => number;
  /** None is empty. */
  readonly #blocks: Item[][] = [];
  #size = 0;

  constructor(compare: (left: Item, right: Item) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#size;
  }

  get first(): Item | undefined {
    return this.#blocks[0]?.[0];
  }

  add(item: Item): void {
    this.#size += 1;
    // Most come last.
    const lastBlock = this.#blocks.at(-1);
    const last = lastBlock?.at(-1);
    if (lastBlock && last !== undefined && this.#compare(last, item) < 0) {
      lastBlock.push(item);
      this.#split(this.#blocks.length - 1, lastBlock);
      return;
    }
    const index = Math.min(this.#blockOf(item), this.#blocks.length - 1);
    const block = this.#blocks[index];
    if (block === undefined) {
      this.#blocks.push([item]);
      return;
    }
    block.splice(this.#placeIn(block, item), 0, item);
    this.#split(index, block);
  }

  #split(index: number, block: Item[]): void {
    if (block.length > blockSize) this.#blocks.splice(index + 1, 0, block.splice(blockSize / 2));
  }

  /** False where there is no equal item. */
  delete(item: Item): boolean {
    // Most leave from the front.
    const index = this.first === item ? 0 : this.#blockOf(item);
    const block = this.#blocks[index];
    if (block === undefined) return false;
    const place = block[0] === item ? 0 : this.#placeIn(block, item);
    const found = block[place];
    if (found === undefined || this.#compare(found, item) !== 0) return false;
    if (place === 0) block.shift();
    else block.splice(place, 1);
    if (block.length === 0) this.#blocks.splice(index, 1);
    this.#size -= 1;
    return true;
  }

  page({ limit, offset }: { readonly limit: number; readonly offset: number }): Item[] {
    const items: Item[] = [];
    let skip = offset;
    for (const block of this.#blocks) {
      if (items.length >= limit) break;
      if (skip < block.length) items.push(...block.slice(skip, skip + limit - items.length));
      skip = Math.max(0, skip - block.length);
    }
    return items;
  }

  /** The first block whose last item is not before `item`; the number of blocks where all are. */
  #blockOf(item: Item): number {
    return firstIndex(this.#blocks.length, (index) => {
      const last = this.#blocks[index]?.at(-1);
      return last !== undefined && this.#compare(last, item) >= 0;
    });
  }

  #placeIn(block: readonly Item[], item: Item): number {
    return firstIndex(block.length, (index) => {
      const other = block[index];
      return other !== undefined && this.#compare(other, item) >= 0;
    });
  }
}

/** The first index below `length` from which on `holds` is true; `length` where it never is. */
function firstIndex(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
