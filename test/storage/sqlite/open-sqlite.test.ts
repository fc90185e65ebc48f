import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { EventEntry } from '../../../src/model/event.ts';
import { openSqlite } from '../../../src/storage/sqlite/open-sqlite.ts';
import { change, commitOf, loadFolder, makeFolder } from '../data-folder.ts';
import { attempt, deliveriesCommit, delivery, numbers, settled } from '../delivery-samples.ts';

async function reload(path: string) {
  const storage = await openSqlite(path);
  const stored = await storage.load();
  await storage.close();
  return stored;
}

function event(id: string): EventEntry {
  return { id, api: 'hive', name: 'user.created', at: 5, payload: { id } };
}

/** Another program that has the database open. */
function openBeside(folder: string): DatabaseSync {
  const database = new DatabaseSync(join(folder, 'sparring.db'));
  onTestFinished(() => database.close());
  return database;
}

function countTransactions(): () => number {
  const exec = vi.spyOn(DatabaseSync.prototype, 'exec');
  onTestFinished(() => exec.mockRestore());
  return () => exec.mock.calls.filter(([sql]) => sql === 'COMMIT').length;
}

test('what was committed is there after a restart, in every namespace', async () => {
  const path = join(await makeFolder(), 'new', 'folder');
  const storage = await loadFolder(path);
  const clock = { base: 1, anchor: 2.5, scale: 1, frozenAt: null };
  await storage.commit(
    commitOf([change('a', 1, { name: 'Ann "é" \u2028 \ud800' }), change('b', 2, {})], {
      events: [event('e1'), event('e2')],
      ordinals: { 'hive/users': 7 },
      clock,
    }),
  );
  await storage.commit(commitOf([change('b', 2, null)]));
  await storage.commit(commitOf([change('a', 1, {})], { namespace: 'other' }));
  await storage.close();
  expect(await reload(path)).toEqual([
    {
      namespace: 'default',
      records: [change('a', 1, { name: 'Ann "é" \u2028 \ud800' })],
      events: [event('e1'), event('e2')],
      ordinals: { 'hive/users': 7 },
      clock,
    },
    { namespace: 'other', records: [change('a', 1, {})], events: [], ordinals: { 'hive/users': 2 } },
  ]);
});

test('a fresh folder holds nothing, and after closing only the database', async () => {
  const folder = await makeFolder();
  const storage = await openSqlite(folder);
  expect(await storage.load()).toEqual([]);
  expect(storage.keeps('default') && storage.keeps('other')).toBe(true);
  await storage.close();
  expect(await readdir(folder)).toEqual(['sparring.db']);
});

test('records keep their order of creation, and ids their every character', async () => {
  const folder = await makeFolder();
  const storage = await loadFolder(folder);
  const ids = ['10', '9', '\ud800', '\udc00', '1', 'a\0b', '\ufffd', ''];
  for (const [index, id] of ids.entries()) await storage.commit(commitOf([change(id, index + 1, { id })]));
  await storage.commit(commitOf([change('10', 1, { id: '10', changed: true })]));
  await storage.commit(commitOf([change('\udc00', 4, null)]));
  await storage.close();
  const [stored] = await reload(folder);
  expect(stored?.records.map(({ id }) => id)).toEqual(['10', '9', '\ud800', '1', 'a\0b', '\ufffd', '']);
});

test('a commit that clears leaves only what it brings, and other namespaces alone', async () => {
  const folder = await makeFolder();
  const storage = await loadFolder(folder);
  const clock = { base: 1, anchor: 2, scale: 1, frozenAt: null };
  const full = { events: [event('e')], ordinals: { 'hive/users': 9 }, clock };
  for (const namespace of ['default', 'other', 'kept']) {
    const deliveries = [delivery(1), settled(2)];
    const attempts = [attempt('d2', 1)];
    await storage.commit(commitOf([change('a', 4, {})], { ...full, namespace, deliveries, attempts }));
  }
  await storage.commit(commitOf([change('b', 1, {})], { clear: true }));
  await storage.commit(
    commitOf([change('b', 1, {})], { clear: true, keepDeliveries: true, namespace: 'kept' }),
  );
  await storage.close();
  const bare = { records: [change('b', 1, {})], events: [], ordinals: { 'hive/users': 2 } };
  const stored = await reload(folder);
  expect(stored).toHaveLength(3);
  expect(stored).toContainEqual({ namespace: 'default', ...bare });
  expect(stored).toContainEqual({ namespace: 'kept', ...bare });
  expect(stored).toContainEqual({ namespace: 'other', records: [change('a', 4, {})], ...full });
  const again = await loadFolder(folder);
  const counts = ['default', 'other', 'kept'].map((namespace) => again.deliveries?.(namespace).count({}));
  expect(counts).toEqual([0, 2, 2]);
  expect(again.deliveries?.('kept').attempts('d2')).toEqual([attempt('d2', 1)]);
});

test('a commit that clears and brings nothing lets the namespace vanish', async () => {
  const folder = await makeFolder();
  const storage = await loadFolder(folder);
  await storage.commit(
    commitOf([change('a', 1, {})], { namespace: 'other', events: [event('e')], deliveries: [delivery(1)] }),
  );
  await storage.commit(commitOf([], { namespace: 'other', clear: true }));
  expect(storage.deliveries?.('other').pendingEndpoints()).toEqual([]);
  await storage.close();
  expect(await reload(folder)).toEqual([]);
  const database = openBeside(folder);
  for (const table of ['records', 'ordinals', 'events', 'deliveries', 'attempts', 'queues']) {
    expect(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()).toEqual({ count: 0 });
  }
});

test('a counter never falls behind an ordinal in use', async () => {
  const folder = await makeFolder();
  const storage = await loadFolder(folder);
  await storage.commit(commitOf([change('a', 4, {})]));
  await storage.commit(commitOf([change('a', 4, null)], { ordinals: { 'hive/users': 2 } }));
  await storage.close();
  expect(await reload(folder)).toMatchObject([{ ordinals: { 'hive/users': 5 } }]);
});

test('the commits of one turn take one transaction and keep their order', async () => {
  const folder = await makeFolder();
  const storage = await loadFolder(folder);
  const transactions = countTransactions();
  const order: number[] = [];
  await Promise.all(
    numbers(1, 50).map(async (index) => {
      // As requests do that are read in one turn, each with awaits of its own.
      for (let wait = 0; wait < index % 5; wait += 1) await undefined;
      await storage.commit(commitOf([change('same', 1, { index }), change(`id${index}`, index + 1, {})]));
      order.push(index);
    }),
  );
  expect(transactions()).toBe(1);
  expect(order).toEqual(numbers(1, 50).toSorted((left, right) => (left % 5) - (right % 5) || left - right));
  await storage.close();
  const [stored] = await reload(folder);
  expect(stored?.records).toHaveLength(51);
  expect(stored?.records[0]?.value).toEqual({ index: order.at(-1) });
});

test('what is answered has been committed, as another reader sees it', async () => {
  const folder = await makeFolder();
  const storage = await loadFolder(folder);
  const database = openBeside(folder);
  const count = database.prepare('SELECT count(*) AS count FROM records');
  for (const index of numbers(1, 5)) {
    const stored = storage.commit(commitOf([change(`id${index}`, index, {})]));
    expect(count.get()).toEqual({ count: index - 1 });
    await stored;
    expect(count.get()).toEqual({ count: index });
  }
});

test('when one of a group fails, each of it rejects and nothing of it is kept', async () => {
  const folder = await makeFolder();
  const storage = await loadFolder(folder);
  await storage.commit(deliveriesCommit([delivery(1)]));
  const group = [
    commitOf([change('a', 1, {})], { events: [event('e')], deliveries: [settled(1), delivery(2)] }),
    commitOf([change('b', 2, { unstorable: 1n })]),
    commitOf([change('c', 3, {})], { namespace: 'other' }),
  ];
  for (const outcome of await Promise.allSettled(group.map((commit) => storage.commit(commit)))) {
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: { code: 'storage-failed', message: expect.stringContaining('sparring.db') },
    });
    expect(outcome).not.toMatchObject({ reason: { message: expect.stringContaining(folder) } });
  }
  const log = storage.deliveries?.('default');
  expect([log?.get('d1'), log?.get('d2')]).toEqual([delivery(1), undefined]);
  expect(log?.pendingEndpoints()).toMatchObject([{ count: 1 }]);
  await storage.commit(commitOf([change('d', 1, {})]));
  await storage.close();
  expect(await reload(folder)).toMatchObject([
    { namespace: 'default', records: [change('d', 1, {})], events: [] },
  ]);
});

test('while another program writes the database commits fail, and go on once it is done', async () => {
  const folder = await makeFolder();
  const storage = await loadFolder(folder);
  const database = openBeside(folder);
  database.exec('BEGIN IMMEDIATE');
  await expect(storage.commit(commitOf([change('a', 1, {})]))).rejects.toMatchObject({
    code: 'storage-failed',
    message: 'The state could not be written to sparring.db: database is locked.',
  });
  database.exec('ROLLBACK');
  await storage.commit(commitOf([change('b', 1, {})]));
  await storage.close();
  expect(await reload(folder)).toMatchObject([{ records: [change('b', 1, {})] }]);
});

test('of events the newest are kept, and as many read back as a JSON file keeps', async () => {
  const folder = await makeFolder();
  const storage = await loadFolder(folder, { events: 1500 });
  const events = numbers(1, 2000).map((number) => event(`e${number}`));
  await storage.commit(commitOf([], { events: events.slice(0, 700) }));
  await storage.commit(commitOf([], { events: events.slice(700) }));
  await storage.close();
  expect((await reload(folder))[0]?.events).toEqual(events.slice(1000));
  const database = openBeside(folder);
  expect(database.prepare('SELECT count(*) AS count FROM events').get()).toEqual({ count: 1500 });
});

test('settled deliveries beyond the bound go, the oldest first, with their attempts; none that waits', async () => {
  const folder = await makeFolder();
  const first = await loadFolder(folder);
  const all = numbers(1, 50).map((number) => (number % 2 === 0 ? settled(number) : delivery(number)));
  await first.commit(deliveriesCommit(all, [attempt('d2', 1), attempt('d50', 1)]));
  await first.close();
  const storage = await loadFolder(folder, { settledDeliveries: 10 });
  await storage.commit(deliveriesCommit([settled(52)]));
  const log = storage.deliveries?.('default');
  const found = log?.list({ state: 'delivered' }, { limit: 99, offset: 0 }).map(({ number }) => number);
  expect(found).toEqual([52, 50, 48, 46, 44, 42, 40, 38, 36, 34]);
  expect(log?.count({ state: 'pending' })).toBe(25);
  expect([log?.attempts('d2'), log?.attempts('d50')]).toEqual([[], [attempt('d50', 1)]]);
});

test('deliveries are there after a restart, read by the log alone', async () => {
  const folder = await makeFolder();
  const first = await loadFolder(folder);
  await first.commit(deliveriesCommit([delivery(1), settled(2)], [attempt('d2', 1)]));
  await first.close();
  const storage = await openSqlite(folder);
  onTestFinished(() => storage.close());
  expect(await storage.load()).toEqual([{ namespace: 'default', records: [], events: [], ordinals: {} }]);
  const log = storage.deliveries?.('default');
  expect(log?.list({}, { limit: 9, offset: 0 })).toEqual([settled(2), delivery(1)]);
  expect(log?.attempts('d2')).toEqual([attempt('d2', 1)]);
  expect(storage.deliveries?.('other').count({})).toBe(0);
});

test('closing stores what waits, and refuses later commits', async () => {
  const folder = await makeFolder();
  const storage = await loadFolder(folder);
  const waiting = storage.commit(commitOf([change('a', 1, {})]));
  await storage.close();
  await expect(waiting).resolves.toBeUndefined();
  expect(await readdir(folder)).toEqual(['sparring.db']);
  await expect(storage.commit(commitOf([]))).rejects.toMatchObject({ code: 'storage-failed' });
  expect(() => storage.deliveries?.('default')).toThrow('not open');
});

test('a folder and a symbolic link to it are one', async () => {
  const folder = await makeFolder();
  await mkdir(join(folder, 'real'));
  await symlink(join(folder, 'real'), join(folder, 'link'));
  await loadFolder(join(folder, 'real'));
  await expect(loadFolder(join(folder, 'link'))).rejects.toMatchObject({ code: 'data-locked' });
});
