import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createMock, createReceiver, type Mock } from '../../src/index.ts';
import { shop } from '../server/emission/shop.ts';

const open = (data?: string) =>
  createMock({ apis: [{ name: 'shop', document: shop }], fixtures: false, data });

function subscribe(mock: Mock, id: string, url: string): Promise<unknown> {
  const hook = { id, url, events: ['order.created'], secret: 's', active: true };
  return mock.records('shop', 'hooks').insert(hook);
}

async function listen(answer: (response: ServerResponse) => void): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume();
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

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
  const hostile = await Promise.all([
    listen(() => undefined),
    listen((response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('x'), 1000);
      response.on('close', () => clearInterval(drip));
    }),
    listen((response) => {
      const more = () => {
        while (response.write('x'.repeat(65_536)));
      };
      response.on('drain', more).on('error', () => undefined);
      more();
    }),
    listen((response) => response.socket?.destroy()),
  ]);
  const healthy = await Promise.all(Array.from({ length: 20 }, () => createReceiver()));

  const p99 = async (urls: readonly string[]) => {
    const mock = await open();
    for (const [index, { url }] of healthy.entries()) await subscribe(mock, `healthy${index}`, url);
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
    void mock.close();
    expect(times).toHaveLength(2000);
    return times.sort((left, right) => left - right)[Math.floor(times.length * 0.99)] ?? Number.NaN;
  };
  await p99([]);
  const ratios: number[] = [];
  for (let round = 0; round < 3; round += 1) ratios.push((await p99(hostile.map(urlOf))) / (await p99([])));
  ratios.sort((left, right) => left - right);
  console.log(
    `p99 beside hostile receivers, of that without: ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}`,
  );
  expect(ratios[1]).toBeLessThan(1.5);
  for (const server of hostile) {
    server.closeAllConnections();
    server.close();
  }
  await Promise.all(healthy.map((receiver) => receiver.close()));
});
