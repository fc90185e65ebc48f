import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fetchTransport } from '../../src/contract/execute/transport/transport.ts';
import { describedValues } from '../../src/contract/generate/described-values.ts';
import { runContract } from '../../src/contract/run/run-contract.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';

type Fields = Record<string, unknown>;
/** Why a body is refused; undefined where it is not. */
type Refusal = (body: Fields, kept: ReadonlyMap<string, Fields>) => string | undefined;

const types: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

function documentOf(properties: Fields, required: readonly string[]) {
  const item = {
    type: 'object',
    required,
    properties: { id: { type: 'string', readOnly: true }, ...properties },
  };
  const schema = { $ref: '#/components/schemas/Item' };
  const json = (value: object) => ({ content: { 'application/json': { schema: value } } });
  const no = { description: 'No.' };
  return {
    openapi: '3.1.0',
    info: { title: 'Items', version: '1' },
    paths: {
      '/items': {
        get: {
          operationId: 'listItems',
          responses: { '200': { description: 'All.', ...json({ type: 'array', items: schema }) } },
        },
        post: {
          operationId: 'createItem',
          requestBody: { required: true, ...json(schema) },
          responses: { '201': { description: 'Made.', ...json(schema) }, '400': no },
        },
      },
      '/items/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: {
          operationId: 'readItem',
          responses: { '200': { description: 'One.', ...json(schema) }, '404': no },
        },
        delete: { operationId: 'deleteItem', responses: { '204': { description: 'Gone.' }, '404': no } },
      },
    },
    components: { schemas: { Item: item } },
  };
}

/** Tests a server of items that is right, but for what it refuses beyond its document. */
async function tested(
  properties: Fields,
  required: readonly string[],
  refusal: Refusal,
  there: Fields[] = [],
) {
  const document = documentOf(properties, required);
  const kept = new Map<string, Fields>(there.map((item) => [String(item.id), item]));
  const before = JSON.stringify([...kept]);
  const isValid = (body: Fields) =>
    required.every((name) => name in body) &&
    Object.entries(properties).every(([name, shape]) => {
      const type = typeof shape === 'object' && shape !== null ? Reflect.get(shape, 'type') : undefined;
      const isEnum = typeof shape === 'object' && shape !== null && 'enum' in shape;
      if (!(name in body)) return true;
      if (isEnum) return Array.isArray(shape.enum) && shape.enum.includes(body[name]);
      const isDate =
        typeof shape === 'object' && shape !== null && Reflect.get(shape, 'format') === 'date-time';
      if (isDate && !/^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/.test(String(body[name]))) return false;
      if (isDate && Number.isNaN(Date.parse(String(body[name])))) return false;
      return types[String(type)]?.(body[name]) ?? true;
    });
  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const [, , id] = pathname.split('/');
    if (id === undefined && request.method === 'GET') return Response.json([...kept.values()]);
    if (id === undefined && request.method === 'POST') {
      if (!/json/.test(request.headers.get('content-type') ?? '')) return Response.json({}, { status: 415 });
      const body: unknown = await request.json().catch(() => undefined);
      if (!types.object?.(body)) return Response.json({ error: 'no object' }, { status: 400 });
      const sent: Fields = Object.fromEntries(Object.entries(Object(body)));
      if (!isValid(sent)) return Response.json({ error: 'invalid' }, { status: 400 });
      const error = refusal(sent, kept);
      if (error !== undefined) return Response.json({ error }, { status: 400 });
      const item = { ...sent, id: randomUUID() };
      kept.set(item.id, item);
      return Response.json(item, { status: 201 });
    }
    if (id === undefined) return new Response(null, { status: 405, headers: { allow: 'GET, POST' } });
    const item = kept.get(id);
    if (request.method === 'GET') return item ? Response.json(item) : Response.json({}, { status: 404 });
    if (request.method !== 'DELETE')
      return new Response(null, { status: 405, headers: { allow: 'GET, DELETE' } });
    return new Response(null, { status: kept.delete(id) ? 204 : 404 });
  };
  const report = await runContract(
    await loadDocument({ name: 'items', document }),
    fetchTransport(answer, 'http://127.0.0.1:1'),
    { shrink: false },
  );
  return { report, isUnchanged: JSON.stringify([...kept]) === before };
}

const text = { type: 'string' };
const time = { type: 'string', format: 'date-time' };
const named = ['name'];

describe('a refused creation is tried in other ways, until the life of a record can be tested', () => {
  it.each<[string, Fields, readonly string[], Refusal, string, Fields[]?]>([
    [
      'an optional parent that is not there',
      { name: text, parentId: text },
      named,
      ({ parentId }, kept) => (parentId !== undefined && !kept.has(String(parentId)) ? '' : undefined),
      'without body/parentId',
    ],
    [
      'an optional field that the error names',
      { name: text, address: text, note: text },
      named,
      ({ address }) => (address === undefined ? undefined : 'address: not found'),
      'without body/address',
    ],
    [
      'several optional fields',
      { name: text, one: text, two: text, three: text },
      named,
      ({ one, two, three }) => ((one ?? two ?? three) === undefined ? undefined : 'no'),
      'without body/one, without body/two, without body/three',
    ],
    [
      'a time in the past, and one that ends before it begins',
      { name: text, startsAt: time, endsAt: time },
      ['name', 'startsAt', 'endsAt'],
      ({ startsAt, endsAt }) =>
        Date.parse(String(endsAt)) < Date.now()
          ? "the end can't be in the past"
          : startsAt !== undefined && String(startsAt) >= String(endsAt)
            ? 'the start must come first'
            : undefined,
      'with body/startsAt',
    ],
    [
      'an open map with nothing in it',
      { name: text, labels: { type: 'object', additionalProperties: text } },
      ['name', 'labels'],
      ({ labels }) =>
        Object.values(Object(labels)).some((value) => typeof value !== 'string')
          ? 'no text'
          : Object.keys(Object(labels)).length === 0
            ? 'at least one label pair required'
            : undefined,
      'with body/labels = {"name":"sparring"}',
    ],
    [
      'a name that only its description tells',
      {
        name: { ...text, description: 'The zone (e.g. “example.com.”); it MUST end with a dot.' },
        note: text,
      },
      named,
      ({ name }) => (String(name).endsWith('.') ? undefined : 'DNS name is not canonical'),
      'with body/name = "….example.com."',
    ],
    [
      'an algorithm of a set that a description lists',
      { name: text, algorithm: { ...text, description: 'One of `hmac-md5`, `hmac-sha1` or `hmac-sha256`.' } },
      ['name', 'algorithm'],
      ({ algorithm }) => (/^hmac-/.test(String(algorithm)) ? undefined : 'unknown algorithm'),
      'with body/algorithm = "hmac-md5"',
    ],
    [
      'an id of something that only other records show',
      { name: text, currencyCode: text },
      ['name', 'currencyCode'],
      ({ currencyCode }) => (currencyCode === 'EUR' ? undefined : 'unknown'),
      'with body/currencyCode = "EUR"',
      [{ id: 'first', name: 'there before', currencyCode: 'EUR' }],
    ],
    [
      'a number that is too large for it',
      { name: text, count: { type: 'integer' } },
      ['name', 'count'],
      ({ count }) => (count === 1 ? undefined : 'quota'),
      'with body/count = 1',
    ],
  ])('%s', async (_, properties, required, refusal, shown, there) => {
    const { isUnchanged, report } = await tested(properties, required, refusal, there);
    expect(report.notRun.filter(({ case: id }) => !/\/methods\//.test(id))).toEqual([]);
    expect(report.notices.join('\n')).toContain(shown);
    expect(report.notices.filter((notice) => notice.startsWith('createItem'))).toHaveLength(1);
    expect(report.verdicts.filter(({ fatal }) => fatal)).toEqual([]);
    expect(
      report.verdicts.some(({ check, outcome }) => check === 'created-readable' && outcome === 'passed'),
    ).toBe(true);
    expect(isUnchanged).toBe(true);
    expect(report.leftovers).toEqual([]);
  });

  it('says nothing, and sends no more, where all is refused', async () => {
    const { isUnchanged, report } = await tested({ name: text }, named, () => 'never');
    expect(report.notices).toEqual([]);
    expect(isUnchanged).toBe(true);
  });
});

describe('values that descriptions show', () => {
  it.each([
    ['Sort order. One of: asc, desc', ['asc', 'desc']],
    ['The kind, one of “Native”, “Master” or “Slave”', ['Native', 'Master', 'Slave']],
    ['Either `a` or `b`.', ['a', 'b']],
    ['Name of the zone (e.g. "example.com.")', ['example.com.']],
    ['Page size. Default: 20.', ['20']],
    ['Defaults to system.cpu', ['system.cpu']],
    ['Possible values are open|closed', ['open', 'closed']],
    ['A plain sentence about nothing.', []],
  ])('%s', (description, values) => {
    expect(describedValues(description)).toEqual(values);
  });
});
