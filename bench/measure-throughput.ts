import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChildServer, startServer } from './child-server.ts';
import { demoBasic } from './demo-credentials.ts';
import { type LoadRequest, load, loadTool } from './load.ts';
import { formatRatio, median } from './statistics.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const seconds = Number(process.env.BENCH_SECONDS ?? 3);

interface Customer {
  readonly id: string;
}

interface Case {
  readonly name: string;
  readonly request: LoadRequest;
  /** The smallest ratio to bare Express and to bare `node:http` that we mean to hold at 50 connections. */
  readonly goal: readonly [express: number, node?: number];
}

/** The mock with authentication, validation and journal on, beside two bare servers that do the same work. */
export async function measureThroughput(): Promise<string> {
  const { customers, token } = await seedCustomers();
  const lines = [
    `loaded by ${loadTool}, ${rounds} interleaved rounds of ${seconds} s; ratio of requests a second, median (spread)`,
  ];
  for (const one of casesOf(customers, token)) {
    for (const connections of [1, 50]) {
      const [express, node, limit] = await measureCase(one, connections, customers, token);
      const goal =
        connections === 50 ? `  goals ${one.goal[0]}${one.goal[1] ? ` and ${one.goal[1]}` : ''}` : '';
      lines.push(
        `  ${one.name.padEnd(22)} c=${String(connections).padEnd(3)} of express ${formatRatio(express)}  of node:http ${formatRatio(node)}  node:http of express ${formatRatio(limit)}${goal}`,
      );
      console.log(lines.at(-1));
    }
  }
  return lines.join('\n');
}

async function measureCase(
  one: Case,
  connections: number,
  customers: readonly Customer[],
  token: string,
): Promise<[express: number[], node: number[], limit: number[]]> {
  const servers = await startAll(customers, token);
  try {
    await assertSameBytes(servers, one.request);
    const ratios: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round <= rounds; round += 1) {
      const rates = [];
      for (const server of servers)
        rates.push(await load(server.url, one.request, connections, round === 0 ? 1 : seconds));
      const [ours = 0, express = 0, node = 0] = rates;
      // The first round only warms the servers up.
      if (round === 0) continue;
      ratios[0].push(ours / express);
      ratios[1].push(ours / node);
      // What a server that does nothing but the same work reaches here, which no figure of ours can pass by much.
      ratios[2].push(node / express);
    }
    return ratios;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

function casesOf(customers: readonly Customer[], token: string): readonly Case[] {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const one = `/hive/customers/${customers[50]?.id}`;
  const list: LoadRequest = { method: 'GET', path: '/hive/customers', headers };
  const body = JSON.stringify({
    email: 'ann@example.com',
    first_name: 'Ann',
    last_name: 'Lee',
    metadata: { plan: 'gold' },
  });
  const write = { method: 'PATCH', path: one, headers, body: JSON.stringify({ first_name: 'Bea' }) } as const;
  return [
    { name: 'GET one', request: { method: 'GET', path: one, headers }, goal: [1.8, 0.7] },
    { name: 'list of 100', request: list, goal: [4] },
    { name: 'list, 1 write in 10', request: { ...list, mix: write }, goal: [2] },
    { name: 'POST valid', request: { method: 'POST', path: '/hive/customers', headers, body }, goal: [1.6] },
    {
      name: 'POST invalid',
      request: { method: 'POST', path: '/hive/customers', headers, body: '{"email":"nobody","gender":7}' },
      goal: [1.8],
    },
  ];
}

/** A hundred customers as the mock itself makes them, and a token it accepts. */
async function seedCustomers(): Promise<{ customers: readonly Customer[]; token: string }> {
  const server = await startServer(
    ['src/cli.ts', 'serve', 'hive', '--quiet', '--no-fixtures', '-p', '{port}'],
    '/hive/customers',
  );
  const { access_token: token } = await (
    await fetch(`${server.url}/hive/token`, { headers: await demoBasic(server.url) })
  ).json();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  for (let index = 0; index < 100; index += 1) {
    const body = JSON.stringify({
      email: `customer${index}@example.com`,
      first_name: `Name ${index}`,
      last_name: 'Example',
    });
    await (await fetch(`${server.url}/hive/customers`, { method: 'POST', headers, body })).arrayBuffer();
  }
  const { data } = await (await fetch(`${server.url}/hive/customers`, { headers })).json();
  await server.stop();
  return { customers: data, token };
}

async function startAll(customers: readonly Customer[], token: string): Promise<readonly ChildServer[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sparring-bench-'));
  const shared = join(folder, 'customers.json');
  const fixtures = join(folder, 'fixtures.json');
  writeFileSync(shared, JSON.stringify({ token, customers }));
  writeFileSync(fixtures, JSON.stringify({ customers: customers.toReversed() }));
  return [
    await startServer(
      ['src/cli.ts', 'serve', 'hive', '--quiet', '--fixtures', fixtures, '-p', '{port}'],
      '/hive/customers',
    ),
    await startServer(['bench/baselines/serve.ts', 'express', '{port}', shared], '/hive/customers'),
    await startServer(['bench/baselines/serve.ts', 'node', '{port}', shared], '/hive/customers'),
  ];
}

/** Reads must be equal to the byte; of writes, whose ids and times differ, the status and the fields. */
async function assertSameBytes(servers: readonly ChildServer[], request: LoadRequest): Promise<void> {
  const answers = await Promise.all(
    servers.map(async ({ url }) => {
      const response = await fetch(`${url}${request.path}`, { ...request, body: request.body ?? null });
      const text = await response.text();
      return {
        status: response.status,
        body: request.method === 'GET' ? text : Object.keys(JSON.parse(text)),
      };
    }),
  );
  for (const answer of answers) assert.deepEqual(answer, answers[0]);
  assert.ok(median(answers.map(({ status }) => status)) < 500);
}
