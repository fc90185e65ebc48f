import { mkdir, open, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { EventEntry } from '../../../src/model/event.ts';
import { keptEvents } from '../../../src/storage/json-file/content.ts';
import { openJsonFile } from '../../../src/storage/json-file/open-json-file.ts';
import { change, commitOf, hurriedTime, loadFile, makeFolder } from '../data-folder.ts';

async function reload(path: string) {
  const storage = await openJsonFile(path, { time: hurriedTime });
  const [stored] = await storage.load();
  await storage.close();
  return stored;
}

function event(id: string): EventEntry {
  return { id, api: 'hive', name: 'user.created', at: 5, payload: { id } };
}

test('what was committed is there after a restart', async () => {
  const path = join(await makeFolder(), 'new', 'folder', 'state.json');
  const storage = await loadFile(path);
  const clock = { base: 1, anchor: 2, scale: 1, frozenAt: null };
  await storage.commit(
    commitOf([change('a', 1, { name: 'Ann "é" \u2028' }), change('b', 2, {})], {
      events: [event('e1')],
      ordinals: { 'hive/users': 7 },
      clock,
    }),
  );
  await storage.commit(commitOf([change('b', 2, null)]));
  await storage.close();
  expect(await reload(path)).toEqual({
    namespace: 'default',
    records: [change('a', 1, { name: 'Ann "é" \u2028' })],
    events: [event('e1')],
    ordinals: { 'hive/users': 7 },
    clock,
  });
});

test('the file reads as a person would write it', async () => {
  const path = join(await makeFolder(), 'state.json');
  const storage = await loadFile(path);
  await storage.commit(commitOf([change('a', 1, { name: 'Ann' })], { ordinals: { 'hive/users': 2 } }));
  expect(await readFile(path, 'utf8')).toBe(`{
  "sparring": 1,
  "revision": 1,
  "ordinals": {
    "hive/users": 2
  },
  "records": {
    "hive/users": [
      {
        "id": "a",
        "ordinal": 1,
        "record": {
          "name": "Ann"
        }
      }
    ]
  },
  "events": []
}
`);
});

test('records keep their order of creation, also where ids look like integers', async () => {
  const path = join(await makeFolder(), 'state.json');
  const storage = await loadFile(path);
  for (const [index, id] of ['10', '9', 'z', '1', 'a'].entries()) {
    await storage.commit(commitOf([change(id, index + 1, { id })]));
  }
  await storage.commit(commitOf([change('10', 1, { id: '10', changed: true })]));
  await storage.close();
  expect((await reload(path))?.records.map(({ id }) => id)).toEqual(['10', '9', 'z', '1', 'a']);
});

test('commits of other namespaces resolve and are not kept', async () => {
  const path = join(await makeFolder(), 'state.json');
  const storage = await loadFile(path);
  await storage.commit(commitOf([change('a', 1, {})], { namespace: 'other' }));
  await storage.close();
  expect(await reload(path)).toBeUndefined();
});

test('a commit that clears leaves only what it brings', async () => {
  const path = join(await makeFolder(), 'state.json');
  const storage = await loadFile(path);
  await storage.commit(
    commitOf([change('a', 4, {})], { events: [event('e')], ordinals: { 'hive/users': 9 } }),
  );
  await storage.commit(commitOf([change('b', 1, {})], { clear: true, ordinals: { 'hive/users': 2 } }));
  await storage.close();
  expect(await reload(path)).toEqual({
    namespace: 'default',
    records: [change('b', 1, {})],
    events: [],
    ordinals: { 'hive/users': 2 },
  });
});

test('a counter never falls behind an ordinal in use', async () => {
  const path = join(await makeFolder(), 'state.json');
  const storage = await loadFile(path);
  await storage.commit(commitOf([change('a', 4, {})]));
  await storage.commit(commitOf([change('a', 4, null)], { ordinals: { 'hive/users': 2 } }));
  await storage.close();
  expect((await reload(path))?.ordinals).toEqual({ 'hive/users': 5 });
});

test('fifty commits at once take at most two writes and keep their order', async () => {
  const path = join(await makeFolder(), 'state.json');
  const storage = await loadFile(path);
  const write = vi.spyOn(Low.prototype, 'write');
  onTestFinished(() => write.mockRestore());
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      await storage.commit(commitOf([change('same', 1, { index }), change(`id${index}`, index + 2, {})]));
      order.push(index);
    }),
  );
  expect(order).toEqual(Array.from({ length: 50 }, (_, index) => index));
  expect(write.mock.calls.length).toBeLessThanOrEqual(2);
  await storage.close();
  const records = (await reload(path))?.records;
  expect(records).toHaveLength(51);
  expect(records?.[0]?.value).toEqual({ index: 49 });
});

test('an answered commit is on disk whole before it is answered', async () => {
  const path = join(await makeFolder(), 'state.json');
  const storage = await loadFile(path);
  for (let index = 1; index <= 5; index += 1) {
    await storage.commit(commitOf([change(`id${index}`, index, {})]));
    expect(JSON.parse(await readFile(path, 'utf8')).records['hive/users']).toHaveLength(index);
  }
});

test('a write replaces the file: whoever has the old one open still reads it whole', async () => {
  const path = join(await makeFolder(), 'state.json');
  const storage = await loadFile(path);
  await storage.commit(commitOf([change('a', 1, {})]));
  const before = await readFile(path, 'utf8');
  await using handle = await open(path);
  await storage.commit(commitOf([change('b', 2, {})]));
  expect(await handle.readFile('utf8')).toBe(before);
  expect(await readFile(path, 'utf8')).not.toBe(before);
});

test('the newest events are kept up to the bound', async () => {
  const path = join(await makeFolder(), 'state.json');
  const storage = await loadFile(path);
  const events = Array.from({ length: keptEvents + 5 }, (_, index) => event(`e${index}`));
  await storage.commit(commitOf([], { events: events.slice(0, 10) }));
  await storage.commit(commitOf([], { events: events.slice(10) }));
  await storage.close();
  expect((await reload(path))?.events.map(({ id }) => id)).toEqual(events.slice(5).map(({ id }) => id));
});

test('a failed write rejects its commits and keeps nothing of them', async () => {
  const folder = join(await makeFolder(), 'data');
  const path = join(folder, 'state.json');
  const storage = await loadFile(path);
  await storage.commit(commitOf([change('a', 1, {})]));
  await rename(folder, `${folder}.away`);
  const lost = [
    storage.commit(commitOf([change('b', 2, {})])),
    storage.commit(commitOf([change('c', 3, {})])),
  ];
  for (const outcome of await Promise.allSettled(lost)) {
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: { code: 'storage-failed', message: expect.stringContaining('state.json') },
    });
    expect(outcome).not.toMatchObject({ reason: { message: expect.stringContaining(folder) } });
  }
  await rename(`${folder}.away`, folder);
  await storage.commit(commitOf([change('d', 2, {})]));
  await storage.close();
  expect((await reload(path))?.records.map(({ id }) => id)).toEqual(['a', 'd']);
});

test('closing stores what waits, leaves only the data file, and refuses later commits', async () => {
  const folder = await makeFolder();
  const storage = await loadFile(join(folder, 'state.json'));
  const waiting = storage.commit(commitOf([change('a', 1, {})]));
  await storage.close();
  await expect(waiting).resolves.toBeUndefined();
  expect(await readdir(folder)).toEqual(['state.json']);
  await expect(storage.commit(commitOf([]))).rejects.toMatchObject({ code: 'storage-failed' });
});

test('the file keeps its permissions, and a symbolic link stays one', async () => {
  const folder = await makeFolder();
  const target = join(folder, 'real', 'state.json');
  await mkdir(join(folder, 'real'));
  await writeFile(target, '', { mode: 0o600 });
  await symlink(target, join(folder, 'state.json'));
  const storage = await loadFile(join(folder, 'state.json'));
  await storage.commit(commitOf([change('a', 1, {})]));
  expect((await stat(target)).mode & 0o777).toBe(0o600);
  expect(await readFile(target, 'utf8')).toContain('"a"');
  await expect(loadFile(target)).rejects.toMatchObject({ code: 'data-locked' });
});

test('a data file that was deleted while running is made again in full', async () => {
  const path = join(await makeFolder(), 'state.json');
  const storage = await loadFile(path);
  await storage.commit(commitOf([change('a', 1, {})]));
  await rm(path);
  await storage.commit(commitOf([change('b', 2, {})]));
  await storage.close();
  expect((await reload(path))?.records.map(({ id }) => id)).toEqual(['a', 'b']);
});
