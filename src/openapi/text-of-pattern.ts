/** Picks a whole number from 0 to below `below`; `index` tells the picks of one text apart. */
type Pick = (index: number, below: number) => number;

const token = /(\[\^?(?:\\.|[^\]\\])+\]|\\.|[^\\()|^$*+?{}[\]])(\{\d+(?:,\d*)?\}|[*+?])?/y;
const letters = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const classes: Readonly<Record<string, string>> = {
  d: digits,
  w: `${letters}${letters.toUpperCase()}${digits}_`,
  s: ' ',
};
/** How many characters stand for `*` and `+`, enough for ids not to collide. */
const open = 16;

/**
 * A maker of texts that match a pattern made of literals, character classes and counts, such as `^cus_[a-z0-9]{8}$`.
 *
 * @returns undefined for a pattern that asks for more (groups, alternatives, excluding classes)
 */
export function textMaker(pattern: string): ((pick: Pick) => string) | undefined {
  const inner = pattern.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  const parts: { readonly choices: string; readonly count: number }[] = [];
  token.lastIndex = 0;
  for (let end = 0; end < inner.length; end = token.lastIndex) {
    const found = token.exec(inner);
    const choices = found ? choicesOf(found[1] ?? '') : '';
    if (choices === '') return undefined;
    parts.push({ choices, count: countOf(found?.[2]) });
  }
  return (pick) => {
    let index = 0;
    return parts
      .map(({ choices, count }) =>
        Array.from({ length: count }, () => choices[pick(index++, choices.length)]).join(''),
      )
      .join('');
  };
}

/** The characters one part of a pattern may be; empty for one that is not understood. */
function choicesOf(part: string): string {
  if (part.startsWith('[^')) return '';
  if (part.startsWith('[')) return classChoices(part.slice(1, -1));
  if (part.startsWith('\\')) return escaped(part.charAt(1));
  return part === '.' ? letters : part;
}

function classChoices(inside: string): string {
  const members = /\\(.)|([^\\])-([^\\])|([^\\])/g;
  return Array.from(inside.matchAll(members), ([, special, from, to, one]) => {
    if (special !== undefined) return escaped(special);
    return from !== undefined && to !== undefined ? range(from, to) : (one ?? '');
  }).join('');
}

function escaped(character: string): string {
  if (Object.hasOwn(classes, character)) return classes[character] ?? '';
  return /[a-z0-9]/i.test(character) ? '' : character;
}

function range(from: string, to: string): string {
  const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    String.fromCharCode(first + index),
  ).join('');
}

function countOf(quantifier: string | undefined): number {
  if (quantifier === undefined || quantifier === '?') return 1;
  const [, least = String(open)] = /^\{(\d+)/.exec(quantifier) ?? [];
  return Number(least) || 1;
}
