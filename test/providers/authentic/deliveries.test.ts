import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMock, createReceiver, type Mock, type Receiver } from '../../../src/index.ts';

let mock: Mock;
let receiver: Receiver;
beforeEach(async () => {
  receiver = await createReceiver();
  mock = await createMock({ apis: ['authentic'], now: '2026-01-31T12:00:00Z' });
});
afterEach(async () => {
  await mock.close();
  await receiver.close();
});

type Json = ReturnType<typeof JSON.parse>;

const hooks = () => mock.records('authentic', 'hooks');

async function createHook(events: string, data: unknown = {}): Promise<Json> {
  const answer = await mock.fetch('/authentic/api/v2/producers/hooks', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'an-api-key-owner': 'authentic-demo-owner-key' },
    body: JSON.stringify({ events, url: `${receiver.url}/webhook-endpoint`, data }),
  });
  expect(answer.status).toBe(200);
  return answer.json();
}

/** The deliveries to one hook; the sample's, whose URL is not this machine, has blocked ones of its own. */
const deliveriesTo = (id: string) =>
  mock.webhooks.deliveries().filter(({ subscription }) => subscription?.id === id);

const scan = (id: string) =>
  mock.records('authentic', 'scans').insert({
    id,
    data: {
      identifier: { id: '2b5k9sQ0wUeXyZ71aBcD', data: { title: 'Olive oil' } },
      timestamp: 1_769_860_800_000,
      copyclassification: 'fake',
      location: { _lat: 52.5, _long: 13.4 },
      os: 'ios',
    },
  });

const typesTold = async () => {
  await mock.webhooks.whenIdle();
  return receiver.requests.map(({ json }) => Object(json).event.type);
};

it('counts each call that succeeds, those of one moment too', async () => {
  const { id } = await createHook('itemScanned');
  await Promise.all(['s1', 's2', 's3'].map(scan));
  expect(await typesTold()).toEqual(['itemScanned', 'itemScanned', 'itemScanned']);
  expect(hooks().get(id)?.data).toMatchObject({ executed: 3, events: 'itemScanned' });
});

it('brings back what was put into the hook, whole', async () => {
  const data = { token: 'default-web-hook', nested: { list: [1, null, 'ä & ö'] } };
  const hook = await createHook('itemScanned', data);
  await scan('s1');
  await mock.webhooks.whenIdle();
  const [request] = receiver.requests;
  expect(Object(request?.json).hook).toEqual({ id: hook.id, data: { ...hook.data, data } });
  expect(request?.headers).not.toHaveProperty('authorization');
  expect(Object.keys(request?.headers ?? {}).filter((name) => name.includes('signature'))).toEqual([]);
});

it('is made again three times, and no more, while the status is 400 or above', async () => {
  receiver.answer({ status: 404 });
  const { id } = await createHook('*');
  await scan('s1');
  await mock.webhooks.whenIdle();
  for (const minutes of [1, 5, 30]) await mock.clock.advance(minutes * 60_000);
  await mock.clock.advance(86_400_000);
  expect(receiver.requests).toHaveLength(4);
  expect(new Set(receiver.requests.map(({ text }) => text)).size).toBe(1);
  expect(deliveriesTo(id)).toMatchObject([{ state: 'exhausted', attempts: 4 }]);
  expect(hooks().get(id)?.data.executed).toBe(0);
});

it.for([
  [204, 'delivered', 1],
  [302, 'delivered', 1],
  [399, 'delivered', 1],
  [400, 'pending', 0],
  [500, 'pending', 0],
] as const)('counts %i as %s', async ([status, state, executed]) => {
  receiver.answer({ status });
  const { id } = await createHook('itemScanned');
  await scan('s1');
  await mock.webhooks.whenIdle();
  expect(deliveriesTo(id)).toMatchObject([{ state, attempts: 1 }]);
  expect(hooks().get(id)?.data.executed).toBe(executed);
});

it('is not made for a hook that was deleted', async () => {
  receiver.answer({ status: 500 });
  const { id } = await createHook('*');
  await scan('s1');
  await mock.webhooks.whenIdle();
  expect(deliveriesTo(id)).toMatchObject([{ state: 'pending' }]);
  const headers = { 'an-api-token': 'authentic-demo-token' };
  const path = `/authentic/api/v2/producers/hooks/${id}`;
  expect((await mock.fetch(path, { method: 'DELETE', headers })).status).toBe(200);
  await mock.clock.advance(86_400_000);
  await scan('s2');
  await mock.webhooks.whenIdle();
  expect(receiver.requests).toHaveLength(1);
  expect(deliveriesTo(id)).toMatchObject([{ state: 'cancelled' }]);
});

it('tells of what is deleted and modified as it was and as it is', async () => {
  await createHook('*');
  const groups = mock.records('authentic', 'groups');
  const contents = mock.records('authentic', 'contents');
  await groups.insert({ id: 'g1', data: { title: 'A' } });
  await groups.update('g1', { data: { title: 'B' } });
  await groups.delete('g1');
  await contents.insert({ id: 'c1', data: { title: 'C' } });
  await contents.update('c1', { data: { title: 'D' } });
  await contents.delete('c1');
  await mock.webhooks.whenIdle();
  const told = receiver.requests.map(({ json }) => {
    const { content, event, group } = Object(json);
    return `${event.type} ${(content ?? group).id} ${(content ?? group).data.title}`;
  });
  expect(told.toSorted()).toEqual([
    'contentCreated c1 C',
    'contentDeleted c1 D',
    'groupCreated g1 A',
    'groupDeleted g1 B',
    'groupModified g1 B',
  ]);
});

it.for(['itemInvalidated', 'itemAddedToGroup', 'itemDeletedFromGroup'])(
  'of %s is fired by hand',
  async (event) => {
    await createHook('*');
    await createHook(event);
    await createHook('itemScanned');
    await mock.webhooks.fire('authentic', event);
    expect(await typesTold()).toEqual([event, event]);
  },
);
