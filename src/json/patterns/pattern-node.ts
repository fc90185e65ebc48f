import type { CharacterSet } from './character-set.ts';

/** A part of a regular expression; which groups capture plays no part where it is only asked whether a text matches. */
export type PatternNode =
  | { readonly type: 'characters'; readonly set: CharacterSet }
  | { readonly type: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly type: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly type: 'repeat'; readonly part: PatternNode; readonly min: number; readonly max: number }
  | { readonly type: 'edge'; readonly sign: '^' | '$' | '\\b' | '\\B' }
  /** `(?=`, `(?!`, `(?<=` and `(?<!`. */
  | { readonly type: 'look'; readonly part: PatternNode }
  /** `\1` and `\k<name>`. */
  | { readonly type: 'reference' };
