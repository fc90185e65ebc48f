import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createMock, type Mock, type MockOptions } from '../../src/index.ts';
import { isObject } from '../../src/json/is-object.ts';
import { makeFolder } from '../storage/data-folder.ts';

async function open(data: string, options: MockOptions = {}): Promise<Mock> {
  const mock = await createMock({ apis: ['hive'], data, ...options });
  onTestFinished(() => mock.close());
  return mock;
}

const call = (mock: Mock, method: string, path: string, body?: unknown) =>
  mock.fetch(`/_sparring${path}`, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });

async function bodyOf(mock: Mock, path: string): Promise<unknown> {
  return (await call(mock, 'GET', path)).json();
}

async function customersOf(mock: Mock): Promise<number> {
  const state = await bodyOf(mock, '/state?api=hive&collection=customers');
  const hive = isObject(state) && isObject(state.hive) ? state.hive : {};
  return Array.isArray(hive.customers) ? hive.customers.length : Number.NaN;
}

it.for(['state.json', 'data/'])(
  'faults, faults of deliveries, snapshots and the clock outlive the server with --data %s, and a reset',
  async (name) => {
    const data = join(await makeFolder(), name);
    const first = await open(data);
    const before = await customersOf(first);
    const fault = { api: 'hive', operation: 'listCustomers', status: 503, times: 2 };
    expect((await call(first, 'POST', '/faults', fault)).status).toBe(201);
    expect((await call(first, 'POST', '/faults', { latency: 5 })).status).toBe(201);
    expect((await call(first, 'DELETE', '/faults/2')).status).toBe(204);
    expect((await call(first, 'POST', '/delivery-faults', { kind: 'delay', by: '2s' })).status).toBe(201);
    expect((await call(first, 'PUT', '/snapshots/before')).status).toBe(204);
    expect((await call(first, 'PUT', '/snapshots/other')).status).toBe(204);
    expect((await call(first, 'DELETE', '/snapshots/other')).status).toBe(204);
    const [customer] = await first.records('hive', 'customers').list();
    expect((await call(first, 'DELETE', `/state/hive/customers/${customer?.id}`)).status).toBe(204);
    expect((await call(first, 'POST', '/clock', { now: '2031-01-01T00:00:00Z', frozen: true })).status).toBe(
      200,
    );
    await first.close();

    const second = await open(data);
    expect(await bodyOf(second, '/faults')).toEqual([{ ...fault, id: '1' }]);
    expect(await bodyOf(second, '/delivery-faults')).toEqual([
      { id: '1', kind: 'delay', milliseconds: 2000 },
    ]);
    expect(await bodyOf(second, '/snapshots')).toEqual(['before']);
    expect(await bodyOf(second, '/clock')).toMatchObject({ now: '2031-01-01T00:00:00.000Z', frozen: true });
    expect(await customersOf(second)).toBe(before - 1);
    expect((await call(second, 'POST', '/snapshots/before/restore')).status).toBe(204);
    expect(await customersOf(second)).toBe(before);
    expect((await call(second, 'POST', '/reset')).status).toBe(204);
    await second.close();

    const third = await open(data);
    expect(await bodyOf(third, '/faults')).toHaveLength(1);
    expect(await bodyOf(third, '/snapshots')).toEqual(['before']);
    expect((await call(third, 'DELETE', '/faults')).status).toBe(204);
    await third.close();
    expect(await bodyOf(await open(data), '/faults')).toEqual([]);
  },
);

it('says which namespaces outlive the server', async () => {
  const folder = await makeFolder();
  for (const [data, kept] of [
    [undefined, [false, false]],
    ['state.json', [true, false]],
    ['data/', [true, true]],
  ] as const) {
    const mock = await createMock({
      apis: ['hive'],
      ...(data !== undefined && { data: join(folder, data) }),
    });
    await mock.namespace('anna');
    const namespaces = await bodyOf(mock, '/namespaces');
    expect(Array.isArray(namespaces) && namespaces.map((each) => each.kept)).toEqual(kept);
    await mock.close();
  }
});

it('says in the answer to a write where it ends with the server, though the data of others is kept', async () => {
  const folder = await makeFolder();
  const keptOf = async (data: string | undefined, name: string) => {
    const mock = await createMock({
      apis: ['hive'],
      ...(data !== undefined && { data: join(folder, data) }),
    });
    const send = (method: string, path: string) =>
      mock.fetch(path, {
        method,
        headers: { 'content-type': 'application/json', 'sparring-namespace': name },
        ...(method === 'POST' && { body: '{}' }),
      });
    const answers = [
      await send('POST', '/hive/customers'),
      await send('POST', '/_sparring/reset'),
      await send('GET', '/_sparring/clock'),
    ];
    await mock.close();
    return answers.map(({ headers }) => headers.get('sparring-kept'));
  };
  expect(await keptOf('state.json', 'anna')).toEqual(['no', 'no', null]);
  expect(await keptOf('state.json', 'default')).toEqual([null, null, null]);
  expect(await keptOf('data/', 'anna')).toEqual([null, null, null]);
  expect(await keptOf(undefined, 'anna')).toEqual([null, null, null]);
});
