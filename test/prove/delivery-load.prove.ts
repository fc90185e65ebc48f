import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createMock, type Mock } from '../../src/index.ts';
import { shop } from '../server/emission/shop.ts';

const open = (data?: string) =>
  createMock({ apis: [{ name: 'shop', document: shop }], fixtures: false, data });

function subscribe(mock: Mock, id: string, url: string): Promise<unknown> {
  const hook = { id, url, events: ['order.created'], secret: 's', active: true };
  return mock.records('shop', 'hooks').insert(hook);
}

interface Receivers {
  readonly healthy: readonly string[];
  readonly hostile: readonly string[];
}

const program = fileURLToPath(new URL('receivers.ts', import.meta.url));
const emitting = fileURLToPath(new URL('emitting.ts', import.meta.url));

it('100,000 deliveries of 1 KB wait for a dead endpoint in a folder of data: little memory, and nothing is lost', {
  timeout: 300_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sparring-load-'));
  const data = join(folder, 'data/');
  const mock = await open(data);
  const orders = mock.records('shop', 'orders');
  const item = 'x'.repeat(850);
  const order = async (count: number, prefix: string) => {
    for (let start = 0; start < count; start += 500) {
      const ids = Array.from({ length: 500 }, (_, index) => `${prefix}${start + index}`);
      await Promise.all(ids.map((id) => orders.insert({ id, item, amount: 1 })));
      // The orders themselves are not what is measured.
      await Promise.all(ids.map((id) => orders.delete(id)));
    }
  };
  // What the process takes for work of this kind, before anything waits.
  await order(30_000, 'warm');
  const before = process.memoryUsage().rss;
  await subscribe(mock, 'dead', 'http://127.0.0.1:9/');
  await order(100_000, 'o');
  await mock.webhooks.whenIdle();
  const grown = (process.memoryUsage().rss - before) / 1024 / 1024;
  console.log(`resident memory grew by ${grown.toFixed(0)} MB`);
  expect(grown).toBeLessThan(200);
  const all = mock.webhooks.count({ event: 'order.created' });
  expect(all).toBe(100_000);
  expect(mock.webhooks.count({ state: 'pending' }) + mock.webhooks.count({ state: 'exhausted' })).toBe(
    100_000 + 1,
  );
  await mock.close();
  const again = await open(data);
  expect(again.webhooks.count({ event: 'order.created' })).toBe(100_000);
  await again.close();
  await rm(folder, { recursive: true, force: true });
});

/** A process of `emitting.ts`: each call makes orders and gives the p99 of the healthy receivers. */
function startEmitting(receivers: Receivers) {
  const child = spawn(process.execPath, [emitting, JSON.stringify(receivers)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  return {
    async p99(): Promise<number> {
      const answer = once(lines, 'line');
      child.stdin.write('go\n');
      return Number((await answer)[0]);
    },
    stop: () => child.stdin.end(),
  };
}

it('hostile receivers do not slow 20 healthy ones: p99 within 1.5 times of what it is without them', {
  timeout: 180_000,
}, async () => {
  // In a process of their own, so that what they do costs the emitter no more than it must.
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { healthy, hostile }: Receivers = JSON.parse(line);
  // Two emitters at the same time, one without the hostile ones: what else the machine does meets both alike.
  const beside = startEmitting({ healthy, hostile });
  const without = startEmitting({ healthy, hostile: [] });
  const measure = () => Promise.all([beside.p99(), without.p99()]);
  await measure();
  const rounds: (readonly [number, number])[] = [];
  for (let round = 0; round < 9; round += 1) rounds.push(await measure());
  const ratios = rounds.map(([hindered, base]) => hindered / base).sort((left, right) => left - right);
  console.log(
    `p99 beside hostile receivers, of that without: ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}; in ms ${rounds.map(([one, other]) => `${one.toFixed(1)}/${other.toFixed(1)}`).join(', ')}`,
  );
  expect(ratios[4]).toBeLessThan(1.5);
  for (const { stop } of [beside, without]) stop();
  child.kill();
});
