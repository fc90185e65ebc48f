import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryEntry } from '../../src/model/delivery.ts';
import { createReceiver, type Receiver } from '../../src/receiver/create-receiver.ts';
import { atRest } from '../manual-time.ts';
import { createWorld, noon } from './dispatcher-world.ts';

let receiver: Receiver;
beforeEach(async () => {
  receiver = await createReceiver();
});
afterEach(() => receiver.close());

const rehive = {
  success: [{ from: 200, to: 202 }],
  schedule: [60, 120, 240, 480, 960, 1920, 3600].map((s) => s * 1000),
};
const texts = () => receiver.requests.map(({ text }) => text);

describe('retries', () => {
  it('of Rehive come to the second: seven, within two hours of virtual time', async () => {
    receiver.answer({ status: 204 });
    const { attemptTimes, clock, deliver, dispatcher, log } = createWorld(rehive);
    const { id } = deliver({ url: receiver.url });
    await dispatcher.whenIdle();
    const started = Date.now();
    await clock.advance(3 * 3_600_000);
    expect(Date.now() - started).toBeLessThan(5000);
    expect(attemptTimes()).toEqual([0, 60, 180, 420, 900, 1860, 3780, 7380]);
    expect(log.get(id)).toMatchObject({ state: 'exhausted', attempts: 8, dueAt: null });
    expect(receiver.requests).toHaveLength(8);
  });

  it('wait for an attempt that is under way when the clock is moved', async () => {
    receiver.answer({ status: 500 });
    const { attemptTimes, clock, deliver } = createWorld(rehive);
    deliver({ url: receiver.url });
    await clock.advance(60_000);
    expect(attemptTimes()).toEqual([0, 60]);
  });

  it('end with the first success', async () => {
    receiver.answer((_, index) => ({ status: index < 2 ? 500 : 201 }));
    const { attemptTimes, clock, deliver, log } = createWorld(rehive);
    const { id } = deliver({ url: receiver.url });
    await clock.advance(3_600_000);
    expect(attemptTimes()).toEqual([0, 60, 180]);
    expect(log.get(id)).toMatchObject({ state: 'delivered', attempts: 3 });
  });

  it('come later when the receiver asks for it', async () => {
    receiver.answer({ status: 503, headers: { 'retry-after': '90' } });
    const { attemptTimes, clock, deliver } = createWorld({ ...rehive, retryAfter: { honour: true } });
    deliver({ url: receiver.url });
    await clock.advance(100_000);
    expect(attemptTimes()).toEqual([0, 90]);
  });

  it('that waited keep their due time over a restart', async () => {
    receiver.answer({ status: 500 });
    const first = createWorld(rehive);
    first.deliver({ url: receiver.url });
    await first.dispatcher.whenIdle();
    await first.dispatcher.close();
    await first.clock.advance(3_600_000);
    expect(receiver.requests).toHaveLength(1);

    const second = createWorld(rehive, { log: first.log });
    second.dispatcher.resume();
    await second.clock.advance(59_999);
    expect(second.attemptTimes()).toEqual([]);
    await second.clock.advance(1);
    expect(second.attemptTimes()).toEqual([60]);
    expect(second.attempts[0]?.number).toBe(2);
  });

  it('start over when it is sent again by hand, with the same id and bytes', async () => {
    receiver.answer({ status: 500 });
    const { attempts, clock, deliver, dispatcher, log } = createWorld({ schedule: [1000] });
    const { id } = deliver({ url: receiver.url });
    await clock.advance(60_000);
    expect(log.get(id)).toMatchObject({ state: 'exhausted', attempts: 2 });
    await dispatcher.resend(id);
    await clock.advance(60_000);
    expect(attempts.map(({ delivery, number }) => [delivery, number])).toEqual([
      [id, 1],
      [id, 2],
      [id, 3],
      [id, 4],
    ]);
    expect(new Set(texts()).size).toBe(1);
    expect(log.get(id)).toMatchObject({ state: 'exhausted', attempts: 4 });
    await expect(dispatcher.resend('nobody')).rejects.toMatchObject({ code: 'record-not-found' });
  });

  it('are not made of what is cancelled, blocked, or beyond a secret’s form', async () => {
    receiver.answer({ status: 500 });
    const { clock, deliver, dispatcher, log } = createWorld(rehive);
    const [mine, far] = [deliver({ url: receiver.url }), deliver({ url: 'https://example.com/hook' })];
    await dispatcher.whenIdle();
    await dispatcher.cancel(mine.id);
    await clock.advance(3_600_000);
    expect(receiver.requests).toHaveLength(1);
    expect(log.get(mine.id)).toMatchObject({ state: 'cancelled', dueAt: null });
    expect(log.get(far.id)).toMatchObject({
      state: 'blocked',
      reason: expect.stringContaining('--allow-host example.com'),
    });
    await expect(dispatcher.cancel(mine.id)).rejects.toMatchObject({ code: 'conflict' });
    const signed = createWorld({ signature: { scheme: 'standard-webhooks', options: {} } });
    const { id } = signed.deliver({ url: receiver.url, secrets: ['whsec_***'] });
    await signed.dispatcher.whenIdle();
    expect(signed.log.get(id)).toMatchObject({ state: 'blocked' });
  });

  it('of everything are made at once by draining', async () => {
    receiver.answer({ status: 500 });
    const { clock, deliver, dispatcher } = createWorld(rehive);
    for (let index = 0; index < 5; index += 1) deliver({ url: receiver.url });
    await dispatcher.whenIdle();
    receiver.answer({});
    await dispatcher.drain();
    expect(receiver.requests).toHaveLength(10);
    await clock.advance(3_600_000);
    expect(receiver.requests).toHaveLength(10);
  });
});

describe('an endpoint', () => {
  it('gets its deliveries in order where the policy says so, the failed one first', async () => {
    receiver.answer((_, index) => ({ status: index === 0 ? 500 : 200 }));
    const { clock, deliver, dispatcher } = createWorld({ ...rehive, order: 'ordered' });
    for (let index = 0; index < 4; index += 1) deliver({ url: receiver.url });
    await dispatcher.whenIdle();
    expect(texts()).toEqual(['{"n":1}']);
    await clock.advance(60_000);
    expect(texts()).toEqual([1, 1, 2, 3, 4].map((n) => `{"n":${n}}`));
  });

  it('has no more attempts under way at once than the policy says', async () => {
    const held: ServerResponse[] = [];
    let most = 0;
    const server = await listen((response) => {
      held.push(response);
      most = Math.max(most, held.length);
      if (held.length === 3) for (const waiting of held.splice(0)) waiting.end();
    });
    const { deliver, dispatcher } = createWorld({ concurrency: 3 });
    for (let index = 0; index < 9; index += 1) deliver({ url: urlOf(server) });
    await dispatcher.whenIdle();
    expect(most).toBe(3);
    server.close();
  });

  it('is sent to over as many connections as attempts may be under way, and no more', async () => {
    let connections = 0;
    const server = await listen((response) => void response.end());
    server.on('connection', () => {
      connections += 1;
    });
    const { deliver, dispatcher, log } = createWorld({ concurrency: 4 });
    for (let index = 0; index < 200; index += 1) deliver({ url: urlOf(server) });
    await dispatcher.whenIdle();
    expect(log.count({ state: 'delivered' })).toBe(200);
    expect(connections).toBe(4);
    server.close();
    server.closeAllConnections();
  });

  it('is disabled by a status, or by failures in a row, and what waits for it with it', async () => {
    receiver.answer({ status: 410 });
    const gone = createWorld({ ...rehive, concurrency: 1, disable: { statuses: [{ from: 410, to: 410 }] } });
    for (let index = 0; index < 3; index += 1) gone.deliver({ url: receiver.url });
    await gone.dispatcher.whenIdle();
    expect(gone.log.count({ state: 'disabled' })).toBe(3);
    expect(gone.disabled).toEqual([expect.stringContaining('410')]);
    expect(receiver.requests).toHaveLength(1);

    receiver.answer({ status: 500 });
    const failing = createWorld({ ...rehive, disable: { failuresInARow: 3 } });
    const { id } = failing.deliver({ url: receiver.url });
    await failing.clock.advance(3_600_000);
    expect(failing.attemptTimes()).toEqual([0, 60, 180]);
    expect(failing.log.get(id)).toMatchObject({
      state: 'disabled',
      reason: expect.stringContaining('3 attempts'),
    });
  });

  it('is disabled by failures in a row that a restart stood between, and counts anew once it was', async () => {
    receiver.answer({ status: 500 });
    const policy = { schedule: [1000, 1000, 1000, 1000], disable: { failuresInARow: 3 } };
    const first = createWorld(policy);
    const { id } = first.deliver({ url: receiver.url });
    await first.clock.advance(1000);
    await first.dispatcher.close();
    expect(first.disabled).toEqual([]);

    const second = createWorld(policy, { log: first.log });
    second.dispatcher.resume();
    await second.clock.advance(2000);
    expect(second.attempts).toHaveLength(1);
    expect(second.disabled).toEqual([expect.stringContaining('3 attempts in a row')]);
    expect(second.log.get(id)).toMatchObject({ state: 'disabled', attempts: 3 });

    const third = createWorld(policy, { log: first.log });
    await third.dispatcher.resend(id);
    await third.clock.advance(1000);
    expect(third.disabled).toEqual([]);
    await third.clock.advance(1000);
    expect(third.disabled).toHaveLength(1);
  });

  it('is not sent to in the turn that commits a delivery, nor at its end, so that whoever caused it is answered first', async () => {
    const sent: string[] = [];
    const { deliver, dispatcher } = createWorld(
      {},
      {
        attempt: async ({ delivery }) => {
          sent.push(delivery.id);
          const request = { method: 'POST', url: delivery.url, headers: {} };
          const response = { status: 200, headers: {}, body: '', truncated: false };
          const times = { at: noon, startedAt: 0, milliseconds: 0 };
          return { delivery: delivery.id, number: 1, ...times, request, response, succeeded: true };
        },
      },
    );
    deliver({ url: receiver.url });
    await Promise.resolve();
    expect(sent).toEqual([]);
    // Answers are written when a turn of the event loop ends.
    await atRest();
    expect(sent).toEqual([]);
    await dispatcher.whenIdle();
    expect(sent).toEqual(['d1']);
  });

  it('that is hostile does not delay others', async () => {
    const hostile = await Promise.all([
      listen(() => undefined),
      listen((response) => void response.writeHead(200).write('x')),
      listen((response) => response.socket?.destroy()),
      listen((response) => {
        const more = () => {
          while (response.write('x'.repeat(65_536)));
        };
        response.on('drain', more).on('error', () => undefined);
        more();
      }),
    ]);
    const { deliver, dispatcher, log } = createWorld({ timeout: 400 });
    const healthy: DeliveryEntry[] = [];
    for (let round = 0; round < 10; round += 1) {
      for (const server of hostile) deliver({ url: urlOf(server) });
      healthy.push(deliver({ url: receiver.url }));
    }
    const done = () => healthy.every(({ id }) => log.get(id)?.state === 'delivered');
    const settled = Promise.withResolvers<void>();
    dispatcher.on(() => done() && settled.resolve());
    await settled.promise;
    // All of the healthy one's are through while those that never answer still hang.
    expect(log.count({ state: 'pending' })).toBeGreaterThanOrEqual(10);
    await dispatcher.whenIdle();
    expect(log.count({ state: 'pending' })).toBe(0);
    for (const server of hostile) {
      server.close();
      server.closeAllConnections();
    }
  });

  it('has only some of what waits held in memory, and gets all of it in the end', async () => {
    const { deliver, dispatcher, log } = createWorld({ concurrency: 5 });
    for (let index = 0; index < 1000; index += 1) deliver({ url: receiver.url });
    await dispatcher.whenIdle();
    expect(log.count({ state: 'pending' })).toBe(0);
    expect(new Set(texts()).size).toBe(1000);
    expect(receiver.requests).toHaveLength(1000);
  });
});

describe('faults of the emitter', () => {
  const secret = 'quite secret';
  const signed = { schedule: [10_000], signature: { scheme: 'stripe', options: {} } };

  async function struck(
    kind: Parameters<ReturnType<typeof createWorld>['dispatcher']['faults']['add']>[0]['kind'],
  ) {
    const verifying = await createReceiver({ scheme: 'stripe', secret });
    const world = createWorld(signed);
    world.dispatcher.faults.add({ kind, times: 1 });
    world.deliver({ url: verifying.url, secrets: [secret] });
    world.deliver({ url: verifying.url, secrets: [secret] });
    await world.dispatcher.whenIdle();
    await verifying.close();
    return { ...world, arrived: verifying.requests };
  }

  it('duplicate: the same arrives twice', async () => {
    const { arrived, attempts } = await struck('duplicate');
    expect(arrived.map(({ text }) => text).toSorted()).toEqual(['{"n":1}', '{"n":1}', '{"n":2}']);
    expect(
      attempts.filter(({ delivery }) => delivery === 'd1').map(({ fault, number }) => [number, fault]),
    ).toEqual([
      [1, 'duplicate (1)'],
      [2, 'duplicate (1)'],
    ]);
  });

  it('drop: it does not arrive before it is tried again', async () => {
    const { arrived, attempts, log } = await struck('drop');
    expect(arrived.map(({ text }) => text)).toEqual(['{"n":2}']);
    expect(attempts.find(({ delivery }) => delivery === 'd1')).toMatchObject({ error: { code: 'dropped' } });
    expect(log.get('d1')).toMatchObject({ state: 'pending', dueAt: noon + 10_000 });
  });

  it('corrupt-signature: it does not verify', async () => {
    const { arrived } = await struck('corrupt-signature');
    expect(arrived.map(({ verification }) => verification?.valid).toSorted()).toEqual([false, true]);
  });

  it('stale-timestamp: its stamp is too old', async () => {
    const { arrived } = await struck('stale-timestamp');
    expect(arrived.map(({ verification }) => verification)).toContainEqual(
      expect.objectContaining({ valid: false, reason: 'timestamp-too-old' }),
    );
  });

  it('truncate-body: half of it arrives, and the attempt says so', async () => {
    const { arrived, attempts } = await struck('truncate-body');
    expect(arrived.map(({ text }) => text)).toContain('{"n');
    expect(attempts.find(({ delivery }) => delivery === 'd1')?.request.body).toBe('{"n');
  });

  it('delay: it falls due later', async () => {
    const { arrived, clock, dispatcher } = await struck('delay');
    expect(arrived.map(({ text }) => text)).toEqual(['{"n":2}']);
    await clock.advance(1000);
    await dispatcher.whenIdle();
  });

  it('reorder and duplicate: what was overtaken arrives twice all the same', async () => {
    const { deliver, dispatcher, clock } = createWorld();
    dispatcher.faults.add({ kind: 'reorder' });
    dispatcher.faults.add({ kind: 'duplicate' });
    for (let index = 0; index < 4; index += 1) deliver({ url: receiver.url });
    await clock.advance(10_000);
    expect(texts().toSorted()).toEqual([1, 1, 2, 2, 3, 3, 4, 4].map((n) => `{"n":${n}}`));
  });

  it('reorder: another one overtakes it', async () => {
    const world = createWorld({ concurrency: 1 });
    world.dispatcher.faults.add({ kind: 'reorder', times: 1 });
    for (let index = 0; index < 3; index += 1) world.deliver({ url: receiver.url });
    await world.clock.advance(2000);
    expect(texts()).toHaveLength(3);
    expect(texts()[0]).not.toBe('{"n":1}');
  });

  it('strike the same attempts on every run', async () => {
    const run = async () => {
      const world = createWorld();
      world.dispatcher.faults.add({ kind: 'drop', rate: 0.3 });
      for (let index = 0; index < 100; index += 1) world.deliver({ url: receiver.url });
      await world.dispatcher.whenIdle();
      return world.attempts
        .filter(({ fault }) => fault)
        .map(({ delivery }) => delivery)
        .toSorted();
    };
    const first = await run();
    expect(first.length).toBeGreaterThan(15);
    expect(first.length).toBeLessThan(45);
    expect(await run()).toEqual(first);
  });
});

async function listen(answer: (response: ServerResponse) => void): Promise<Server> {
  const server = createServer((_, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
