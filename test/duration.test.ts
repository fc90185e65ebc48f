import { expect, it } from 'vitest';
import { parseDuration } from '../src/duration.ts';
import { SparringError } from '../src/errors.ts';

it.for([
  ['500ms', 500],
  ['2s', 2000],
  ['1.5s', 1500],
  ['5m', 300_000],
  ['1h', 3_600_000],
  ['1d', 86_400_000],
  ['0', 0],
  [250, 250],
  ['250', 250],
] as const)('reads %s as %d milliseconds', ([text, milliseconds]) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

it.for(
  ['', '5', 'm5', '5 weeks', '-1s', '1s2m', '1e3', Number.NaN, -5, Number.POSITIVE_INFINITY].filter(
    (text) => text !== '5',
  ),
)('refuses %s', (text) => {
  expect(() => parseDuration(text)).toThrow(SparringError);
});
