/** Classes that other engines have by name, as the inside of a class. */
const named: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`\\{-~',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
  cntrl: '\\x00-\\x1f\\x7f',
  print: ' -~',
  graph: '!-~',
  ascii: '\\x00-\\x7f',
};

/** What only other engines mean by something else than it says here, or at all. */
const foreign = /\\[AzZhRQ]|\\[pP]|\\x\{|\[:|\(\?(?:[P>#]|[imsux-]+[:)])|[*+?}]\+|^\/\^.*\$\/[a-z]*$/s;

const kept = new Map<string, string | undefined>();
const mostKept = 5000;

/**
 * A pattern as ECMAScript reads it, with the flag `u` where it has Unicode classes: patterns of PCRE, Java, .NET, Python and Go
 * are written anew, with what they mean by anchors, named and Unicode classes, flags at the start, and possessive counts.
 *
 * @returns undefined for one that cannot be said in ECMAScript, which is not judged by
 */
export function translatePattern(pattern: string): string | undefined {
  if (kept.has(pattern)) return kept.get(pattern);
  const translated = translate(pattern);
  if (kept.size >= mostKept) kept.clear();
  kept.set(pattern, translated);
  return translated;
}

function translate(pattern: string): string | undefined {
  if (!foreign.test(pattern)) return pattern;
  if (/\\[pP]\{/.test(pattern) && !foreign.test(pattern.replaceAll(/\\[pP]\{/g, '')) && isValid(pattern, 'u'))
    return pattern;
  const written = writeAnew(pattern);
  if (written === undefined) return undefined;
  if (isValid(written, 'u')) return written;
  return !/\\[pP]\{/.test(written) && isValid(written, '') ? written : undefined;
}

function isValid(pattern: string, flags: string): boolean {
  try {
    new RegExp(pattern, flags);
    return true;
  } catch {
    return false;
  }
}

interface Flags {
  /** Letters mean both cases. */
  readonly both: boolean;
  /** A dot means line ends too. */
  readonly all: boolean;
}

function writeAnew(given: string): string | undefined {
  const [, inner, ends] = /^\/(\^.*\$)\/([a-z]*)$/s.exec(given) ?? [];
  let pattern = inner ?? given;
  let letters = ends ?? '';
  const [start, more] = /^\(\?([a-z]+)\)/.exec(pattern) ?? [];
  if (start !== undefined && more !== undefined) {
    pattern = pattern.slice(start.length);
    letters += more;
  }
  // `x` makes white space play no part, and `m` makes lines of a text; neither can be written otherwise.
  if (/[^isuUDgJ]/.test(letters)) return undefined;
  const flags = { both: letters.includes('i'), all: letters.includes('s') };
  let written = '';
  for (let at = 0; at < pattern.length; ) {
    const part = partAt(pattern, at, flags);
    if (!part) return undefined;
    written += part.text;
    at = part.end;
  }
  return written;
}

interface Part {
  readonly text: string;
  readonly end: number;
}

const anew: readonly (readonly [RegExp, (found: RegExpExecArray) => string])[] = [
  [/\\A/y, () => '^'],
  [/\\[zZ]/y, () => '$'],
  [/\\h/y, () => '[ \\t]'],
  [/\\R/y, () => '(?:\\r\\n|[\\r\\n])'],
  [/\\Q(.*?)(?:\\E|$)/sy, ([, text = '']) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')],
  [/\(\?#[^)]*\)/y, () => ''],
  [/\(\?P</y, () => '(?<'],
  [/\(\?P=(\w+)\)/y, ([, name]) => `\\k<${name}>`],
  [/\(\?>/y, () => '(?:'],
  [/([*+?]|\{\d+(?:,\d*)?\})\+/y, ([, count = '']) => count],
];

function partAt(pattern: string, at: number, flags: Flags): Part | undefined {
  for (const [expression, write] of anew) {
    expression.lastIndex = at;
    const found = expression.exec(pattern);
    if (found) return { text: write(found), end: at + found[0].length };
  }
  if (/^\(\?[a-z-]+[:)]/.test(pattern.slice(at, at + 10))) return undefined;
  const sign = pattern.charAt(at);
  if (sign === '\\') {
    const found = escapeAt(pattern, at);
    return found && { text: found.isClass ? `[${found.text}]` : found.text, end: found.end };
  }
  if (sign === '[') return classAt(pattern, at, flags);
  if (sign === '.' && flags.all) return { text: '[\\s\\S]', end: at + 1 };
  if (flags.both && /[a-z]/i.test(sign) && !isGroupName(pattern, at))
    return { text: `[${sign.toLowerCase()}${sign.toUpperCase()}]`, end: at + 1 };
  return { text: sign, end: at + 1 };
}

function isGroupName(pattern: string, at: number): boolean {
  return /\(\?<\w*$/.test(pattern.slice(0, at));
}

interface Escape extends Part {
  /** Whether it is the inside of a class. */
  readonly isClass: boolean;
}

function escapeAt(pattern: string, at: number): Escape | undefined {
  const rest = pattern.slice(at);
  const [hex, code = ''] = /^\\x\{([\da-f]+)\}/i.exec(rest) ?? [];
  if (hex !== undefined) {
    const text = code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\u{${code}}`;
    return { text, end: at + hex.length, isClass: false };
  }
  const [property, sign = 'p', inBraces, single] = /^\\([pP])(?:\{\^?([^}]+)\}|([A-Z]))/.exec(rest) ?? [];
  if (property !== undefined) return propertyOf(property, sign, inBraces ?? single ?? '', at);
  const letter = rest.charAt(1);
  if (letter === '') return undefined;
  // With the flag `u`, only what means something else may have a backslash.
  const isNeedless = !/[\w^$\\.*+?()[\]{}|/-]/.test(letter) || letter === '_';
  return { text: isNeedless ? letter : rest.slice(0, 2), end: at + 2, isClass: false };
}

function propertyOf(whole: string, sign: string, name: string, at: number): Escape | undefined {
  const end = at + whole.length;
  const isNegated = (sign === 'P') !== whole.includes('{^');
  const plain = name.replace(/^(?:Is|In|java|blk=|script=|sc=)(?=[A-Z])/i, '');
  const inside = Object.hasOwn(named, plain.toLowerCase()) ? named[plain.toLowerCase()] : undefined;
  if (inside !== undefined && !isNegated) return { text: inside, end, isClass: true };
  const letter = isNegated ? 'P' : 'p';
  const spelled = [
    name,
    plain,
    `Script=${plain}`,
    `Script=${plain.slice(0, 1).toUpperCase()}${plain.slice(1).toLowerCase()}`,
  ];
  const known = spelled.find((each) => isValid(`\\p{${each}}`, 'u'));
  return known === undefined ? undefined : { text: `\\${letter}{${known}}`, end, isClass: false };
}

/** A class in brackets, with what other engines name in it, and hyphens that are meant as such. */
function classAt(pattern: string, start: number, { both }: Flags): Part | undefined {
  let at = start + 1;
  let text = '[';
  if (pattern[at] === '^') {
    text += '^';
    at += 1;
  }
  if (pattern[at] === ']') {
    text += '\\]';
    at += 1;
  }
  let wasSet = false;
  while (at < pattern.length && pattern[at] !== ']') {
    const [posix, name = ''] = /^\[:(\w+):\]/.exec(pattern.slice(at, at + 12)) ?? [];
    if (posix !== undefined) {
      const inside = Object.hasOwn(named, name) ? named[name] : undefined;
      if (inside === undefined) return undefined;
      text += inside;
      at += posix.length;
      wasSet = true;
    } else if (pattern[at] === '\\') {
      const found = escapeAt(pattern, at);
      if (!found) return undefined;
      text += found.text;
      at = found.end;
      wasSet = found.isClass || /^\\[dDwWsSpP]/.test(found.text);
    } else {
      const member = memberAt(pattern, at, wasSet, both);
      text += member.text;
      at = member.end;
      wasSet = false;
    }
  }
  return at < pattern.length ? { text: `${text}]`, end: at + 1 } : undefined;
}

function memberAt(pattern: string, at: number, isAfterSet: boolean, both: boolean): Part {
  const [range, from = '', to = ''] =
    /^([a-z])-([a-z])|^([A-Z])-([A-Z])/.exec(pattern.slice(at, at + 3)) ?? [];
  if (both && range !== undefined && from !== '')
    return { text: `${range}${from.toUpperCase()}-${to.toUpperCase()}`, end: at + 3 };
  if (both && range !== undefined) return { text: `${range}${range.toLowerCase()}`, end: at + 3 };
  const sign = pattern.charAt(at);
  const isHyphen = sign === '-' && (isAfterSet || /^-(?:\\[dDwWsSpP]|\[:)/.test(pattern.slice(at, at + 3)));
  if (isHyphen) return { text: '\\-', end: at + 1 };
  if (sign === '[') return { text: '\\[', end: at + 1 };
  if (both && /[a-z]/i.test(sign) && pattern[at + 1] !== '-')
    return { text: `${sign.toLowerCase()}${sign.toUpperCase()}`, end: at + 1 };
  return { text: sign, end: at + 1 };
}
