import { expect, test } from 'vitest';
import { loadFolder, makeFolder } from './data-folder.ts';
import { createRandom, fill, killAndCheckDatabase } from './kill-and-check.ts';

test('what was answered survives kill -9 at any moment, life after life', async () => {
  const folder = await makeFolder();
  await fill(await loadFolder(folder));
  const answered = new Set<number>();
  const random = createRandom(20_251);
  for (let life = 0; life < 5; life += 1) await killAndCheckDatabase(folder, answered, random);
  expect(answered.size).toBeGreaterThan(5);
});
