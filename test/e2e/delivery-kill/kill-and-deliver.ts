import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { createRandom } from '../../storage/kill-and-check.ts';

const program = fileURLToPath(new URL('serve-shop.ts', import.meta.url));

/** A server that lives until it is killed. */
interface Life {
  readonly url: string;
  kill(): Promise<void>;
}

async function live(data: string): Promise<Life> {
  const child: ChildProcess = spawn(process.execPath, [program, data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  if (!child.stdout) throw new Error('The child has no output.');
  const lines = createInterface({ input: child.stdout });
  const [url] = await Promise.race([
    once(lines, 'line'),
    exited.then(() => Promise.reject(new Error('It ended.'))),
  ]);
  return {
    url: String(url),
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** A receiver that outlives the servers, and refuses some of what it gets the first time. */
interface Outliving {
  readonly url: string;
  /** Payload ids by order. */
  readonly received: ReadonlyMap<string, ReadonlySet<number>>;
  readonly server: Server;
}

async function receive(): Promise<Outliving> {
  const received = new Map<string, Set<number>>();
  const refused = new Set<string>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { data, id } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      const order = String(data?.id);
      if (data?.amount === 7 && !refused.has(order)) {
        refused.add(order);
        response.writeHead(503).end();
        return;
      }
      const ids = received.get(order) ?? new Set();
      received.set(order, ids.add(id));
      response.end('ok');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hooks`, received, server };
}

async function post(url: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/** When a server is killed: once so much time has passed and so many of its orders have been answered. */
interface Moment {
  readonly milliseconds: number;
  readonly orders: number;
}

/** Orders as fast as they are answered until the server is gone; notes the ids of those that were answered. */
async function orderUntilKilled(
  life: Life,
  { milliseconds, orders }: Moment,
  answered: Set<string>,
): Promise<void> {
  const end = performance.now() + milliseconds;
  const enough = answered.size + orders;
  let gone = false;
  const customer = async (amount: number) => {
    while (!gone) {
      const order = await post(`${life.url}/shop/orders`, { item: 'tea', amount }).catch(() => undefined);
      if (order) answered.add(String(order.id));
      else return;
      if (performance.now() >= end && answered.size >= enough && !gone) {
        gone = true;
        await life.kill();
      }
    }
  };
  await Promise.all([1, 2, 3, 7].map(customer));
  if (!gone) await life.kill();
}

interface Listed {
  readonly total: number;
  readonly deliveries: readonly { readonly body: string; readonly state: string }[];
}

/**
 * Kills a server with SIGKILL `kills` times while orders come in, then lets one more life deliver what is left. Every order
 * that was answered must have been told of, always with the same id, or be shown as waiting or failed; returns how many there were.
 */
export async function killAndDeliver(data: string, kills: number, seed: number): Promise<number> {
  const random = createRandom(seed);
  const receiver = await receive();
  const answered = new Set<string>();
  try {
    for (let life = 0; life < kills; life += 1) {
      const server = await live(data);
      if (life === 0)
        await post(`${server.url}/shop/hooks`, { url: receiver.url, events: ['order.created'] });
      const moment = { milliseconds: random() * 60, orders: 1 + Math.floor(random() * 4) };
      await orderUntilKilled(server, moment, answered);
    }
    const last = await live(data);
    await post(`${last.url}/_sparring/clock`, { advance: '1h' });
    await post(`${last.url}/_sparring/deliveries/wait`, {});
    const shown = new Set<string>();
    let waiting = 0;
    for (let offset = 0, total = 1; offset < total; offset += 1000) {
      const answer = await fetch(`${last.url}/_sparring/deliveries?limit=1000&offset=${offset}`);
      const page: Listed = await answer.json();
      total = page.total;
      for (const { body, state } of page.deliveries) {
        if (state === 'pending') waiting += 1;
        if (state !== 'delivered' && body !== '') shown.add(String(JSON.parse(body).data?.id));
      }
    }
    await last.kill();
    // All retries have fallen due, those of former lives included.
    expect(waiting).toBe(0);
    expect([...answered].filter((order) => !receiver.received.has(order) && !shown.has(order))).toEqual([]);
    expect([...receiver.received].filter(([, ids]) => ids.size > 1)).toEqual([]);
    return answered.size;
  } finally {
    receiver.server.close();
    receiver.server.closeAllConnections();
  }
}
