import { describe, expect, it } from 'vitest';
import { firstOutOfOrder } from '../../src/contract/checks/judging/first-out-of-order.ts';

describe('values in order', () => {
  it.each([
    ['numbers', [1, 2, 2, 10], 'ascending'],
    ['numbers that go down', [10, 2, 1], 'descending'],
    ['texts by code', ['Zoe', 'adam'], 'ascending'],
    ['texts without case', ['adam', 'Zoe'], 'ascending'],
    ['texts by language', ['a2', 'a10', 'ä11', 'b'], 'ascending'],
    ['numbers written as texts', ['9.5', '10.25'], 'ascending'],
    ['times with offsets', ['2026-01-01T01:00:00+02:00', '2026-01-01T00:00:00Z'], 'ascending'],
    ['values with null among them', [null, 1, undefined, 2], 'ascending'],
    ['either way', [3, 2, 1], 'either'],
    ['what cannot be compared', [true, 'a', 1], 'ascending'],
  ] as const)('are %s', (_, values, direction) => {
    expect(firstOutOfOrder(values, direction)).toBeUndefined();
  });

  it.each([
    ['numbers', [1, 3, 2], 'ascending', 2],
    ['texts that go up', ['a', 'b'], 'descending', 1],
    ['times', ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'], 'descending', 1],
    ['neither way', [1, 3, 2], 'either', 2],
  ] as const)('are not %s', (_, values, direction, at) => {
    expect(firstOutOfOrder(values, direction)).toBe(at);
  });
});
