import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createMock, type Mock } from '../../../src/index.ts';
import { inPath, json, ref, start } from '../../openapi/infer-client.ts';

type Part = Readonly<Record<string, unknown>>;

/** A document whose only answer has the given header fields. */
function answering(headers: Part, more: Part = {}, status = 200): Part {
  const response = { description: 'As declared.', headers, content: { 'application/json': { example: {} } } };
  return { paths: { '/only': { get: { responses: { [status]: response }, ...more } } } };
}

async function headerOf(name: string, header: Part, asked: Record<string, string> = {}, status = 200) {
  const { call } = await start(answering({ [name]: header }, {}, status));
  return (await call('GET', '/only', undefined, asked)).headers.get(name);
}

describe('a header that a document declares', () => {
  it.each<[string, Part, string | RegExp]>([
    ['its example', { example: 'gold', schema: { type: 'string' } }, 'gold'],
    ['the example of its schema', { schema: { type: 'string', example: 'silver' } }, 'silver'],
    ['the first of the examples of its schema', { schema: { type: 'string', examples: ['a', 'b'] } }, 'a'],
    ['one of its named examples', { examples: { one: { value: 7 } }, schema: { type: 'integer' } }, '7'],
    ['its constant', { schema: { const: 'v2' } }, 'v2'],
    ['its default', { schema: { type: 'integer', default: 100 } }, '100'],
    [
      'a number within its bounds',
      { required: true, schema: { type: 'integer', minimum: 3, maximum: 3 } },
      '3',
    ],
    [
      'a text of its pattern',
      { required: true, schema: { type: 'string', pattern: '^[A-Z]{3}-\\d$' } },
      /^[A-Z]{3}-\d$/,
    ],
    ['one of its values', { schema: { enum: ['hit', 'miss'] } }, 'hit'],
    ['a list', { schema: { type: 'array', items: { type: 'string' }, example: ['a', 'b'] } }, 'a,b'],
    ['an object', { schema: { type: 'object', example: { a: 1, b: 2 } } }, 'a,1,b,2'],
    ['an exploded object', { explode: true, schema: { type: 'object', example: { a: 1, b: 2 } } }, 'a=1,b=2'],
    [
      'JSON',
      { content: { 'application/json': { schema: { type: 'object' }, example: { a: 1 } } } },
      '{"a":1}',
    ],
    ['a uuid', { schema: { type: 'string', format: 'uuid' } }, /^[0-9a-f]{8}-/],
  ])('is sent as %s', async (_, header, expected) => {
    expect(await headerOf('X-Thing', header)).toMatch(
      expected instanceof RegExp ? expected : new RegExp(`^${expected.replaceAll(/[{}[\]]/g, '\\$&')}$`),
    );
  });

  it.each<[string, string]>([
    ['ETag', '^"[0-9a-f]{16}"$'],
    ['Last-Modified', '^Sat, 31 Jan 2026 12:00:00 GMT$'],
    ['Retry-After', '^1$'],
    ['Cache-Control', '^no-store$'],
  ])('means what HTTP says it does: %s', async (name, expected) => {
    expect(await headerOf(name, { schema: { type: 'string' } })).toMatch(new RegExp(expected));
  });

  it.each(['Content-Length', 'Transfer-Encoding', 'Content-Encoding', 'Connection', 'Keep-Alive', 'Trailer'])(
    'is left to the server where it frames the message: %s',
    async (name) => {
      const example = name === 'Content-Length' ? '3' : 'gzip';
      const sent = await headerOf(name, { required: true, example, schema: { type: 'string' } });
      expect(sent).not.toBe(example);
    },
  );

  it('is the one of the request where it names a request', async () => {
    const header = { required: true, schema: { type: 'string', format: 'uuid' } };
    const own = '6f1c2f2e-6d0e-4a43-9d57-0d2f2f6d8c11';
    expect(await headerOf('X-Request-ID', header, { 'x-request-id': own })).toBe(own);
    expect(await headerOf('X-Request-ID', header, { 'x-request-id': 'no uuid' })).toMatch(/^[0-9a-f-]{36}$/);
    expect(
      await headerOf('X-Correlation-Id', { schema: { type: 'string' } }, { 'x-correlation-id': 'mine' }),
    ).toBe('mine');
  });

  it('is the same for the same seed and request', async () => {
    const header = { schema: { type: 'string', format: 'uuid' } };
    expect(await headerOf('X-Trace', header)).toBe(await headerOf('X-Trace', header));
  });

  it('is not made up where it would send a client astray', async () => {
    expect(await headerOf('Link', { schema: { type: 'string' } })).toBeNull();
    expect(await headerOf('Location', { schema: { type: 'string' } })).toBeNull();
    expect(await headerOf('Link', { required: true, schema: { type: 'string' } })).toMatch(
      /^<http.*\/only>; rel="self"$/,
    );
  });

  it('leads elsewhere than in a circle', async () => {
    const header = { required: true, schema: { type: 'string', format: 'uri' } };
    const { call } = await start({
      paths: {
        '/old': { get: { responses: { 302: { description: 'Go.', headers: { Location: header } } } } },
      },
    });
    const { headers, status } = await call('GET', '/old');
    expect(status).toBe(302);
    expect(headers.get('location')).toMatch(/^https:\/\/example\.com\//);
  });

  it('comes with what is remembered, and with errors', async () => {
    const thing = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };
    const headers = { 'X-Rate': { required: true, schema: { type: 'integer', minimum: 5 } } };
    const having = (response: unknown) => ({ ...Object(response), headers });
    const { call } = await start({
      paths: {
        '/things': {
          post: {
            requestBody: { required: true, content: { 'application/json': { schema: ref('Thing') } } },
            responses: { 201: having(json(ref('Thing'))), 400: having(json({ type: 'object' })) },
          },
        },
        '/things/{id}': {
          parameters: [inPath('id')],
          get: { responses: { 200: having(json(ref('Thing'))), 404: having(json({ type: 'object' })) } },
        },
      },
      components: { schemas: { Thing: thing } },
    });
    const answers = [
      await call('POST', '/things', { id: 'a' }),
      await call('GET', '/things/a'),
      await call('GET', '/things/b'),
      await call('POST', '/things', { id: 7 }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 404, 400]);
    for (const answer of answers) expect(Number(answer.headers.get('x-rate'))).toBeGreaterThanOrEqual(5);
  });
});

describe('over a connection', () => {
  let mock: Mock | undefined;
  afterEach(() => mock?.close());

  async function serve(document: Part): Promise<Mock> {
    const whole = { openapi: '3.1.0', info: { title: 'Test', version: '1' }, ...document };
    mock = await createMock({ apis: [{ name: 'test', document: whole }], port: 0 });
    return mock;
  }

  async function get(url: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
    const sent = httpRequest(url, { headers }).end();
    const [response] = await once(sent, 'response');
    response.resume();
    return response;
  }

  it('several cookies are fields of their own', async () => {
    const example = ['a=1; Path=/', 'b=2; HttpOnly'];
    const { url } = await serve(
      answering({ 'Set-Cookie': { schema: { type: 'array', items: { type: 'string' }, example } } }),
    );
    expect((await get(`${url}/test/only`)).headers['set-cookie']).toEqual(example);
    expect((await fetch(`${url}/test/only`)).headers.getSetCookie()).toEqual(example);
  });

  it('pages may read every field, of errors too', async () => {
    const { url } = await serve(
      answering({ 'X-Rate': { schema: { type: 'integer', example: 5 } }, Vary: { example: 'Accept' } }),
    );
    const origin = 'http://localhost:3000';
    const answer = await get(`${url}/test/only`, { origin });
    expect(answer.headers['access-control-expose-headers']).toMatch(/\bx-rate\b/);
    expect(answer.headers.vary).toBe('Accept, origin');
    const failed = await get(`${url}/test/nowhere`, { origin });
    expect([failed.statusCode, failed.headers['access-control-allow-origin']]).toEqual([404, origin]);
    const refused = await get(`${url}/test/only`, { origin, host: 'elsewhere.example' });
    expect([refused.statusCode, refused.headers['access-control-allow-origin']]).toEqual([421, origin]);
  });
});
