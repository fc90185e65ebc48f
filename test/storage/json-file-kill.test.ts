import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadFile, makeFolder } from './data-folder.ts';
import { createRandom, fill, killAndCheck } from './kill-and-check.ts';

test('what was answered survives kill -9 at any moment, life after life', async () => {
  const folder = await makeFolder();
  const path = join(folder, 'state.json');
  await fill(await loadFile(path));
  const answered = new Set<number>();
  const random = createRandom(20_250);
  for (let life = 0; life < 8; life += 1) await killAndCheck(path, answered, random);
  expect(answered.size).toBeGreaterThan(8);
  const storage = await loadFile(path);
  await storage.close();
  expect(await readdir(folder)).toEqual(['state.json']);
});
