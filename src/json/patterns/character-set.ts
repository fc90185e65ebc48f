/** Code points from the first to the last, both included. */
export type CodeRange = readonly [first: number, last: number];

/** Some characters: ranges in order that do not touch, and Unicode classes such as `\p{L}` that only an engine can look up. */
export interface CharacterSet {
  readonly ranges: readonly CodeRange[];
  readonly classes: readonly string[];
}

const lastCode = 0x10ffff;

const digits: readonly CodeRange[] = [[0x30, 0x39]];
const words: readonly CodeRange[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
/** White space and line ends as ECMAScript has them (ECMA-262, section 22.2.2.9). */
const spaces: readonly CodeRange[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const lineEnds: readonly CodeRange[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];

/** What `\d`, `\D`, `\w`, `\W`, `\s` and `\S` stand for. */
export const classEscapes: Readonly<Record<string, readonly CodeRange[]>> = {
  d: digits,
  D: complementOf(digits),
  w: words,
  W: complementOf(words),
  s: spaces,
  S: complementOf(spaces),
};

/** What `.` stands for. */
export const anyButLineEnds: CharacterSet = { ranges: complementOf(lineEnds), classes: [] };

/** Ranges in order and merged. */
export function unionOf(ranges: readonly CodeRange[]): readonly CodeRange[] {
  const merged: [number, number][] = [];
  for (const [first, last] of ranges.toSorted(([one], [other]) => one - other)) {
    const before = merged.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

export function complementOf(ranges: readonly CodeRange[]): readonly CodeRange[] {
  const others: CodeRange[] = [];
  let next = 0;
  for (const [first, last] of unionOf(ranges)) {
    if (first > next) others.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= lastCode) others.push([next, lastCode]);
  return others;
}

/** Whether no character is in both; unsure of Unicode classes, which it takes for everything. */
export function areDisjoint(one: CharacterSet, other: CharacterSet): boolean {
  if (one.classes.length > 0 || other.classes.length > 0) return false;
  return one.ranges.every(([first, last]) => other.ranges.every(([from, to]) => last < from || to < first));
}
