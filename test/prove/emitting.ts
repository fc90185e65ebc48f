import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { createMock } from '../../src/index.ts';
import { shop } from '../server/emission/shop.ts';

/**
 * A process that emits: `node emitting.ts <JSON of { healthy, hostile }>`. For each line it reads it makes orders, one every
 * 20 ms, of which all receivers are told, and answers with a line: the 99th percentile, in milliseconds, of the time from an
 * order to the recorded success at a healthy receiver.
 */
const orders = 200;
const interval = 20;

interface Receivers {
  readonly healthy: readonly string[];
  readonly hostile: readonly string[];
}

const { healthy, hostile }: Receivers = JSON.parse(process.argv[2] ?? '');
const mock = await createMock({ apis: [{ name: 'shop', document: shop }], fixtures: false });
const hooks = [
  ...healthy.map((url, index) => ({ id: `healthy${index}`, url })),
  ...hostile.map((url, index) => ({ id: `hostile${index}`, url })),
];
for (const hook of hooks) {
  await mock
    .records('shop', 'hooks')
    .insert({ ...hook, events: ['order.created'], secret: 's', active: true });
}
let times: number[] = [];
const made = new Map<string, number>();
mock.webhooks.on('delivery', ({ body, endpoint, event }, attempt) => {
  if (!attempt?.succeeded || event !== 'order.created' || !endpoint.startsWith('hooks/healthy')) return;
  times.push(performance.now() - (made.get(JSON.parse(body).data.id) ?? Number.NaN));
});

let round = 0;
for await (const _ of createInterface({ input: process.stdin })) {
  round += 1;
  times = [];
  const started = performance.now();
  for (let index = 0; index < orders; index += 1) {
    const id = `o${round}-${index}`;
    made.set(id, performance.now());
    await mock.records('shop', 'orders').insert({ id, item: 'tea', amount: 1 });
    const next = started + (index + 1) * interval;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())));
  }
  while (times.length < orders * healthy.length) await new Promise((resolve) => setTimeout(resolve, 10));
  const sorted = times.toSorted((left, right) => left - right);
  const p99 = sorted[Math.floor(sorted.length * 0.99)];
  if (!process.stdout.write(`${p99}\n`)) await once(process.stdout, 'drain');
}
process.exit(0);
