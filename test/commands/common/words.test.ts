import { expect, it } from 'vitest';
import { durationInWords } from '../../../src/commands/common/words.ts';
import { visible } from '../../../src/visible.ts';

it.for([
  [12, '12 ms'],
  [999.6, '1000 ms'],
  [1500, '1.5 s'],
  [60_000, '1 min'],
  [5_400_000, '1.5 h'],
  [172_800_000, '2 d'],
] as const)('%d milliseconds are said as %s', ([milliseconds, words]) => {
  expect(durationInWords(milliseconds)).toBe(words);
});

it('what could steer a terminal is shown in words, and all else as it is', () => {
  const text = ['\u001b[2J', 'a\r', '\u009b1m', '\u202eabc', 'tab\t', 'line\n', 'häß 你好 🙂'];
  expect(text.map(visible)).toEqual([
    '\\u001b[2J',
    'a\\u000d',
    '\\u009b1m',
    '\\u202eabc',
    'tab\t',
    'line\n',
    'häß 你好 🙂',
  ]);
});
