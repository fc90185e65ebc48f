import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLedger } from '../../src/contract/execute/environment/ledger.ts';
import { change, commitOf, loadFile, loadFolder, makeFolder } from './data-folder.ts';

async function modeOf(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o777).toString(8);
}

test('what is made for data is for its owner alone: folders, file, database, its log, locks', async () => {
  const folder = await makeFolder();
  const file = await loadFile(join(folder, 'a/b/state.json'));
  await file.commit(commitOf([change('1', 1, {})]));
  const database = await loadFolder(join(folder, 'c/data'));
  await database.commit(commitOf([change('1', 1, {})]));
  for (const made of ['a', 'a/b', 'c', 'c/data'])
    expect([made, await modeOf(join(folder, made))]).toEqual([made, '700']);
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  expect(files.map(({ name }) => name).sort()).toEqual([
    'sparring.db',
    'sparring.db-shm',
    'sparring.db-wal',
    'sparring.lock',
    'state.json',
    'state.json.lock',
  ]);
  for (const { name, parentPath } of files)
    expect([name, await modeOf(join(parentPath, name))]).toEqual([name, '600']);
});

test('a data file and a folder that were there keep the modes that they have', async () => {
  const folder = await makeFolder();
  const path = join(folder, 'open/state.json');
  await mkdir(join(folder, 'open'), { mode: 0o755 });
  await writeFile(path, '');
  await chmod(path, 0o664);
  const storage = await loadFile(path);
  await storage.commit(commitOf([change('1', 1, {})]));
  expect(await modeOf(path)).toBe('664');
  expect(await modeOf(join(folder, 'open'))).toBe('755');
});

test('links that somebody planted where a write is staged are not followed, and leftovers of writes are swept', async () => {
  const folder = await makeFolder();
  const target = join(folder, 'target');
  await writeFile(target, 'untouched');
  for (const name of ['.state.json.next', `.state.json.next-${'0'.repeat(24)}`, '.state.json.tmp']) {
    await symlink(target, join(folder, name));
  }
  const storage = await loadFile(join(folder, 'state.json'));
  for (let ordinal = 1; ordinal <= 3; ordinal += 1)
    await storage.commit(commitOf([change(`${ordinal}`, ordinal, {})]));
  await storage.close();
  expect(await readFile(target, 'utf8')).toBe('untouched');
  expect((await lstat(join(folder, 'state.json'))).isFile()).toBe(true);
  expect((await readdir(folder)).sort()).toEqual([
    '.state.json.next',
    '.state.json.tmp',
    'state.json',
    'target',
  ]);
});

test('a ledger of a contract run is for its owner alone, in a folder of its own', async () => {
  const file = join(await makeFolder(), '.sparring/run.jsonl');
  createLedger(file).add({ kind: 'settled', creation: 1 });
  expect(await modeOf(file)).toBe('600');
  expect(await modeOf(join(file, '..'))).toBe('700');
});
