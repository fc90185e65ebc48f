import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openJsonFile } from '../../src/storage/json-file/open-json-file.ts';
import { change, commitOf, hurriedTime, loadFile, makeFolder } from './data-folder.ts';

const users = (...entries: string[]) =>
  `{ "sparring": 1,\n"records": { "hive/users": [\n${entries.join(',\n')}\n] } }`;

const broken: readonly [what: string, text: string, at: string, expected: string][] = [
  ['cut off', '{\n  "sparring": 1,\n  "rec', 'line 3, column 3', 'a property name in double quotes'],
  ['ended early', '{ "sparring": 1', 'line 1, column 16', '"," or "}"'],
  ['with a trailing comma', '{\n"sparring": 1,\n}', 'line 3, column 1', 'a property name in double quotes'],
  ['with a stray word', '{ "sparring": 1,\n "events": nope }', 'line 2, column 12', 'a value'],
  ['of two values', '{ "sparring": 1 } {}', 'line 1, column 19', 'the end of the file'],
  ['of another program', '{}', 'line 1, column 1', '"sparring": 1'],
  ['of blanks', ' \n', 'line 2, column 1', 'a value'],
  ['that is an array', '[]', 'line 1, column 1', 'an object with "sparring": 1'],
  ['of a later version', '{\n "sparring": 2 }', 'line 2, column 14', 'of this version'],
  ['with an entry without id', users('{ "record": {} }'), 'line 3, column 1', '"id", a string'],
  [
    'with an id twice',
    users('{ "id": "a", "record": {} }', '{ "id": "a", "record": {} }'),
    'line 4, column 9',
    'other',
  ],
  ['with a list as record', users('{ "id": "a", "record": [] }'), 'line 3, column 24', '"record", an object'],
  [
    'with half an ordinal',
    users('{ "id": "a", "ordinal": 1.5, "record": {} }'),
    'line 3, column 25',
    'a whole number',
  ],
  [
    'with a bare collection',
    '{ "sparring": 1, "records": { "users": [] } }',
    'line 1, column 40',
    'api/collection',
  ],
];

test.each(broken)('a file %s is refused at load and left alone', async (_what, text, at, expected) => {
  const folder = await makeFolder();
  const path = join(folder, 'state.json');
  await writeFile(path, text);
  const storage = await openJsonFile(path, { time: hurriedTime });
  await expect(storage.load()).rejects.toMatchObject({ code: 'data-broken' });
  const error = await storage.load().catch((caught: unknown) => caught);
  const { message } = error instanceof Error ? error : new Error('nothing thrown');
  for (const part of [path, `${at}: expected`, expected]) expect(message).toContain(part);
  expect(await readFile(path, 'utf8')).toBe(text);
  expect(await readdir(folder)).toEqual(['state.json']);
});

test('a file that is not UTF-8 is refused', async () => {
  const path = join(await makeFolder(), 'state.json');
  await writeFile(
    path,
    Buffer.concat([Buffer.from('{\n "sparring": 1, "x": "'), Buffer.from([0xe9]), Buffer.from('" }')]),
  );
  const storage = await openJsonFile(path, { time: hurriedTime });
  await expect(storage.load()).rejects.toThrow('line 2, column 23: expected text in UTF-8');
});

test('an empty file is a fresh start, and a byte order mark is no harm', async () => {
  const path = join(await makeFolder(), 'state.json');
  await writeFile(path, '');
  const storage = await openJsonFile(path, { time: hurriedTime });
  expect(await storage.load()).toEqual([]);
  await storage.close();
  await writeFile(path, `\uFEFF${users('{ "id": "a", "record": {} }')}`);
  const again = await openJsonFile(path, { time: hurriedTime });
  expect((await again.load())[0]?.records).toEqual([change('a', 1, {})]);
  await again.close();
});

test('while an edit has broken the file, commits are refused by file and line; then the mended file counts', async () => {
  const path = join(await makeFolder(), 'state.json');
  const storage = await loadFile(path);
  await storage.commit(commitOf([change('a', 1, { name: 'Ann' })]));
  const good = await readFile(path, 'utf8');
  const bad = good.replace('"Ann"', '"Ann');
  await writeFile(path, bad);
  for (const id of ['b', 'c']) {
    await expect(storage.commit(commitOf([change(id, 2, {})]))).rejects.toMatchObject({
      code: 'storage-failed',
      message: expect.stringMatching(
        /state\.json is broken at line 13, column 19: expected a string in double quotes/,
      ),
    });
  }
  expect(await readFile(path, 'utf8')).toBe(bad);
  await writeFile(path, good.replace('Ann', 'Anna'));
  await storage.commit(commitOf([change('d', 2, {})]));
  expect(JSON.parse(await readFile(path, 'utf8')).records['hive/users']).toEqual([
    { id: 'a', ordinal: 1, record: { name: 'Anna' } },
    { id: 'd', ordinal: 2, record: {} },
  ]);
});

test('a path under a file, or one that is a folder, is refused by the name the user gave', async () => {
  const folder = await makeFolder();
  await writeFile(join(folder, 'file'), '');
  await mkdir(join(folder, 'folder.json'));
  for (const path of [join(folder, 'file', 'state.json'), join(folder, 'folder.json')]) {
    const storage = await openJsonFile(path, { time: hurriedTime });
    await expect(storage.load()).rejects.toMatchObject({
      code: 'data-unwritable',
      message: expect.stringContaining(path),
    });
  }
});

const loader = `
  const [path, uid] = process.argv.slice(1);
  const { openJsonFile } = await import(${JSON.stringify(new URL('../../src/storage/json-file/open-json-file.ts', import.meta.url).href)});
  if (process.getuid() === 0) { process.setgid(Number(uid)); process.setuid(Number(uid)); }
  const storage = await openJsonFile(path, { time: { now: Date.now, wait: () => () => {} } });
  await storage.load().then(() => console.log('loaded'), (error) => console.log(error.code, error.message));
  await storage.close();
`;

/** Loads in a process of a user without privileges, since nothing is forbidden to root. */
function loadAsNobody(path: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, [
    '--input-type=module',
    '-e',
    loader,
    path,
    '65534',
  ]);
  return stdout.toString() + stderr.toString();
}

test('a read-only folder or file is refused at load, for a user whom permissions bind', async () => {
  const folder = await makeFolder();
  await chmod(folder, 0o777);
  expect(loadAsNobody(join(folder, 'fine.json'))).toBe('loaded\n');
  await writeFile(join(folder, 'state.json'), '');
  await chmod(join(folder, 'state.json'), 0o444);
  const refusal = `data-unwritable The data file ${join(folder, 'state.json')} cannot be read and written: permission denied`;
  expect(loadAsNobody(join(folder, 'state.json'))).toContain(refusal);
  await chmod(join(folder, 'state.json'), 0o666);
  expect(loadAsNobody(join(folder, 'state.json'))).toBe('loaded\n');
  await chmod(folder, 0o555);
  expect(loadAsNobody(join(folder, 'state.json'))).toContain(refusal);
});
