import { describe, expect, it } from 'vitest';
import { translatePattern } from '../../../src/openapi/schema/translate-pattern.ts';

/** Whether a text matches what a pattern was translated to. */
function matches(pattern: string, text: string): boolean | undefined {
  const translated = translatePattern(pattern);
  if (translated === undefined) return undefined;
  return new RegExp(translated, /\\[pP]\{/.test(translated) ? 'u' : '').test(text);
}

describe('a pattern of another engine', () => {
  it.each<[string, string, string]>([
    ['^\\p{L}+$', 'Žofie', 'a1'],
    ['^[\\p{L}\\w-.]+$', 'Žofie-1.', 'a b'],
    ['^\\p{Lu}\\p{Ll}+$', 'Žofie', 'žofie'],
    ['^\\pL{2}$', 'éa', '12'],
    ['^\\p{IsLatin}+$', 'Žofie', 'Ωmega'],
    ['^\\p{InCyrillic}+$', 'Анна', 'Anna'],
    ['^\\p{Alpha}{3}$', 'abc', 'ab1'],
    ['^\\p{IsAlphabetic}+$', 'Žofie', '1'],
    ['^[[:alpha:]_][[:alnum:]_]*$', '_a1', '1a'],
    ['\\A[0-9]{4}\\z', '1234', '12345'],
    ['\\A\\d+\\Z', '12', 'a12'],
    ['(?i)^[a-f0-9]+$', 'AbC9', 'xyz'],
    ['(?i)^yes|no$', 'YES', 'perhaps'],
    ['/^[a-z]+$/i', 'ABC', 'A1'],
    ['^\\d++$', '12', 'a'],
    ['^(?>ab|a)c$', 'abc', 'bc'],
    ['^(?P<year>\\d{4})$', '2026', '26'],
    ['^\\Qa.b\\E$', 'a.b', 'axb'],
    ['^a(?#a comment)b$', 'ab', 'a b'],
    ['^\\x{41}$', 'A', 'B'],
    ['(?s)^a.b$', 'a\nb', 'ab'],
    ['^\\h+$', ' \t', 'a'],
  ])('%s takes %s and not %s', (pattern, fine, wrong) => {
    expect([matches(pattern, fine), matches(pattern, wrong)]).toEqual([true, false]);
  });

  it.each(['(?x) a b', '(?i)a(?-i)b', '^a(?i)b$', '[[:nonsense:]]', '\\p{Nonsense}', '(?<=a)(?P>name)'])(
    '%s is not judged by',
    (pattern) => {
      expect(translatePattern(pattern)).toBeUndefined();
    },
  );

  it.each([
    '^[\\w-.]+$',
    '^a\\-b$',
    '^[a-z]+(?:-[a-z]+)*$',
    '^/api/.*$',
    '^\\u00e9$',
    '^(?!x)[a-z]{2}$',
    '[^/]+/',
    '^[+]+$',
    '(',
  ])('%s, which is ours, is left alone', (pattern) => {
    expect(translatePattern(pattern)).toBe(pattern);
  });
});
