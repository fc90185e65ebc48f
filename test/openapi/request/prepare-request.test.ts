import { describe, expect, it } from 'vitest';
import { prepareRequest } from '../../../src/openapi/request/prepare-request.ts';
import { loadOperation } from '../inline-document.ts';

const schema = {
  type: 'object',
  required: ['name'],
  properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string' } },
};
const parameters = [
  { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
  { name: 'limit', in: 'query', schema: { type: 'integer', default: 10 } },
];

async function planOf(definition: Readonly<Record<string, unknown>>) {
  const { document, operation, validators } = await loadOperation(definition, { path: '/test/{id}' });
  return prepareRequest(document, validators, operation);
}

const post = { parameters, requestBody: { required: true, content: { 'application/json': { schema } } } };

describe('a request', () => {
  it('becomes values', async () => {
    const plan = await planOf(post);
    expect(plan.hasBody).toBe(true);
    const headers = { 'content-type': 'application/json' };
    expect(plan.validate({ id: '7' }, 'limit=5&x=y', headers, Buffer.from('{"name":"a"}'))).toEqual({
      path: { id: 7 },
      query: { limit: 5 },
      headers: {},
      cookies: {},
      unknownQuery: { x: ['y'] },
      body: { name: 'a' },
      mediaType: expect.objectContaining({ name: 'application/json' }),
      text: '{"name":"a"}',
      violations: [],
    });
  });

  it('has the violations of parameters and body together', async () => {
    const plan = await planOf(post);
    expect(
      plan.validate({ id: 'x' }, 'limit=y', { 'content-type': 'application/json' }, Buffer.from('{}')),
    ).toMatchObject({
      violations: [{ location: 'path/id' }, { location: 'query/limit' }, { location: 'body/name' }],
    });
  });

  it('of an operation without a body has none', async () => {
    const plan = await planOf({ parameters });
    expect(plan.hasBody).toBe(false);
    expect(
      plan.validate({ id: '1' }, '', { 'content-type': 'text/strange' }, Buffer.from('x')),
    ).toMatchObject({ body: undefined, violations: [] });
  });

  it('with a multipart form is a promise', async () => {
    const plan = await planOf({
      parameters,
      requestBody: { content: { 'multipart/form-data': { schema } } },
    });
    const data = new FormData();
    data.set('name', 'a');
    const request = new Request('http://localhost', { method: 'POST', body: data });
    const type = request.headers.get('content-type') ?? '';
    const result = plan.validate(
      { id: '1' },
      '',
      { 'content-type': type },
      new Uint8Array(await request.arrayBuffer()),
    );
    expect(result).toBeInstanceOf(Promise);
    expect(await result).toMatchObject({ body: { name: 'a' }, violations: [] });
  });

  it('that parsers upstream gave an empty object for has no body', async () => {
    const plan = await planOf(post);
    expect(plan.validate({ id: '1' }, '', {}, {})).toMatchObject({
      body: undefined,
      violations: [{ location: 'body', code: 'required' }],
    });
    expect(
      plan.validate({ id: '1' }, '', { 'content-type': 'application/json', 'content-length': '2' }, {}),
    ).toMatchObject({
      body: {},
      violations: [{ location: 'body/name' }],
    });
  });

  it('that is compressed is refused', async () => {
    const plan = await planOf(post);
    expect(() => plan.validate({ id: '1' }, '', { 'content-encoding': 'gzip' }, Buffer.from('x'))).toThrow(
      expect.objectContaining({ code: 'unsupported-media-type', headers: { 'accept-encoding': 'identity' } }),
    );
  });

  it('is judged in a few microseconds', async () => {
    const plan = await planOf(post);
    const body = Buffer.from('{"name":"a"}');
    const headers = { 'content-type': 'application/json' };
    for (let index = 0; index < 5000; index += 1) plan.validate({ id: '7' }, 'limit=5', headers, body);
    const started = performance.now();
    for (let index = 0; index < 10_000; index += 1) plan.validate({ id: '7' }, 'limit=5', headers, body);
    expect((performance.now() - started) / 10).toBeLessThan(50);
  });
});
