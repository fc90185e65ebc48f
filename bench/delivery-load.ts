import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { createMock } from '../src/index.ts';
import { hooksDocument, secret, text } from './hooks-document.ts';

export const deliveries = 10_000;
export const concurrency = 50;

/** Deliveries a second: of those that wait, and counted from the writes that cause them. */
export interface Rates {
  readonly waiting: number;
  readonly withWrites: number;
}

/** Posts by a bare undici loop. Bytes and headers are as long as the emitter's, and made in advance. */
async function post(url: string): Promise<Rates> {
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
  const postAll = async () => {
    while (left > 0) {
      left -= 1;
      const answer = await pool.request({ path: '/', method: 'POST', headers, body });
      await answer.body.dump();
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: concurrency }, postAll));
  const rate = rateSince(started);
  await pool.close();
  return { waiting: rate, withWrites: rate };
}

/** Deliveries of a mock whose state is kept in memory, or in a folder. */
async function emit(url: string, data: string | undefined): Promise<Rates> {
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

async function emitInFolder(url: string): Promise<Rates> {
  const folder = mkdtempSync(join(tmpdir(), 'sparring-bench-'));
  try {
    return await emit(url, `${folder}/`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rateSince(started: number): number {
  return deliveries / ((performance.now() - started) / 1000);
}

const loads = { bare: post, memory: (url: string) => emit(url, undefined), folder: emitInFolder };

export type LoadKind = keyof typeof loads;

/** `node bench/delivery-load.ts bare|memory|folder <url>`, forked: makes one round for each message and sends its rates. */
const [kind = '', url = ''] = process.argv.slice(2);
if (process.send && isKind(kind)) {
  process.on('message', async () => process.send?.(await loads[kind](url)));
}

function isKind(name: string): name is LoadKind {
  return Object.hasOwn(loads, name);
}
