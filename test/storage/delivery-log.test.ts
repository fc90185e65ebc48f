import { performance } from 'node:perf_hooks';
import { describe, expect, test } from 'vitest';
import type { Commit } from '../../src/model/commit.ts';
import type { DeliveryEntry } from '../../src/model/delivery.ts';
import type { DeliveryLog } from '../../src/model/delivery-log.ts';
import { MemoryDeliveryLog } from '../../src/storage/deliveries/memory-delivery-log.ts';
import { loadFolder, makeFolder } from './data-folder.ts';
import { attempt, deliveriesCommit, delivery, numbers, settled } from './delivery-samples.ts';

interface Opened {
  readonly log: DeliveryLog;
  readonly commit: (commit: Commit) => Promise<void> | void;
}

const openers: Readonly<Record<string, () => Promise<Opened>>> = {
  'in memory': async () => {
    const log = new MemoryDeliveryLog();
    return { log, commit: (commit) => log.apply(commit) };
  },
  'in a database': async () => {
    const storage = await loadFolder(await makeFolder());
    const log = storage.deliveries?.('default');
    if (log === undefined) throw new Error('the storage has no log');
    return { log, commit: (commit) => storage.commit(commit) };
  },
};

const all = { limit: 1_000_000, offset: 0 };
const ids = (entries: readonly DeliveryEntry[]) => entries.map(({ id }) => id);

describe.each(Object.entries(openers))('a delivery log %s', (_where, open) => {
  test('cancels all that is pending at an endpoint, before what the same commit delivers', async () => {
    const { commit, log } = await open();
    const odd = { body: 'é "\u2028" \ud800', dueAt: 70 };
    await commit(deliveriesCommit([delivery(1, odd), settled(2), delivery(3, { endpoint: 'webhooks/w2' })]));
    await commit(deliveriesCommit([delivery(4)], [attempt('d4', 1)]));
    const cancellations = [{ api: 'hive', endpoint: 'webhooks/w1', reason: 'It "was" deleted.' }];
    await commit(deliveriesCommit([delivery(5)], [], { cancellations }));
    const gone = { state: 'cancelled', dueAt: null, reason: 'It "was" deleted.' } as const;
    expect(log.get('d1')).toEqual(delivery(1, { ...odd, ...gone }));
    expect(log.get('d4')).toEqual(delivery(4, gone));
    expect(log.attempts('d4')).toHaveLength(1);
    expect(ids(log.list({ state: 'pending' }, all))).toEqual(['d5', 'd3']);
    expect(log.get('d2')).toEqual(settled(2));
    expect(log.pendingEndpoints()).toMatchObject([{ count: 1 }, { count: 1 }]);
    expect(log.pendingBytes()).toBe(2 * delivery(5).body.length);
    expect(ids(log.pending('hive', 'webhooks/w1', all))).toEqual(['d5']);
  });

  test('answers a delivery as it was committed, and as it stands since', async () => {
    const { commit, log } = await open();
    const first = delivery(1, { eventId: null, subscription: null, body: 'é "\u2028" \ud800 \0' });
    await commit(deliveriesCommit([first]));
    expect(log.get('d1')).toEqual(first);
    const blocked = { ...first, state: 'blocked', dueAt: null, reason: 'It is not allowed.' } as const;
    await commit(deliveriesCommit([blocked]));
    expect(log.get('d1')).toEqual(blocked);
    expect(log.get('d2')).toBeUndefined();
    expect(log.count({})).toBe(1);
  });

  test('lists the newest first, page by page, also those that have changed since', async () => {
    const { commit, log } = await open();
    await commit(deliveriesCommit([delivery(2), delivery(1)]));
    await commit(deliveriesCommit([delivery(3)]));
    await commit(deliveriesCommit([settled(2)]));
    expect(ids(log.list({}, all))).toEqual(['d3', 'd1', 'd2']);
    expect(ids(log.list({}, { limit: 1, offset: 1 }))).toEqual(['d1']);
    expect(log.list({}, { limit: 5, offset: 3 })).toEqual([]);
    expect(log.list({}, { limit: 0, offset: 0 })).toEqual([]);
  });

  test('finds and counts by each field and by several', async () => {
    const { commit, log } = await open();
    const odd = { endpoint: 'webhooks/\ud800', url: 'http://127.0.0.1:9/odd' };
    const other = { api: 'rehive', event: 'other', endpoint: 'webhooks/\udc00' };
    await commit(deliveriesCommit([delivery(1), delivery(2, odd), settled(3, odd), delivery(4, other)]));
    const cases: readonly [Parameters<DeliveryLog['list']>[0], readonly string[]][] = [
      [{ api: 'hive' }, ['d3', 'd2', 'd1']],
      [{ event: 'other' }, ['d4']],
      [{ state: 'delivered' }, ['d3']],
      [{ endpoint: 'webhooks/\ud800' }, ['d3', 'd2']],
      [{ url: odd.url, state: 'pending' }, ['d2']],
      [{ api: 'hive', event: undefined, endpoint: 'webhooks/w1' }, ['d1']],
      [{ api: 'rehive', state: 'delivered' }, []],
    ];
    for (const [filter, found] of cases) {
      expect(ids(log.list(filter, all)), JSON.stringify(filter)).toEqual(found);
      expect(log.count(filter), JSON.stringify(filter)).toBe(found.length);
    }
    expect(ids(log.list({ api: 'hive' }, { limit: 1, offset: 1 }))).toEqual(['d2']);
  });

  test('answers the attempts of one delivery in their order', async () => {
    const { commit, log } = await open();
    const refused = attempt('d1', 2, {
      response: null,
      error: { code: 'ECONNREFUSED', message: 'Refused.' },
    });
    await commit(deliveriesCommit([delivery(1), delivery(2)], [refused, attempt('d2', 1)]));
    await commit(deliveriesCommit([], [attempt('d1', 1), attempt('nobody', 1)]));
    expect(log.attempts('d1')).toEqual([attempt('d1', 1), refused]);
    expect(log.attempts('d2')).toEqual([attempt('d2', 1)]);
    expect(log.attempts('nobody')).toEqual([]);
    await commit(deliveriesCommit([], [attempt('d1', 2, { succeeded: true })]));
    expect(log.attempts('d1').map(({ succeeded }) => succeeded)).toEqual([false, true]);
  });

  test('answers what waits at an endpoint by due time, then number', async () => {
    const { commit, log } = await open();
    const due = (number: number, dueAt: number) => delivery(number, { dueAt });
    await commit(deliveriesCommit([due(4, 50), due(3, 10), due(2, 50), due(1, 99), settled(5)]));
    await commit(deliveriesCommit([delivery(6, { api: 'rehive' }), delivery(7, { endpoint: 'elsewhere' })]));
    expect(ids(log.pending('hive', 'webhooks/w1', all))).toEqual(['d3', 'd2', 'd4', 'd1']);
    expect(ids(log.pending('hive', 'webhooks/w1', { limit: 2, offset: 1 }))).toEqual(['d2', 'd4']);
    expect(log.pending('hive', 'nowhere', all)).toEqual([]);
    await commit(deliveriesCommit([due(3, 70)]));
    expect(ids(log.pending('hive', 'webhooks/w1', all))).toEqual(['d2', 'd4', 'd3', 'd1']);
  });

  test('tells of every endpoint at which something waits, and of no other', async () => {
    const { commit, log } = await open();
    const late = delivery(3, { endpoint: 'late', dueAt: 1000 });
    await commit(deliveriesCommit([delivery(2), delivery(1), late, settled(4, { endpoint: 'done' })]));
    const byName = () =>
      log.pendingEndpoints().toSorted((left, right) => (left.endpoint < right.endpoint ? -1 : 1));
    expect(byName()).toEqual([
      { api: 'hive', endpoint: 'late', count: 1, dueAt: 1000 },
      { api: 'hive', endpoint: 'webhooks/w1', count: 2, dueAt: 1 },
    ]);
    await commit(deliveriesCommit([settled(1), { ...late, endpoint: 'moved' }]));
    expect(byName()).toEqual([
      { api: 'hive', endpoint: 'moved', count: 1, dueAt: 1000 },
      { api: 'hive', endpoint: 'webhooks/w1', count: 1, dueAt: 2 },
    ]);
  });

  test('one that is sent again waits again', async () => {
    const { commit, log } = await open();
    await commit(deliveriesCommit([settled(1)]));
    expect(log.pendingEndpoints()).toEqual([]);
    await commit(deliveriesCommit([delivery(1, { dueAt: 7 })]));
    expect(log.pendingEndpoints()).toEqual([{ api: 'hive', endpoint: 'webhooks/w1', count: 1, dueAt: 7 }]);
  });

  test('counts the bytes that wait', async () => {
    const { commit, log } = await open();
    expect(log.pendingBytes()).toBe(0);
    await commit(deliveriesCommit([delivery(1, { body: 'é€' }), delivery(2, { body: '12345678' })]));
    expect(log.pendingBytes()).toBe(5 + 8);
    await commit(deliveriesCommit([delivery(2, { body: '', state: 'dropped', dueAt: null })]));
    await commit(deliveriesCommit([delivery(1, { body: 'é€', dueAt: 90, attempts: 1 })]));
    expect(log.pendingBytes()).toBe(5);
    await commit(deliveriesCommit([settled(1, { body: 'é€' })]));
    expect(log.pendingBytes()).toBe(0);
  });

  test('is empty after a commit that clears, but for what it brings, unless told to keep', async () => {
    const { commit, log } = await open();
    await commit(deliveriesCommit([delivery(1), settled(2)], [attempt('d1', 1)]));
    await commit(deliveriesCommit([delivery(3)], [], { clear: true, keepDeliveries: true }));
    expect(ids(log.list({}, all))).toEqual(['d3', 'd2', 'd1']);
    expect(log.attempts('d1')).toHaveLength(1);
    await commit(deliveriesCommit([delivery(4)], [], { clear: true }));
    expect(ids(log.list({}, all))).toEqual(['d4']);
    expect(log.attempts('d1')).toEqual([]);
    expect(log.pendingEndpoints()).toEqual([{ api: 'hive', endpoint: 'webhooks/w1', count: 1, dueAt: 4 }]);
    expect(log.pendingBytes()).toBe(delivery(4).body.length);
    await commit(deliveriesCommit([delivery(1)]));
    expect(log.attempts('d1')).toEqual([]);
  });

  test('stays quick with 100,000 that wait', { timeout: 60_000 }, async () => {
    const { commit, log } = await open();
    const total = 100_000;
    const endpoint = (number: number) => `webhooks/w${number % 10}`;
    const body = 'x'.repeat(1000);
    for (let from = 1; from <= total; from += 10_000) {
      const batch = numbers(from, from + 9999);
      await commit(
        deliveriesCommit(batch.map((number) => delivery(number, { endpoint: endpoint(number), body }))),
      );
    }
    expect(log.pendingEndpoints()).toHaveLength(10);
    expect(log.pendingBytes()).toBe(total * 1000);
    const start = performance.now();
    for (let turn = 0; turn < 200; turn += 1) {
      const [next] = log.pending('hive', 'webhooks/w1', { limit: 1, offset: 0 });
      expect(next?.number).toBe(10 * turn + 1);
      await commit(deliveriesCommit([settled(10 * turn + 1, { endpoint: 'webhooks/w1', body })]));
      log.pendingEndpoints();
      log.pendingBytes();
      log.list({}, { limit: 20, offset: 0 });
    }
    // A scan of all in each of 200 turns would take minutes from the database and seconds from memory.
    expect(performance.now() - start).toBeLessThan(2000);
    expect(log.pending('hive', 'webhooks/w1', { limit: 2, offset: 9000 })[1]?.number).toBe(92_011);
  });
});

test('memory keeps the last 1,000 that settled, and forgets none that waits', () => {
  const log = new MemoryDeliveryLog();
  log.apply(deliveriesCommit(numbers(1, 3000).map((number) => delivery(number))));
  log.apply(deliveriesCommit([], [attempt('d2', 1)]));
  // The first of all settles last but for one.
  for (const number of [...numbers(2, 1001), 1, 1002]) log.apply(deliveriesCommit([settled(number)]));
  expect(log.count({ state: 'delivered' })).toBe(1000);
  expect(log.count({ state: 'pending' })).toBe(3000 - 1002);
  expect(log.get('d1')).toEqual(settled(1));
  expect([log.get('d2'), log.get('d3')]).toEqual([undefined, undefined]);
  expect(log.attempts('d2')).toEqual([]);
  expect(log.get('d4')).toEqual(settled(4));
});

test('memory does not forget one that is sent again while it waits', () => {
  const log = new MemoryDeliveryLog();
  log.apply(deliveriesCommit([settled(1)]));
  log.apply(deliveriesCommit([delivery(1)]));
  log.apply(deliveriesCommit(numbers(2, 1100).map((number) => settled(number))));
  expect(log.get('d1')).toEqual(delivery(1));
});

test('memory does not forget what failed for what succeeded', () => {
  const log = new MemoryDeliveryLog();
  log.apply({ deliveries: [settled(1, { state: 'exhausted' }), settled(2, { state: 'blocked' })] });
  for (let number = 3; number <= 2500; number += 1) log.apply({ deliveries: [settled(number)] });
  expect([log.count({ state: 'exhausted' }), log.count({ state: 'delivered' })]).toEqual([1, 1000]);
  // Sent again and delivered, it is one success among the others.
  log.apply({ deliveries: [delivery(1)] });
  log.apply({ deliveries: [settled(1)] });
  expect([log.count({ state: 'delivered' }), log.get('d1')?.state]).toEqual([1000, 'delivered']);
});
