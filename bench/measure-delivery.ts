import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { createMock } from '../src/index.ts';
import { startServer } from './child-server.ts';
import { hooksDocument, secret, text } from './hooks-document.ts';
import { measureWriteLatency } from './measure-write-latency.ts';
import { formatRatio } from './statistics.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
/** A delivery took 77, 55, 47, 31 and 29 µs in the first five: by then what is hot is compiled. */
const warmRounds = 4;
const deliveries = 10_000;
const concurrency = 50;

/** Deliveries a second: of those that wait, and counted from the writes that cause them. */
interface Rates {
  readonly waiting: number;
  readonly withWrites: number;
}

interface Ratios {
  readonly waiting: number[];
  readonly withWrites: number[];
}

/** How fast deliveries go out beside a bare undici loop that posts the same bytes, and what they cost the API. */
export async function measureDelivery(): Promise<string> {
  const receiver = await startServer(['bench/webhook-receiver.ts', '{port}'], '/');
  const folder = mkdtempSync(join(tmpdir(), 'sparring-bench-'));
  const memory: Ratios = { waiting: [], withWrites: [] };
  const kept: Ratios = { waiting: [], withWrites: [] };
  try {
    let before = await bareLoop(receiver.url);
    for (let round = -warmRounds; round < rounds; round += 1) {
      const inMemory = await emitter(receiver.url, undefined);
      const between = await bareLoop(receiver.url);
      const onDisk = await emitter(receiver.url, join(folder, `round${round}/`));
      const after = await bareLoop(receiver.url);
      // Compared with the bare loops on both sides of it, since other work on the machine comes and goes.
      if (round >= 0) {
        note(memory, inMemory, (before + between) / 2);
        note(kept, onDisk, (between + after) / 2);
      }
      before = after;
    }
    const p99 = await measureWriteLatency(receiver.url, folder);
    return [
      `${deliveries} deliveries of 1 KB to one endpoint, ${concurrency} at once; of a bare undici loop that posts the same bytes, median (spread)`,
      `  that wait, in memory        ${formatRatio(memory.waiting)}  goal 0.7`,
      `  that wait, --data dir       ${formatRatio(kept.waiting)}`,
      `  with their writes, in memory  ${formatRatio(memory.withWrites)}`,
      `  with their writes, --data dir ${formatRatio(kept.withWrites)}`,
      `p99 of the API's creations with one delivery each, of those without ${formatRatio(p99)}  goal at most 1.2`,
    ].join('\n');
  } finally {
    await receiver.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function note(ratios: Ratios, { waiting, withWrites }: Rates, bare: number): void {
  ratios.waiting.push(waiting / bare);
  ratios.withWrites.push(withWrites / bare);
}

/** Posts a second. Bytes and headers are as long as the emitter's, and made in advance. */
async function bareLoop(url: string): Promise<number> {
  const pool = new Pool(url, { connections: concurrency, pipelining: 1 });
  const id = 'x'.repeat(36);
  const body = JSON.stringify({ id, data: { id: 't1000', text } });
  const headers = {
    'Content-Type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': '1700000000',
    'webhook-signature': `v1,${'x'.repeat(44)}`,
  };
  let left = deliveries;
  const post = async () => {
    while (left > 0) {
      left -= 1;
      const answer = await pool.request({ path: '/', method: 'POST', headers, body });
      await answer.body.dump();
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: concurrency }, post));
  const rate = rateSince(started);
  await pool.close();
  return rate;
}

async function emitter(url: string, data: string | undefined): Promise<Rates> {
  const apis = [{ name: 'things', document: hooksDocument }];
  const mock = await createMock({ apis, fixtures: false, data });
  await mock.records('things', 'hooks').insert({ id: 'h', url, secret });
  const things = mock.records('things', 'things');
  const started = performance.now();
  const ids = Array.from({ length: deliveries }, (_, index) => `t${index}`);
  await Promise.all(ids.map((id) => things.insert({ id, text })));
  // All of them wait now, but for a handful that may be on their way.
  const written = performance.now();
  await mock.webhooks.whenIdle();
  const rates = { waiting: rateSince(written), withWrites: rateSince(started) };
  if (mock.webhooks.count({ state: 'pending' }) > 0) throw new Error('Not everything was delivered.');
  await mock.close();
  return rates;
}

function rateSince(started: number): number {
  return deliveries / ((performance.now() - started) / 1000);
}
