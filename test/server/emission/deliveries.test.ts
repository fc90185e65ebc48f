import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMock, createReceiver, type Mock, type Receiver } from '../../../src/index.ts';
import { shop } from './shop.ts';

let mock: Mock;
let receiver: Receiver;

beforeEach(async () => {
  receiver = await createReceiver({ scheme: 'github', secret: 'quite secret' });
  mock = await createMock({ apis: [{ name: 'shop', document: shop }], now: '2026-01-31T12:00:00Z' });
});
afterEach(async () => {
  await mock.close();
  await receiver.close();
});

async function call(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await mock.fetch(`/shop${path}`, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
}

const subscribe = async (fields: Record<string, unknown> = {}) => {
  const { body } = await call('POST', '/hooks', { url: `${receiver.url}/hook`, ...fields });
  await mock.webhooks.whenIdle();
  receiver.clear();
  return String(body.id);
};

const bodies = () => receiver.requests.map(({ text }) => JSON.parse(text));

describe('a change of a record', () => {
  it('is told to those who subscribe, signed over the exact bytes', async () => {
    const hook = await subscribe();
    const { body: order } = await call('POST', '/orders', { item: 'tea ☕', amount: 2 });
    await mock.webhooks.whenIdle();
    expect(bodies()).toEqual([
      { id: expect.any(Number), event: 'order.created', company: 'acme', hook, data: order },
    ]);
    expect(receiver.requests.map(({ verification }) => verification?.valid)).toEqual([true]);
    const [delivery] = mock.webhooks.deliveries({ event: 'order.created' });
    expect(delivery).toMatchObject({
      state: 'delivered',
      attempts: 1,
      endpoint: `hooks/${hook}`,
      dueAt: null,
    });
    expect(mock.webhooks.attempts(delivery?.id ?? '')).toMatchObject([
      { number: 1, succeeded: true, response: { status: 200 } },
    ]);
  });

  it('tells what the record was before', async () => {
    await subscribe();
    const { body: order } = await call('POST', '/orders', { item: 'tea' });
    await call('PATCH', `/orders/${order.id}`, { item: 'coffee' });
    await mock.webhooks.whenIdle();
    expect(bodies().map(({ event }) => event)).toEqual(['order.created', 'order.changed']);
    expect(bodies()[1].data).toEqual({ ...order, item: 'coffee', original: order });
  });

  it('is told when it is made through the admin API too, and not when the whole state is replaced', async () => {
    await subscribe();
    await mock.records('shop', 'orders').insert({ id: 'o1', item: 'tea', amount: 1 });
    await mock.state.replace(mock.state.dump());
    await mock.webhooks.whenIdle();
    expect(bodies().map(({ event }) => event)).toEqual(['order.created']);
  });

  it('goes to those alone who subscribe to it and are active', async () => {
    await subscribe({ events: ['order.changed'] });
    await subscribe({ active: false });
    await call('POST', '/orders', { item: 'tea' });
    await mock.webhooks.whenIdle();
    expect(bodies()).toEqual([]);
    expect(mock.events().map(({ name }) => name)).toEqual(['hook.verify', 'hook.verify', 'order.created']);
  });

  it('may be told to the changed record itself', async () => {
    await call('POST', '/hooks', { url: receiver.url, secret: 'quite secret', events: [] });
    await mock.webhooks.whenIdle();
    expect(bodies()).toEqual([{ code: 'quite secret' }]);
  });
});

describe('what becomes of a delivery', () => {
  it('is written into the records that the document names', async () => {
    const hook = await subscribe();
    await call('POST', '/orders', { item: 'tea' });
    await mock.webhooks.whenIdle();
    expect(mock.records('shop', 'hooks').get(hook)).toMatchObject({
      delivered: 2,
      lastStatus: 200,
      lastError: null,
    });
    expect(mock.records('shop', 'tasks').list()).toEqual([
      { id: 1, hook, tries: 1 },
      { id: 2, hook, tries: 1 },
    ]);
  });

  it('is tried again by the schedule, on the namespace’s clock, with the same id and bytes', async () => {
    const hook = await subscribe();
    receiver.answer({ status: 500 });
    await call('POST', '/orders', { item: 'tea' });
    await mock.webhooks.whenIdle();
    expect(receiver.requests).toHaveLength(1);
    await mock.clock.advance(9_999);
    expect(receiver.requests).toHaveLength(1);
    await mock.clock.advance(1);
    expect(receiver.requests).toHaveLength(2);
    await mock.clock.advance(60_000);
    expect(receiver.requests).toHaveLength(3);
    await mock.clock.advance(3_600_000);
    expect(receiver.requests).toHaveLength(3);
    expect(new Set(receiver.requests.map(({ text }) => text)).size).toBe(1);
    const [delivery] = mock.webhooks.deliveries();
    expect(delivery).toMatchObject({ state: 'exhausted', attempts: 3 });
    expect(mock.records('shop', 'hooks').get(hook)).toMatchObject({ lastStatus: 500 });
    receiver.answer({ status: 200 });
    await mock.webhooks.resend(delivery?.id ?? '');
    await mock.webhooks.whenIdle();
    expect(mock.webhooks.deliveries()[0]).toMatchObject({
      id: delivery?.id,
      state: 'delivered',
      attempts: 4,
    });
  });

  it('ends when its subscription is deleted', async () => {
    const hook = await subscribe();
    receiver.answer({ status: 500 });
    await call('POST', '/orders', { item: 'tea' });
    await mock.webhooks.whenIdle();
    expect((await call('DELETE', `/hooks/${hook}`)).status).toBe(204);
    expect(mock.webhooks.deliveries()[0]).toMatchObject({
      state: 'cancelled',
      reason: expect.stringContaining('deleted'),
    });
    await mock.clock.advance(3_600_000);
    expect(receiver.requests).toHaveLength(1);
    expect(mock.webhooks.deliveries()[0]).toMatchObject({ state: 'cancelled' });
  });

  it('is that it is blocked where the target is beyond this machine, with the flag that allows it', async () => {
    await subscribe({ url: 'https://example.com/webhook' });
    await call('POST', '/orders', { item: 'tea' });
    await mock.webhooks.whenIdle();
    const [delivery] = mock.webhooks.deliveries({ event: 'order.created' });
    expect(delivery).toMatchObject({ state: 'blocked', reason: expect.stringContaining('example.com') });
    expect(mock.webhooks.attempts(delivery?.id ?? '')[0]?.flag).toBe('--allow-host example.com');
  });

  it('is forgotten with a reset', async () => {
    await subscribe();
    receiver.answer({ status: 500 });
    await call('POST', '/orders', { item: 'tea' });
    await mock.webhooks.whenIdle();
    await mock.reset();
    expect(mock.webhooks.deliveries()).toEqual([]);
    await mock.clock.advance(3_600_000);
    expect(receiver.requests).toHaveLength(1);
  });
});

describe('an event fired by hand', () => {
  it('goes to the subscribers, naming them and the delivery where payloads do', async () => {
    const hook = await subscribe();
    const [delivery] = await mock.webhooks.fire('shop', 'order.created', { set: { 'data.item': 'milk' } });
    await mock.webhooks.whenIdle();
    expect(bodies()).toMatchObject([
      { id: delivery?.number, event: 'order.created', company: 'acme', hook, data: { item: 'milk' } },
    ]);
  });

  it('goes to one URL, signed by the secret given', async () => {
    await mock.webhooks.fire('shop', 'order.created', {
      to: `${receiver.url}/elsewhere`,
      secret: 'quite secret',
    });
    await mock.webhooks.whenIdle();
    expect(receiver.requests).toMatchObject([{ path: '/elsewhere', verification: { valid: true } }]);
  });

  it('is refused when its payload breaks the document, or nobody knows it', async () => {
    await expect(
      mock.webhooks.fire('shop', 'order.created', { to: receiver.url, payload: { id: 'x' } }),
    ).rejects.toThrow('breaks the document');
    await expect(mock.webhooks.fire('shop', 'order.create')).rejects.toThrow(
      'no webhook named "order.create"',
    );
    expect(mock.webhooks.deliveries()).toEqual([]);
  });
});

describe('a callback', () => {
  it('is made to the address that the request names, with the record that was committed', async () => {
    const notify = encodeURIComponent(receiver.url);
    const { body: order } = await call('POST', `/orders?notify=${notify}`, { item: 'tea' });
    await mock.webhooks.whenIdle();
    expect(receiver.requests).toMatchObject([{ path: `/made?id=${order.id}` }]);
    expect(bodies()).toEqual([order]);
    expect(mock.webhooks.deliveries()).toMatchObject([
      { event: 'createOrder/made', eventId: null, subscription: null },
    ]);
  });

  it('is not made when the request names no address, or the request fails', async () => {
    await call('POST', '/orders', { item: 'tea' });
    await call('POST', `/orders?notify=${encodeURIComponent(receiver.url)}`, { item: '' });
    await mock.webhooks.whenIdle();
    expect(receiver.requests).toEqual([]);
  });

  it('can be fired by hand at an address, and at none is refused', async () => {
    await mock.webhooks.fire('shop', 'createOrder/made', { to: `${receiver.url}/made` });
    await mock.webhooks.whenIdle();
    expect(receiver.requests).toMatchObject([{ path: '/made' }]);
    expect(bodies()).toEqual([expect.objectContaining({ item: expect.any(String) })]);
    await expect(mock.webhooks.fire('shop', 'createOrder/made')).rejects.toMatchObject({
      code: 'invalid-request',
      next: expect.stringContaining('{$request.query.notify}/made'),
    });
  });
});
