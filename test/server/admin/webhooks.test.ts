import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReceiver, type Receiver } from '../../../src/index.ts';
import { type AdminClient, startAdmin } from './admin-client.ts';

let client: AdminClient;
let admin: AdminClient['admin'];
let receiver: Receiver;
beforeEach(async () => {
  receiver = await createReceiver();
  client = await startAdmin();
  admin = client.admin;
});
afterEach(async () => {
  await client.mock.close();
  await receiver.close();
});

describe('events', () => {
  it('are listed with what the document says of them', async () => {
    expect((await admin('get', '/events')).body).toEqual([
      {
        api: 'hive',
        event: 'check.completed',
        summary: 'A check went from processing to completed',
        method: 'POST',
        contentType: 'application/json',
        examples: ['completed'],
      },
    ]);
    const { body } = await admin('get', '/events/hive/check.completed');
    expect(body).toMatchObject({
      schema: { required: ['type', 'data'], $defs: { Check: { type: 'object' } } },
      payloads: { completed: { type: 'check.completed' } },
      delivery: { timeout: 10_000, schedule: [], signature: 'none' },
    });
    expect(await admin('get', '/events/hive/check.complete')).toMatchObject({
      status: 404,
      body: { next: expect.stringContaining('check.completed') },
    });
  });

  it('are fired to one URL or to the subscribers', async () => {
    const to = `${receiver.url}/hook`;
    const fired = await admin('post', '/events/hive/check.completed', {
      to,
      set: { 'data.decision': 'caution' },
    });
    expect(fired).toMatchObject({ status: 202, body: [{ state: 'pending', url: to, attempts: 0 }] });
    expect(JSON.stringify(fired.body)).not.toContain('secrets');
    expect((await admin('post', '/deliveries/wait')).body).toEqual({ delivered: 1 });
    expect(receiver.requests).toMatchObject([
      { json: { type: 'check.completed', data: { decision: 'caution' } } },
    ]);
    // Hive's fixture has a webhook that is beyond this machine.
    const toSubscribers = (await admin('post', '/events/hive/check.completed', {})).body;
    expect(toSubscribers.length).toBeGreaterThan(0);
    await admin('post', '/deliveries/wait');
    const { body } = await admin('get', `/deliveries/${toSubscribers[0].id}`);
    expect(body).toMatchObject({
      state: 'blocked',
      history: [{ number: 1, flag: expect.stringMatching(/^--allow-host /) }],
    });
  });

  it('are refused when the payload breaks the document or the field is unknown', async () => {
    const payload = { type: 'check.completed', data: {} };
    expect(await admin('post', '/events/hive/check.completed', { to: receiver.url, payload })).toMatchObject({
      status: 422,
    });
    expect((await admin('post', '/events/hive/check.completed', { too: receiver.url })).status).toBe(400);
    expect((await admin('get', '/deliveries')).body).toEqual({ total: 0, deliveries: [] });
  });
});

describe('deliveries', () => {
  const fire = async () =>
    (await admin('post', '/events/hive/check.completed', { to: receiver.url })).body[0].id as string;

  it('show the exact request and answer of every attempt, and are found by what they are', async () => {
    receiver.answer({ status: 418, body: 'short and stout' });
    const id = await fire();
    await admin('post', '/deliveries/wait');
    const { body } = await admin('get', `/deliveries/${id}`);
    expect(body.history).toEqual([
      expect.objectContaining({
        number: 1,
        succeeded: false,
        request: { method: 'POST', url: receiver.url, headers: { 'Content-Type': 'application/json' } },
        response: expect.objectContaining({ status: 418, body: 'short and stout' }),
      }),
    ]);
    expect(body.body).toBe(receiver.requests[0]?.text);
    expect((await admin('get', '/deliveries?state=exhausted&event=check.completed')).body.total).toBe(1);
    expect((await admin('get', '/deliveries?state=delivered')).body.total).toBe(0);
    expect((await admin('get', '/deliveries?state=lost')).status).toBe(400);
  });

  it('are sent again with the same bytes, once they are settled', async () => {
    receiver.answer({ status: 500 });
    const id = await fire();
    await admin('post', '/deliveries/wait');
    receiver.answer({});
    expect((await admin('post', `/deliveries/${id}/resend`)).status).toBe(202);
    await admin('post', '/deliveries/wait');
    expect((await admin('get', `/deliveries/${id}`)).body).toMatchObject({ state: 'delivered', attempts: 2 });
    expect(new Set(receiver.requests.map(({ text }) => text)).size).toBe(1);
    expect((await admin('post', `/deliveries/${id}/cancel`)).status).toBe(409);
    expect((await admin('post', '/deliveries/nobody/resend')).status).toBe(404);
  });

  it('are disturbed by faults', async () => {
    const added = await admin('post', '/delivery-faults', { kind: 'delay', by: '30s', times: 1 });
    expect(added).toMatchObject({ status: 201, body: { id: '1', kind: 'delay', milliseconds: 30_000 } });
    await fire();
    await admin('post', '/deliveries/wait');
    expect(receiver.requests).toEqual([]);
    await admin('post', '/clock', { advance: '30s' });
    expect(receiver.requests).toHaveLength(1);
    expect((await admin('get', '/delivery-faults')).body).toHaveLength(1);
    expect((await admin('delete', '/delivery-faults/1')).status).toBe(204);
    expect((await admin('delete', '/delivery-faults/1')).status).toBe(404);
    expect((await admin('post', '/delivery-faults', { kind: 'explode' })).status).toBe(400);
    expect((await admin('post', '/delivery-faults', { kind: 'drop', event: 'check.complete' })).status).toBe(
      404,
    );
  });
});
