import { spawnSync } from 'node:child_process';
import { chmod, mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openSqlite } from '../../src/storage/sqlite/open-sqlite.ts';
import { change, commitOf, loadFolder, makeFolder } from './data-folder.ts';
import { deliveriesCommit, delivery, numbers } from './delivery-samples.ts';

async function makeDatabase(): Promise<{ readonly folder: string; readonly file: string }> {
  const folder = await makeFolder();
  const storage = await loadFolder(folder);
  const value = { text: 'x'.repeat(500) };
  await storage.commit(commitOf(numbers(1, 100).map((number) => change(`r${number}`, number, value))));
  await storage.commit(deliveriesCommit(numbers(1, 100).map((number) => delivery(number))));
  await storage.close();
  return { folder, file: join(folder, 'sparring.db') };
}

/** From there to the end of the file; counted from the end if negative. */
async function overwrite(file: string, from: number): Promise<void> {
  await using handle = await open(file, 'r+');
  const { size } = await handle.stat();
  const position = from < 0 ? size + from : from;
  await handle.write(Buffer.alloc(size - position, 'broken '), 0, size - position, position);
}

function execute(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

const broken: readonly [what: string, breakIt: (file: string) => Promise<void> | void, message: string][] = [
  ['that is none', (file) => writeFile(file, 'This is a text.\n'.repeat(100)), 'file is not a database'],
  ['with a broken schema', (file) => overwrite(file, 100), 'is broken'],
  ['with broken pages', (file) => overwrite(file, 20_000), 'is broken'],
  ['with a broken page of deliveries', (file) => overwrite(file, -4096), 'is broken'],
  ['cut off', async (file) => writeFile(file, (await readFile(file)).subarray(0, 12_288)), 'is broken'],
  [
    'of another program',
    async (file) => {
      await rm(file);
      execute(file, 'CREATE TABLE notes (text)');
    },
    'is a database of another program',
  ],
  [
    'of a later version',
    (file) => execute(file, 'PRAGMA user_version = 2'),
    'is of version 2; this Sparring reads version 1',
  ],
  ['with a record that is no JSON', (file) => execute(file, `UPDATE records SET value = '{'`), 'is broken'],
];

test.each(broken)('a database %s is refused by its name and left alone', async (_what, breakIt, expected) => {
  const { folder, file } = await makeDatabase();
  await breakIt(file);
  const bytes = await readFile(file);
  const storage = await openSqlite(folder);
  for (let turn = 0; turn < 2; turn += 1) {
    await expect(storage.load()).rejects.toMatchObject({
      code: 'data-broken',
      message: expect.stringContaining(expected),
    });
    await expect(storage.load()).rejects.toThrow(file);
  }
  expect(bytes.equals(await readFile(file))).toBe(true);
  expect(await readdir(folder)).toEqual(['sparring.db']);
});

test('an empty database file is a fresh start', async () => {
  const folder = await makeFolder();
  await writeFile(join(folder, 'sparring.db'), '');
  const storage = await loadFolder(folder);
  await expect(storage.commit(commitOf([change('a', 1, {})]))).resolves.toBeUndefined();
});

test('a database that another program holds is refused', async () => {
  const { folder, file } = await makeDatabase();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  await expect(loadFolder(folder)).rejects.toMatchObject({
    code: 'data-locked',
    message: expect.stringContaining('another program'),
  });
  database.close();
  await expect(loadFolder(folder)).resolves.toBeDefined();
});

test('a path that is a file, or under one, is refused by the name the user gave', async () => {
  const folder = await makeFolder();
  await writeFile(join(folder, 'file'), '');
  await mkdir(join(folder, 'odd', 'sparring.db'), { recursive: true });
  for (const path of [join(folder, 'file'), join(folder, 'file', 'data'), join(folder, 'odd')]) {
    await expect(loadFolder(path)).rejects.toMatchObject({
      code: 'data-unwritable',
      message: expect.stringContaining(path),
      next: expect.stringContaining('folder'),
    });
  }
});

const loader = `
  const [path, uid] = process.argv.slice(1);
  const { openSqlite } = await import(${JSON.stringify(new URL('../../src/storage/sqlite/open-sqlite.ts', import.meta.url).href)});
  await import(${JSON.stringify(new URL('../../src/errors.ts', import.meta.url).href)});
  if (process.getuid() === 0) { process.setgid(Number(uid)); process.setuid(Number(uid)); }
  const storage = await openSqlite(path);
  await storage.load().then(() => console.log('loaded'), (error) => console.log(error.code, error.message));
  await storage.close();
`;

/** Loads in a process of a user without privileges, since nothing is forbidden to root. */
function loadAsNobody(path: string): string {
  const program = ['--input-type=module', '-e', loader, path, '65534'];
  const { stdout, stderr } = spawnSync(process.execPath, program);
  return stdout.toString() + stderr.toString();
}

test('a read-only folder or database is refused at load, for a user whom permissions bind', async () => {
  const folder = await makeFolder();
  await chmod(folder, 0o777);
  expect(loadAsNobody(folder)).toBe('loaded\n');
  const refusal = `data-unwritable The data folder ${folder} cannot be read and written: permission denied`;
  await chmod(join(folder, 'sparring.db'), 0o444);
  expect(loadAsNobody(folder)).toContain(refusal);
  await chmod(join(folder, 'sparring.db'), 0o666);
  expect(loadAsNobody(folder)).toBe('loaded\n');
  await chmod(folder, 0o555);
  expect(loadAsNobody(folder)).toContain(refusal);
});
