import { expect, it } from 'vitest';
import { SparringError } from '../../src/errors.ts';
import { MemoryDeliveryLog } from '../../src/storage/deliveries/memory-delivery-log.ts';
import type { DispatcherOptions, DispatcherOutcome } from '../../src/webhooks/dispatcher.ts';
import type { AttemptPlan } from '../../src/webhooks/make-attempt.ts';
import type { PolicySettings } from '../../src/webhooks/policy.ts';
import { atRest, createManualTime } from '../manual-time.ts';
import { createWorld } from './dispatcher-world.ts';

const full = () => new SparringError('storage-failed', 'The disk is full.');
const failing = { status: 500, succeeded: false };
const fine = { status: 204, succeeded: true };

/** A dispatcher whose receiver answers as told and whose store refuses outcomes while `isFull`. */
function createFailingWorld(policy: PolicySettings, answer: (plan: AttemptPlan) => typeof fine) {
  const time = createManualTime();
  const log = new MemoryDeliveryLog();
  const sent: string[] = [];
  const recorded: DispatcherOutcome[] = [];
  const errors: unknown[] = [];
  const store = { isFull: true, tries: 0 };
  const options: Partial<DispatcherOptions> = {
    time,
    log,
    async attempt(plan) {
      sent.push(`${plan.delivery.id}/${plan.number}`);
      const { status, succeeded } = answer(plan);
      return {
        delivery: plan.delivery.id,
        number: plan.number,
        at: plan.at,
        startedAt: plan.now,
        milliseconds: 0,
        request: { method: 'POST', url: plan.delivery.url, headers: {} },
        response: { status, headers: {}, body: '', truncated: false },
        succeeded,
      };
    },
    async record(outcome) {
      store.tries += 1;
      if (store.isFull) throw full();
      log.apply({ deliveries: [outcome.delivery], attempts: outcome.attempt ? [outcome.attempt] : [] });
      recorded.push(outcome);
    },
    onError: (error) => errors.push(error),
  };
  const world = createWorld(policy, options);
  /** Lets a minute of real time pass, second by second. */
  const passMinute = async () => {
    for (let second = 0; second < 60; second += 1) await time.pass(1000);
  };
  const settle = async () => {
    await world.dispatcher.whenIdle();
    await atRest();
  };
  return { ...world, log, sent, recorded, errors, store, passMinute, settle };
}

it('sends once what cannot be recorded, and records it when the store works again', async () => {
  const world = createFailingWorld({}, () => fine);
  const url = 'http://127.0.0.1:9/';
  for (const endpoint of ['a', 'b', 'c']) world.deliver({ url, endpoint });
  await world.settle();
  await world.passMinute();
  expect(world.sent).toEqual(['d1/1', 'd2/1', 'd3/1']);
  expect(world.store.tries).toBeGreaterThan(100);
  expect(world.errors).toEqual([full(), full(), full()]);
  expect(world.log.count({ state: 'pending' })).toBe(3);
  world.store.isFull = false;
  await world.passMinute();
  await world.settle();
  expect(world.sent).toHaveLength(3);
  expect(world.log.count({ state: 'delivered' })).toBe(3);
  expect(world.log.attempts('d1')).toHaveLength(1);
});

it.for([
  { name: 'one after the other', policy: { concurrency: 1 }, most: 2 },
  { name: 'four at a time', policy: { concurrency: 4 }, most: 8 },
  { name: 'in order', policy: { order: 'ordered' as const }, most: 1 },
])('what goes out $name while nothing can be recorded is bounded by the policy', async ({ policy, most }) => {
  const world = createFailingWorld(policy, () => fine);
  for (let index = 0; index < 40; index += 1) world.deliver({ url: 'http://127.0.0.1:9/' });
  await world.settle();
  await world.passMinute();
  expect(world.sent.length).toBeLessThanOrEqual(most);
  world.store.isFull = false;
  await world.passMinute();
  await world.settle();
  expect(new Set(world.sent).size).toBe(40);
  expect(world.sent).toHaveLength(40);
});

it('makes the retries that the policy allows and no more, whenever the store fails in between', async () => {
  const world = createFailingWorld({ schedule: [60_000, 60_000] }, () => failing);
  world.deliver({ url: 'http://127.0.0.1:9/' });
  for (let round = 0; round < 4; round += 1) {
    world.store.isFull = true;
    await world.settle();
    await world.passMinute();
    // What waits for the store holds nobody who moves the clock.
    await world.clock.advance(600_000);
    world.store.isFull = false;
    await world.passMinute();
    await world.settle();
  }
  await world.clock.advance(6_000_000);
  expect(world.sent).toEqual(['d1/1', 'd1/2', 'd1/3']);
  expect(world.log.get('d1')).toMatchObject({ state: 'exhausted', attempts: 3 });
  expect(world.log.attempts('d1').map(({ number }) => number)).toEqual([1, 2, 3]);
});

it('disables an endpoint whole, though the store fails while it does', async () => {
  const world = createFailingWorld(
    { disable: { statuses: [{ from: 410, to: 410 }] }, concurrency: 1 },
    () => {
      return { status: 410, succeeded: false };
    },
  );
  for (let index = 0; index < 5; index += 1) world.deliver({ url: 'http://127.0.0.1:9/' });
  await world.settle();
  world.store.isFull = false;
  await world.passMinute();
  await world.settle();
  expect(world.sent).toEqual(['d1/1']);
  expect(world.log.count({ state: 'disabled' })).toBe(5);
});

it('tells who cancels it that its outcome is not recorded yet, and keeps a cancellation that was', async () => {
  const world = createFailingWorld({ schedule: [60_000] }, () => failing);
  const { id } = world.deliver({ url: 'http://127.0.0.1:9/' });
  await world.settle();
  await expect(world.dispatcher.cancel(id)).rejects.toMatchObject({ code: 'storage-failed' });
  const cancelled = { ...world.deliver({ url: 'http://127.0.0.1:9/' }), id };
  world.log.apply({ deliveries: [{ ...cancelled, state: 'cancelled', dueAt: null }] });
  world.dispatcher.drop({ api: 'shop', endpoint: 'http://127.0.0.1:9/', reason: 'gone' });
  world.store.isFull = false;
  await world.passMinute();
  await world.clock.advance(600_000);
  expect(world.log.get(id)).toMatchObject({ state: 'cancelled', attempts: 1 });
  expect(world.sent.filter((one) => one.startsWith(id))).toEqual([`${id}/1`]);
});

it('records once more when it is closed, and ends though that fails too', async () => {
  for (const isFull of [false, true]) {
    const world = createFailingWorld({}, () => fine);
    const { id } = world.deliver({ url: 'http://127.0.0.1:9/' });
    await world.settle();
    world.store.isFull = isFull;
    await world.dispatcher.close();
    expect(world.log.get(id)?.state).toBe(isFull ? 'pending' : 'delivered');
    expect(world.sent).toEqual(['d1/1']);
  }
});
