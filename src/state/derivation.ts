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
