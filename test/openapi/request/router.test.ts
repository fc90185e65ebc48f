import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SparringError } from '../../../src/errors.ts';
import { namesInTemplate } from '../../../src/openapi/document/indexed-operation.ts';
import { createRouter, type Router } from '../../../src/openapi/request/router.ts';
import { loadParts } from '../inline-document.ts';

/** A router over `METHOD /path` lines; each operation's id is its line. */
async function routerOf(
  lines: readonly string[],
  more: Readonly<Record<string, unknown>> = {},
): Promise<Router> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const line of lines) {
    const [method = '', ...rest] = line.split(' ');
    const path = rest.join(' ');
    const parameters = namesInTemplate(path).map((name) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }));
    paths[path] = { ...paths[path], [method.toLowerCase()]: { operationId: line, parameters } };
  }
  return createRouter(await loadParts({ paths, ...more }));
}

/** `id {params}` of what is found, `allow: …`, or `nothing`. */
function found(router: Router, method: string, path: string): string {
  const match = router.find(method, path);
  if (!match) return 'nothing';
  if (!('operation' in match)) return `allow: ${match.allow.join(', ')}`;
  return `${match.operation.id} ${JSON.stringify(match.params)}`;
}

describe('paths', async () => {
  const router = await routerOf([
    'GET /customers',
    'POST /customers',
    'GET /customers/{id}',
    'DELETE /customers/{id}',
    'GET /customers/me',
    'GET /slash',
    'GET /slash/',
    'GET /only-slash/{id}/',
    'GET /files/{id}',
    'GET /files/{id}.json',
    'POST /files/{id}:cancel',
    'POST /files/{id}:resume',
    'POST /files:import',
    'GET /range/{from}-{to}',
    'GET /star/*/{id}',
    'GET /regex/(a|b)+/[c]$',
    'GET /named/{customer-id}/{x_y.z}/f_{n}_g',
    'GET /with space/{id}',
    'GET /',
  ]);

  it.for([
    ['GET', '/customers', 'GET /customers {}'],
    ['POST', '/customers', 'POST /customers {}'],
    ['GET', '/customers/5', 'GET /customers/{id} {"id":"5"}'],
    ['GET', '/customers/me', 'GET /customers/me {}'],
    ['DELETE', '/customers/me', 'DELETE /customers/{id} {"id":"me"}'],
    ['HEAD', '/customers/5', 'GET /customers/{id} {"id":"5"}'],
    ['GET', '/Customers', 'nothing'],
    ['GET', '/customer', 'nothing'],
    ['GET', '/customers/5/6', 'nothing'],
    ['GET', '/customers//', 'nothing'],
    ['GET', '//customers', 'nothing'],
    ['GET', '/customers/', 'GET /customers {}'],
    ['POST', '/customers/', 'POST /customers {}'],
    ['GET', '/customers/5/', 'GET /customers/{id} {"id":"5"}'],
    ['GET', '/slash', 'GET /slash {}'],
    ['GET', '/slash/', 'GET /slash/ {}'],
    ['GET', '/only-slash/1/', 'GET /only-slash/{id}/ {"id":"1"}'],
    ['GET', '/only-slash/1', 'GET /only-slash/{id}/ {"id":"1"}'],
    ['GET', '/files/a.b', 'GET /files/{id} {"id":"a.b"}'],
    ['GET', '/files/a.b.json', 'GET /files/{id}.json {"id":"a.b"}'],
    ['POST', '/files/7:cancel', 'POST /files/{id}:cancel {"id":"7"}'],
    ['POST', '/files/7:resume', 'POST /files/{id}:resume {"id":"7"}'],
    ['POST', '/files/a%3Ab:cancel', 'POST /files/{id}:cancel {"id":"a:b"}'],
    ['POST', '/files:import', 'POST /files:import {}'],
    ['GET', '/range/1-2', 'GET /range/{from}-{to} {"from":"1","to":"2"}'],
    ['GET', '/range/1-2-3', 'GET /range/{from}-{to} {"from":"1","to":"2-3"}'],
    ['GET', '/range/1', 'nothing'],
    ['GET', '/star/*/5', 'GET /star/*/{id} {"id":"5"}'],
    ['GET', '/star/%2A/a*b', 'GET /star/*/{id} {"id":"a*b"}'],
    ['GET', '/star/anything/5', 'nothing'],
    ['GET', '/regex/(a|b)+/[c]$', 'GET /regex/(a|b)+/[c]$ {}'],
    ['GET', '/regex/a/c', 'nothing'],
    [
      'GET',
      '/named/1/2/f_3_4_g',
      'GET /named/{customer-id}/{x_y.z}/f_{n}_g {"customer-id":"1","x_y.z":"2","n":"3_4"}',
    ],
    ['GET', '/with%20space/5', 'GET /with space/{id} {"id":"5"}'],
    ['GET', '/', 'GET / {}'],
    ['GET', '', 'GET / {}'],
  ] as const)('%s %s', ([method, path, expected]) => {
    expect(found(router, method, path)).toBe(expected);
  });

  it.for([
    ['PATCH', '/customers/5', 'allow: DELETE, GET, HEAD'],
    ['PATCH', '/customers/me', 'allow: DELETE, GET, HEAD'],
    ['PUT', '/customers/', 'allow: GET, HEAD, POST'],
    ['GET', '/files:import', 'allow: POST'],
    ['HEAD', '/files:import', 'allow: POST'],
    ['BREW', '/customers', 'allow: GET, HEAD, POST'],
  ] as const)('%s %s is not declared', ([method, path, expected]) => {
    expect(found(router, method, path)).toBe(expected);
  });

  it.for(['/customers/%', '/customers/%zz', '/customers/%C3', '/customers/%ff%fe', '/nothing/%E0%A4%A'])(
    '%s is malformed',
    (path) => {
      expect(() => router.find('GET', path)).toThrow(SparringError);
      expect(() => router.find('GET', path)).toThrow(
        expect.objectContaining({ code: 'malformed-url', status: 400 }),
      );
    },
  );

  it('a path of 10,000 characters is found, or not, in no time', () => {
    const long = 'a'.repeat(10_000);
    const dashes = '-'.repeat(10_000);
    const started = performance.now();
    expect(found(router, 'GET', `/customers/${long}`)).toBe(`GET /customers/{id} {"id":"${long}"}`);
    expect(found(router, 'GET', `/${long}`)).toBe('nothing');
    expect(found(router, 'GET', `/range/${dashes}`)).toContain('"from":"-"');
    expect(found(router, 'GET', `/customers${'/'.repeat(10_000)}`)).toBe('nothing');
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('any id arrives as it was before it was percent-encoded', () => {
    const id = fc
      .string({ minLength: 1, unit: 'grapheme' })
      .filter((text) => text !== 'me' && text !== '.' && text !== '..');
    fc.assert(
      fc.property(id, (text) => {
        const match = router.find('GET', `/customers/${encodeURIComponent(text)}`);
        expect(match && 'params' in match ? match.params.id : undefined).toBe(text);
      }),
    );
  });
});

describe('paths that differ only in the names of parameters', async () => {
  it('are one path: the first wins for each method, and names are those of the operation', async () => {
    const router = await routerOf([
      'GET /a/{id}',
      'PUT /a/{name}',
      'GET /a/{other}',
      'GET /a/{x}/b',
      'GET /a/{y}/c',
    ]);
    expect(found(router, 'GET', '/a/1')).toBe('GET /a/{id} {"id":"1"}');
    expect(found(router, 'PUT', '/a/1')).toBe('PUT /a/{name} {"name":"1"}');
    expect(found(router, 'GET', '/a/1/b')).toBe('GET /a/{x}/b {"x":"1"}');
    expect(found(router, 'GET', '/a/1/c')).toBe('GET /a/{y}/c {"y":"1"}');
  });

  it('are told apart by the host that their servers name', async () => {
    const parameters = (name: string) => [{ name, in: 'path', required: true, schema: { type: 'string' } }];
    const document = await loadParts({
      paths: {
        '/a/{id}': { get: { operationId: 'here', parameters: parameters('id') } },
        '/a/{name}': {
          servers: [{ url: 'https://files.test' }],
          get: { operationId: 'there', parameters: parameters('name') },
        },
      },
    });
    const router = createRouter(document);
    expect(router.find('GET', '/a/1', 'files.test')).toMatchObject({
      operation: { id: 'there' },
      params: { name: '1' },
    });
    expect(router.find('GET', '/a/1', '127.0.0.1')).toMatchObject({ operation: { id: 'here' } });
  });

  it('never set a prototype', async () => {
    const router = await routerOf(['GET /a/{__proto__}']);
    const match = router.find('GET', '/a/x');
    expect(match && 'params' in match && Object.entries(match.params)).toEqual([['__proto__', 'x']]);
    expect(Object.prototype).not.toHaveProperty('x');
  });
});

describe('other spellings', async () => {
  it("the base path of the document's servers may stand before a path", async () => {
    const router = await routerOf(['GET /a', 'GET /v1/b'], { servers: [{ url: 'https://api.test/v1' }] });
    expect(found(router, 'GET', '/v1/a')).toBe('GET /a {}');
    expect(found(router, 'GET', '/v1/b')).toBe('GET /v1/b {}');
    expect(found(router, 'PUT', '/v1/a')).toBe('allow: GET, HEAD');
    expect(found(router, 'GET', '/v1')).toBe('nothing');
  });

  it('aliases lead to the operations of the documented path', async () => {
    const router = await routerOf(['GET /webhooks/{id}', 'PUT /webhooks/{id}'], {
      'x-sparring': { aliases: { '/webhook/{id}': '/webhooks/{id}' } },
    });
    expect(found(router, 'PUT', '/webhook/7')).toBe('PUT /webhooks/{id} {"id":"7"}');
    expect(found(router, 'GET', '/webhooks/7')).toBe('GET /webhooks/{id} {"id":"7"}');
  });
});

it('1,200 operations are registered within the time of a request', async () => {
  const lines = Array.from({ length: 600 }, (_, index) => [
    `GET /r${index}/{id}`,
    `PUT /r${index}/{id}/sub/{sub}`,
  ]).flat();
  const router = await routerOf(lines);
  const started = performance.now();
  expect(found(router, 'GET', '/r599/7')).toBe('GET /r599/{id} {"id":"7"}');
  expect(performance.now() - started).toBeLessThan(200);
});
