import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../src/json/nearest.ts';

describe('the nearest name', () => {
  it.for([
    ['custmers', 'customers'],
    ['Customer', 'customers'],
    ['sesions', 'sessions'],
    ['ceck', 'check'],
    ['zebra', undefined],
    ['', undefined],
  ] as const)('to "%s" is %s', ([name, expected]) => {
    expect(nearest(name, ['customers', 'sessions', 'check'])).toBe(expected);
  });

  it('is the first of equally near ones', () => {
    expect(nearest('cat', ['car', 'bat'])).toBe('car');
  });

  it.for([
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['same', 'same', 0],
    ['ab', 'ba', 1],
  ] as const)('%s and %s are %i edits apart', ([from, to, edits]) => {
    expect(editDistance(from, to)).toBe(edits);
  });
});
