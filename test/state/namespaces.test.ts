import { describe, expect, it } from 'vitest';
import { createManualTime, start } from '../manual-time.ts';
import { DurableStorage } from './durable-storage.ts';
import { createCustomer, customerIds, openNamespaces } from './open-state.ts';

const hour = 3_600_000;

describe('two namespaces', () => {
  it('do not see each other', async () => {
    const namespaces = await openNamespaces();
    const [one, other] = [await namespaces.get('one'), await namespaces.get('other')];
    one.run('shop', (unit) => {
      createCustomer(unit);
      unit.collection('customers').delete('ann');
      unit.collection('customers').replace('bob', { id: 'bob', name: 'Bob' });
    });
    await one.clock.advance(5000);
    expect(other.dump()).toEqual({ shop: { customers: [{ id: 'ann' }, { id: 'bob' }, { id: 'cay' }] } });
    expect(other.clock.now()).toBe(start);
  });

  it('give the same ids for the same requests', async () => {
    const namespaces = await openNamespaces();
    const [one, other] = [await namespaces.get('one'), await namespaces.get('other')];
    for (const namespace of [one, other]) {
      for (let round = 0; round < 3; round += 1) namespace.run('shop', (unit) => createCustomer(unit));
    }
    expect(JSON.stringify(one.dump())).toBe(JSON.stringify(other.dump()));
    expect(new Set(customerIds(one)).size).toBe(6);
  });

  it('share records until one of them writes', async () => {
    const namespaces = await openNamespaces();
    const [one, other] = [await namespaces.get('one'), await namespaces.get('other')];
    const lists = () => [one, other].map((namespace) => namespace.collection('shop', 'customers').list());
    expect(lists()[0]).toBe(lists()[1]);
    one.run('shop', (unit) => createCustomer(unit));
    expect(lists()[0]).not.toBe(lists()[1]);
    expect(lists()[0]?.[0]).toBe(lists()[1]?.[0]);
  });

  it('do not let the clock of one move the other', async () => {
    const namespaces = await openNamespaces();
    const [one, other] = [await namespaces.get('one'), await namespaces.get('other')];
    one.clock.freeze();
    expect(other.clock.setting.frozenAt).toBeNull();
  });
});

describe('the same seed', () => {
  it('gives the same bytes in another process', async () => {
    const dumpOf = async (seed: number) => {
      const namespace = await (await openNamespaces({ seed, now: start })).get('default');
      for (let round = 0; round < 3; round += 1) {
        namespace.run('shop', (unit) => createCustomer(unit));
        await namespace.clock.advance(1000);
      }
      return JSON.stringify(namespace.dump());
    };
    expect(await dumpOf(7)).toBe(await dumpOf(7));
    expect(await dumpOf(7)).not.toBe(await dumpOf(8));
  });

  it('gives a thing the same id, whatever else is made', async () => {
    const namespaces = await openNamespaces();
    const [one, other] = [await namespaces.get('one'), await namespaces.get('other')];
    one.run('shop', (unit) => void unit.collection('orders').insert('1', { id: '1' }));
    expect(one.run('shop', (unit) => createCustomer(unit))).toBe(
      other.run('shop', (unit) => createCustomer(unit)),
    );
  });
});

describe('a name', () => {
  it.for(['a', 'test-1', '0', '-', 'x'.repeat(64)])('may be %s', async (name) => {
    expect((await (await openNamespaces()).get(name)).name).toBe(name);
  });

  it.for(['', 'A', 'a_b', 'a/b', 'ä', '../x', 'x'.repeat(65), 'a\n'])('may not be %j', async (name) => {
    const namespaces = await openNamespaces();
    expect(() => namespaces.get(name)).toThrow(expect.objectContaining({ code: 'namespace-invalid' }));
    expect(namespaces.list()).toEqual([]);
  });
});

describe('namespaces', () => {
  it('come at once when they are there, and as the same one', async () => {
    const namespaces = await openNamespaces();
    const both = await Promise.all([namespaces.get('one'), namespaces.get('one')]);
    expect(both[0]).toBe(both[1]);
    expect(namespaces.get('one')).toBe(both[0]);
  });

  it('come at once when new, too, once the fixtures are made', async () => {
    const namespaces = await openNamespaces();
    await namespaces.get('one');
    expect(namespaces.get('two')).not.toBeInstanceOf(Promise);
  });

  it('make the fixtures once, and try again after they could not be made', async () => {
    let calls = 0;
    const namespaces = await openNamespaces({
      async fixtures() {
        calls += 1;
        if (calls === 1) throw new Error('not yet');
        return new Map();
      },
    });
    await expect(namespaces.get('one')).rejects.toThrow('not yet');
    await namespaces.get('one');
    await namespaces.get('two');
    expect(calls).toBe(2);
  });

  it('are bounded in number, until one is dropped', async () => {
    const namespaces = await openNamespaces({ limit: 2 });
    await namespaces.get('one');
    await namespaces.get('two');
    await expect((async () => namespaces.get('three'))()).rejects.toMatchObject({ code: 'namespace-limit' });
    expect(await namespaces.drop('one')).toBe(true);
    await namespaces.get('three');
    expect(namespaces.list().map(({ name }) => name)).toEqual(['two', 'three']);
  });

  it('are listed with what they hold and when they were used', async () => {
    const time = createManualTime();
    const namespaces = await openNamespaces({ time });
    await namespaces.get('one');
    await time.pass(1000);
    await namespaces.get('two');
    await namespaces.get('one');
    await time.pass(1000);
    expect(namespaces.list()).toEqual([
      { name: 'one', records: 3, lastUsed: 1000, kept: false },
      { name: 'two', records: 3, lastUsed: 1000, kept: false },
    ]);
  });

  it('start anew when they are dropped', async () => {
    const namespaces = await openNamespaces();
    (await namespaces.get('one')).run('shop', (unit) => createCustomer(unit));
    expect(await namespaces.drop('one')).toBe(true);
    expect(await namespaces.drop('one')).toBe(false);
    expect(customerIds(await namespaces.get('one'))).toEqual(['ann', 'bob', 'cay']);
  });

  it('are dropped when unused for long, the default one and kept ones excepted', async () => {
    const time = createManualTime();
    const namespaces = await openNamespaces({ time, idleAfter: hour });
    for (const name of ['default', 'idle', 'busy'])
      (await namespaces.get(name)).run('shop', (unit) => createCustomer(unit));
    await time.pass(hour / 2);
    await namespaces.get('busy');
    await time.pass(hour / 2 + 1);
    expect(namespaces.list().map(({ name }) => name)).toEqual(['default', 'busy']);
    expect(customerIds(await namespaces.get('busy'))).toHaveLength(4);
    await time.pass(2 * hour);
    expect(customerIds(await namespaces.get('busy'))).toHaveLength(3);
    expect(customerIds(await namespaces.get('default'))).toHaveLength(4);
  });

  it('let no task run after they are dropped', async () => {
    const time = createManualTime();
    const namespaces = await openNamespaces({ time });
    const namespace = await namespaces.get('one');
    const ran: string[] = [];
    namespace.onTask((_api, { task }) => void ran.push(task));
    namespace.run('shop', (unit) =>
      unit.schedule({ task: 'greet', dueAt: start + 5, collection: 'customers', id: 'ann' }),
    );
    await namespaces.drop('one');
    await time.pass(1000);
    expect(ran).toEqual([]);
    expect(time.waiting).toBe(0);
  });

  it('run faster or stand still from the start, when asked', async () => {
    const time = createManualTime();
    const scaled = await (await openNamespaces({ time, scale: 60 })).get('one');
    const still = await (await openNamespaces({ time, now: 5000 })).get('one');
    await time.pass(1000);
    expect(scaled.clock.now()).toBe(start + 60_000);
    expect(still.clock.now()).toBe(5000);
  });

  it('are stored whole when first used where the storage keeps them, and not at all where it does not', async () => {
    const storage = new DurableStorage();
    const namespaces = await openNamespaces({ storage });
    await namespaces.get('default');
    await namespaces.get('other');
    expect(
      storage.commits.map(({ namespace, clear, changes }) => [namespace, clear, changes.length]),
    ).toEqual([['default', true, 3]]);
  });
});

describe('a namespace that a request names', () => {
  const visit = async (namespaces: Awaited<ReturnType<typeof openNamespaces>>, name: string) =>
    namespaces.visit(name, true);
  const names = (namespaces: Awaited<ReturnType<typeof openNamespaces>>) =>
    namespaces.list().map(({ name }) => name);

  it('is answered from the fixtures, and is not there', async () => {
    const storage = new DurableStorage('all');
    const namespaces = await openNamespaces({ storage });
    const passing = await visit(namespaces, 'one');
    expect(customerIds(passing)).toEqual(['ann', 'bob', 'cay']);
    expect(passing.isPassing).toBe(true);
    expect(names(namespaces)).toEqual([]);
    expect(storage.commits).toEqual([]);
  });

  it('is the same one for requests that follow each other, unless they are not to be remembered', async () => {
    const namespaces = await openNamespaces();
    const first = await visit(namespaces, 'one');
    expect(namespaces.visit('one', true)).toBe(first);
    expect(await namespaces.visit('two', false)).not.toBe(await namespaces.visit('two', false));
  });

  it('stays from its first write on, stored whole before it', async () => {
    const storage = new DurableStorage('all');
    const namespaces = await openNamespaces({ storage });
    const namespace = await visit(namespaces, 'one');
    await namespace.run('shop', (unit) => createCustomer(unit));
    expect(names(namespaces)).toEqual(['one']);
    expect(storage.commits.map(({ clear, changes }) => [clear, changes.length])).toEqual([
      [true, 3],
      [false, 1],
    ]);
    expect(namespaces.visit('one', true)).toBe(namespace);
  });

  it('does not stay for a unit that fails', async () => {
    const namespaces = await openNamespaces();
    const namespace = await visit(namespaces, 'one');
    expect(() =>
      namespace.run('shop', (unit) => {
        createCustomer(unit);
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(names(namespaces)).toEqual([]);
  });

  it('stays when it is asked for by get, or told to', async () => {
    const namespaces = await openNamespaces();
    const one = await visit(namespaces, 'one');
    expect(await namespaces.get('one')).toBe(one);
    await (await visit(namespaces, 'two')).stay();
    expect(names(namespaces)).toEqual(['one', 'two']);
  });

  it('runs its tasks only once it stays', async () => {
    const time = createManualTime();
    const namespaces = await openNamespaces({ time });
    const namespace = await visit(namespaces, 'one');
    const ran: string[] = [];
    namespace.onStay(() => namespace.onTask((_api, { task }) => void ran.push(task)));
    namespace.run('shop', (unit) =>
      unit.schedule({ task: 'greet', dueAt: start + 5, collection: 'customers', id: 'ann' }),
    );
    await time.pass(10);
    expect(ran).toEqual(['greet']);
  });

  it('is passing again where it could not be stored', async () => {
    const storage = new DurableStorage('all');
    const namespaces = await openNamespaces({ storage });
    const namespace = await visit(namespaces, 'one');
    storage.mode = 'refuse';
    await expect((async () => namespace.run('shop', (unit) => createCustomer(unit)))()).rejects.toThrow();
    expect([namespace.isPassing, names(namespaces), customerIds(namespace)]).toEqual([
      true,
      [],
      ['ann', 'bob', 'cay'],
    ]);
    storage.mode = 'store';
    await namespace.run('shop', (unit) => createCustomer(unit));
    expect(names(namespaces)).toEqual(['one']);
  });

  it('gives room, where it holds nothing of its own, the idlest first', async () => {
    const time = createManualTime();
    const namespaces = await openNamespaces({ time, limit: 4 });
    await namespaces.get('held');
    for (const name of ['idlest', 'written', 'idle']) {
      await time.pass(1000);
      const namespace = await visit(namespaces, name);
      if (name === 'written') namespace.run('shop', (unit) => createCustomer(unit));
      else await namespace.stay();
    }
    const idlest = await visit(namespaces, 'idlest');
    await visit(namespaces, 'idle');
    await (await visit(namespaces, 'new')).stay();
    expect(names(namespaces)).toEqual(['held', 'written', 'idle', 'new']);
    // A request that was under way in it comes back once there is room again.
    idlest.run('shop', (unit) => createCustomer(unit));
    expect(names(namespaces)).toEqual(['held', 'written', 'new', 'idlest']);
    for (const name of ['written', 'new', 'idlest'])
      (await visit(namespaces, name)).run('shop', (unit) => createCustomer(unit));
    const none = await visit(namespaces, 'none');
    expect(() => none.run('shop', (unit) => createCustomer(unit))).toThrow(
      expect.objectContaining({ code: 'namespace-limit' }),
    );
    expect(customerIds(none)).toHaveLength(3);
  });

  it('is forgotten with many others, which takes no room', async () => {
    const namespaces = await openNamespaces({ limit: 2 });
    const first = await visit(namespaces, 'n0');
    for (let index = 1; index < 2000; index += 1) await visit(namespaces, `n${index}`);
    expect(await visit(namespaces, 'n0')).not.toBe(first);
    expect(names(namespaces)).toEqual([]);
  });

  it('must have a good name', async () => {
    const namespaces = await openNamespaces();
    await namespaces.get('default');
    expect(() => namespaces.visit('No', true)).toThrow(
      expect.objectContaining({ code: 'namespace-invalid' }),
    );
  });
});
