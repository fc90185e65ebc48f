import {
  anyButLineEnds,
  type CharacterSet,
  type CodeRange,
  classEscapes,
  complementOf,
  unionOf,
} from './character-set.ts';
import type { PatternNode } from './pattern-node.ts';

const quantifier = /(?:\{(\d+)(?:(,)(\d*))?\}|([*+?]))\??/y;
const groupStart = /\((?:\?(:|<?[=!]|<[^>=!][^>]*>))?/y;
const escaped =
  /\\(?:u\{([\da-fA-F]+)\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|c([A-Za-z])|([pP])\{([^}]*)\}|k<[^>]*>|([\s\S]))/y;
const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, '0': 0 };
/** Groups may stand in each other as deep. */
const deepest = 200;

/**
 * Takes a pattern apart that is a valid regular expression of ECMAScript.
 *
 * @param unicode whether it is read with the flag `u`
 * @returns undefined for what is not understood, such as a pattern that is nested too deeply
 */
export function readPattern(pattern: string, unicode: boolean): PatternNode | undefined {
  let at = 0;
  const whole = readChoice(0);
  return whole !== undefined && at === pattern.length ? whole : undefined;

  function readChoice(depth: number): PatternNode | undefined {
    if (depth > deepest) return undefined;
    const options: PatternNode[] = [];
    for (;;) {
      const parts: PatternNode[] = [];
      while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') {
        const part = readPart(depth);
        if (!part) return undefined;
        parts.push(part);
      }
      options.push(parts.length === 1 && parts[0] ? parts[0] : { type: 'sequence', parts });
      if (pattern[at] !== '|') break;
      at += 1;
    }
    return options.length === 1 ? options[0] : { type: 'choice', options };
  }

  function readPart(depth: number): PatternNode | undefined {
    const atom = readAtom(depth);
    if (!atom) return undefined;
    const found = take(quantifier);
    if (!found) return atom;
    const [, least, comma, most, sign] = found;
    if (sign !== undefined)
      return { type: 'repeat', part: atom, min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Infinity };
    const min = Number(least);
    const max = comma === undefined ? min : most ? Number(most) : Infinity;
    return { type: 'repeat', part: atom, min, max };
  }

  function readAtom(depth: number): PatternNode | undefined {
    const sign = pattern.charAt(at);
    if (sign === '^' || sign === '$') {
      at += 1;
      return { type: 'edge', sign };
    }
    if (sign === '(') return readGroup(depth);
    if (sign === '[') return readClass();
    if (sign === '.') {
      at += 1;
      return { type: 'characters', set: anyButLineEnds };
    }
    if (sign === '\\') return readEscape();
    return literal();
  }

  function readGroup(depth: number): PatternNode | undefined {
    const [, kind = ''] = take(groupStart) ?? [];
    const part = readChoice(depth + 1);
    if (!part || pattern[at] !== ')') return undefined;
    at += 1;
    return /^<?[=!]$/.test(kind) ? { type: 'look', part } : part;
  }

  function literal(): PatternNode | undefined {
    const code = pattern.codePointAt(at) ?? 0;
    // Without the flag `u` it is two characters, of which a quantifier means the second.
    if (code > 0xffff && !unicode) return undefined;
    at += code > 0xffff ? 2 : 1;
    return one(code);
  }

  function readEscape(): PatternNode | undefined {
    const start = at;
    const next = pattern.charAt(at + 1);
    if (next === 'b' || next === 'B') {
      at += 2;
      return { type: 'edge', sign: next === 'b' ? '\\b' : '\\B' };
    }
    const set = readEscapedSet();
    if (set) return { type: 'characters', set };
    return /^\\(?:[1-9]|k)/.test(pattern.slice(start, start + 2)) ? { type: 'reference' } : undefined;
  }

  /** What an escape stands for; undefined for back references, and what is not understood. */
  function readEscapedSet(): CharacterSet | undefined {
    const found = take(escaped);
    if (!found) return undefined;
    const [whole, point, unit, byte, control, sign, unicodeClass, letter] = found;
    if (point !== undefined) return unicode ? setOf(Number.parseInt(point, 16)) : undefined;
    const hex = unit ?? byte;
    if (hex !== undefined) {
      const code = Number.parseInt(hex, 16);
      return code >= 0xd800 && code <= 0xdfff ? undefined : setOf(code);
    }
    if (control !== undefined) return setOf(control.charCodeAt(0) % 32);
    if (unicodeClass !== undefined) return unicode ? unicodeSet(sign === 'P', unicodeClass) : undefined;
    if (letter === undefined || whole.startsWith('\\k')) return undefined;
    const ranges = classEscapes[letter];
    if (ranges) return { ranges, classes: [] };
    const code = Object.hasOwn(controls, letter) ? controls[letter] : undefined;
    if (code !== undefined) return /\d/.test(pattern.charAt(at)) && letter === '0' ? undefined : setOf(code);
    return /[1-9ckpPux]/.test(letter) ? undefined : setOf(letter.charCodeAt(0));
  }

  function readClass(): PatternNode | undefined {
    at += 1;
    const isNegated = pattern[at] === '^';
    if (isNegated) at += 1;
    const ranges: CodeRange[] = [];
    const classes: string[] = [];
    while (pattern[at] !== ']') {
      const from = readMember();
      if (!from) return undefined;
      const isRange = pattern[at] === '-' && pattern[at + 1] !== ']' && at + 1 < pattern.length;
      if (isRange && codeOf(from) !== undefined) {
        at += 1;
        const to = readMember();
        if (!to) return undefined;
        const [first, last] = [codeOf(from), codeOf(to)];
        if (first !== undefined && last !== undefined) ranges.push([first, last]);
        else {
          ranges.push(...from.ranges, setOf(0x2d).ranges[0] ?? [0x2d, 0x2d], ...to.ranges);
          classes.push(...to.classes);
        }
      } else {
        ranges.push(...from.ranges);
        classes.push(...from.classes);
      }
    }
    at += 1;
    if (isNegated && classes.length > 0) return undefined;
    const set = { ranges: isNegated ? complementOf(ranges) : unionOf(ranges), classes };
    return { type: 'characters', set };
  }

  function readMember(): CharacterSet | undefined {
    if (at >= pattern.length) return undefined;
    if (pattern[at] !== '\\') {
      const code = pattern.codePointAt(at) ?? 0;
      if (code > 0xffff && !unicode) return undefined;
      at += code > 0xffff ? 2 : 1;
      return setOf(code);
    }
    if (pattern[at + 1] === 'b') {
      at += 2;
      return setOf(8);
    }
    return readEscapedSet();
  }

  function take(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = at;
    const found = expression.exec(pattern);
    if (found) at += found[0].length;
    return found ?? undefined;
  }
}

function one(code: number): PatternNode {
  return { type: 'characters', set: setOf(code) };
}

function setOf(code: number): CharacterSet {
  return { ranges: [[code, code]], classes: [] };
}

/** The code of a set of one character. */
function codeOf({ classes, ranges }: CharacterSet): number | undefined {
  const [only] = ranges;
  return ranges.length === 1 && classes.length === 0 && only && only[0] === only[1] ? only[0] : undefined;
}

/** General categories and scripts, by the names that other engines know too. */
function unicodeSet(isNegated: boolean, name: string): CharacterSet | undefined {
  const [, category, script] =
    /^(?:(?:gc=|General_Category=)?([A-Z][a-z]?)|(?:sc=|Script=)([A-Z]\w+))$/.exec(name) ?? [];
  const plain = category ?? script;
  return plain === undefined ? undefined : { ranges: [], classes: [`\\${isNegated ? 'P' : 'p'}{${plain}}`] };
}
