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

it('hostile receivers do not slow 20 healthy ones: p99 within 1.5 times of what it is without them', {
  timeout: 120_000,
}, async () => {
  // In a process of their own, so that what they do costs the emitter no more than it must.
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { healthy, hostile }: Receivers = JSON.parse(line);

  const p99 = async (urls: readonly string[]) => {
    const mock = await open();
    for (const [index, url] of healthy.entries()) await subscribe(mock, `healthy${index}`, url);
    for (const [index, url] of urls.entries()) await subscribe(mock, `hostile${index}`, url);
    const times: number[] = [];
    const made = new Map<string, number>();
    mock.webhooks.on('delivery', (delivery, attempt) => {
      if (
        attempt?.succeeded &&
        delivery.endpoint.startsWith('hooks/healthy') &&
        delivery.event === 'order.created'
      ) {
        times.push(performance.now() - (made.get(JSON.parse(delivery.body).data.id) ?? Number.NaN));
      }
    });
    for (let index = 0; index < 100; index += 1) {
      made.set(`o${index}`, performance.now());
      await mock.records('shop', 'orders').insert({ id: `o${index}`, item: 'tea', amount: 1 });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    await mock.close();
    expect(times).toHaveLength(2000);
    return times.sort((left, right) => left - right)[Math.floor(times.length * 0.99)] ?? Number.NaN;
  };
  await p99([]);
  const ratios: number[] = [];
  for (let round = 0; round < 5; round += 1) ratios.push((await p99(hostile)) / (await p99([])));
  ratios.sort((left, right) => left - right);
  console.log(
    `p99 beside hostile receivers, of that without: ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}`,
  );
  expect(ratios[2]).toBeLessThan(1.5);
  child.kill();
});
