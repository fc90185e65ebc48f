import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChildServer, startServer } from './child-server.ts';
import { demoBasic } from './demo-credentials.ts';
import { type LoadRequest, load } from './load.ts';
import { formatRatio, median } from './statistics.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const seconds = Number(process.env.BENCH_SECONDS ?? 3);
const folder = mkdtempSync(join(tmpdir(), 'sparring-bench-'));

/** What a hundred thousand records and a thousand operations cost, beside a hundred and ten. */
export async function measureScale(): Promise<string> {
  return [...(await measureRecords()), ...(await measureOperations())].join('\n');
}

async function measureRecords(): Promise<string[]> {
  const few = await startServer(serveCustomers(100), '/hive/customers');
  const many = await startServer(serveCustomers(100_000), '/hive/customers');
  try {
    const { access_token: token } = await (
      await fetch(`${few.url}/hive/token`, { headers: await demoBasic(few.url) })
    ).json();
    await fetch(`${many.url}/_sparring/apis`);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const get: LoadRequest = { method: 'GET', path: `/hive/customers/${idOf(50)}`, headers };
    const create: LoadRequest = {
      method: 'POST',
      path: '/hive/customers',
      headers,
      body: '{"email":"ann@example.com"}',
    };
    await (await fetch(`${many.url}${get.path}`, { headers })).arrayBuffer();
    await (await fetch(`${few.url}${get.path}`, { headers })).arrayBuffer();
    const text = JSON.stringify(customer(50)).length;
    const perRecord = (many.memory() - few.memory()) / 99_900;
    return [
      `  memory a record of ${text} bytes: ${Math.round(perRecord)} bytes, ${Math.round(perRecord - text)} above its JSON text  goal at most 1536`,
      `  GET one, 100,000 of 100 records ${formatRatio(await ratios(many, few, get))}  goal 0.9`,
      `  create,  100,000 of 100 records ${formatRatio(await ratios(many, few, create))}  goal 0.9`,
    ];
  } finally {
    await Promise.all([few.stop(), many.stop()]);
  }
}

async function measureOperations(): Promise<string[]> {
  const small = serveOperations(10);
  const large = serveOperations(1000);
  const starts: number[] = [];
  for (let round = 0; round <= rounds * 2; round += 1) {
    const [one, other] = [
      await startServer(large, '/ops/things0/1'),
      await startServer(small, '/ops/things0/1'),
    ];
    if (round > 0) starts.push(one.milliseconds / other.milliseconds);
    await Promise.all([one.stop(), other.stop()]);
  }
  const [many, few] = [
    await startServer(large, '/ops/things0/1'),
    await startServer(small, '/ops/things0/1'),
  ];
  try {
    const get: LoadRequest = { method: 'GET', path: '/ops/things1/1', headers: {} };
    return [
      `  first answer, 1,000 of 10 operations ${formatRatio(starts)}  goal at most 1.5`,
      `  GET one,      1,000 of 10 operations ${formatRatio(await ratios(many, few, get))}  goal 0.9`,
    ];
  } finally {
    await Promise.all([many.stop(), few.stop()]);
  }
}

async function ratios(one: ChildServer, other: ChildServer, request: LoadRequest): Promise<number[]> {
  const found: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const rates = [];
    for (const server of [one, other])
      rates.push(await load(server.url, request, 50, round === 0 ? 1 : seconds));
    if (round > 0) found.push(median([rates[0] ?? 0]) / median([rates[1] ?? 1]));
  }
  return found;
}

function serveCustomers(count: number): string[] {
  const file = join(folder, `customers-${count}.json`);
  writeFileSync(
    file,
    JSON.stringify({ customers: Array.from({ length: count }, (_, index) => customer(index)) }),
  );
  return ['src/cli.ts', 'serve', 'hive', '--quiet', '--fixtures', file, '-p', '{port}'];
}

function customer(index: number) {
  const [name, time] = [`Customer ${index}`, 1_600_000_000 + index];
  return {
    id: idOf(index),
    email: `customer${index}@example.com`,
    phone: null,
    first_name: name,
    middle_name: null,
    last_name: 'Example',
    gender: null,
    dob: null,
    metadata: {},
    created_at: time,
    updated_at: time,
  };
}

function idOf(index: number): string {
  return `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
}

/** A document of `count` operations, four to a resource, and one record of each. */
function serveOperations(count: number): string[] {
  const names = Array.from({ length: Math.ceil(count / 4) }, (_, index) => `things${index}`);
  const fixtures = join(folder, `ops-${count}.fixtures.json`);
  mkdirSync(join(folder, String(count)), { recursive: true });
  const file = join(folder, String(count), 'ops.json');
  writeFileSync(
    fixtures,
    JSON.stringify(Object.fromEntries(names.map((name) => [name, [{ id: '1', name }]]))),
  );
  writeFileSync(file, JSON.stringify(operationsDocument(names)));
  return ['src/cli.ts', 'serve', file, '--quiet', '--fixtures', fixtures, '-p', '{port}'];
}

function operationsDocument(names: readonly string[]) {
  const schema = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string' }, name: { type: 'string' } },
  };
  const json = (content: unknown) => ({
    description: 'ok',
    content: { 'application/json': { schema: content } },
  });
  const paths = names.flatMap((name) => {
    const item = { $ref: `#/components/schemas/${name}` };
    const body = { content: { 'application/json': { schema: item } } };
    const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
    return [
      [
        `/${name}`,
        {
          get: { responses: { 200: json({ type: 'array', items: item }) } },
          post: { requestBody: body, responses: { 201: json(item) } },
        },
      ],
      [
        `/${name}/{id}`,
        {
          parameters: [id],
          get: { responses: { 200: json(item) } },
          delete: { responses: { 204: { description: 'gone' } } },
        },
      ],
    ] as const;
  });
  return {
    openapi: '3.1.0',
    info: { title: 'Many operations', version: '1' },
    paths: Object.fromEntries(paths),
    components: { schemas: Object.fromEntries(names.map((name) => [name, schema])) },
  };
}
