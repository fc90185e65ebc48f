import { translatePattern } from '../schema/translate-pattern.ts';

/** Picks a whole number from 0 to below `below`; `index` tells the picks of one text apart. */
type Pick = (index: number, below: number) => number;

/** One part of a pattern: one of some characters, or one of some sequences, so many times. */
type Part = ({ readonly choices: string } | { readonly sequences: readonly (readonly Part[])[] }) & {
  readonly count: number;
};

const escapeSequence = /\\(?:[pP]\{[^}]*\}|u\{[\da-fA-F]+\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|.)/;
const character = new RegExp(
  `\\[\\^?(?:${escapeSequence.source}|[^\\]\\\\])+\\]|${escapeSequence.source}|[^\\\\()|^$*+?{}[\\]]`,
  'y',
);
/** What looks around, or asks for an edge of a word, holds no character itself. */
const looking = /\(\?<?[=!](?:[^()\\[\]]|\\.|\[(?:\\.|[^\]\\])*\])*\)|\\[bB]/g;
const quantifier = /(?:\{(\d+)(?:,\d*)?\}|([*+?]))\??/y;
const groupStart = /\((?:\?:|\?<[A-Za-z]\w*>)?(?!\?)/y;
const letters = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const wordCharacters = `${letters}${letters.toUpperCase()}${digits}_`;
const classes: Readonly<Record<string, string>> = {
  d: digits,
  D: letters,
  w: wordCharacters,
  W: '-',
  s: ' ',
  S: letters,
};
/** How many characters stand for `*` and `+`, enough for ids not to collide. */
const enough = 16;
/** More than this, of nested counts, is no text to make. */
const longest = 10_000;

/**
 * A maker of texts that match a pattern made of literals, character classes, groups, alternatives and counts, such as
 * `^(cus|acc)_[a-z0-9]{8}$`.
 *
 * @param open how many times what `*` and `+` follow is repeated
 * @returns undefined for a pattern that asks for more (looking around, boundaries, back references, rare Unicode classes)
 */
export function textOfPattern(written: string, open = enough): ((pick: Pick) => string) | undefined {
  const pattern = translatePattern(written);
  if (pattern === undefined) return undefined;
  const found = readSequences(pattern, 0, open);
  if (!found || found.end !== pattern.length || lengthOf(found.sequences) > longest) return undefined;
  return (pick) => {
    let index = 0;
    return write(found.sequences, (below) => pick(index++, below));
  };
}

/** A pattern without what looks around: its texts may match the whole, which is to be seen of each. */
export function withoutLooking(pattern: string): string | undefined {
  const plain = pattern.replaceAll(looking, '');
  return plain === pattern ? undefined : plain;
}

function write(sequences: readonly (readonly Part[])[], pick: (below: number) => number): string {
  const chosen = sequences.length === 1 ? 0 : pick(sequences.length);
  let text = '';
  for (const part of sequences[chosen] ?? []) {
    for (let turn = 0; turn < part.count; turn += 1) {
      text +=
        'choices' in part ? part.choices.charAt(pick(part.choices.length)) : write(part.sequences, pick);
    }
  }
  return text;
}

function lengthOf(sequences: readonly (readonly Part[])[]): number {
  return Math.max(
    ...sequences.map((parts) =>
      parts.reduce((sum, part) => sum + part.count * ('choices' in part ? 1 : lengthOf(part.sequences)), 0),
    ),
  );
}

interface Read {
  readonly sequences: readonly (readonly Part[])[];
  /** Where reading ended: at the end of the pattern, or at the `)` that ends a group. */
  readonly end: number;
}

/** Alternatives up to the end of their group; undefined for what is not understood. */
function readSequences(pattern: string, start: number, open: number): Read | undefined {
  const sequences: Part[][] = [[]];
  let at = start;
  while (at < pattern.length && pattern[at] !== ')') {
    const sign = pattern[at];
    if (sign === '|') {
      sequences.push([]);
      at += 1;
    } else if (sign === '^' || sign === '$') {
      if (!isEdge(pattern, at)) return undefined;
      at += 1;
    } else {
      const part = readPart(pattern, at, open);
      if (!part) return undefined;
      sequences.at(-1)?.push(part.part);
      at = part.end;
    }
  }
  return { sequences, end: at };
}

/** Whether `^` stands where an alternative begins, or `$` where one ends. */
function isEdge(pattern: string, at: number): boolean {
  if (pattern[at] === '^') return at === 0 || /(?:[(|]|\(\?:)$/.test(pattern.slice(0, at));
  return at === pattern.length - 1 || /^[|)]/.test(pattern.slice(at + 1));
}

function readPart(
  pattern: string,
  start: number,
  open: number,
): { readonly part: Part; readonly end: number } | undefined {
  const group = matchAt(groupStart, pattern, start);
  if (group) {
    const inside = readSequences(pattern, start + group[0].length, open);
    if (!inside || pattern[inside.end] !== ')') return undefined;
    const { count, end } = readCount(pattern, inside.end + 1, open);
    return { part: { sequences: inside.sequences, count }, end };
  }
  const found = matchAt(character, pattern, start);
  const choices = found ? choicesOf(found[0]) : '';
  if (!found || choices === '') return undefined;
  const { count, end } = readCount(pattern, start + found[0].length, open);
  return { part: { choices, count }, end };
}

function readCount(
  pattern: string,
  start: number,
  open: number,
): { readonly count: number; readonly end: number } {
  const found = matchAt(quantifier, pattern, start);
  if (!found) return { count: 1, end: start };
  const [text, least, sign] = found;
  const count = least === undefined ? (sign === '?' ? 1 : open) : Number(least) || 1;
  return { count, end: start + text.length };
}

function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | undefined {
  expression.lastIndex = at;
  return expression.exec(text) ?? undefined;
}

/** The characters one part of a pattern may be; empty for one that is not understood. */
function choicesOf(part: string): string {
  if (part.startsWith('[^')) {
    const excluded = classChoices(part.slice(2, -1));
    return excluded === '' ? '' : [...wordCharacters].filter((one) => !excluded.includes(one)).join('');
  }
  if (part.startsWith('[')) return classChoices(part.slice(1, -1));
  if (part.startsWith('\\')) return escaped(part.slice(1));
  return part === '.' ? letters : part;
}

function classChoices(inside: string): string {
  const members = new RegExp(`(${escapeSequence.source})|([^\\\\])-([^\\\\])|([^\\\\])`, 'gu');
  return Array.from(inside.matchAll(members), ([, special, from, to, one]) => {
    if (special !== undefined) return escaped(special.slice(1));
    return from !== undefined && to !== undefined ? range(from, to) : (one ?? '');
  }).join('');
}

/** Characters of Unicode classes, by what their names begin with. */
const properties: readonly (readonly [RegExp, string])[] = [
  [/^(?:Lu|Uppercase)/, letters.toUpperCase()],
  [/^(?:Ll|Lowercase)/, letters],
  [/^(?:L|Letter|Alphabetic|Script=Latin)/, `${letters}${letters.toUpperCase()}éüž`],
  [/^N/, digits],
  [/^P/, '-.,'],
  [/^S(?!cript)/, '+'],
  [/^Z/, ' '],
  [/^Script=Cyrillic/, 'абвгде'],
  [/^Script=Greek/, 'αβγδεζ'],
  [/^Script=Han/, '中文字'],
  [/^Script=Hiragana/, 'あいう'],
  [/^Script=Katakana/, 'アイウ'],
  [/^Script=Arabic/, 'ابت'],
  [/^Script=Hebrew/, 'אבג'],
];

/** The characters that an escape stands for, without its backslash. */
function escaped(text: string): string {
  const [, sign, name] = /^([pP])\{(.*)\}$/.exec(text) ?? [];
  if (name !== undefined) {
    if (sign === 'P') return /^[LN]/.test(name) ? '-' : letters;
    return (
      properties.find(([expression]) =>
        expression.test(name.replace(/^(?:gc|General_Category)=|^sc=/, '')),
      )?.[1] ?? ''
    );
  }
  const [, hex] = /^[ux]\{?([\da-fA-F]+)\}?$/.exec(text) ?? [];
  if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
  if (Object.hasOwn(classes, text)) return classes[text] ?? '';
  if (Object.hasOwn(controls, text)) return controls[text] ?? '';
  return /[a-z0-9]/i.test(text) ? '' : text;
}

const controls: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v' };

function range(from: string, to: string): string {
  const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    String.fromCharCode(first + index),
  ).join('');
}
