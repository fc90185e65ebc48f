import { describe, expect, test } from 'vitest';
import {
  comparableChanges,
  probeChanges,
  restlessPlaces,
} from '../../../../src/contract/checks/judging/probe-changes.ts';

const arm = (...tokens: (string | number)[]) => ({ deliveries: 1, tokens });
const none = new Set<string>();

function changed(before: unknown, after: unknown, ...tokens: (string | number)[]): readonly string[] {
  return comparableChanges(probeChanges(before, after, arm(...tokens)), none);
}

describe('one delivery changes the same as another', () => {
  test.each([
    ['a counter', { count: 4 }, { count: 5 }, { count: 6 }],
    ['a list', ['order_a'], ['order_a', 'order_b'], ['order_a', 'order_b', 'order_c']],
    [
      'members by id',
      {},
      { order_b: { id: 'order_b' } },
      { order_b: { id: 'order_b' }, order_c: { id: 'order_c' } },
    ],
    ['members by a digest that nobody knows', { x1: 1 }, { x1: 1, y2: 1 }, { x1: 1, y2: 1, z3: 1 }],
    ['a number for an id', { ids: [] }, { ids: [77] }, { ids: [77, 78] }],
  ])('%s', (_, start, one, two) => {
    const first = changed(start, one, 'order_b', 77);
    expect(first.length).toBeGreaterThan(0);
    expect(changed(one, two, 'order_c', 78)).toEqual(first);
  });
});

describe('a second effect is another change', () => {
  test.each([
    ['a counter', { count: 4 }, { count: 5 }, { count: 7 }],
    ['a list', [], ['b'], ['b', 'c', 'c']],
    ['a number of effects', {}, { b: 1 }, { b: 1, c: 2 }],
    ['a loss', { count: 4 }, { count: 5 }, { count: 5 }],
  ])('%s', (_, start, one, two) => {
    expect(changed(one, two, 'c')).not.toEqual(changed(start, one, 'b'));
  });
});

test('what is never the same counts by its place alone', () => {
  const at = (times: readonly number[]) => times.map((time) => ({ at: time, kind: 'paid' }));
  const [first, second] = [
    probeChanges(at([]), at([17]), arm()),
    probeChanges(at([17]), at([17, 23]), arm()),
  ];
  const restless = restlessPlaces(first, second);
  expect([...restless]).toEqual(['/*/at']);
  const third = probeChanges(at([17, 23]), at([17, 23, 31]), arm());
  expect(comparableChanges(third, restless)).toEqual(comparableChanges(second, restless));
  const twice = probeChanges(at([17, 23]), at([17, 23, 31, 32]), arm());
  expect(comparableChanges(twice, restless)).not.toEqual(comparableChanges(second, restless));
});
