import { describe, expect, it } from 'vitest';
import { inPath, json, ref, start } from '../openapi/infer-client.ts';

type Schema = Readonly<Record<string, unknown>>;

/** A document with a list, a create and a read of things; the answers of list and create may be others. */
function things(
  thing: Schema,
  more: { list?: Schema; created?: Schema; operation?: Schema; root?: Schema } = {},
): Schema {
  const input = { required: true, content: { 'application/json': { schema: { type: 'object' } } } };
  return {
    paths: {
      '/things': {
        get: { responses: { 200: json(more.list ?? { type: 'array', items: ref('Thing') }) } },
        post: {
          requestBody: input,
          responses: { 201: json(more.created ?? ref('Thing')) },
          ...more.operation,
        },
      },
      '/things/{id}': { parameters: [inPath('id')], get: { responses: { 200: json(ref('Thing')) } } },
    },
    components: { schemas: { Thing: thing } },
    ...more.root,
  };
}
const simple = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string' }, name: { type: 'string' } },
};

describe('list envelopes', () => {
  it.each<[string, Schema, unknown]>([
    [
      '{ results, count, next }',
      {
        type: 'object',
        required: ['results', 'count', 'next'],
        properties: {
          count: { type: 'integer' },
          next: { type: ['string', 'null'] },
          results: { type: 'array', items: ref('Thing') },
        },
      },
      { count: 1, next: null, results: [{ id: 'a' }] },
    ],
    [
      '{ success, data: { things } }',
      {
        type: 'object',
        required: ['success'],
        properties: {
          success: { const: true },
          data: { type: 'object', properties: { things: { type: 'array', items: ref('Thing') } } },
        },
      },
      { success: true, data: { things: [{ id: 'a' }] } },
    ],
    ['bare arrays', { type: 'array', items: ref('Thing') }, [{ id: 'a' }]],
  ])('are filled: %s', async (_, list, expected) => {
    const { call, mock } = await start(things(simple, { list }));
    await mock.records('test', 'things').insert({ id: 'a' });
    expect((await call('GET', '/things')).body).toEqual(expected);
    expect((await call('GET', '/things')).status).toBe(200);
  });
});

describe('creating in any document', () => {
  it('knows fields by names that every object has something by', async () => {
    const text = { type: 'string' };
    const properties = { id: text, constructor: text, valueOf: text, name: text };
    const { call } = await start(things({ type: 'object', required: ['id'], properties }));
    const plain = await call('POST', '/things', { id: 'a', name: 'Ann' });
    expect([plain.status, plain.body]).toEqual([201, { id: 'a', name: 'Ann' }]);
    const sent = { id: 'b', constructor: 'Bob', valueOf: 'bobs', name: 'Ben' };
    const odd = await call('POST', '/things', sent);
    expect([odd.status, odd.body]).toEqual([201, sent]);
    expect((await call('GET', '/things/b')).body).toEqual(sent);
  });

  it.each([
    ['where it is read', 'get'],
    ['below what made it where nothing reads it', 'delete'],
  ])('names the new record in a declared Location header: %s', async (_, method) => {
    const Location = { required: true, schema: { type: 'string', format: 'uri' } };
    const created = { ...Object(json(simple)), headers: { Location } };
    const document = things(simple, { operation: { responses: { 201: created } } });
    const item = {
      parameters: [inPath('id')],
      [method]: {
        responses: method === 'get' ? { 200: json(ref('Thing')) } : { 204: { description: 'Gone.' } },
      },
    };
    const { call, mock } = await start({
      ...document,
      paths: { ...Object(document.paths), '/things/{id}': item },
    });
    const { body, headers } = await call('POST', '/things', { name: 'A' });
    expect(headers.get('location')).toBe(`${mock.url}/things/${body.id}`);
    expect((await call(method, headers.get('location') ?? '')).status).toBe(method === 'get' ? 200 : 204);
  });

  it('names no place that the document does not declare', async () => {
    const { call } = await start(things(simple));
    expect((await call('POST', '/things', { name: 'A' })).headers.get('location')).toBeNull();
  });

  it('fills what else the envelope requires', async () => {
    const created = {
      type: 'object',
      required: ['ok', 'thing'],
      properties: { ok: { const: true }, thing: ref('Thing') },
    };
    const { call } = await start(things(simple, { created }));
    expect((await call('POST', '/things', { name: 'A' })).body).toEqual({
      ok: true,
      thing: { id: expect.any(String), name: 'A' },
    });
  });

  it.each<[string, Schema, RegExp]>([
    ['a pattern', { type: 'string', pattern: '^thg_[a-z0-9]{8}$' }, /^thg_[a-z0-9]{8}$/],
    ['a greatest length', { type: 'string', maxLength: 6 }, /^\w{6}$/],
    ['a UUID', { type: 'string', format: 'uuid' }, /^[0-9a-f-]{36}$/],
  ])('makes ids by %s', async (_, id, expected) => {
    const { call } = await start(things({ type: 'object', required: ['id'], properties: { id } }));
    const [first, second] = [await call('POST', '/things', {}), await call('POST', '/things', {})];
    expect(first.body.id).toMatch(expected);
    expect(second.body.id).not.toBe(first.body.id);
    expect((await call('GET', `/things/${first.body.id}`)).body).toEqual(first.body);
  });

  it.each<[string, Schema, unknown]>([
    ['seconds', { type: 'integer' }, 1769860800],
    ['milliseconds', { type: 'integer', example: 1700000000000 }, 1769860800000],
    ['a date-time', { type: 'string', format: 'date-time' }, '2026-01-31T12:00:00.000Z'],
  ])('writes times in %s', async (_, created, expected) => {
    const { call } = await start(things({ type: 'object', properties: { id: { type: 'string' }, created } }));
    expect((await call('POST', '/things', {})).body.created).toBe(expected);
  });

  it('takes null for what is required and nullable, and samples for what else is required', async () => {
    const properties = {
      id: { type: 'string' },
      owner: { type: ['string', 'null'] },
      size: { type: 'integer', minimum: 3 },
      code: { type: 'string', pattern: '^[A-Z]{2}\\d$' },
    };
    const { call } = await start(
      things({ type: 'object', required: ['id', 'owner', 'size', 'code'], properties }),
    );
    const { body } = await call('POST', '/things', {});
    expect(body).toMatchObject({ owner: null, size: 3, code: expect.stringMatching(/^[A-Z]{2}\d$/) });
  });

  it('completes what is shown of what was sent, the same each time, and replaces nothing', async () => {
    const part = {
      type: 'object',
      required: ['id', 'size'],
      properties: { id: { type: 'string', format: 'uuid' }, size: { type: 'integer', minimum: 3 } },
    };
    const properties = {
      id: { type: 'string' },
      parts: { type: 'array', items: part },
      to: { type: 'array', items: { type: 'string' } },
    };
    const { call, mock } = await start(things({ type: 'object', properties }));
    const sent = { parts: [{ size: 7 }, {}], to: 'one' };
    const made = await call('POST', '/things', sent);
    expect(made).toMatchObject({ status: 201, body: { parts: [{ size: 7 }, { size: 3 }], to: ['one'] } });
    expect((await call('GET', `/things/${made.body.id}`)).body).toEqual(made.body);
    expect(mock.records('test', 'things').list()).toEqual([made.body]);
  });

  it('answers and keeps what the document allows where what was sent is no such thing, and tells of it', async () => {
    const { call, mock } = await start(
      things({ type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } }),
    );
    const { body, headers, status } = await call('POST', '/things', { name: 7 });
    expect([status, body]).toEqual([201, { id: expect.any(String), name: '7' }]);
    expect(headers.get('sparring-notes')).toBe('name was written in another way: "7"');
    expect(mock.records('test', 'things').list()).toEqual([body]);
    expect((await call('GET', '/things')).body).toEqual([body]);
  });

  it('answers nothing where the document shows nothing', async () => {
    const requestBody = { content: { 'application/json': { schema: ref('Thing') } } };
    const { call, mock } = await start(
      things(simple, { operation: { requestBody, responses: { 201: { description: 'Made.' } } } }),
    );
    const made = await call('POST', '/things', { id: 'a', name: 'A' });
    expect([made.status, made.text]).toEqual([201, '']);
    expect(mock.records('test', 'things').list()).toEqual([{ id: 'a', name: 'A' }]);
  });

  it('takes `default` for the success where nothing else is declared', async () => {
    const { call } = await start(
      things(simple, { operation: { responses: { default: json(ref('Thing')) } } }),
    );
    const { body, status } = await call('POST', '/things', { name: 'A' });
    expect(status).toBe(201);
    expect((await call('GET', `/things/${body.id}`)).body).toEqual(body);
  });

  it('survives circular schemas', async () => {
    const node = {
      type: 'object',
      required: ['id', 'children'],
      properties: {
        id: { type: 'string' },
        parent: ref('Thing'),
        children: { type: 'array', items: ref('Thing') },
      },
    };
    const { call } = await start(things(node));
    expect((await call('POST', '/things', {})).body).toEqual({ id: expect.any(String), children: [] });
    expect((await call('GET', '/things')).body).toHaveLength(1);
  });
});

describe('error bodies', () => {
  it('are those of `default` where the status has none of its own', async () => {
    const error = {
      type: 'object',
      required: ['title', 'status', 'traceId'],
      properties: {
        title: { type: 'string' },
        status: { type: 'integer' },
        detail: { type: 'string' },
        traceId: { type: 'string' },
      },
    };
    const requestBody = {
      required: true,
      content: { 'application/json': { schema: { type: 'object', required: ['name'] } } },
    };
    const responses = {
      201: json(ref('Thing')),
      default: { description: 'Wrong.', content: { 'application/problem+json': { schema: error } } },
    };
    const { call } = await start(things(simple, { operation: { requestBody, responses } }));
    const { body, headers, status } = await call('POST', '/things', {});
    expect([status, headers.get('content-type')]).toEqual([400, 'application/problem+json']);
    expect(body).toEqual({
      title: 'Invalid request',
      status: 400,
      detail: expect.stringContaining('name'),
      traceId: expect.any(String),
    });
  });
});

describe('documents that keep no records', () => {
  it('are answered from examples and schemas', async () => {
    const sum = { type: 'object', required: ['sum'], properties: { sum: { type: 'integer' } } };
    const { call, mock } = await start({
      paths: {
        '/math/add': {
          post: {
            requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
            responses: { 200: json(sum, { example: { sum: 5 } }) },
          },
        },
        '/math/multiply': { post: { responses: { 200: json(sum) } } },
      },
    });
    expect((await call('POST', '/math/add', { a: 2 })).body).toEqual({ sum: 5 });
    expect((await call('POST', '/math/multiply')).body).toEqual({ sum: expect.any(Number) });
    expect(mock.state.dump()).toEqual((await start({ paths: {} })).mock.state.dump());
  });

  it('never call what their callbacks name', async () => {
    const { createServer } = await import('node:http');
    let called = 0;
    const server = createServer((_, response) => response.end(String(++called))).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
    const callbacks = { done: { [url]: { post: { responses: { 200: { description: 'Taken.' } } } } } };
    const { call } = await start({
      paths: {
        '/run/now': {
          post: { callbacks, responses: { 200: json({ type: 'object' }, { example: { ok: true } }) } },
        },
      },
    });
    expect((await call('POST', '/run/now')).body).toEqual({ ok: true });
    // A round trip of our own is behind whatever was sent before it.
    expect(await (await fetch(url)).text()).toBe('1');
    server.close();
  });
});

describe('security', () => {
  const secured = (scheme: Schema, security: unknown = [{ own: [] }]) =>
    start(
      things(simple, {
        root: { security, components: { schemas: { Thing: simple }, securitySchemes: { own: scheme } } },
      }),
      { auth: 'strict' },
    );

  it.each<[string, Schema, string, Record<string, string>]>([
    ['a bearer token', { type: 'http', scheme: 'bearer' }, '', { authorization: 'Bearer demo-token' }],
    [
      'basic credentials',
      { type: 'http', scheme: 'basic' },
      '',
      { authorization: `Basic ${btoa('demo:demo-secret')}` },
    ],
    ['a key in a header', { type: 'apiKey', in: 'header', name: 'X-Key' }, '', { 'x-key': 'demo-token' }],
    ['a key in the query', { type: 'apiKey', in: 'query', name: 'key' }, '?key=demo-token', {}],
    [
      'a key in a cookie',
      { type: 'apiKey', in: 'cookie', name: 'key' },
      '',
      { cookie: 'a=b; key=demo-token' },
    ],
  ])('asks for %s', async (_, scheme, query, headers) => {
    const { call } = await secured(scheme);
    expect((await call('GET', '/things')).status).toBe(401);
    expect((await call('GET', `/things${query}`, undefined, headers)).status).toBe(200);
    const wrong = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, `${value}x`]));
    expect((await call('GET', `/things${query && `${query}x`}`, undefined, wrong)).status).toBe(401);
  });

  it('asks for nothing where it is optional', async () => {
    const { call } = await secured({ type: 'http', scheme: 'bearer' }, [{}, { own: [] }]);
    expect((await call('GET', '/things')).status).toBe(200);
  });
});

describe('bodies that wrap the record', () => {
  const wrapped = (properties: object) => ({
    requestBody: {
      content: {
        'application/json': {
          schema: { type: 'object', properties: { thing: { type: 'object', properties } } },
        },
      },
    },
    responses: { 200: json({ type: 'object', properties: { thing: ref('Thing') } }) },
  });

  it('create and change what is inside', async () => {
    const document = things(simple);
    const paths = {
      '/things': { post: wrapped({ name: { type: 'string' } }) },
      '/things/{id}': { parameters: [inPath('id')], patch: wrapped({ name: { type: 'string' } }) },
    };
    const { call } = await start({ ...document, paths });
    const made = await call('POST', '/things', { thing: { name: 'A' } });
    expect(made.body).toEqual({ thing: { id: expect.any(String), name: 'A' } });
    const changed = await call('PATCH', `/things/${made.body.thing.id}`, { thing: { name: 'B' } });
    expect(changed.body).toEqual({ thing: { id: made.body.thing.id, name: 'B' } });
  });
});
