import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMock } from '../../src/server/create-mock.ts';
import type { Mock } from '../../src/server/model/mock.ts';
import { findChromium } from './find-chromium.ts';

const executablePath = findChromium();
/** In CI its lack is a failure. */
const isLeftOut = executablePath === undefined && process.env.CI !== 'true';

const pair = 'HiveDemoKey000000000000000000000:HiveDemoSecret000000000000000000';

const thing = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string' }, name: { type: 'string' } },
};
const answer = (schema: unknown, status = '200') => ({
  responses: { [status]: { description: 'It is.', content: { 'application/json': { schema } } } },
});
/** A document without security. */
const shop = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  paths: {
    '/things': {
      get: answer({ type: 'array', items: thing }),
      post: {
        requestBody: { content: { 'application/json': { schema: thing }, 'text/plain': { schema: thing } } },
        ...answer(thing, '201'),
      },
    },
    '/things/{id}': {
      get: {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        ...answer(thing),
      },
    },
  },
};

let browser: Browser;
let pages: Server;
let mock: Mock;
let page: Page;

beforeAll(async () => {
  if (executablePath === undefined) return;
  browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--host-resolver-rules=MAP *.example 127.0.0.1'],
  });
  pages = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>A page</title>');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => pages.once('listening', resolve));
}, 60_000);
afterAll(async () => {
  await browser?.close();
  pages?.close();
});

beforeEach(async () => {
  if (executablePath === undefined) throw new Error('Chromium is not installed: apt-get install chromium.');
  mock = await createMock({ apis: ['hive', { name: 'shop', document: shop }], port: 0 });
  page = await browser.newPage();
});
afterEach(async () => {
  await page?.close();
  await mock?.close();
});

function open(host: string): Promise<unknown> {
  return page.goto(`http://${host}:${(pages.address() as AddressInfo).port}/`);
}

/** The namespaces that the server has. */
async function namespaces(): Promise<readonly string[]> {
  const listed = await (await fetch(`${mock.url}/_sparring/namespaces`)).json();
  return listed.map(({ name }: { name: string }) => name);
}

/** Loads images at addresses, and waits until the browser is through with all of them. */
function loadImages(addresses: readonly string[]): Promise<unknown> {
  return page.evaluate(
    (urls) =>
      Promise.all(
        urls.map(
          (url) =>
            new Promise((resolve) => {
              const image = new Image();
              image.onload = image.onerror = resolve;
              image.src = url;
            }),
        ),
      ),
    addresses,
  );
}

const reason = isLeftOut ? ' (left out: chromium is not installed)' : '';

describe.skipIf(isLeftOut)(`a page in a real browser${reason}`, () => {
  it('of http://localhost works with http://127.0.0.1, in a namespace of its own', async () => {
    await open('localhost');
    const statuses = await page.evaluate(
      async ({ basic, url }) => {
        const own = { 'sparring-namespace': 'from-a-page' };
        const issued = await fetch(`${url}/hive/token`, { headers: { ...own, authorization: basic } });
        const { access_token } = await issued.json();
        const headers = {
          ...own,
          authorization: `Bearer ${access_token}`,
          'content-type': 'application/json',
        };
        const made = await fetch(`${url}/hive/customers`, {
          method: 'POST',
          headers,
          body: JSON.stringify({ email: 'ann@example.com' }),
        });
        const list = await fetch(`${url}/hive/customers`, { headers });
        return [issued.status, made.status, list.status];
      },
      { url: mock.url, basic: `Basic ${btoa(pair)}` },
    );
    expect(statuses).toEqual([200, 201, 200]);
    expect(await namespaces()).toEqual(['default', 'from-a-page']);
  });

  it('of http://localhost sees in images what is in a namespace that is there', async () => {
    const namespace = await mock.namespace('seen');
    await namespace.records('shop', 'things').insert({ id: '1' });
    await open('localhost');
    await loadImages([`${mock.url}/~seen/shop/things`]);
    const [exchange] = namespace.journal.list({});
    expect([exchange?.status, String(exchange?.responseBody)]).toEqual([200, '[{"id":"1"}]']);
    expect(exchange?.requestHeaders['sec-fetch-site']).toBe('cross-site');
  });

  it('of another site fills nothing with a thousand images, and leaves room for others', async () => {
    await open('evil.example');
    const paths = ['hive/token', 'hive/customers', 'shop/things'];
    const urls = Array.from({ length: 1200 }, (_, index) => `${mock.url}/~evil${index}/${paths[index % 3]}`);
    await loadImages(urls);
    expect(await namespaces()).toEqual(['default']);
    expect(mock.journal.list({})).toEqual([]);
    const made = await fetch(`${mock.url}/~mine/shop/things`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"id":"1"}',
    });
    expect(made.status).toBe(201);
    expect(await namespaces()).toEqual(['default', 'mine']);
  }, 60_000);

  it('of another site can neither write nor read, by fetch, by a form or by navigating', async () => {
    await open('evil.example');
    const refused = await page.evaluate(async (url) => {
      const simple = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"id":"2"}' };
      const tries = [fetch(`${url}/shop/things`, simple), fetch(`${url}/shop/things`)];
      await fetch(`${url}/~evil/shop/things`, { ...simple, mode: 'no-cors' });
      return (await Promise.allSettled(tries)).map(({ status }) => status);
    }, mock.url);
    expect(refused).toEqual(['rejected', 'rejected']);
    await page.setContent(`<form method="post" action="${mock.url}/~evil/shop/things"></form>`);
    await Promise.all([page.waitForNavigation(), page.evaluate(() => document.forms[0]?.submit())]);
    expect(mock.records('shop', 'things').count()).toBe(0);
    expect(await namespaces()).toEqual(['default']);
  });

  it('whose own name leads to this machine is shown nothing, / included', async () => {
    const { port } = new URL(mock.url);
    for (const path of ['/', '/shop/things', '/_sparring/health', '/nothing']) {
      const response = await page.goto(`http://rebound.example:${port}${path}`);
      expect([path, response?.status()]).toEqual([path, 421]);
    }
  });
});
