import { expect, test } from 'vitest';
import { loadFolder, makeFolder } from '../storage/data-folder.ts';
import { createRandom, fill, killAndCheckDatabase } from '../storage/kill-and-check.ts';

test.each([1, 2, 3])(
  'what was answered survives 25 kills in a row in the database (seed %i)',
  { timeout: 120_000 },
  async (seed) => {
    const folder = await makeFolder();
    await fill(await loadFolder(folder));
    const answered = new Set<number>();
    const random = createRandom(seed);
    for (let life = 0; life < 25; life += 1) await killAndCheckDatabase(folder, answered, random);
    expect(answered.size).toBeGreaterThan(25);
  },
);
