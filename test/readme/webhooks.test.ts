import { createMock, createReceiver, type Mock, type Receiver } from 'sparring';
import { afterAll, beforeAll, expect, test } from 'vitest';

const secret = 'whisper';
let mock: Mock;
let receiver: Receiver;

beforeAll(async () => {
  mock = await createMock({ apis: ['rehive'], now: '2026-01-31T12:00:00Z' });
  // In the place of the receiver that is tested; its port is a free one.
  receiver = await createReceiver({ scheme: 'secret-header', secret });
});

afterAll(async () => {
  await mock.close();
  await receiver.close();
});

test('a webhook arrives signed', async () => {
  await mock.webhooks.fire('rehive', 'user.create', { to: receiver.url, secret });
  const { json, verification } = await receiver.next();
  expect(verification).toMatchObject({ valid: true });
  expect(json).toMatchObject({ event: 'user.create' });
});

test('what is refused comes again, until it is taken', async () => {
  receiver.answer((_request, index) => ({ status: index < 2 ? 503 : 200 }));
  const [delivery] = await mock.webhooks.fire('rehive', 'user.update', { to: receiver.url, secret });
  await mock.webhooks.whenIdle();
  // Retries wait on the mock's clock: an hour of them passes at once.
  await mock.clock.advance(3_600_000);
  const id = delivery?.id ?? '';
  expect(mock.webhooks.attempts(id).map(({ response }) => response?.status)).toEqual([503, 503, 200]);
  expect(mock.webhooks.deliveries({ state: 'delivered' }).map((each) => each.id)).toContain(id);
});
