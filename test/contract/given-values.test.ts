import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testValuesOf } from '../../src/commands/test/test-values.ts';
import { fetchTransport } from '../../src/contract/execute/transport/transport.ts';
import { readGivenValues } from '../../src/contract/plan/requests/given-values.ts';
import { runContract } from '../../src/contract/run/run-contract.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';
import { runSparring } from '../commands/run-sparring.ts';
import { writeDocument } from '../openapi/inline-document.ts';

const text = { type: 'string' };
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const body = { required: true, ...json({ $ref: '#/components/schemas/Order' }) };
const no = { description: 'No.' };
const document = {
  openapi: '3.1.0',
  info: { title: 'Regions', version: '1' },
  paths: {
    '/regions/{region}/orders': {
      parameters: [{ name: 'region', in: 'path', required: true, schema: text }],
      get: { operationId: 'list.orders', responses: { '200': { description: 'All.' }, '404': no } },
      post: {
        operationId: 'place.order',
        requestBody: body,
        responses: { '200': { description: 'Placed.' }, '400': no, '404': no },
      },
    },
  },
  components: {
    schemas: {
      Order: {
        type: 'object',
        required: ['parentId', 'lines'],
        properties: {
          parentId: { type: 'integer' },
          lines: { type: 'array', items: { $ref: '#/components/schemas/Line' } },
        },
      },
      Line: { type: 'object', required: ['kind'], properties: { kind: text, count: { type: 'integer' } } },
    },
  },
};

async function tested(values: Record<string, unknown>) {
  const bodies: { parentId?: unknown; lines?: { kind?: unknown }[] }[] = [];
  const answer = async (request: Request): Promise<Response> => {
    if (!request.url.includes('/regions/eu/')) return new Response(null, { status: 404 });
    if (request.method === 'GET') return new Response(null, { status: 200 });
    if (request.method !== 'POST')
      return new Response(null, { status: 405, headers: { allow: 'GET, POST' } });
    if (!/json/.test(request.headers.get('content-type') ?? '')) return new Response(null, { status: 415 });
    const sent = await request.json().catch(() => undefined);
    const isGood =
      sent?.parentId === 7 &&
      Array.isArray(sent.lines) &&
      sent.lines.every((line: { kind?: unknown }) => line?.kind === 'sale');
    bodies.push(sent);
    return new Response(null, { status: isGood ? 200 : 400 });
  };
  const report = await runContract(
    await loadDocument({ name: 'regions', document }),
    fetchTransport(answer, 'http://127.0.0.1:1'),
    {
      shrink: false,
      ownServer: true,
      phases: ['examples', 'positives', 'fuzzing'],
      values,
    },
  );
  return { bodies, report };
}

describe('values that only a person knows', () => {
  it.each([
    [{ 'parameters.region': 'eu', 'schemas.Line.kind': 'sale', 'schemas.Order.parentId': 7 }],
    [
      {
        'list.orders.path.region': 'eu',
        'place.order.path.region': 'eu',
        'place.order.body.parentId': 7,
        'place.order.body.lines.kind': 'sale',
      },
    ],
  ])('are sent wherever they are for: %j', async (values) => {
    const { report } = await tested(values);
    const failed = report.verdicts.filter(({ outcome }) => outcome === 'failed');
    expect(failed.map(({ case: id, check }) => `${check} ${id}`)).toEqual([]);
    expect(report.shortfall).toBeUndefined();
    expect(report.verdicts.filter(({ check }) => check === 'positive-accepted').length).toBeGreaterThan(5);
  });

  it('without them nothing succeeds, and the run says so', async () => {
    const { report } = await tested({});
    expect(report.shortfall?.operations.map(({ operation }) => operation)).toEqual([
      'list.orders',
      'place.order',
    ]);
  });

  it.each([
    ['place.ordre.body.parentId', 'place.order'],
    ['place.order.query.region', 'It has none.'],
    ['parameters.regoin', 'region'],
    ['schemas.Ordr.parentId', 'Order'],
    ['place.order', 'createOrder.body.customerId'],
  ])('%s is refused, with a hint', async (key, hint) => {
    const loaded = await loadDocument({ name: 'regions', document });
    expect(() => readGivenValues(loaded, { [key]: 1 })).toThrow(
      expect.objectContaining({ code: 'usage', next: expect.stringContaining(hint) }),
    );
  });

  it('come from flags, variables, files and commands', () => {
    const file = writeDocument('key.txt', 'from a file\n');
    const config = {
      values: {
        a: { env: 'A' },
        b: { file },
        c: { command: 'echo 4' },
        d: 'as it is',
        e: { plain: 1 },
        f: 'less',
      },
    };
    expect(testValuesOf({ set: ['f=[1]', 'g=a=b'] }, config, { A: '12' })).toEqual({
      a: 12,
      b: 'from a file',
      c: 4,
      d: 'as it is',
      e: { plain: 1 },
      f: [1],
      g: 'a=b',
    });
    for (const values of [{ a: { env: 'NO' } }, { a: { file: '/nowhere/x' } }, { a: { command: 'exit 3' } }])
      expect(() => testValuesOf({}, { values }, {})).toThrow(
        expect.objectContaining({ code: 'config-invalid' }),
      );
  });

  it('are read by the command line', async () => {
    const file = writeDocument('regions.yaml', '');
    writeFileSync(file, JSON.stringify(document));
    const { code, stderr } = await runSparring(['test', file, '--plan', '--set', 'parameters.regio=eu']);
    expect(stderr).toContain('Did you mean region?');
    expect(code).toBe(2);
  });
});
