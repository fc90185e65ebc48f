import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Pool } from 'undici';
import { type ChildServer, startServer } from './child-server.ts';
import { hooksDocument, secret, text } from './hooks-document.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const requests = 1500;
/** Milliseconds between two requests; they go to one server and the other by turns. */
const interval = 2.5;
const percentile = 0.99;

/**
 * p99 of an API's creations with one delivery each, of those without: one ratio for each round. Both servers run at once and are
 * asked by turns, so that whatever else the machine does meets both alike.
 */
export async function measureWriteLatency(receiver: string, folder: string): Promise<number[]> {
  const document = join(folder, 'things.json');
  writeFileSync(document, JSON.stringify(hooksDocument));
  const [delivering, quiet] = [await serveThings(document), await serveThings(document)];
  try {
    await subscribe(delivering, receiver);
    const ratios: number[] = [];
    for (let round = -1; round < rounds; round += 1) {
      const [withDelivery, without] = await latencies([delivering.url, quiet.url]);
      // The first round warms both.
      if (round >= 0) ratios.push(p99(withDelivery) / p99(without));
    }
    return ratios;
  } finally {
    await Promise.all([delivering.stop(), quiet.stop()]);
  }
}

function serveThings(document: string): Promise<ChildServer> {
  return startServer(['src/cli.ts', 'serve', document, '--quiet', '-p', '{port}'], '/things/things');
}

async function subscribe({ url }: ChildServer, receiver: string): Promise<void> {
  const { status } = await fetch(`${url}/_sparring/state/things/hooks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'h', url: receiver, secret }),
  });
  if (status !== 201) throw new Error(`The subscription was answered with ${status}.`);
}

/** Milliseconds of each creation, by server. */
async function latencies(urls: readonly [string, string]): Promise<readonly [number[], number[]]> {
  const servers = urls.map((url) => ({ pool: new Pool(url, { connections: 10 }), times: [] as number[] }));
  const under: Promise<void>[] = [];
  const started = performance.now();
  for (let turn = 0; turn < requests; turn += 1) {
    for (const [place, { pool, times }] of servers.entries()) {
      await until(started + (2 * turn + place) * interval);
      under.push(create(pool, times));
    }
  }
  await Promise.all(under);
  for (const { pool } of servers) await pool.close();
  const [first, second] = servers;
  return [first?.times ?? [], second?.times ?? []];
}

async function create(pool: Pool, times: number[]): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const sent = performance.now();
  const answer = await pool.request({
    path: '/things/things',
    method: 'POST',
    headers,
    body: JSON.stringify({ text }),
  });
  await answer.body.dump();
  times.push(performance.now() - sent);
  if (answer.statusCode !== 201) throw new Error(`A creation was answered with ${answer.statusCode}.`);
}

function until(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, time - performance.now())));
}

function p99(times: number[]): number {
  return times.toSorted((left, right) => left - right)[Math.floor(times.length * percentile)] ?? Number.NaN;
}
