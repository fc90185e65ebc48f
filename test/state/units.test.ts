import { describe, expect, it } from 'vitest';
import type { AttemptEntry } from '../../src/model/attempt.ts';
import type { Commit } from '../../src/model/commit.ts';
import type { DeliveryEntry } from '../../src/model/delivery.ts';
import { atRest, createManualTime, start } from '../manual-time.ts';
import { DurableStorage } from './durable-storage.ts';
import { createCustomer, customerIds, openNamespace } from './open-state.ts';

describe('a unit of work', () => {
  it('commits what it wrote, at once and without a promise when nothing takes time', async () => {
    const namespace = await openNamespace();
    const id = namespace.run('shop', (unit) => createCustomer(unit, { name: 'Dee' }));
    expect(id).toBeTypeOf('string');
    expect(customerIds(namespace)).toEqual(['ann', 'bob', 'cay', id]);
    expect(namespace.collection('shop', 'customers').get(String(id))?.json).toBe(
      JSON.stringify({ id, created_at: start, name: 'Dee' }),
    );
  });

  it('sees its own writes, which nobody else sees before it commits', async () => {
    const namespace = await openNamespace();
    await namespace.run('shop', async (unit) => {
      const customers = unit.collection('customers');
      customers.insert('dee', { id: 'dee' });
      customers.replace('bob', { id: 'bob', name: 'Bob' });
      customers.delete('ann');
      await atRest();
      expect(customers.list().map(({ value }) => value)).toEqual([
        { id: 'bob', name: 'Bob' },
        { id: 'cay' },
        { id: 'dee' },
      ]);
      expect(customers.get('ann')).toBeUndefined();
      expect(customerIds(namespace)).toEqual(['ann', 'bob', 'cay']);
    });
    expect(customerIds(namespace)).toEqual(['bob', 'cay', 'dee']);
  });

  it('leaves no trace when it throws', async () => {
    const namespace = await openNamespace();
    const before = namespace.dump();
    const { nextOrdinal, version } = namespace.collection('shop', 'customers');
    const commits: unknown[] = [];
    namespace.onCommit((commit) => commits.push(commit));
    expect(() =>
      namespace.run('shop', (unit) => {
        createCustomer(unit);
        unit.collection('orders').insert('1', { id: '1' });
        unit.emit({ name: 'customer.created', payload: null });
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(namespace.dump()).toEqual(before);
    expect(namespace.collection('shop', 'customers')).toMatchObject({ nextOrdinal, version });
    expect(commits).toEqual([]);
  });

  it('leaves no trace when it rejects, and lets the next one run', async () => {
    const namespace = await openNamespace();
    const before = namespace.dump();
    const failing = namespace.run('shop', async (unit) => {
      createCustomer(unit);
      await atRest();
      throw new Error('no');
    });
    const next = namespace.run('shop', (unit) => unit.collection('customers').nextOrdinal);
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe(3);
    expect(namespace.dump()).toEqual(before);
  });

  it('is not committed at all when it only read', async () => {
    const namespace = await openNamespace();
    const commits: unknown[] = [];
    namespace.onCommit((commit) => commits.push(commit));
    namespace.run('shop', (unit) => unit.collection('customers').list());
    expect(commits).toEqual([]);
  });

  it('refuses a taken id and a change of what is not there', async () => {
    const namespace = await openNamespace();
    namespace.run('shop', (unit) => {
      const customers = unit.collection('customers');
      expect(() => customers.insert('ann', {})).toThrow(expect.objectContaining({ code: 'conflict' }));
      expect(() => customers.replace('nobody', {})).toThrow(
        expect.objectContaining({ code: 'record-not-found' }),
      );
      expect(customers.delete('nobody')).toBeUndefined();
    });
  });

  it('puts a record that is deleted and made anew behind all others', async () => {
    const namespace = await openNamespace();
    namespace.run('shop', (unit) => {
      const customers = unit.collection('customers');
      customers.delete('ann');
      customers.insert('ann', { id: 'ann' });
      expect(customers.list().map(({ id }) => id)).toEqual(['bob', 'cay', 'ann']);
    });
    expect(customerIds(namespace)).toEqual(['bob', 'cay', 'ann']);
  });

  it('has one time throughout', async () => {
    const time = createManualTime();
    const namespace = await openNamespace({ time });
    const times = await namespace.run('shop', async (unit) => {
      const first = unit.now;
      await time.pass(5);
      return [first, unit.now];
    });
    expect(times).toEqual([start, start]);
  });

  it('keeps records that nobody can change', async () => {
    const namespace = await openNamespace();
    const value = { id: 'dee', address: { city: 'Bern' } };
    const record = namespace.run('shop', (unit) => unit.collection('customers').insert('dee', value));
    expect(() => {
      value.address.city = 'Basel';
    }).toThrow(TypeError);
    expect(await record).toMatchObject({ value: { address: { city: 'Bern' } } });
  });
});

describe('units of one namespace', () => {
  it('run one after the other, in the order they came', async () => {
    const namespace = await openNamespace();
    const log: string[] = [];
    const slow = (name: string) =>
      namespace.run('shop', async (unit) => {
        log.push(`${name} begins`);
        await atRest();
        createCustomer(unit);
        log.push(`${name} ends`);
      });
    const quick = (name: string) =>
      namespace.run('shop', (unit) => {
        createCustomer(unit);
        log.push(name);
      });
    await Promise.all([slow('a'), quick('b'), slow('c'), quick('d'), quick('e')]);
    expect(log).toEqual(['a begins', 'a ends', 'b', 'c begins', 'c ends', 'd', 'e']);
    expect(customerIds(namespace)).toHaveLength(8);
  });

  it('hold each other off until applied, not until durable', async () => {
    const storage = new DurableStorage();
    const namespace = await openNamespace({ storage });
    storage.mode = 'hold';
    const durable: string[] = [];
    const first = namespace.run('shop', async (unit) => createCustomer(unit));
    const second = namespace.run('shop', (unit) => unit.collection('customers').list().length);
    void Promise.resolve(first).then(() => durable.push('first'));
    expect(await second).toBe(4);
    expect(durable).toEqual([]);
    storage.release();
    await first;
    expect(durable).toEqual(['first']);
  });

  it('never get an ordinal twice', async () => {
    const namespace = await openNamespace();
    const ordinals: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      namespace.run(
        'shop',
        (unit) => void ordinals.push(unit.collection('customers').insert('dee', { id: 'dee' }).ordinal),
      );
      namespace.run('shop', (unit) => void unit.collection('customers').delete('dee'));
    }
    namespace.run('shop', (unit) => void ordinals.push(unit.collection('customers').takeOrdinal()));
    namespace.run('shop', (unit) => void ordinals.push(unit.collection('customers').nextOrdinal));
    expect(ordinals).toEqual([3, 4, 5, 6, 7]);
  });
});

describe('events', () => {
  it('are told with the state they came from, and stand in one commit', async () => {
    const namespace = await openNamespace();
    const seen: unknown[] = [];
    namespace.onCommit(({ changes, events }) =>
      seen.push({ changes, events, ids: customerIds(namespace).length }),
    );
    const id = await namespace.run('shop', (unit) => {
      const made = createCustomer(unit);
      unit.emit({ name: 'customer.created', payload: { made } });
      return made;
    });
    const value = { id, created_at: start };
    expect(seen).toEqual([
      {
        changes: [{ api: 'shop', collection: 'customers', id, ordinal: 3, value }],
        events: [
          { id: expect.any(String), api: 'shop', name: 'customer.created', at: start, payload: { made: id } },
        ],
        ids: 4,
      },
    ]);
  });

  it('have ids of their own', async () => {
    const namespace = await openNamespace();
    const ids: string[] = [];
    namespace.onCommit(({ events }) => ids.push(...events.map(({ id }) => id)));
    for (let round = 0; round < 2; round += 1) {
      namespace.run('shop', (unit) => {
        unit.emit({ name: 'a', payload: null });
        unit.emit({ name: 'a', payload: null });
      });
    }
    expect(new Set(ids).size).toBe(4);
  });

  it('may be added on the way to commit, from what changed', async () => {
    const namespace = await openNamespace();
    const names: string[] = [];
    namespace.beforeCommit = (unit) => {
      for (const { after, before, collection, id } of [...unit.changes()]) {
        unit.emit({
          name: `${collection} ${id} ${before ? (after ? 'changed' : 'deleted') : 'made'}`,
          payload: null,
        });
      }
    };
    namespace.onCommit(({ events }) => names.push(...events.map(({ name }) => name)));
    namespace.run('shop', (unit) => {
      const customers = unit.collection('customers');
      customers.replace('ann', { id: 'ann', name: 'Ann' });
      customers.delete('bob');
      customers.insert('dee', { id: 'dee' });
      customers.insert('eve', { id: 'eve' });
      customers.delete('eve');
      unit.schedule({ task: 'greet', dueAt: start, collection: 'customers', id: 'dee' });
    });
    expect(names).toEqual(['customers ann changed', 'customers bob deleted', 'customers dee made']);
  });

  it('are not added to by a quiet unit, which carries deliveries and attempts', async () => {
    const namespace = await openNamespace();
    const commits: Commit[] = [];
    namespace.beforeCommit = (unit) => void unit.emit({ name: 'made', payload: null });
    namespace.onCommit((commit) => commits.push(commit));
    namespace.run('shop', (unit) => {
      unit.isQuiet = true;
      unit.deliver(delivery);
      unit.attempted(attempt);
    });
    expect(commits).toMatchObject([{ events: [], deliveries: [delivery], attempts: [attempt] }]);
  });

  it('discard the unit when the step before commit throws', async () => {
    const namespace = await openNamespace();
    namespace.beforeCommit = () => {
      throw new Error('no rule');
    };
    expect(() => namespace.run('shop', (unit) => createCustomer(unit))).toThrow('no rule');
    expect(customerIds(namespace)).toEqual(['ann', 'bob', 'cay']);
  });

  it('are told to all listeners though one of them throws, and the unit stands', async () => {
    const errors: unknown[] = [];
    const namespace = await openNamespace({ onError: (error) => errors.push(error) });
    let told = 0;
    namespace.onCommit(() => {
      throw new Error('deaf');
    });
    namespace.onCommit(() => {
      told += 1;
    });
    expect(() => namespace.run('shop', (unit) => createCustomer(unit))).not.toThrow();
    expect(told).toBe(1);
    expect(errors).toEqual([new Error('deaf')]);
  });
});

const delivery: DeliveryEntry = {
  id: 'd1',
  api: 'shop',
  event: 'made',
  eventId: null,
  number: 1,
  endpoint: 'hooks/1',
  subscription: null,
  url: 'http://127.0.0.1:1/',
  secrets: [],
  body: '{}',
  createdAt: start,
  state: 'delivered',
  attempts: 1,
  dueAt: null,
};

const attempt: AttemptEntry = {
  delivery: 'd1',
  number: 1,
  at: start,
  startedAt: start,
  milliseconds: 2,
  request: { method: 'POST', url: 'http://127.0.0.1:1/', headers: {} },
  response: null,
  succeeded: false,
};
