import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMock, createReceiver, type Mock, type Receiver } from '../../../src/index.ts';
import { shop } from './shop.ts';

let receiver: Receiver;
beforeEach(async () => {
  receiver = await createReceiver({ answer: { status: 503 } });
});
afterEach(() => receiver.close());

const open = (data?: string) =>
  createMock({
    apis: [{ name: 'shop', document: shop }],
    now: '2026-01-31T12:00:00Z',
    fixtures: false,
    data,
  });

async function subscribe(mock: Mock): Promise<void> {
  await mock
    .records('shop', 'hooks')
    .insert({ id: 'h', url: receiver.url, events: ['order.created'], secret: 's', active: true });
  await mock.webhooks.whenIdle();
}

describe('deliveries that wait in memory', () => {
  it('are dropped past a limit of bytes, listed and counted, with what to do about it', async () => {
    const mock = await open();
    await subscribe(mock);
    const item = 'x'.repeat(8 * 1024 * 1024);
    for (let index = 0; index < 9; index += 1)
      await mock.records('shop', 'orders').insert({ id: `o${index}`, item, amount: 1 });
    await mock.webhooks.whenIdle();
    expect(mock.webhooks.count({ state: 'pending', event: 'order.created' })).toBe(7);
    const dropped = mock.webhooks.deliveries({ state: 'dropped' });
    expect(dropped).toHaveLength(2);
    expect(dropped[0]).toMatchObject({ body: '', reason: expect.stringContaining('--data dir/') });
    await expect(mock.webhooks.resend(dropped[0]?.id ?? '')).rejects.toMatchObject({ code: 'conflict' });
    receiver.answer({});
    await mock.webhooks.drain();
    // There is room again.
    await mock.records('shop', 'orders').insert({ id: 'late', item, amount: 1 });
    await mock.webhooks.whenIdle();
    expect(mock.webhooks.count({ state: 'delivered', event: 'order.created' })).toBe(8);
    await mock.close();
  });
});
