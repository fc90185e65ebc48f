import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { TimeSource } from '../../src/clock.ts';
import type { ExternalEdit, Storage } from '../../src/model/storage.ts';
import { change, commitOf, loadFile, makeFolder } from './data-folder.ts';

interface Written {
  id: string;
  ordinal?: number;
  record: Record<string, unknown>;
}

async function editFile(path: string, change: (entries: Written[]) => Written[]): Promise<string> {
  const content = JSON.parse(await readFile(path, 'utf8'));
  content.records['hive/users'] = change(content.records['hive/users']);
  return JSON.stringify(content);
}

async function entriesOf(path: string): Promise<Written[]> {
  return JSON.parse(await readFile(path, 'utf8')).records['hive/users'];
}

function nextEdit(storage: Storage): Promise<ExternalEdit> {
  return new Promise((resolve) => storage.onEdit?.(resolve));
}

/** A time that never passes by itself. */
const heldTime: TimeSource = { now: () => 0, monotonic: () => 0, wait: () => () => undefined };

async function startWithTwo(time?: TimeSource) {
  const path = join(await makeFolder(), 'state.json');
  const storage = await loadFile(path, time);
  await storage.commit(commitOf([change('a', 1, { name: 'Ann' }), change('b', 2, { name: 'Bob' })]));
  return { path, storage };
}

test('an edit in place is noticed while idle', async () => {
  const { path, storage } = await startWithTwo();
  const edit = nextEdit(storage);
  await writeFile(path, await editFile(path, ([a]) => [{ ...a, id: 'a', record: { name: 'Anna' } }]));
  expect(await edit).toEqual({
    namespace: 'default',
    changes: [change('b', 2, null), change('a', 1, { name: 'Anna' })],
    overruled: [],
  });
});

test('an edit that replaces the file is noticed while idle, each time', async () => {
  const { path, storage } = await startWithTwo();
  for (const name of ['Anna', 'Annabel']) {
    const edit = nextEdit(storage);
    await writeFile(
      `${path}~`,
      await editFile(path, ([, b]) => [{ id: 'a', ordinal: 1, record: { name } }, ...(b ? [b] : [])]),
    );
    await rename(`${path}~`, path);
    expect((await edit).changes).toEqual([change('a', 1, { name })]);
  }
});

test('a commit keeps an edit nobody had noticed yet, and brings its own', async () => {
  const { path, storage } = await startWithTwo(heldTime);
  const edit = nextEdit(storage);
  await writeFile(
    path,
    await editFile(path, ([a, b]) => [...(a ? [a] : []), { ...b, id: 'b', record: { name: 'Bobby' } }]),
  );
  await storage.commit(commitOf([change('a', 1, { name: 'Anna' }), change('c', 3, {})]));
  expect(await edit).toEqual({
    namespace: 'default',
    changes: [change('b', 2, { name: 'Bobby' })],
    overruled: [],
  });
  expect((await entriesOf(path)).map(({ record }) => record)).toEqual([
    { name: 'Anna' },
    { name: 'Bobby' },
    {},
  ]);
});

test('where both changed a record the edit wins and says whom it overruled', async () => {
  const { path, storage } = await startWithTwo(heldTime);
  const edit = nextEdit(storage);
  await writeFile(path, await editFile(path, () => [{ id: 'a', ordinal: 1, record: { name: 'by hand' } }]));
  await storage.commit(
    commitOf([change('a', 1, { name: 'by request' }), change('b', 2, { name: 'by request' })]),
  );
  expect((await edit).overruled.map(({ id }) => id).sort()).toEqual(['a', 'b']);
  expect(await entriesOf(path)).toEqual([{ id: 'a', ordinal: 1, record: { name: 'by hand' } }]);
});

test('an edit that agrees with memory overrules nothing', async () => {
  const { path, storage } = await startWithTwo(heldTime);
  const edit = nextEdit(storage);
  await writeFile(
    path,
    await editFile(path, ([, b]) => [{ id: 'a', ordinal: 1, record: { name: 'same' } }, ...(b ? [b] : [])]),
  );
  await storage.commit(commitOf([change('a', 1, { name: 'same' })]));
  expect((await edit).overruled).toEqual([]);
});

test('a commit that arrives while an edit is being found loses to it too', async () => {
  const { path, storage } = await startWithTwo(heldTime);
  const edit = nextEdit(storage);
  const realWrite = Low.prototype.write;
  let late: Promise<void> | undefined;
  const write = vi.spyOn(Low.prototype, 'write').mockImplementation(function (this: Low) {
    late ??= storage.commit(commitOf([change('a', 1, { name: 'late' })]));
    return realWrite.call(this);
  });
  onTestFinished(() => write.mockRestore());
  await writeFile(path, await editFile(path, () => [{ id: 'a', ordinal: 1, record: { name: 'by hand' } }]));
  await storage.commit(commitOf([change('c', 3, {})]));
  await late;
  expect((await edit).overruled).toEqual([{ api: 'hive', collection: 'users', id: 'a' }]);
  expect((await entriesOf(path)).map(({ record }) => record)).toEqual([{ name: 'by hand' }, {}]);
});

test('reformatting the file changes no record', async () => {
  const { path, storage } = await startWithTwo(heldTime);
  const edits: ExternalEdit[] = [];
  storage.onEdit?.((edit) => edits.push(edit));
  await writeFile(path, JSON.stringify(JSON.parse(await readFile(path, 'utf8')), null, 4));
  await storage.commit(commitOf([change('c', 3, {})]));
  expect(edits).toEqual([]);
  expect((await entriesOf(path)).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
});

test('a record pasted in without an ordinal, or as a copy, gets the next one', async () => {
  const { path, storage } = await startWithTwo(heldTime);
  const edit = nextEdit(storage);
  const copy = { id: 'copy', ordinal: 1, record: { name: 'Ann' } };
  await writeFile(path, await editFile(path, (entries) => [copy, { id: 'bare', record: {} }, ...entries]));
  await storage.commit(commitOf([change('c', 3, {})], { ordinals: { 'hive/users': 4 } }));
  expect((await edit).changes).toEqual([change('copy', 4, { name: 'Ann' }), change('bare', 5, {})]);
  expect((await entriesOf(path)).map(({ id, ordinal }) => [id, ordinal])).toEqual([
    ['a', 1],
    ['b', 2],
    ['c', 3],
    ['copy', 4],
    ['bare', 5],
  ]);
  expect(JSON.parse(await readFile(path, 'utf8')).ordinals).toEqual({ 'hive/users': 6 });
});

test('a save met half-way is waited for', async () => {
  const path = join(await makeFolder(), 'state.json');
  let whole = '';
  const time: TimeSource = {
    now: () => 0,
    monotonic: () => 0,
    wait(delay, callback) {
      // The shorter delay is the one for a save; the other is the watcher's.
      if (delay < 100) void writeFile(path, whole).then(callback);
      return () => undefined;
    },
  };
  const storage = await loadFile(path, time);
  await storage.commit(commitOf([change('a', 1, { name: 'Ann' })]));
  whole = await editFile(path, () => [{ id: 'a', ordinal: 1, record: { name: 'Anna' } }]);
  await writeFile(path, whole.slice(0, 40));
  await storage.commit(commitOf([change('b', 2, {})]));
  expect((await entriesOf(path)).map(({ record }) => record)).toEqual([{ name: 'Anna' }, {}]);
});

test('the clock and events of an edit are taken over beside those of memory', async () => {
  const { path, storage } = await startWithTwo(heldTime);
  const content = JSON.parse(await readFile(path, 'utf8'));
  const clock = { base: 0, anchor: 0, scale: 1, frozenAt: 99 };
  const event = (id: string) => ({ id, api: 'hive', name: 'n', at: 0, payload: null });
  await writeFile(path, JSON.stringify({ ...content, clock, events: [event('by hand')] }));
  await storage.commit(commitOf([], { events: [event('by request')] }));
  const after = JSON.parse(await readFile(path, 'utf8'));
  expect(after.clock).toEqual(clock);
  expect(after.events).toEqual([event('by hand'), event('by request')]);
});
