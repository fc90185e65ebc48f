import { execFileSync } from 'node:child_process';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Client, json, start } from '../openapi/infer-client.ts';
import { documentFile } from '../openapi/inline-document.ts';

let shop: Client;
beforeEach(async () => {
  shop = await start('infer-shop.yaml');
});
const anna = expect.objectContaining({ name: 'Anna', verified: true });
const count = () => shop.mock.records('infer-shop', 'customers').count();

describe('what is preferred', () => {
  it.each<[string, string, Record<string, string>]>([
    ['a header', '', { prefer: 'code=201, example=anna' }],
    ['quoted values', '', { prefer: 'code="201"; example="anna"' }],
    ['query parameters', '?__code=201&__example=anna', {}],
  ])('is answered by %s, said so, and changes nothing', async (_, query, headers) => {
    const {
      body,
      headers: sent,
      status,
    } = await shop.call('POST', `/customers${query}`, { name: 'Bea' }, headers);
    expect([status, body]).toEqual([201, { data: anna }]);
    expect(sent.get('preference-applied')).toBe('code=201, example=anna');
    expect(count()).toBe(0);
  });

  it('may be an error', async () => {
    const { body, headers, status } = await shop.call('GET', '/customers/none', undefined, {
      prefer: 'code=404',
    });
    expect([status, body]).toEqual([404, { message: 'Nothing here.', hint: 'Look elsewhere.' }]);
    expect(headers.get('preference-applied')).toBe('code=404');
  });

  it('may be a status without a body, and then nothing is deleted', async () => {
    const { body } = await shop.call('POST', '/customers', { name: 'Bea' });
    const { status, text } = await shop.call('DELETE', `/customers/${body.data.id}?__code=204`);
    expect([status, text, count()]).toEqual([204, '', 1]);
  });

  it('does not stand above validation', async () => {
    expect((await shop.call('POST', '/customers', { name: 7 }, { prefer: 'code=201' })).status).toBe(422);
  });

  it.each([
    ['code=418', /418/],
    ['example=carol', /carol/],
    ['code=teapot', /teapot/],
  ])('is refused when it is %s, naming what there is', async (prefer, named) => {
    const { headers, status, text } = await shop.call('POST', '/customers', { name: 'Bea' }, { prefer });
    expect(status).toBe(404);
    expect(text).toMatch(named);
    expect(text).toMatch(/201, 422/);
    expect(text).toMatch(/anna/);
    expect(headers.get('preference-applied')).toBeNull();
    expect(count()).toBe(0);
  });

  it('leaves other preferences alone', async () => {
    const { headers, status } = await shop.call(
      'POST',
      '/customers',
      { name: 'Bea' },
      { prefer: 'return=minimal, respond-async' },
    );
    expect([status, headers.get('preference-applied'), count()]).toEqual([201, null, 1]);
  });
});

describe('generated answers', () => {
  const generate = (client: Client, query = '') =>
    client.call('GET', `/customers/any${query}`, undefined, { prefer: 'dynamic=true' });

  it('keep to the schema', async () => {
    const { body, headers, status } = await generate(shop);
    expect([status, headers.get('preference-applied')]).toEqual([200, 'dynamic=true']);
    expect(body.data).toMatchObject({
      name: expect.any(String),
      level: expect.any(Number),
      verified: expect.any(Boolean),
    });
    expect(body.data.id).toMatch(/^[0-9a-f]{8}-/);
    expect(Date.parse(body.data.created_at)).not.toBeNaN();
  });

  it('are the same for the same seed and request, also when made at once', async () => {
    const [first, other, again] = await Promise.all([generate(shop), generate(shop, '?x=1'), generate(shop)]);
    expect(again?.text).toBe(first?.text);
    expect(other?.text).not.toBe(first?.text);
    expect((await generate(await start('infer-shop.yaml'))).text).toBe(first?.text);
    expect((await generate(await start('infer-shop.yaml', { seed: 2 }))).text).not.toBe(first?.text);
  });

  it('are not asked for by dynamic=false', async () => {
    const { body } = await shop.call(
      'POST',
      '/customers',
      { name: 'Bea' },
      { prefer: 'code=201, dynamic=false' },
    );
    expect(body.data).toEqual(anna);
  });
});

describe('Accept', () => {
  const files = () =>
    start({
      paths: {
        '/report/now': {
          get: {
            responses: {
              200: {
                description: 'A report.',
                content: { 'application/json': { example: { a: 1 } }, 'text/csv': { example: 'a\n1' } },
              },
            },
          },
        },
        '/plain/now': { get: { responses: { 200: json({ type: 'object' }, { example: {} }) } } },
      },
    });

  it.each([
    ['application/json', 'application/json', '{"a":1}'],
    ['text/csv', 'text/csv', 'a\n1'],
    ['application/json;q=0.1, text/csv;q=0.9', 'text/csv', 'a\n1'],
    ['text/csv;q=0, application/json', 'application/json', '{"a":1}'],
    ['text/html, text/csv;q=0.5, */*;q=0.1', 'text/csv', 'a\n1'],
    ['text/*', 'text/csv', 'a\n1'],
    ['*/*', 'application/json', '{"a":1}'],
    ['text/html, */*;q=0.1', 'application/json', '{"a":1}'],
  ])('%s is answered with %s', async (accept, type, text) => {
    const answer = await (await files()).call('GET', '/report/now', undefined, { accept });
    expect([answer.headers.get('content-type'), answer.text]).toEqual([type, text]);
  });

  it.each(['image/png', 'image/*', 'application/json;q=0, text/csv;q=0'])(
    '%s is refused where nothing fits',
    async (accept) => {
      expect((await (await files()).call('GET', '/report/now', undefined, { accept })).status).toBe(406);
    },
  );

  it('is refused by operations with state too, before anything is kept', async () => {
    expect((await shop.call('POST', '/customers', { name: 'Bea' }, { accept: 'image/png' })).status).toBe(
      406,
    );
    expect(count()).toBe(0);
    expect(
      (await shop.call('GET', '/customers', undefined, { accept: 'text/html, application/*;q=0.5' })).status,
    ).toBe(200);
  });
});

describe('what is loaded', () => {
  it('is nothing of prism for documents of other people, for generated answers too', () => {
    const script = `
      import { createRequire } from 'node:module';
      import { createMock } from ${JSON.stringify(new URL('../../src/index.ts', import.meta.url).href)};
      const loaded = () => Object.keys(createRequire(import.meta.url).cache).filter((file) => file.includes('@stoplight')).length;
      const mock = await createMock({ apis: [${JSON.stringify(documentFile('infer-petstore.json'))}] });
      await mock.fetch('/pet', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"a","photoUrls":[]}' });
      await mock.fetch('/pet/1');
      await mock.fetch('/pet/2');
      const before = loaded();
      await mock.fetch('/pet/1?__dynamic=true');
      console.log(JSON.stringify([before, loaded() > 0]));
    `;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    expect(JSON.parse(output)).toEqual([0, false]);
  });
});
