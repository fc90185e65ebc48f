import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createMock, type Mock } from '../../../src/index.ts';
import { isObject } from '../../../src/json/is-object.ts';
import { createManualTime } from '../../manual-time.ts';
import { type AdminClient, startAdmin } from './admin-client.ts';

let client: AdminClient | undefined;
let mock: Mock | undefined;
let silent: Server | undefined;
afterEach(async () => {
  silent?.closeAllConnections();
  silent?.close();
  await client?.mock.close();
  await mock?.close();
  client = undefined;
  mock = undefined;
});

/** A receiver that takes what is sent and never answers. */
async function startSilent(): Promise<string> {
  silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent?.once('listening', resolve));
  return `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
}

it.for([
  '0000-01-01T00:00:00Z',
  '1969-12-31T23:59:59Z',
  '1900-02-28T12:00:00Z',
  '9999-12-31T23:59:59Z',
  '9999-12-31T23:59:59.999Z',
])('at %s the clock, deliveries, journal and tokens are answered', async (now) => {
  client = await startAdmin();
  const { admin } = client;
  expect(await admin('post', '/clock', { now })).toMatchObject({ status: 200 });
  await admin('post', '/events/hive/check.completed', { to: 'http://127.0.0.1:9/' });
  await admin('post', '/deliveries/wait');
  expect(await admin('get', '/deliveries')).toMatchObject({ status: 200, body: { total: 1 } });
  const token = await client.mock.fetch('/hive/auth/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(token.status).toBeLessThan(500);
  expect((await admin('get', '/journal')).status).toBe(200);
  expect(await admin('post', '/clock', { frozen: false, advance: 0 })).toMatchObject({ status: 200 });
  expect((await admin('get', '/clock')).body.now.slice(0, 16)).toBe(now.slice(0, 16));
});

it('a token that was issued before 1970 is good until it expires', async () => {
  const time = createManualTime();
  const oauth = {
    type: 'oauth2',
    flows: { clientCredentials: { tokenUrl: 'https://a.test/t', scopes: {} } },
  };
  const answer = { description: 'So.', content: { 'application/json': { schema: { type: 'object' } } } };
  mock = await createMock({
    time,
    now: '1930-05-05T00:00:00Z',
    apis: [
      {
        name: 'old',
        document: {
          openapi: '3.1.0',
          info: { title: 'Old', version: '1' },
          'x-sparring': { credentials: { oauth: { clientId: 'a', clientSecret: 'b', expiresIn: 60 } } },
          paths: {
            '/token': {
              post: {
                operationId: 'token',
                'x-sparring': { action: 'token' },
                security: [],
                requestBody: {
                  content: { 'application/x-www-form-urlencoded': { schema: { type: 'object' } } },
                },
                responses: { 200: answer },
              },
            },
            '/read': { get: { operationId: 'read', security: [{ oauth: [] }], responses: { 200: answer } } },
          },
          components: { securitySchemes: { oauth } },
        },
      },
    ],
  });
  const { fetch, clock } = mock;
  const issued = await fetch('/token', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials&client_id=a&client_secret=b',
  });
  expect(issued.status).toBe(200);
  const body: unknown = await issued.json();
  const token = isObject(body) ? String(body.access_token) : '';
  const read = async () => (await fetch('/read', { headers: { authorization: `Bearer ${token}` } })).status;
  expect(await read()).toBe(200);
  await clock.advance(61_000);
  expect(await read()).toBe(401);
});

it('a move over receivers that keep silent tells how far it is, and ends with the connection that asked for it', async () => {
  client = await startAdmin({ port: 0 });
  const { admin } = client;
  const url = `${client.mock.url}/_sparring/clock`;
  const to = await startSilent();
  for (let index = 0; index < 3; index += 1) await admin('post', '/events/hive/check.completed', { to });
  const gone = new AbortController();
  const arrived = new Promise((resolve) => silent?.once('request', resolve));
  await arrived;
  const moved = fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"advance":"2h"}',
    signal: gone.signal,
  });
  const target = async () => (await admin('get', '/clock')).body.target;
  await expect.poll(target).toBe('2026-01-31T14:00:00.000Z');
  gone.abort();
  await expect(moved).rejects.toThrow();
  await expect.poll(target).toBeUndefined();
  expect((await admin('get', '/clock')).body.now).toBe('2026-01-31T12:00:00.000Z');
});

it('a move takes no more real time than it is given, and tells where it was to go', async () => {
  client = await startAdmin();
  const { admin } = client;
  await admin('post', '/events/hive/check.completed', { to: await startSilent() });
  expect((await admin('post', '/clock', { advance: '2h', within: '50ms' })).body).toEqual({
    now: '2026-01-31T12:00:00.000Z',
    frozen: true,
    scale: 1,
    target: '2026-01-31T14:00:00.000Z',
  });
});
