import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStorage } from '../../src/storage/open-storage.ts';
import { createManualTime, start } from '../manual-time.ts';
import { createCustomer, customerIds, openNamespaces } from './open-state.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sparring-state-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('brings back records, ordinals, tasks and the clock from a JSON file', async () => {
  const file = join(folder, 'state.json');
  const time = createManualTime();
  const open = async () => openNamespaces({ time, storage: await openStorage(file, { time }) });

  const first = await open();
  const before = await first.get('default');
  await Promise.all([1, 2, 3].map(() => before.run('shop', (unit) => createCustomer(unit))));
  await before.run('shop', (unit) => {
    unit.collection('customers').delete('bob');
    unit.schedule({ task: 'greet', dueAt: start + 86_400_000 + 5000, collection: 'customers', id: 'ann' });
  });
  await before.clock.advance(86_400_000);
  await before.run('shop', (unit) => void unit.collection('customers').takeOrdinal());
  const dump = before.dump();
  await first.close();
  expect(await readFile(file, 'utf8')).toContain('"ann"');

  const second = await open();
  const after = await second.get('default');
  const greeted: string[] = [];
  after.onTask((_api, { task }, _unit, { id }) => void greeted.push(`${task} ${id}`));
  expect(after.dump()).toEqual(dump);
  expect(after.collection('shop', 'customers').nextOrdinal).toBe(7);
  expect(after.clock.now()).toBe(start + 86_400_000);
  await after.clock.advance(5000);
  expect(greeted).toEqual(['greet ann']);
  await after.reset();
  await second.close();

  const third = await open();
  const reset = await third.get('default');
  expect(reset.dump()).toEqual({ shop: { customers: [{ id: 'ann' }, { id: 'bob' }, { id: 'cay' }] } });
  expect(reset.clock.now()).toBe(start);
  expect(reset.collection('shop', 'customers').nextOrdinal).toBe(3);
  await third.close();
});

it('shows an edit of the file by hand in the namespace that runs', async () => {
  const file = join(folder, 'edited.json');
  const time = createManualTime();
  const namespaces = await openNamespaces({ time, storage: await openStorage(file, { time }) });
  const namespace = await namespaces.get('default');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replaceAll('"bob"', '"bea"'));
  // The next commit meets the edit, whether or not it was noticed before.
  await namespace.run('shop', (unit) => void unit.collection('customers').insert('dee', { id: 'dee' }));
  const ids = namespace
    .collection('shop', 'customers')
    .list()
    .map(({ id }) => id);
  expect(ids.toSorted()).toEqual(['ann', 'bea', 'cay', 'dee']);
  await namespaces.close();
});

it('keeps every namespace in a folder, and forgets one that was dropped', async () => {
  const data = join(folder, 'data/');
  const time = createManualTime();
  const open = async () => openNamespaces({ time, storage: await openStorage(data, { time }) });
  const first = await open();
  for (const name of ['default', 'one', 'two']) {
    await (await first.get(name)).run('shop', (unit) => createCustomer(unit));
  }
  expect(await first.drop('two')).toBe(true);
  await first.close();

  const second = await open();
  expect(second.stored()).toEqual(['default', 'one']);
  for (const name of second.stored()) expect(customerIds(await second.get(name))).toHaveLength(4);
  expect(customerIds(await second.get('two'))).toHaveLength(3);
  // Dropped before anybody asked for it, and written no more by what was under way.
  const one = await second.get('one');
  expect(await second.drop('one')).toBe(true);
  await one.run('shop', (unit) => createCustomer(unit));
  await second.close();

  const third = await open();
  expect(third.stored()).toEqual(['default', 'two']);
  await third.close();
});
