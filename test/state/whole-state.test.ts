import { describe, expect, it } from 'vitest';
import { atRest, start } from '../manual-time.ts';
import { DurableStorage } from './durable-storage.ts';
import { createCustomer, customerIds, openNamespace } from './open-state.ts';

describe('a reset', () => {
  it('goes back to the fixtures, the ordinals and the clock', async () => {
    const namespace = await openNamespace({ now: start });
    const first = namespace.run('shop', (unit) => createCustomer(unit));
    namespace.run('shop', (unit) => void unit.collection('orders').insert('1', { id: '1' }));
    await namespace.clock.advance(1000);
    await namespace.reset();
    expect(namespace.dump()).toEqual({ shop: { customers: [{ id: 'ann' }, { id: 'bob' }, { id: 'cay' }] } });
    expect(namespace.clock.now()).toBe(start);
    expect(namespace.run('shop', (unit) => createCustomer(unit))).toBe(first);
  });

  it('waits for the unit that is under way', async () => {
    const namespace = await openNamespace();
    const unit = namespace.run('shop', async (open) => {
      await atRest();
      createCustomer(open);
    });
    await Promise.all([unit, namespace.reset()]);
    expect(customerIds(namespace)).toEqual(['ann', 'bob', 'cay']);
  });

  it('keeps snapshots, and is stored', async () => {
    const storage = new DurableStorage();
    const namespace = await openNamespace({ storage });
    await namespace.run('shop', (unit) => createCustomer(unit));
    namespace.snapshot('four');
    await namespace.reset();
    expect(namespace.snapshots()).toEqual(['four']);
    expect((await openNamespace({ storage })).dump()).toEqual(namespace.dump());
  });

  it('is told to listeners', async () => {
    const namespace = await openNamespace();
    const told: unknown[] = [];
    namespace.onCommit(({ clear, changes, events }) => told.push([clear, changes.length, events]));
    await namespace.reset();
    expect(told).toEqual([[true, 3, []]]);
  });
});

describe('a snapshot', () => {
  it('brings everything back as often as one likes', async () => {
    const namespace = await openNamespace();
    namespace.run('shop', (unit) => createCustomer(unit));
    const before = JSON.stringify(namespace.dump());
    namespace.snapshot('four');
    for (let round = 0; round < 2; round += 1) {
      const id = namespace.run('shop', (unit) => {
        unit.collection('customers').delete('ann');
        return createCustomer(unit);
      });
      expect(namespace.collection('shop', 'customers').get(String(id))?.ordinal).toBe(4);
      expect(JSON.stringify(namespace.dump())).not.toBe(before);
      await namespace.restore('four');
      expect(JSON.stringify(namespace.dump())).toBe(before);
    }
  });

  it('is unknown until taken and once dropped', async () => {
    const namespace = await openNamespace();
    await expect(namespace.restore('none')).rejects.toMatchObject({ code: 'record-not-found' });
    namespace.snapshot('one');
    expect(namespace.dropSnapshot('one')).toBe(true);
    expect(namespace.dropSnapshot('one')).toBe(false);
    expect(namespace.snapshots()).toEqual([]);
  });
});

describe('a replaced state', () => {
  it('is what was given, in the order given, and nothing else', async () => {
    const namespace = await openNamespace();
    namespace.run('shop', (unit) => void unit.collection('orders').insert('1', { id: '1' }));
    await namespace.replace({
      shop: { customers: [{ id: 'zoe' }, { id: 'ann', name: 'Ann' }] },
      bank: { accounts: [{ id: 7 }] },
    });
    expect(namespace.dump()).toEqual({
      shop: { customers: [{ id: 'zoe' }, { id: 'ann', name: 'Ann' }], orders: [] },
      bank: { accounts: [{ id: 7 }] },
    });
    expect(namespace.collection('bank', 'accounts').get('7')?.value).toEqual({ id: 7 });
  });

  it('gives no id twice', async () => {
    const namespace = await openNamespace();
    const made = [1, 2, 3].map(() => String(namespace.run('shop', (unit) => createCustomer(unit))));
    namespace.run('shop', (unit) => void unit.collection('customers').delete(String(made[0])));
    await namespace.replace(namespace.dump());
    expect(made).not.toContain(namespace.run('shop', (unit) => createCustomer(unit)));
  });

  it('counts what a unit under way still makes', async () => {
    const namespace = await openNamespace();
    const made = namespace.run('shop', async (unit) => {
      await atRest();
      return createCustomer(unit);
    });
    await Promise.all([made, namespace.replace({ shop: { customers: [] } })]);
    expect(namespace.run('shop', (unit) => createCustomer(unit))).not.toBe(await made);
  });

  it.for([
    ['a record without its id', { shop: { customers: [{ id: 'zoe' }, { name: 'nobody' }] } }],
    ['two records of one id', { shop: { customers: [{ id: '7' }, { id: 7 }] } }],
  ] as const)('is refused with %s, and then nothing has changed', async ([, dump]) => {
    const namespace = await openNamespace();
    await expect(namespace.replace(dump)).rejects.toMatchObject({ code: 'invalid-request' });
    expect(customerIds(namespace)).toEqual(['ann', 'bob', 'cay']);
  });

  it('is stored', async () => {
    const storage = new DurableStorage();
    const namespace = await openNamespace({ storage });
    await namespace.replace({ shop: { customers: [{ id: 'zoe' }] } });
    expect((await openNamespace({ storage })).dump()).toEqual({ shop: { customers: [{ id: 'zoe' }] } });
  });

  it('may have a collection of any name', async () => {
    const namespace = await openNamespace();
    await namespace.replace({ shop: { constructor: [{ id: '1' }], 'a/b': [{ id: '2' }] } });
    expect(namespace.dump().shop).toEqual({
      constructor: [{ id: '1' }],
      'a/b': [{ id: '2' }],
      customers: [],
    });
  });
});
