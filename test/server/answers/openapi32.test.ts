import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createMock, type Mock } from '../../../src/index.ts';
import { loadDocument } from '../../../src/openapi/load/load-document.ts';
import { json, start } from '../../openapi/infer-client.ts';

const ok = (example: unknown) => json({ type: 'object' }, { example });

let mock: Mock | undefined;
afterEach(() => mock?.close());

/** A request over a connection, of any method. */
async function send(method: string, url: string, body = '') {
  const headers = body === '' ? {} : { 'content-type': 'application/json' };
  const [response] = await once(httpRequest(url, { method, headers }).end(body), 'response');
  let text = '';
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode, text };
}

async function serve(paths: unknown, more: Readonly<Record<string, unknown>> = {}) {
  const document = { openapi: '3.2.0', info: { title: 'Test', version: '1' }, paths, ...more };
  mock = await createMock({ apis: [{ name: 'test', document }], port: 0 });
  return `${mock.url}/test`;
}

describe('OpenAPI 3.2', () => {
  it('has the method QUERY, whose body is validated', async () => {
    const schema = { type: 'object', required: ['q'], properties: { q: { type: 'string' } } };
    const query = {
      requestBody: { required: true, content: { 'application/json': { schema } } },
      responses: { 200: ok({ hits: 1 }) },
    };
    const url = await serve({ '/search': { query } });
    expect(await send('QUERY', `${url}/search`, '{"q":"a"}')).toEqual({ status: 200, text: '{"hits":1}' });
    expect((await send('QUERY', `${url}/search`, '{}')).status).toBe(400);
    expect((await send('GET', `${url}/search`)).status).toBe(405);
  });

  it.each(['COPY', 'PURGE', 'LOCK', 'PROPFIND'])('has additional operations: %s', async (method) => {
    const url = await serve({
      '/files': { additionalOperations: { [method]: { responses: { 200: ok({ done: method }) } } } },
    });
    expect(await send(method, `${url}/files`)).toEqual({ status: 200, text: `{"done":"${method}"}` });
  });

  it.each([
    ['BREW', /BREW cannot be read/],
    ['copy', /capital letters such as COPY, found "copy"/],
  ])('tells of methods that are not served: %s', async (method, message) => {
    const paths = { '/files': { additionalOperations: { [method]: { responses: {} } } } };
    const document = await loadDocument({
      name: 't',
      document: { openapi: '3.2.0', info: { title: 't', version: '1' }, paths },
    });
    expect(document.warnings()).toEqual([expect.stringMatching(message)]);
  });

  it('has a whole query as one value', async () => {
    const schema = {
      type: 'object',
      required: ['a'],
      properties: { a: { type: 'integer' }, b: { type: 'array', items: { type: 'string' } } },
    };
    const parameter = {
      name: 'whole',
      in: 'querystring',
      required: true,
      content: { 'application/x-www-form-urlencoded': { schema } },
    };
    const { call } = await start({
      openapi: '3.2.0',
      paths: { '/qs': { get: { parameters: [parameter], responses: { 200: ok({}) } } } },
    });
    expect((await call('GET', '/qs?a=1')).status).toBe(200);
    expect((await call('GET', '/qs?a=x')).status).toBe(400);
    expect((await call('GET', '/qs?b=x')).status).toBe(400);
    expect((await call('GET', '/qs')).status).toBe(400);
  });

  it('shows examples as data and as they are sent', async () => {
    const of = (example: unknown) => ({
      get: {
        responses: {
          200: { description: 'OK', content: { 'application/json': { examples: { one: example } } } },
        },
      },
    });
    const { call } = await start({
      openapi: '3.2.0',
      paths: { '/a': of({ dataValue: { n: 1 } }), '/b': of({ serializedValue: '{"n":2}' }) },
    });
    expect((await call('GET', '/a')).body).toEqual({ n: 1 });
    expect((await call('GET', '/b')).body).toEqual({ n: 2 });
  });

  it('has media types as components, and an address of its own', async () => {
    const self = 'https://example.com/api/openapi.yaml';
    const { call } = await start({
      openapi: '3.2.0',
      $self: self,
      paths: {
        '/media': {
          get: {
            responses: {
              200: {
                description: 'OK',
                content: { 'application/json': { $ref: '#/components/mediaTypes/M' } },
              },
            },
          },
        },
        '/self': { get: { responses: { 200: { $ref: `${self}#/components/responses/R` } } } },
        '/relative': { get: { responses: { 200: { $ref: 'openapi.yaml#/components/responses/R' } } } },
      },
      components: { mediaTypes: { M: { example: { ok: 'media' } } }, responses: { R: ok({ ok: 'self' }) } },
    });
    expect((await call('GET', '/media')).body).toEqual({ ok: 'media' });
    expect((await call('GET', '/self')).body).toEqual({ ok: 'self' });
    expect((await call('GET', '/relative')).body).toEqual({ ok: 'self' });
  });
});

describe('servers', () => {
  it.each(['/v1/things', '/v2/things', '/beta/things', '/things', '/other/only', '/own/only'])(
    'answer at %s',
    async (path) => {
      const { call } = await start({
        servers: [
          {
            url: 'https://api.example.com/{version}',
            variables: { version: { default: 'v1', enum: ['v1', 'v2', 'beta'] } },
          },
        ],
        paths: {
          '/things': { get: { responses: { 200: ok({}) } } },
          '/only': {
            servers: [{ url: '/other' }],
            get: { servers: [{ url: 'https://x.example/own/' }], responses: { 200: ok({}) } },
            post: { responses: { 200: ok({}) } },
          },
        },
      });
      const method = path.startsWith('/other') ? 'POST' : 'GET';
      expect((await call(method, path)).status).toBe(200);
    },
  );
});

describe('a query in a path', () => {
  const at = (v: string) => ({ get: { responses: { 200: ok({ v }) } } });
  const named = (v: string) => ({
    parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }],
    ...at(v),
  });

  it('tells operations apart', async () => {
    const { call } = await start({
      paths: {
        '/pastry/{name}?api-version=2024-06-01': named('06'),
        '/pastry/{name}?api-version=2024-10-21': named('10'),
        '/list?op=a': at('a'),
        '/list?op=b&x=1': at('b1'),
        '/list': at('plain'),
      },
    });
    const v = async (path: string) => (await call('GET', path)).body.v;
    expect(await v('/pastry/eclair?api-version=2024-10-21')).toBe('10');
    expect(await v('/pastry/eclair?api-version=2024-06-01')).toBe('06');
    expect(await v('/list?op=a')).toBe('a');
    expect(await v('/list?x=1&op=b')).toBe('b1');
    expect(await v('/list?op=c')).toBe('plain');
    expect(await v('/list')).toBe('plain');
  });
});

describe('an example in a file', () => {
  it('is what is answered; one that cannot be read is told', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sparring-'));
    writeFileSync(join(folder, 'book.json'), '{"a":"from file"}');
    writeFileSync(join(folder, 'note.txt'), 'a note');
    writeFileSync(join(folder, 'pixel.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]));
    const of = (type: string, file: string) => ({
      get: {
        responses: {
          200: {
            description: 'OK',
            content: {
              [type]: {
                schema: { type: type.includes('json') ? 'object' : 'string' },
                examples: { one: { externalValue: file } },
              },
            },
          },
        },
      },
    });
    const paths = {
      '/json': of('application/json', './book.json'),
      '/text': of('text/plain', 'note.txt'),
      '/png': of('image/png', 'pixel.png'),
      '/far': of('application/json', 'https://example.com/book.json'),
      '/outside': of('application/json', '../../etc/passwd'),
      '/none': of('application/json', 'none.json'),
    };
    const file = join(folder, 'api.json');
    writeFileSync(file, JSON.stringify({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths }));
    const notices: string[] = [];
    mock = await createMock({ apis: [file], onNotice: ({ message }) => notices.push(message) });
    expect(await (await mock.fetch('/json')).json()).toEqual({ a: 'from file' });
    expect(await (await mock.fetch('/text')).text()).toBe('a note');
    expect(Buffer.from(await (await mock.fetch('/png')).arrayBuffer()).toString('hex')).toBe(
      '89504e47010203',
    );
    expect((await mock.fetch('/far')).status).toBe(200);
    expect(notices.map((notice) => notice.replace(/^.*?: the/, 'the'))).toEqual([
      'the example "none.json" is left out: there is no such file.',
      expect.stringMatching(/passwd" is left out/),
      'the example "https://example.com/book.json" is left out: remote examples are not fetched.',
    ]);
  });
});
