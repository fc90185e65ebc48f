import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadFile, makeFolder } from '../storage/data-folder.ts';
import { createRandom, fill, killAndCheck } from '../storage/kill-and-check.ts';

test.each([1, 2, 3])(
  'what was answered survives 25 kills in a row (seed %i)',
  { timeout: 120_000 },
  async (seed) => {
    const path = join(await makeFolder(), 'state.json');
    await fill(await loadFile(path));
    const answered = new Set<number>();
    const random = createRandom(seed);
    for (let life = 0; life < 25; life += 1) await killAndCheck(path, answered, random);
    expect(answered.size).toBeGreaterThan(25);
  },
);
