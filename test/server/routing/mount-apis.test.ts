import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { createMock } from '../../../src/server/create-mock.ts';
import type { Mock } from '../../../src/server/model/mock.ts';
import type { MockOptions } from '../../../src/server/model/mock-options.ts';

const run = promisify(execFile);

let mock: Mock | undefined;
afterEach(async () => {
  await mock?.close();
  mock = undefined;
});

function answering(text: string) {
  return {
    responses: {
      200: { description: text, content: { 'application/json': { example: { answer: text } } } },
    },
  };
}

function documentWith(paths: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return { openapi: '3.1.0', info: { title: 'Test', version: '1' }, paths, ...more };
}

async function start(name: string, document: unknown, options: MockOptions = {}): Promise<Mock> {
  mock = await createMock({ apis: [{ name, document }], ...options });
  return mock;
}

async function answerAt(path: string): Promise<unknown> {
  const answer = await mock?.fetch(path);
  return answer?.status === 200 ? (await answer.json()).answer : answer?.status;
}

const id = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];

describe('a single API', () => {
  it.each<[string, MockOptions]>([
    ['in process', {}],
    ['on a port', { port: 0 }],
  ])('answers at / and below its name, %s', async (_, options) => {
    await start('shop', documentWith({ '/things': { get: answering('things') } }), options);
    expect(await answerAt('/things')).toBe('things');
    expect(await answerAt('/shop/things')).toBe('things');
    expect(await answerAt('/~anna/things')).toBe('things');
    expect(await answerAt('/nothing')).toBe(404);
    expect((await mock?.fetch('/_sparring/health'))?.status).toBe(200);
  });

  it('leaves / to the page that says what is served, unless it is one of its paths', async () => {
    await start('shop', documentWith({ '/things': { get: answering('things') } }), { port: 0 });
    expect(await (await fetch(`${mock?.url}/`)).json()).toMatchObject({ name: 'sparring' });
    await mock?.close();
    await start('shop', documentWith({ '/': { get: answering('root') } }), { port: 0 });
    expect(await (await fetch(`${mock?.url}/`)).json()).toEqual({ answer: 'root' });
  });

  it('of the name of its own paths is understood in both ways', async () => {
    await start(
      'pets',
      documentWith({
        '/pets': { get: answering('list') },
        '/pets/{id}': { get: { parameters: id, ...answering('read') } },
        '/{id}': { get: { parameters: id, ...answering('page') } },
      }),
    );
    expect(await answerAt('/pets')).toBe('list');
    expect(await answerAt('/pets/7')).toBe('read');
    expect(await answerAt('/about')).toBe('page');
    expect(await answerAt('/pets/pets')).toBe('list');
    expect(await answerAt('/pets/pets/7')).toBe('read');
  });

  it('can be mounted at another place', async () => {
    await start('shop', documentWith({ '/things': { get: answering('things') } }), { mount: '/api/v2/' });
    expect(mock?.apis[0]?.url).toMatch(/\/api\/v2$/);
    expect(await answerAt('/api/v2/things?a=1')).toBe('things');
    expect(await answerAt('/shop/things')).toBe('things');
    expect(await answerAt('/things')).toBe(404);
    expect(await answerAt('/api/v20/things')).toBe(404);
  });

  it.each(['v2', '/_sparring', '/~anna', '/a/../b', '/a b', '/', ''])(
    'is not mounted at %j',
    async (place) => {
      await expect(start('shop', documentWith({}), { mount: place })).rejects.toMatchObject({
        code: 'usage',
      });
    },
  );
});

describe('several APIs', () => {
  const two = [
    { name: 'one', document: documentWith({ '/x': { get: answering('one') } }) },
    { name: 'two', document: documentWith({ '/x': { get: answering('two') } }) },
  ];

  it('answer below their names, and where they are mounted', async () => {
    mock = await createMock({ apis: two, mount: { two: '/api' } });
    expect([
      await answerAt('/one/x'),
      await answerAt('/two/x'),
      await answerAt('/api/x'),
      await answerAt('/x'),
    ]).toEqual(['one', 'two', 'two', 404]);
  });

  it.each<[string, MockOptions['mount'], string]>([
    ['one place for two', '/api', 'usage'],
    ['the place of another', { two: '/one' }, 'usage'],
    ['the same place', { one: '/api', two: '/api' }, 'usage'],
    ['a place for none', { three: '/api' }, 'unknown-api'],
  ])('are refused %s', async (_, mount, code) => {
    await expect(createMock({ apis: two, mount })).rejects.toMatchObject({ code });
  });
});

describe('the printed curl line', () => {
  const create = {
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['name', 'email', 'size'],
            properties: {
              id: { type: 'string', readOnly: true },
              name: { type: 'string', minLength: 3, example: "it's" },
              email: { type: 'string', format: 'email' },
              size: { enum: ['s', 'm'] },
            },
          },
        },
      },
    },
    ...answering('made'),
  };
  const security = (scheme: unknown) => ({
    security: [{ own: [] }],
    components: { securitySchemes: { own: scheme } },
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'a required query parameter',
      {
        '/find': {
          get: {
            parameters: [
              { name: 'q', in: 'query', required: true, schema: { type: 'string', pattern: '^[a-z]{4}$' } },
              {
                name: 'of',
                in: 'query',
                required: true,
                schema: { type: 'array', items: { enum: ['a b', 'c'] }, minItems: 2 },
              },
            ],
            ...answering('found'),
          },
        },
      },
      {},
    ],
    [
      'a required header',
      {
        '/find': {
          get: {
            parameters: [
              { name: 'X-Tenant', in: 'header', required: true, schema: { type: 'integer' }, example: 7 },
            ],
            ...answering('found'),
          },
        },
      },
      {},
    ],
    ['only a body', { '/things': { post: create } }, {}],
    [
      'a form',
      {
        '/things': {
          post: {
            ...create,
            requestBody: {
              required: true,
              content: {
                'application/x-www-form-urlencoded': {
                  schema: { type: 'object', required: ['a'], properties: { a: { const: 'x & y' } } },
                },
              },
            },
          },
        },
      },
      {},
    ],
    [
      'a parameter in the path',
      {
        '/things/{id}': {
          get: { parameters: [{ ...id[0], schema: { type: 'integer', minimum: 5 } }], ...answering('read') },
        },
      },
      {},
    ],
    ['PUT alone', { '/setting': { put: create } }, {}],
    [
      'a key in the query',
      { '/x': { get: answering('x') } },
      security({ type: 'apiKey', in: 'query', name: 'api key' }),
    ],
    [
      'a key in a cookie',
      { '/x': { get: answering('x') } },
      security({ type: 'apiKey', in: 'cookie', name: 'sid' }),
    ],
    [
      'OpenID Connect',
      { '/x': { get: answering('x') } },
      security({ type: 'openIdConnect', openIdConnectUrl: 'https://x.example/' }),
    ],
    [
      'OAuth outside the paths',
      { '/x': { get: answering('x') } },
      security({
        type: 'oauth2',
        flows: { clientCredentials: { tokenUrl: 'https://x.example/token', scopes: {} } },
      }),
    ],
  ])('works as it is for %s', async (_, paths, more) => {
    for (const auth of ['lenient', 'strict'] as const) {
      await start('test', documentWith(paths, more), { port: 0, auth });
      const { stdout } = await run('sh', ['-c', `${mock?.apis[0]?.curl} --silent --show-error --fail`]);
      expect(JSON.parse(stdout)).toBeInstanceOf(Object);
      await mock?.close();
    }
  });
});
