import { expect, it } from 'vitest';
import { atRest, createManualTime, start } from '../manual-time.ts';
import { DurableStorage } from './durable-storage.ts';
import { collectionOf, createCustomer, customerIds, openNamespace, openNamespaces } from './open-state.ts';

it('brings back every record, in order, with its ordinals', async () => {
  const storage = new DurableStorage();
  const before = await openNamespace({ storage });
  await before.run('shop', (unit) => createCustomer(unit));
  await before.run('shop', (unit) => {
    createCustomer(unit);
    unit.collection('customers').delete('bob');
  });
  await before.run('shop', (unit) => void unit.collection('customers').takeOrdinal());
  const after = await openNamespace({ storage });
  expect(after.dump()).toEqual(before.dump());
  expect(after.collection('shop', 'customers').nextOrdinal).toBe(6);
  const [one, other] = [before, after].map((namespace) =>
    namespace.run('shop', (unit) => createCustomer(unit)),
  );
  expect(await one).toBe(await other);
});

it('brings back waiting tasks, which run when due', async () => {
  const storage = new DurableStorage();
  const time = createManualTime();
  const before = await openNamespace({ storage, time });
  await before.run('shop', (unit) =>
    unit.schedule({ task: 'greet', dueAt: start + 1000, collection: 'customers', id: 'ann' }),
  );
  before.close();
  const after = await openNamespace({ storage, time });
  const greeted: unknown[] = [];
  after.onTask((api, { task }, unit, record) => void greeted.push([api, task, record.id, unit.now]));
  await time.pass(999);
  expect(greeted).toEqual([]);
  await time.pass(1);
  expect(greeted).toEqual([['shop', 'greet', 'ann', start + 1000]]);
  const again = await openNamespace({ storage, time });
  again.onTask(() => void greeted.push('again'));
  await time.pass(1000);
  expect(greeted).toHaveLength(1);
});

it('runs tasks that fell due in between', async () => {
  const storage = new DurableStorage();
  const time = createManualTime();
  const before = await openNamespace({ storage, time });
  await before.run('shop', (unit) =>
    unit.schedule({ task: 'greet', dueAt: start + 1000, collection: 'customers', id: 'ann' }),
  );
  before.close();
  await time.pass(5000);
  const greeted: string[] = [];
  (await openNamespace({ storage, time })).onTask((_api, _task, _unit, { id }) => void greeted.push(id));
  await time.pass(0);
  expect(greeted).toEqual(['ann']);
});

it('keeps how the clock stands to real time, and a reset takes it back', async () => {
  const storage = new DurableStorage();
  const time = createManualTime();
  const before = await openNamespace({ storage, time });
  await before.clock.advance(86_400_000);
  await atRest();
  await time.pass(1000);
  const after = await openNamespace({ storage, time });
  expect(after.clock.now()).toBe(start + 86_401_000);
  await after.reset();
  expect(after.clock.now()).toBe(start + 1000);
  expect((await openNamespace({ storage, time })).clock.now()).toBe(start + 1000);
});

it('keeps a frozen clock frozen', async () => {
  const storage = new DurableStorage();
  const time = createManualTime();
  (await openNamespace({ storage, time })).clock.freeze();
  await time.pass(1000);
  expect((await openNamespace({ storage, time })).clock.now()).toBe(start);
});

it('starts the clock as asked where nobody had set it before', async () => {
  const storage = new DurableStorage();
  const before = await openNamespace({ storage });
  await before.run('shop', (unit) => createCustomer(unit));
  const now = Date.UTC(2030, 0, 1);
  expect((await openNamespace({ storage, now })).clock.now()).toBe(now);
});

it('gives an API that is new its fixtures, and leaves the others alone', async () => {
  const storage = new DurableStorage();
  const before = await openNamespace({ storage });
  await before.run('shop', (unit) => void unit.collection('customers').delete('ann'));
  const fixtures = async () =>
    new Map([
      ['shop/customers', collectionOf(['ann', 'bob', 'cay'])],
      ['bank/accounts', collectionOf(['giro'])],
    ]);
  const expected = {
    shop: { customers: [{ id: 'bob' }, { id: 'cay' }] },
    bank: { accounts: [{ id: 'giro' }] },
  };
  expect((await openNamespace({ storage, fixtures })).dump()).toEqual(expected);
  expect((await openNamespace({ storage })).dump()).toEqual(expected);
});

it('keeps an emptied API empty', async () => {
  const storage = new DurableStorage();
  await (await openNamespace({ storage })).replace({});
  expect((await openNamespace({ storage })).collection('shop', 'customers').list()).toEqual([]);
});

it('takes over an edit by hand, at any time, without storing it again', async () => {
  const storage = new DurableStorage();
  const seen: unknown[] = [];
  const namespaces = await openNamespaces({ storage, onEdit: ({ changes }) => seen.push(changes.length) });
  const early = {
    api: 'shop',
    collection: 'customers',
    id: 'ann',
    ordinal: 0,
    value: { id: 'ann', name: 'early' },
  };
  storage.edit(early);
  const pending = namespaces.get('default');
  const during = {
    api: 'shop',
    collection: 'customers',
    id: 'bob',
    ordinal: 1,
    value: { id: 'bob', name: 'during' },
  };
  storage.edit(during);
  const namespace = await pending;
  const { length } = storage.commits;
  storage.edit(
    { api: 'shop', collection: 'customers', id: 'cay', ordinal: 2, value: null },
    { api: 'shop', collection: 'customers', id: 'dee', ordinal: 7, value: { id: 'dee' } },
  );
  expect(namespace.dump()).toEqual({ shop: { customers: [early.value, during.value, { id: 'dee' }] } });
  expect(namespace.collection('shop', 'customers').nextOrdinal).toBe(8);
  expect(storage.commits).toHaveLength(length);
  expect(seen).toEqual([1, 1, 2]);
  await namespace.reset();
  expect(customerIds(namespace)).toEqual(['ann', 'bob', 'cay']);
});

it('lets an edit by hand during a unit not make ordinals go back', async () => {
  const storage = new DurableStorage();
  const namespace = await openNamespace({ storage });
  await namespace.run('shop', async (unit) => {
    createCustomer(unit);
    storage.edit({ api: 'shop', collection: 'customers', id: 'dee', ordinal: 10, value: { id: 'dee' } });
    await atRest();
  });
  expect(namespace.collection('shop', 'customers').nextOrdinal).toBe(11);
});
