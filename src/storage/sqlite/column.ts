import type { SQLOutputValue } from 'node:sqlite';

/**
 * A text to search by, as it is bound. SQLite's UTF-8 would turn each half of a surrogate pair that stands alone into the same
 * replacement character; such a text is bound as its UTF-16 bytes, which equal no TEXT.
 */
export function toKey(text: string): string | Uint8Array {
  return text.isWellFormed() ? text : Buffer.from(text, 'utf16le');
}

/** The text that `toKey` was given. */
export function fromKey(value: SQLOutputValue | undefined): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf16le') : textColumn(value);
}

/** Throws where a database of ours would hold something else: it was changed by other hands. */
export function textColumn(value: SQLOutputValue | undefined): string {
  if (typeof value === 'string') return value;
  throw new Error('a column does not hold the text it should');
}

/** As `textOf`. */
export function numberColumn(value: SQLOutputValue | undefined): number {
  if (typeof value === 'number') return value;
  throw new Error('a column does not hold the number it should');
}
