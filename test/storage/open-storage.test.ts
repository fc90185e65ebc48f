import { spawnSync } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
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

test.each(['data/', 'data', 'new/folder', 'state.json/', 'there.json', 'there.d'])(
  'a folder such as %j is a database, which opening alone does not touch',
  async (name) => {
    const folder = await makeFolder();
    await mkdir(join(folder, 'there.json'));
    await mkdir(join(folder, 'there.d'));
    const storage = await openStorage(`${folder}/${name}`, options);
    expect(storage.keeps('other')).toBe(true);
    expect((await readdir(folder)).sort()).toEqual(['there.d', 'there.json']);
  },
);

test.each(['.json', 'folder/.json', '', 'state.yaml', 'state.db', 'new.d'])(
  '--data %j is refused with the forms accepted',
  async (data) => {
    await expect(openStorage(data, options)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/ending in \.json.*ending in \//),
      next: expect.stringMatching(/--data state\.json.*--data state\//),
    });
  },
);

test('the database is loaded by nobody who does not ask for it', () => {
  const program = `
    const { openStorage } = await import(${JSON.stringify(new URL('../../src/storage/open-storage.ts', import.meta.url).href)});
    const options = { time: { now: Date.now, wait: () => () => {} } };
    await openStorage(undefined, options);
    await openStorage('state.json', options);
    console.log(process.moduleLoadList.includes('NativeModule sqlite'));
    await openStorage('state/', options);
    console.log(process.moduleLoadList.includes('NativeModule sqlite'));
  `;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program]);
  expect(stdout.toString()).toBe('false\ntrue\n');
});
