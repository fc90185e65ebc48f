import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createMock } from '../../../src/server/create-mock.ts';
import type { Mock } from '../../../src/server/model/mock.ts';
import type { MockOptions } from '../../../src/server/model/mock-options.ts';
import { makeFolder } from '../../commands/run-sparring.ts';

const pair = 'HiveDemoKey000000000000000000000:HiveDemoSecret000000000000000000';
const basic = { authorization: `Basic ${btoa(pair)}` };
const json = { 'content-type': 'application/json' };
const foreign = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };

const thing = { type: 'object', properties: { id: { type: 'string' } } };
const answer = (schema: unknown) => ({
  responses: { 200: { description: 'It is.', content: { 'application/json': { schema } } } },
});
const id = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
/** Without security; one GET of it deletes. */
const shop = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  paths: {
    '/things': {
      get: answer({ type: 'array', items: thing }),
      post: {
        requestBody: { content: { 'application/json': { schema: { ...thing, required: ['id'] } } } },
        ...answer(thing),
      },
    },
    '/things/{id}': { get: { parameters: id, ...answer(thing) } },
    '/removed/{id}': {
      get: { parameters: id, 'x-sparring': { resource: 'things', action: 'delete' }, ...answer(thing) },
    },
  },
  components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
};

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function start(options: MockOptions = {}): Promise<Mock> {
  const mock = await createMock({ apis: ['hive', { name: 'shop', document: shop }], port: 0, ...options });
  open.push(() => mock.close());
  return mock;
}

async function namespaces(mock: Mock): Promise<readonly string[]> {
  const listed = await (await fetch(`${mock.url}/_sparring/namespaces`)).json();
  return listed.map(({ name }: { name: string }) => name);
}

async function ask(mock: Mock, path: string, init: RequestInit = {}): Promise<number> {
  return (await fetch(`${mock.url}${path}`, init)).status;
}

describe('a request in a namespace that is not there', () => {
  it.each<[string, string, RequestInit, number]>([
    ['without credentials', '/~new/hive/customers', {}, 401],
    ['with wrong credentials', '/~new/hive/token', { headers: { authorization: 'Basic YTpi' } }, 401],
    ['to no operation', '/~new/hive/nothing', {}, 404],
    ['to an operation without security', '/~new/shop/things', {}, 200],
    ['that is invalid', '/~new/shop/things', { method: 'POST', headers: json, body: '{}' }, 400],
    [
      'of a preflight',
      '/~new/shop/things',
      {
        method: 'OPTIONS',
        headers: { origin: 'http://localhost:3000', 'access-control-request-method': 'POST' },
      },
      204,
    ],
  ])('makes nothing %s', async (_, path, init, status) => {
    const mock = await start();
    expect(await ask(mock, path, init)).toBe(status);
    expect(await namespaces(mock)).toEqual(['default']);
  });

  it.each<[string, string, RequestInit, number]>([
    ['with credentials', '/~new/hive/token', { headers: basic }, 200],
    ['that writes', '/~new/shop/things', { method: 'POST', headers: json, body: '{"id":"1"}' }, 200],
  ])('makes it %s', async (_, path, init, status) => {
    const mock = await start();
    expect(await ask(mock, path, init)).toBe(status);
    expect(await namespaces(mock)).toEqual(['default', 'new']);
  });

  it('is in the journal of it, for whoever asks for the namespace next', async () => {
    const mock = await start();
    await ask(mock, '/~new/shop/things');
    const namespace = await mock.namespace('new');
    expect(namespace.journal.list({}).map(({ url }) => url)).toEqual(['/things']);
    expect(await namespaces(mock)).toEqual(['default', 'new']);
  });

  it('is asked for no credentials with --auth off, so that only a write makes it', async () => {
    const mock = await start({ auth: 'off' });
    expect(await ask(mock, '/~new/hive/customers')).toBe(200);
    expect(await namespaces(mock)).toEqual(['default']);
  });

  it('a thousand times leaves room, in a database also over a restart', async () => {
    const folder = await makeFolder();
    open.push(() => folder.remove());
    const data = join(folder.path, 'data/');
    const first = await start({ data });
    for (let index = 0; index < 1100; index += 1) await first.fetch(`/~evil${index}/hive/customers`);
    expect(await ask(first, '/~mine/hive/token', { headers: basic })).toBe(200);
    await first.close();
    const second = await start({ data });
    expect(await namespaces(second)).toEqual(['default', 'mine']);
  });
});

describe('a request that a page of another site made a browser send', () => {
  it.each<[string, RequestInit, number]>([
    ['with another origin', { headers: { ...foreign, origin: 'http://evil.example' } }, 403],
    ['with an origin that is hidden', { headers: { ...foreign, origin: 'null' } }, 403],
    [
      'with a form',
      { method: 'POST', headers: { ...foreign, ...json, origin: 'http://evil.example' }, body: '{"id":"1"}' },
      403,
    ],
  ])('is refused %s', async (_, init, status) => {
    const mock = await start();
    expect(await ask(mock, '/~new/shop/things', init)).toBe(status);
    expect(await namespaces(mock)).toEqual(['default']);
    expect(mock.records('shop', 'things').count()).toBe(0);
  });

  it('without an origin reads what is there, and is forgotten where nothing is', async () => {
    const mock = await start();
    await mock.records('shop', 'things').insert({ id: '1' });
    const there = await fetch(`${mock.url}/shop/things`, { headers: foreign });
    expect(await there.json()).toEqual([{ id: '1' }]);
    expect(await ask(mock, '/~new/shop/things', { headers: foreign })).toBe(200);
    expect((await mock.namespace('new')).journal.list({})).toEqual([]);
  });

  it('without an origin changes nothing, here or elsewhere', async () => {
    const mock = await start();
    await mock.records('shop', 'things').insert({ id: '1' });
    expect(await ask(mock, '/shop/removed/1', { headers: foreign })).toBe(403);
    expect(mock.records('shop', 'things').ids()).toEqual(['1']);
    expect(await ask(mock, '/~new/shop/removed/1', { headers: foreign })).toBe(404);
    expect(await namespaces(mock)).toEqual(['default']);
    expect(await ask(mock, '/shop/removed/1')).toBeLessThan(300);
    expect(mock.records('shop', 'things').ids()).toEqual([]);
  });

  it('with credentials is one like any other', async () => {
    const mock = await start();
    expect(await ask(mock, '/~new/hive/token', { headers: { ...foreign, ...basic } })).toBe(200);
    expect(await namespaces(mock)).toEqual(['default', 'new']);
  });
});

describe('the page that says what is served', () => {
  it.each(['/', '/nothing', '/favicon.ico'])(
    'checks the Host of %s as everything else does',
    async (path) => {
      const mock = await start();
      const { port } = new URL(mock.url);
      const status = await new Promise((resolve) => {
        request({ port, host: '127.0.0.1', path, headers: { host: 'attacker.example' } }, (answered) =>
          resolve(answered.resume().statusCode),
        ).end();
      });
      expect(status).toBe(421);
    },
  );
});

describe('the latency of all answers', () => {
  it('is not kept with the data, where it would be added at each start', async () => {
    const folder = await makeFolder();
    open.push(() => folder.remove());
    const data = join(folder.path, 'data/');
    const first = await start({ data, latency: 5 });
    first.faults.add({ status: 503, times: 1 });
    await first.close();
    const second = await start({ data, latency: 5 });
    expect(second.faults.list().map(({ latency, status }) => [status, latency])).toEqual([
      [503, undefined],
      [undefined, 5],
    ]);
    await second.close();
    expect((await start({ data })).faults.list()).toHaveLength(1);
  });
});
