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

const owner = { 'an-api-key-owner': 'authentic-demo-owner-key' };
const token = { 'an-api-token': 'authentic-demo-token' };

async function call(method: string, path: string, headers: Record<string, string>, body?: unknown) {
  const answer = await mock.fetch(`/authentic/api/v2/producers/hooks${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

const newHook = (events = 'itemScanned') => ({
  events,
  url: `${receiver.url}/webhook-endpoint`,
  data: { key: 'value' },
});
const scan = {
  id: 's1',
  data: { identifier: { id: '2b5k9sQ0wUeXyZ71aBcD', data: {} }, copyclassification: 'original' },
};

it('creates, lists and deletes hooks, with either key where the documentation is of two minds', async () => {
  const created = await call('POST', '', owner, newHook());
  expect(created).toMatchObject({ status: 200, body: { id: expect.stringMatching(/^[A-Za-z0-9]{20}$/) } });
  const now = Date.UTC(2026, 0, 31, 12);
  expect(created.body.data).toEqual({
    ...newHook(),
    _updated: now,
    _created: now,
    type: 'httprequest',
    executed: 0,
  });
  expect((await call('POST', '', token, newHook())).status).toBe(200);
  const list = await call('GET', '', token);
  expect(list).toMatchObject({ status: 200, body: { id: '0001', type: 'producer' } });
  expect(list.body.hooks).toHaveLength(3);
  expect(list.body.hooks).toContainEqual(created.body);
  expect(await call('DELETE', `/${created.body.id}`, token)).toEqual({ status: 200, body: undefined });
  expect(await call('DELETE', `/${created.body.id}`, token)).toMatchObject({
    status: 404,
    body: { error: 'Not Found' },
  });
});

it('refuses keys it does not know with 403, and malformed hooks with 400', async () => {
  expect(await call('GET', '', {})).toMatchObject({
    status: 403,
    body: { error: expect.any(String), message: expect.any(String) },
  });
  expect((await call('GET', '', owner)).status).toBe(403);
  expect((await call('POST', '', { 'an-api-key-owner': 'wrong' }, newHook())).status).toBe(403);
  expect((await call('POST', '', owner, { ...newHook(), events: ['itemScanned'] })).status).toBe(400);
  expect((await call('POST', '', owner, { events: 'itemScanned' })).status).toBe(400);
  for (const url of ['nowhere', 'ftp://127.0.0.1/', 'http://', 'http://a b/']) {
    expect([url, (await call('POST', '', owner, { ...newHook(), url })).status]).toEqual([url, 400]);
  }
});

it('asks for no content type where there is no body, and has custom data be empty where none is given', async () => {
  const list = await mock.fetch('/authentic/api/v2/producers/hooks', { headers: token });
  expect(list.status).toBe(200);
  const { data: _, ...bare } = newHook('somethingNew');
  expect((await call('POST', '', owner, bare)).body.data).toMatchObject({ events: 'somethingNew', data: {} });
  expect((await call('POST', '', owner, newHook())).body.id).not.toBe(
    (await call('POST', '', owner, newHook())).body.id,
  );
});

it('calls hooks of a scan with their own data in it, counts the calls that succeed, and repeats others with the same bytes', async () => {
  const { body: hook } = await call('POST', '', owner, newHook());
  const { body: all } = await call('POST', '', owner, newHook('*'));
  await call('POST', '', owner, newHook('contentCreated'));
  receiver.answer((_, index) => ({ status: index < 2 ? 400 : 302 }));
  await mock.records('authentic', 'scans').insert(scan);
  await mock.webhooks.whenIdle();
  expect(receiver.requests).toHaveLength(2);
  expect(receiver.requests.map(({ json }) => json)).toContainEqual({
    event: { type: 'itemScanned' },
    item: scan.data.identifier,
    scan,
    producer: { id: '0001', data: { name: 'Demo producer' } },
    hook,
  });
  const [request] = receiver.requests;
  expect(request?.headers).toMatchObject({
    'user-agent': 'Go-http-client/1.1',
    accept: 'application/json',
    'accept-encoding': 'gzip',
  });
  expect(mock.records('authentic', 'hooks').get(hook.id)?.data.executed).toBe(0);
  await mock.clock.advance(60_000);
  expect(receiver.requests).toHaveLength(4);
  expect(new Set(receiver.requests.map(({ text }) => text)).size).toBe(2);
  for (const { id } of [hook, all]) expect(mock.records('authentic', 'hooks').get(id)?.data.executed).toBe(1);
});

it('tells of items, contents and groups that come, change and go', async () => {
  await call('POST', '', owner, newHook('*'));
  const items = mock.records('authentic', 'items');
  await items.insert({ id: 'i1', data: { title: 'A' } });
  await items.update('i1', { data: { title: 'B' } });
  await items.delete('i1');
  await mock.records('authentic', 'groups').insert({ id: 'g1', data: {} });
  await mock.records('authentic', 'contents').insert({ id: 'c1', data: {} });
  await mock.webhooks.whenIdle();
  const types = receiver.requests.map(({ json }) => Object(json).event.type);
  expect(types.toSorted()).toEqual([
    'contentCreated',
    'groupCreated',
    'itemCreated',
    'itemDeleted',
    'itemModified',
  ]);
});
