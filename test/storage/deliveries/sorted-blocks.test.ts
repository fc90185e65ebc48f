import { expect, test } from 'vitest';
import { SortedBlocks } from '../../../src/storage/deliveries/sorted-blocks.ts';
import { createRandom } from '../kill-and-check.ts';

test('whatever comes and goes, the items are in order, page by page', () => {
  const random = createRandom(7);
  const blocks = new SortedBlocks<number>((left, right) => left - right);
  const model = new Set<number>();
  for (const share of [0.9, 0.1, 0.7, 0]) {
    for (let turn = 0; turn < 6000; turn += 1) {
      const item = Math.floor(random() * 5000);
      if (random() < share) {
        if (!model.has(item)) blocks.add(item);
        model.add(item);
      } else {
        expect(blocks.delete(item)).toBe(model.delete(item));
      }
      if (turn % 500 > 0) continue;
      const sorted = [...model].sort((left, right) => left - right);
      expect(blocks.size).toBe(sorted.length);
      expect(blocks.first).toBe(sorted[0]);
      expect(blocks.page({ limit: 700, offset: 300 })).toEqual(sorted.slice(300, 1000));
    }
  }
  for (const item of model) blocks.delete(item);
  expect([blocks.size, blocks.first, blocks.page({ limit: 1, offset: 0 })]).toEqual([0, undefined, []]);
});
