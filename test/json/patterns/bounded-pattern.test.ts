import { describe, expect, it } from 'vitest';
import { boundedPattern, sharingTime } from '../../../src/json/patterns/bounded-pattern.ts';
import { linearSource } from '../../../src/json/patterns/linear-source.ts';
import { matchingSteps } from '../../../src/json/patterns/matching-steps.ts';
import { readPattern } from '../../../src/json/patterns/read-pattern.ts';

/** Numbers that follow from a seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(state / 65_536) % below;
  };
}

const atoms = [
  ...[
    'a',
    'b',
    '\\d',
    '\\w',
    '\\W',
    '\\s',
    '\\S',
    '.',
    '[ab]',
    '[^a]',
    '[a-c-]',
    '[\\w-.]',
    '\\.',
    '\\u0041',
  ],
  ...['[]', '[^]', '[\\s\\S]', '\\b', '\\B', '(?:a|b)', '(a|)', '[[]', '\\/', '\\-', '\\x61', '{', '}', ']'],
  ...['\\cA', '[\\b]', '(?<n>a)', 'é', '\\0', '[^\\s-z]', '[,-\\d]', '\\t'],
];
const counts = ['', '', '', '*', '+', '?', '{2}', '{0,2}', '{1,}', '*?', '+?', '{,2}', '{0}'];
const characters = [...'aabb1_ .-\n\té\u00a0A{}],[/\u2028\u0001\b\0z,;'];

function patternFrom(pick: (below: number) => number): string {
  const parts = Array.from(
    { length: 1 + pick(4) },
    () => `${atoms[pick(atoms.length)]}${counts[pick(counts.length)]}`,
  );
  const body = `${pick(2) ? '^' : ''}${parts.join('')}`;
  const whole = pick(3) ? body : `(?:${body})${counts[pick(counts.length)]}|${atoms[pick(atoms.length)]}`;
  return `${whole}${pick(2) ? '$' : ''}`;
}

describe('a pattern in a linear engine', () => {
  it('means what it means in JavaScript', async () => {
    const { RE2JS } = await import('re2js');
    const pick = numbers(7);
    let compared = 0;
    for (let turn = 0; turn < 3000; turn += 1) {
      const pattern = patternFrom(pick);
      if (!isExpression(pattern)) continue;
      const node = readPattern(pattern, false);
      const source = node && linearSource(node);
      expect(source, pattern).toBeDefined();
      const engine = RE2JS.compile(source ?? '');
      for (let each = 0; each < 6; each += 1) {
        const text = Array.from({ length: pick(7) }, () => characters[pick(characters.length)]).join('');
        const found = [pattern, text, engine.test(text)];
        expect(found).toEqual([pattern, text, new RegExp(pattern).test(text)]);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(10_000);
  });

  it.each([
    ['^\\p{Lu}\\p{L}+$', 'Žofie', true],
    ['^\\p{Script=Greek}+$', 'Ωμέγα', true],
    ['^\\p{L}{2}$', 'a1', false],
    ['^\\u{1F600}$', '\u{1F600}', true],
  ])('%s knows Unicode classes', (pattern, text, expected) => {
    expect(boundedPattern(pattern).match(text)).toBe(expected);
  });
});

describe('patterns that make an engine go back', () => {
  it.each([
    ['^(\\w+\\s?)*$', 'a', '!'],
    ['^([a-z]+)*$', 'a', '!'],
    ['^(a+)+$', 'a', '!'],
    ['(x+x+)+y', 'x', ''],
    ['\\s+$', ' ', 'x'],
    ['^(?:a?){30}a{30}$', 'a', '!'],
    ['^(https?:\\/\\/)?([\\da-z\\.-]+)\\.([a-z\\.]{2,6})([\\/\\w \\.-]*)*\\/?$', 'a.', '!'],
    ['^(([a-zA-Z0-9])+([.]?))+@x$', 'a', '!'],
    ['.*.*=.*', 'a', '\n'],
    ['^(?:.|\\n)*?x(?:.|\\n)*?y$', 'x', ''],
  ])('%s answers in a time in proportion to the text', (pattern, part, end) => {
    const bounded = boundedPattern(pattern);
    expect(bounded.match(`${part.repeat(40)}${end}`)).toBe(false);
    expect(bounded.match(`${part.repeat(50_000)}${end}`)).toBe(false);
    expect(bounded.unjudged).toBeUndefined();
  });

  it.each(['(a+)+\\1$', '^(?=(a+)+$)a', '(?<!(a+)+)b', '((a{1,30}){1,30}){1,30}b'])(
    '%s, which no linear engine knows, is judged on short texts, and passes where it would take long',
    (pattern) => {
      const bounded = boundedPattern(pattern);
      expect(bounded.unjudged).toMatch(/takes too long/);
      expect(bounded.match(`${'a'.repeat(2000)}!`)).toBeUndefined();
      expect(bounded.test(`${'a'.repeat(2000)}!`)).toBe(true);
    },
  );

  it('texts of one value share the time', () => {
    const bounded = boundedPattern('^(a|b)*a(a|b){300}$');
    const text = `${'ab'.repeat(2000)}!`;
    const answers = sharingTime(() => Array.from({ length: 100 }, () => bounded.match(text)));
    expect(answers[0]).toBe(false);
    expect(answers.at(-1)).toBeUndefined();
    expect(bounded.match(text)).toBe(false);
  });
});

describe('what is told of a pattern', () => {
  it('patterns are told apart by their text', () => {
    expect(String(boundedPattern('^a$'))).toBe('/^a$/');
  });

  it('the steps are never fewer than an engine that goes back takes', () => {
    // Of each, the number of ways in which the text can come apart, which all have to be tried.
    const ways: readonly (readonly [string, (length: number) => number])[] = [
      ['^(a+)+$', (length) => 2 ** (length - 1)],
      ['^a*a*a*$', (length) => (length * length) / 2],
      ['a*b', (length) => (length * length) / 2],
      ['^(?:a|a)*$', (length) => 2 ** length],
    ];
    for (const [pattern, least] of ways) {
      const node = readPattern(pattern, false);
      if (!node) throw new Error(pattern);
      for (const length of [5, 10, 20])
        expect(matchingSteps(node, length)).toBeGreaterThanOrEqual(least(length));
    }
  });

  it.each([
    '^[a-z]{2,10}$',
    '^[^@]+@[^@.]+\\.[a-z]+$',
    '^(?=.*[A-Z])(?=.*\\d).{8,}$',
    '^[a-z]+(?:-[a-z0-9]+)*$',
  ])('%s stays with the engine of JavaScript', (pattern) => {
    const node = readPattern(pattern, false);
    if (!node) throw new Error(pattern);
    expect(matchingSteps(node, 32)).toBeLessThan(2000);
  });
});

function isExpression(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}
