import { hash } from 'node:crypto';

/** Deterministic values, each a function of a key and a field name alone, so that asking for one never shifts another. */
export interface Derivation {
  /** RFC 9562 version 4 layout. */
  uuid(field: string): string;
  bytes(field: string, length: number): Uint8Array;
  /** An integer in [min, max]. */
  integer(field: string, min: number, max: number): number;
  /** A number in [0, 1). */
  fraction(field: string): number;
  pick<T>(field: string, choices: readonly [T, ...T[]]): T;
  /** `length` characters of the alphabet. */
  text(field: string, length: number, alphabet?: string): string;
}

const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Derives values from SHA-256 over the key's parts and the field, each part length-prefixed so that no two keys collide. */
export function createDerivation(...key: readonly (string | number)[]): Derivation {
  return new HashDerivation(canonical(key));
}

class HashDerivation implements Derivation {
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  uuid(field: string): string {
    return formatUuid(hash('sha256', this.#textOf(field, 0), 'hex'));
  }

  bytes(field: string, length: number): Uint8Array {
    const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, block) => this.#digest(field, block));
    return Buffer.concat(blocks).subarray(0, length);
  }

  integer(field: string, min: number, max: number): number {
    return min + Math.floor(this.fraction(field) * (max - min + 1));
  }

  fraction(field: string): number {
    return this.#digest(field, 0).readUIntBE(0, 6) / 2 ** 48;
  }

  pick<T>(field: string, choices: readonly [T, ...T[]]): T {
    const chosen = choices[this.integer(field, 0, choices.length - 1)];
    return chosen === undefined ? choices[0] : chosen;
  }

  text(field: string, length: number, alphabet = alphanumeric): string {
    return Array.from(this.bytes(field, length * 2), (byte, index) => (index % 2 === 0 ? byte : undefined))
      .filter((byte) => byte !== undefined)
      .map((byte) => alphabet[byte % alphabet.length])
      .join('');
  }

  #digest(field: string, block: number): Buffer {
    return hash('sha256', this.#textOf(field, block), 'buffer');
  }

  #textOf(field: string, block: number): string {
    return `${this.#prefix}${field.length}:${field};${String(block).length}:${block};`;
  }
}

function canonical(parts: readonly (string | number)[]): string {
  let text = '';
  for (const part of parts) text += `${String(part).length}:${part};`;
  return text;
}

/** Where each of 32 hexadecimal digits stands in a UUID. */
const digitPlaces = [...'00000000-0000-0000-0000-000000000000'].flatMap((sign, place) =>
  sign === '0' ? [place] : [],
);
const uuid = Buffer.alloc(36, '-');

/**
 * The first 16 bytes of a digest, of which six bits give way to version and variant. Put together in a buffer: a text that is
 * concatenated of parts is slow to look up, being compared part by part.
 */
function formatUuid(hex: string): string {
  for (let digit = 0; digit < 32; digit += 1) uuid[digitPlaces[digit] ?? 0] = hex.charCodeAt(digit);
  uuid[14] = 0x34;
  // The two low bits of a digit, of which `a` has the code 97.
  const variant = hex.charCodeAt(16);
  uuid[19] = '89ab'.charCodeAt((variant < 58 ? variant : variant + 1) & 0x3);
  return uuid.toString('latin1');
}
