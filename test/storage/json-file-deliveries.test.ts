import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TimeSource } from '../../src/clock.ts';
import type { AttemptEntry } from '../../src/model/attempt.ts';
import type { StoredNamespace } from '../../src/model/commit.ts';
import type { DeliveryEntry } from '../../src/model/delivery.ts';
import { mostUnsettledInFile } from '../../src/storage/deliveries/delivery-limits.ts';
import { MemoryDeliveryLog } from '../../src/storage/deliveries/memory-delivery-log.ts';
import { openJsonFile } from '../../src/storage/json-file/open-json-file.ts';
import { keptSettledInFile } from '../../src/storage/json-file/stored-deliveries.ts';
import { change, commitOf, hurriedTime, loadFile, makeFolder } from './data-folder.ts';
import { attempt, deliveriesCommit, delivery, numbers, settled } from './delivery-samples.ts';

/** A time that never passes by itself. */
const heldTime: TimeSource = { now: () => 0, monotonic: () => 0, wait: () => () => undefined };

async function reload(path: string): Promise<StoredNamespace | undefined> {
  const storage = await openJsonFile(path, { time: hurriedTime });
  const [stored] = await storage.load();
  await storage.close();
  return stored;
}

interface FileContent {
  readonly records: Record<string, readonly { readonly record: unknown }[]>;
  readonly deliveries: readonly DeliveryEntry[];
  readonly attempts: readonly AttemptEntry[];
}

async function contentOf(path: string): Promise<FileContent> {
  return JSON.parse(await readFile(path, 'utf8'));
}

async function start(time?: TimeSource) {
  const path = join(await makeFolder(), 'state.json');
  return { path, storage: await loadFile(path, time) };
}

const failed = attempt('d1', 1, {
  response: null,
  error: { code: 'ECONNREFUSED', message: 'Refused.' },
  flag: '--allow-host example.com',
  fault: 'latency',
  request: { method: 'POST', url: 'http://127.0.0.1:9/hook', headers: { a: 'b' }, body: 'torn' },
});

test('deliveries and attempts are there after a restart, with every field', async () => {
  const { path, storage } = await start();
  const bare = delivery(1, { eventId: null, subscription: null, body: 'é \ud800' });
  const blocked = settled(2, { state: 'blocked', reason: 'It is not allowed.' });
  await storage.commit(deliveriesCommit([bare, blocked], [attempt('d2', 1), failed]));
  await storage.commit(deliveriesCommit([{ ...bare, attempts: 1, dueAt: 90 }], [attempt('d2', 2)]));
  await storage.close();
  const stored = await reload(path);
  expect(stored?.deliveries).toEqual([{ ...bare, attempts: 1, dueAt: 90 }, blocked]);
  expect(stored?.attempts).toEqual([failed, attempt('d2', 1), attempt('d2', 2)]);
  const log = new MemoryDeliveryLog();
  log.apply(stored ?? {});
  expect(log.pending('hive', 'webhooks/w1', { limit: 9, offset: 0 })).toHaveLength(1);
  expect(log.attempts('d2')).toHaveLength(2);
});

test('a file without deliveries loads, and shows none', async () => {
  const { path, storage } = await start();
  await writeFile(path, '{ "sparring": 1, "records": { "hive/users": [{ "id": "a", "record": {} }] } }');
  await storage.close();
  expect(await reload(path)).toEqual({
    namespace: 'default',
    records: [change('a', 1, {})],
    events: [],
    ordinals: { 'hive/users': 2 },
  });
});

test('a commit that clears takes the deliveries along, unless told to keep them', async () => {
  const { path, storage } = await start();
  await storage.commit(deliveriesCommit([delivery(1), settled(2)], [attempt('d2', 1)]));
  await storage.commit(deliveriesCommit([], [], { clear: true, keepDeliveries: true }));
  expect((await contentOf(path)).deliveries.map(({ id }) => id)).toEqual(['d1', 'd2']);
  await storage.commit(deliveriesCommit([delivery(3)], [], { clear: true }));
  expect(await contentOf(path)).toMatchObject({ deliveries: [{ id: 'd3' }], attempts: [] });
});

test('the newest settled deliveries are kept with their attempts, and all that wait', async () => {
  const { path, storage } = await start();
  const total = keptSettledInFile.delivered + 5;
  await storage.commit(deliveriesCommit([delivery(1)]));
  const all = numbers(2, total + 1);
  await storage.commit(
    deliveriesCommit(
      all.map((number) => settled(number)),
      all.map((number) => attempt(`d${number}`, 1)),
    ),
  );
  const { attempts, deliveries } = await contentOf(path);
  expect(deliveries.map(({ number }) => number)).toEqual([1, ...numbers(7, total + 1)]);
  expect(attempts.map(({ delivery }) => delivery)).toEqual(
    numbers(7, total + 1).map((number) => `d${number}`),
  );
});

test('of too many that wait the newest are dropped, and say what to do', async () => {
  const { path, storage } = await start();
  const full = numbers(1, mostUnsettledInFile - 1).map((number) => delivery(number));
  await storage.commit(deliveriesCommit(full));
  await storage.commit(deliveriesCommit(numbers(2001, 2003).map((number) => delivery(number))));
  const { deliveries } = await contentOf(path);
  const states = (number: number) => deliveries.find((one) => one.number === number)?.state;
  expect(deliveries.filter(({ state }) => state === 'pending')).toHaveLength(mostUnsettledInFile);
  expect([1, 999, 2001, 2002, 2003].map(states)).toEqual([
    'pending',
    'pending',
    'pending',
    'dropped',
    'dropped',
  ]);
  expect(deliveries.at(-1)).toMatchObject({
    body: '',
    dueAt: null,
    reason: expect.stringContaining('--data state/'),
  });
  await storage.commit(deliveriesCommit([settled(1)]));
  await storage.commit(deliveriesCommit([delivery(2002)]));
  expect((await contentOf(path)).deliveries.find(({ number }) => number === 2002)).toEqual(delivery(2002));
});

test('a hand edit that comes between loses no delivery, neither its own', async () => {
  const { path, storage } = await start(heldTime);
  await storage.commit(
    commitOf([change('a', 1, { name: 'Ann' })], {
      deliveries: [delivery(1), delivery(2)],
      attempts: [failed],
    }),
  );
  const { attempts: _attempts, deliveries: _deliveries, ...rest } = await contentOf(path);
  const records = { 'hive/users': [{ id: 'a', ordinal: 1, record: { name: 'Anna' } }] };
  const edited = { ...rest, records, deliveries: [delivery(9)] };
  await writeFile(path, JSON.stringify(edited));
  await storage.commit(deliveriesCommit([settled(2), delivery(3)], [attempt('d2', 1)]));
  const content = await contentOf(path);
  expect(content.records['hive/users']).toMatchObject([{ record: { name: 'Anna' } }]);
  expect(content.deliveries).toEqual([delivery(1), settled(2), delivery(3), delivery(9)]);
  expect(content.attempts).toEqual([failed, attempt('d2', 1)]);
});

test('deliveries taken out, changed and added by hand: what is under way stays, what is new is kept', async () => {
  const { path, storage } = await start();
  await storage.commit(deliveriesCommit([delivery(1), delivery(2)]));
  const content = await contentOf(path);
  const edit = new Promise((resolve) => storage.onEdit?.(resolve));
  const deliveries = [delivery(9), delivery(2, { url: 'http://127.0.0.1:9/edited' })];
  const records = { 'hive/users': [{ id: 'a', record: {} }] };
  await writeFile(path, JSON.stringify({ ...content, deliveries, records }));
  await edit;
  // The next write, and not the edit itself, brings back what was taken out.
  await storage.commit(deliveriesCommit([delivery(3)]));
  expect((await contentOf(path)).deliveries).toEqual([delivery(1), delivery(2), delivery(9), delivery(3)]);
  await storage.commit(deliveriesCommit([], [], { clear: true }));
  expect((await contentOf(path)).deliveries).toBeUndefined();
});

const broken: readonly [what: string, deliveries: unknown, attempts: unknown, at: RegExp][] = [
  ['that is no list', {}, [], /line 3, column 17: expected an array/],
  ['that is no object', [7], [], /line 4, column 5: expected an object/],
  ['without id', [{ ...delivery(1), id: 3 }], [], /line 5, column 13: expected "id", a string/],
  ['with an id twice', [delivery(1), delivery(1)], [], /line 27, column 13: expected an id other than "d1"/],
  [
    'of an unknown state',
    [{ ...delivery(1), state: 'lost' }],
    [],
    /line 22, column 16: expected "state", one of pending, delivered/,
  ],
  [
    'of half a subscription',
    [{ ...delivery(1), subscription: { collection: 'w' } }],
    [],
    /line 11, column 23: expected "id", a string/,
  ],
  [
    'with a secret that is no text',
    [{ ...delivery(1), secrets: [null] }],
    [],
    /line 17, column 9: expected "0", a string/,
  ],
  [
    'with an attempt without a verdict',
    [],
    [{ ...attempt('d1', 1), succeeded: 'no' }],
    /line 24, column 20: expected "succeeded", true or false/,
  ],
  [
    'with an attempt with odd headers',
    [],
    [{ ...attempt('d1', 1), response: { status: 200, headers: { a: 1 }, body: '', truncated: false } }],
    /line 21, column 16: expected "a", a string/,
  ],
];

test.each(broken)('a delivery %s is refused by its line', async (_what, deliveries, attempts, at) => {
  const path = join(await makeFolder(), 'state.json');
  const text = JSON.stringify({ sparring: 1, deliveries, attempts }, null, 2);
  await writeFile(path, text);
  const storage = await openJsonFile(path, { time: hurriedTime });
  await expect(storage.load()).rejects.toMatchObject({
    code: 'data-broken',
    message: expect.stringMatching(at),
  });
  expect(await readFile(path, 'utf8')).toBe(text);
});

test('what failed outlives hundreds of successes and a restart, up to its own bound', async () => {
  const { path, storage } = await start();
  const failed = numbers(1, 300).map((number) => settled(number, { state: 'exhausted' }));
  await storage.commit(deliveriesCommit(failed));
  await storage.commit(deliveriesCommit(numbers(301, 800).map((number) => settled(number))));
  await storage.close();
  const [stored] = await (await openJsonFile(path, { time: heldTime })).load();
  const count = (state: string) => stored?.deliveries?.filter((one) => one.state === state).length;
  expect([count('exhausted'), count('delivered')]).toEqual([300, 200]);
});
