import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStorage } from '../../src/storage/open-storage.ts';
import { commitOf, hurriedTime, makeFolder } from './data-folder.ts';

const options = { time: hurriedTime };

test('without --data nothing is kept and commits resolve', async () => {
  const storage = await openStorage(undefined, options);
  expect(storage.keeps('default')).toBe(false);
  await expect(storage.commit(commitOf([]))).resolves.toBeUndefined();
  expect(await storage.load()).toEqual([]);
});

test('a name ending in .json is a JSON file, which opening alone does not touch', async () => {
  const folder = await makeFolder();
  const storage = await openStorage(join(folder, 'state.json'), options);
  expect(storage.keeps('default')).toBe(true);
  expect(storage.keeps('other')).toBe(false);
  expect(await readdir(folder)).toEqual([]);
});

test.each(['data/', 'data', '.json', '', 'state.yaml'])(
  '--data %j is refused with the forms accepted',
  async (data) => {
    await expect(openStorage(data, options)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('ending in .json'),
      next: expect.stringContaining('--data state.json'),
    });
  },
);
