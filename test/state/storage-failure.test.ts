import { describe, expect, it } from 'vitest';
import type { DeliveryEntry } from '../../src/model/delivery.ts';
import type { Namespace } from '../../src/state/namespace.ts';
import { atRest, createManualTime, start } from '../manual-time.ts';
import { delivery } from '../storage/delivery-samples.ts';
import { DurableStorage } from './durable-storage.ts';
import { createCustomer, openNamespace } from './open-state.ts';

const failed = expect.objectContaining({ code: 'storage-failed' });

async function open(
  onError?: (error: unknown) => void,
): Promise<{ storage: DurableStorage; namespace: Namespace; time: ReturnType<typeof createManualTime> }> {
  const storage = new DurableStorage();
  const time = createManualTime();
  const namespace = await openNamespace({ storage, time, now: start, ...(onError && { onError }) });
  return { storage, namespace, time };
}

function rename(namespace: Namespace, id: string, name: string): Promise<unknown> {
  return Promise.resolve(
    namespace.run('shop', (unit) => unit.collection('customers').replace(id, { id, name })),
  );
}

describe('a commit that the storage refuses', () => {
  it('is undone, and its caller told', async () => {
    const { namespace, storage } = await open();
    const before = namespace.dump();
    storage.mode = 'refuse';
    const commits: unknown[] = [];
    namespace.onCommit((commit) => commits.push(commit));
    await expect(
      namespace.run('shop', (unit) => {
        createCustomer(unit);
        unit.collection('customers').delete('ann');
        unit.collection('customers').replace('bob', { id: 'bob', name: 'Bob' });
      }),
    ).rejects.toEqual(failed);
    expect(namespace.dump()).toEqual(before);
    expect(commits).toEqual([]);
  });

  it('takes with it all later ones that are not durable yet, newest first', async () => {
    const { namespace, storage } = await open();
    const before = namespace.dump();
    storage.mode = 'hold';
    const made = namespace.run(
      'shop',
      (unit) => void unit.collection('customers').insert('dee', { id: 'dee' }),
    );
    const renamed = rename(namespace, 'dee', 'Dee');
    const again = rename(namespace, 'ann', 'Ann');
    const results = Promise.allSettled([made, renamed, again]);
    storage.fail(1);
    await atRest();
    expect(namespace.dump()).toEqual(before);
    storage.fail();
    expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(namespace.dump()).toEqual(before);
  });

  it('leaves what became durable before it', async () => {
    const { namespace, storage } = await open();
    storage.mode = 'hold';
    const first = rename(namespace, 'ann', 'Ann');
    const second = rename(namespace, 'ann', 'Anna');
    storage.release(1);
    await first;
    storage.fail();
    await expect(second).rejects.toEqual(failed);
    expect(namespace.collection('shop', 'customers').get('ann')?.value).toEqual({ id: 'ann', name: 'Ann' });
  });

  it('gives its ordinals back, so that the same requests lead to the same ids', async () => {
    const { namespace, storage } = await open();
    storage.mode = 'refuse';
    await expect(namespace.run('shop', (unit) => createCustomer(unit))).rejects.toEqual(failed);
    storage.mode = 'store';
    const id = await namespace.run('shop', (unit) => createCustomer(unit));
    const untroubled = await (await open()).namespace.run('shop', (unit) => createCustomer(unit));
    expect(id).toBe(untroubled);
  });

  it('fails a unit under way that may have seen it', async () => {
    const { namespace, storage } = await open();
    storage.mode = 'hold';
    const first = rename(namespace, 'ann', 'Ann');
    const second = namespace.run('shop', async (unit) => {
      const name = unit.collection('customers').get('ann')?.value.name;
      await atRest();
      await atRest();
      unit.collection('customers').replace('bob', { id: 'bob', friend: name });
    });
    const results = Promise.allSettled([first, second]);
    storage.fail();
    storage.mode = 'store';
    expect(await results).toEqual([
      { status: 'rejected', reason: failed },
      { status: 'rejected', reason: failed },
    ]);
    expect(namespace.collection('shop', 'customers').get('bob')?.value).toEqual({ id: 'bob' });
  });

  it('does not hold up later ones once the storage works again', async () => {
    const { namespace, storage } = await open();
    storage.mode = 'refuse';
    await expect(rename(namespace, 'ann', 'Ann')).rejects.toEqual(failed);
    storage.mode = 'store';
    await rename(namespace, 'bob', 'Bob');
    const reopened = await openNamespace({ storage });
    expect(reopened.dump()).toEqual(namespace.dump());
  });

  it('is put right in a storage that kept a later one all the same', async () => {
    const { namespace, storage } = await open();
    storage.mode = 'hold';
    const results = Promise.allSettled([rename(namespace, 'ann', 'Ann'), rename(namespace, 'bob', 'Bob')]);
    storage.fail(1);
    await atRest();
    storage.mode = 'store';
    storage.release();
    expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await atRest();
    const reopened = await openNamespace({ storage });
    expect(reopened.dump()).toEqual(namespace.dump());
  });

  it('leaves no delivery of an undone change waiting in a storage that kept it, and those that were made before as they are', async () => {
    const { namespace, storage } = await open();
    const deliver = (...known: DeliveryEntry[]) =>
      namespace.run('shop', (unit) => {
        const number = unit.collection('_deliveries').takeOrdinal() + 1;
        for (const entry of [...known, delivery(number, { api: 'shop' })]) unit.deliver(entry);
      });
    await deliver();
    storage.mode = 'hold';
    const results = Promise.allSettled([
      rename(namespace, 'ann', 'Ann'),
      deliver(delivery(1, { api: 'shop', dueAt: 90 })),
      deliver(),
    ]);
    storage.fail(1);
    await atRest();
    // Its number is free again, and with it its id.
    const since = deliver();
    storage.mode = 'store';
    storage.release();
    await since;
    expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await atRest();
    const { deliveries: log } = await openNamespace({ storage });
    expect(log.get('d1')).toMatchObject({ state: 'pending' });
    expect(log.get('d2')).toMatchObject({ state: 'pending' });
    expect(log.get('d3')).toMatchObject({
      state: 'cancelled',
      reason: 'The change that it tells of could not be stored.',
    });
  });

  it('does not undo what somebody has written by hand since', async () => {
    const { namespace, storage } = await open();
    storage.mode = 'hold';
    const renamed = rename(namespace, 'ann', 'Ann');
    storage.edit({
      api: 'shop',
      collection: 'customers',
      id: 'ann',
      ordinal: 0,
      value: { id: 'ann', name: 'by hand' },
    });
    storage.fail();
    await expect(renamed).rejects.toEqual(failed);
    expect(namespace.collection('shop', 'customers').get('ann')?.value).toEqual({
      id: 'ann',
      name: 'by hand',
    });
  });
});

describe.for(['reset', 'replace', 'restore'] as const)('a %s that the storage refuses', (kind) => {
  it('changes nothing, the clock included', async () => {
    const { namespace, storage } = await open();
    namespace.snapshot('start');
    await rename(namespace, 'ann', 'Ann');
    await namespace.clock.advance(1000);
    const before = {
      state: namespace.dump(),
      now: namespace.clock.now(),
      next: namespace.collection('shop', 'customers').nextOrdinal,
    };
    storage.mode = 'refuse';
    const change = {
      reset: () => namespace.reset(),
      replace: () => namespace.replace({}),
      restore: () => namespace.restore('start'),
    };
    await expect(change[kind]()).rejects.toEqual(failed);
    expect({
      state: namespace.dump(),
      now: namespace.clock.now(),
      next: namespace.collection('shop', 'customers').nextOrdinal,
    }).toEqual(before);
  });
});

describe('a task whose commit the storage refuses', () => {
  it('runs again once the storage works, and only once then', async () => {
    const errors: unknown[] = [];
    const { namespace, storage } = await open((error) => errors.push(error));
    let runs = 0;
    namespace.onTask((_api, _task, unit, record) => {
      runs += 1;
      unit.collection('customers').replace(record.id, { id: record.id, greeted: unit.now });
    });
    await namespace.run('shop', (unit) =>
      unit.schedule({ task: 'greet', dueAt: start + 10, collection: 'customers', id: 'ann' }),
    );
    storage.mode = 'refuse';
    await namespace.clock.advance(20);
    expect(runs).toBe(1);
    expect(errors).toContainEqual(failed);
    expect(namespace.collection('shop', 'customers').get('ann')?.value).toEqual({ id: 'ann' });
    storage.mode = 'store';
    await rename(namespace, 'bob', 'Bob');
    await namespace.clock.advance(0);
    await namespace.clock.advance(100);
    expect(runs).toBe(2);
    expect(namespace.collection('shop', 'customers').get('ann')?.value).toEqual({
      id: 'ann',
      greeted: start + 20,
    });
  });
});

it('tells when the clock could not be stored', async () => {
  const errors: unknown[] = [];
  const { namespace, storage } = await open((error) => errors.push(error));
  storage.mode = 'refuse';
  await namespace.clock.advance(5);
  await atRest();
  expect(errors).toEqual([failed]);
});
