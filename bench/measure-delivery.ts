import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { createMock } from '../src/index.ts';
import { startServer } from './child-server.ts';
import { hooksDocument, secret, text } from './hooks-document.ts';
import { type LoadRequest, latencies } from './load.ts';
import { formatRatio } from './statistics.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const seconds = Number(process.env.BENCH_SECONDS ?? 3);
const deliveries = 5000;
const concurrency = 50;

/** How fast deliveries go out beside a bare undici loop that posts the same bytes, and what they cost the API. */
export async function measureDelivery(): Promise<string> {
  const receiver = await startServer(['bench/webhook-receiver.ts', '{port}'], '/');
  const folder = mkdtempSync(join(tmpdir(), 'sparring-bench-'));
  try {
    const [memory, kept]: [number[], number[]] = [[], []];
    for (let round = 0; round <= rounds; round += 1) {
      const bare = await bareLoop(receiver.url);
      const inMemory = (await emitter(receiver.url, undefined)) / bare;
      const onDisk = (await emitter(receiver.url, join(folder, `round-${round}/`))) / bare;
      if (round === 0) continue;
      memory.push(inMemory);
      kept.push(onDisk);
    }
    const p99 = await apiBesideDeliveries(receiver.url, folder);
    return [
      `${deliveries} deliveries of 1 KB to one endpoint, ${concurrency} at once; of a bare undici loop, median (spread)`,
      `  in memory       ${formatRatio(memory)}  goal 0.7`,
      `  with --data dir ${formatRatio(kept)}`,
      `p99 of the API's creations with one delivery each, of those without ${formatRatio(p99)}  goal at most 1.2`,
    ].join('\n');
  } finally {
    await receiver.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Deliveries a second. */
async function bareLoop(url: string): Promise<number> {
  const pool = new Pool(url, { connections: concurrency, pipelining: 1 });
  const body = JSON.stringify({ id: 'x'.repeat(36), data: { id: 'x'.repeat(36), text } });
  let left = deliveries;
  const post = async () => {
    while (left > 0) {
      left -= 1;
      const answer = await pool.request({
        path: '/',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      await answer.body.dump();
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: concurrency }, post));
  const rate = deliveries / ((performance.now() - started) / 1000);
  await pool.close();
  return rate;
}

async function emitter(url: string, data: string | undefined): Promise<number> {
  const mock = await createMock({
    apis: [{ name: 'things', document: hooksDocument }],
    fixtures: false,
    data,
  });
  await mock.records('things', 'hooks').insert({ id: 'h', url, secret });
  const started = performance.now();
  const things = mock.records('things', 'things');
  await Promise.all(
    Array.from({ length: deliveries }, (_, index) => things.insert({ id: `t${index}`, text })),
  );
  await mock.webhooks.whenIdle();
  const rate = deliveries / ((performance.now() - started) / 1000);
  const [last] = mock.webhooks.deliveries({ state: 'delivered' });
  if (!last) throw new Error('Nothing was delivered.');
  await mock.close();
  return rate;
}

async function apiBesideDeliveries(receiver: string, folder: string): Promise<number[]> {
  const document = join(folder, 'things.json');
  writeFileSync(document, JSON.stringify(hooksDocument));
  const request: LoadRequest = {
    method: 'POST',
    path: '/things/things',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  };
  const ratios: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const found: number[] = [];
    for (const url of [receiver, undefined]) {
      const server = await startServer(
        ['src/cli.ts', 'serve', document, '--quiet', '-p', '{port}'],
        '/things/things',
      );
      if (url !== undefined) {
        const hook = { id: 'h', url, secret };
        await fetch(`${server.url}/_sparring/state/things/hooks`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(hook),
        });
      }
      // The client of deliveries is loaded with the first one.
      await latencies(server.url, request, { rate: 200, seconds: 2 });
      found.push(await latencies(server.url, request, { rate: 200, seconds }));
      await server.stop();
    }
    if (round > 0) ratios.push((found[0] ?? 0) / (found[1] ?? 1));
  }
  return ratios;
}
