import { createHash, createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMock, createReceiver, type Mock, type Receiver } from '../../../src/index.ts';

const started = '2026-01-31T12:00:00Z';

let mock: Mock;
let receiver: Receiver;
beforeEach(async () => {
  receiver = await createReceiver();
  mock = await createMock({ apis: ['hover'], now: started });
});
afterEach(async () => {
  await mock.close();
  await receiver.close();
});

type Json = ReturnType<typeof JSON.parse>;

async function call(method: string, path: string, body?: unknown): Promise<Json> {
  const answer = await mock.fetch(`/hover/api/v2/webhooks${path}`, {
    method,
    headers: { authorization: 'Bearer hover-demo-token', 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return text === '' ? undefined : JSON.parse(text);
}

const register = (query = ''): Promise<Json> =>
  call('POST', '', { webhook: { url: `${receiver.url}/hoverwebhook${query}`, 'content-type': 'json' } });
const webhooks = () => mock.records('hover', 'webhooks');
const jobs = () => mock.records('hover', 'jobs');

it('is signed by hmac_secret as text, over content type, MD5, path and date', async () => {
  const { id, hmac_secret: secret } = await register('?tenant=1');
  await mock.webhooks.whenIdle();
  const [request] = receiver.requests;
  const { headers = {}, text = '' } = request ?? {};
  const md5 = createHash('md5').update(text).digest('base64');
  const signed = `${headers['content-type']},${md5},/hoverwebhook,${headers.date}`;
  const digest = (algorithm: string) => createHmac(algorithm, secret).update(signed).digest('base64');
  expect(headers['content-type']).toBe('application/json');
  expect(headers['hover-signature-256']).toBe(`sha256=${id}:${digest('sha256')}`);
  expect(headers['hover-signature']).toBe(`sha1=${id}:${digest('sha1')}`);
});

it('is made again three times after a failure, with the same body', async () => {
  receiver.answer({ status: 500, body: 'out of order' });
  const { id } = await register();
  await mock.webhooks.whenIdle();
  for (const minutes of [1, 5, 30]) await mock.clock.advance(minutes * 60_000);
  await mock.clock.advance(86_400_000);
  expect(receiver.requests).toHaveLength(4);
  expect(new Set(receiver.requests.map(({ text }) => text)).size).toBe(1);
  expect(mock.webhooks.deliveries()).toMatchObject([{ state: 'exhausted', attempts: 4 }]);
  expect(webhooks().get(id)).toMatchObject({ last_error: 'out of order', verified_at: null });
});

it.for([
  [299, 'delivered'],
  [302, 'pending'],
  [410, 'pending'],
] as const)('counts %i as %s', async ([status, state]) => {
  receiver.answer({ status });
  await register();
  await mock.webhooks.whenIdle();
  expect(mock.webhooks.deliveries()).toMatchObject([{ state, attempts: 1 }]);
});

it('leaves its error on the webhook where nobody answers', async () => {
  const { id } = await register();
  await receiver.close();
  await mock.webhooks.whenIdle();
  const { last_error: error } = Object(webhooks().get(id));
  expect(error).toEqual(expect.any(String));
  expect(error).not.toBe('');
});

it('lets a receiver verify while it is being told the code', async () => {
  const answers: number[] = [];
  receiver.answer(async ({ json }) => {
    const path = `/hover/api/v2/webhooks/${Object(json).code}/verify`;
    answers.push((await mock.fetch(path, { method: 'PUT' })).status);
    return {};
  });
  const { id } = await register();
  await mock.webhooks.whenIdle();
  expect(answers).toEqual([200]);
  expect(webhooks().get(id)?.verified_at).toBe('2026-01-31T12:00:00.000Z');
  await mock.clock.advance(86_400_000);
  expect(receiver.requests).toHaveLength(1);
});

it('of a code ends with the use of that code, and with the webhook', async () => {
  receiver.answer({ status: 500 });
  const used = await register();
  const deleted = await register();
  await mock.webhooks.whenIdle();
  const { code } = Object(receiver.requests.find(({ json }) => Object(json).webhook_id === used.id)?.json);
  await call('PUT', `/${code}/verify`);
  await call('DELETE', `/${deleted.id}`);
  await mock.clock.advance(86_400_000);
  expect(receiver.requests).toHaveLength(2);
  expect(mock.webhooks.deliveries().map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
});

it('goes to every verified webhook of the organisation, of changes of state alone', async () => {
  await register('?first');
  await register('?second');
  await register('?unverified');
  await mock.webhooks.whenIdle();
  for (const { json, path } of receiver.requests.slice()) {
    if (!path.endsWith('unverified')) await call('PUT', `/${Object(json).code}/verify`);
  }
  receiver.clear();
  await jobs().insert({
    id: 9000,
    external_identifier: 'C-1',
    state: 'uploading',
    estimated_hours_to_completion: 48,
  });
  await jobs().update(9000, { state: 'failed' });
  await jobs().update(9000, { external_identifier: 'C-2' });
  await jobs().delete(9000);
  await mock.webhooks.whenIdle();
  expect(receiver.requests.map(({ path }) => path).toSorted()).toEqual([
    '/hoverwebhook?first',
    '/hoverwebhook?second',
  ]);
  expect(receiver.requests.map(({ json }) => Object(json).state)).toEqual(['failed', 'failed']);
});
