import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createMock } from '../../../src/server/create-mock.ts';
import type { Mock } from '../../../src/server/model/mock.ts';
import type { MockOptions } from '../../../src/server/model/mock-options.ts';
import { makeFolder } from '../../commands/run-sparring.ts';

const publicPair = 'HiveDemoKey000000000000000000000:HiveDemoSecret000000000000000000';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** A mock that other machines could reach. */
async function start(options: MockOptions = {}): Promise<Mock> {
  const mock = await createMock({ apis: ['hive'], host: '0.0.0.0', port: 0, ...options });
  open.push(() => mock.close());
  return mock;
}

async function folder(): Promise<string> {
  const made = await makeFolder();
  open.push(() => made.remove());
  return made.path;
}

function pairOf(mock: Mock): string {
  return /basic (\S+?:\S+?)(?:;|$)/.exec(mock.apis[0]?.credentials ?? '')?.[1] ?? '';
}

async function statusOf(mock: Mock, pair: string): Promise<number> {
  const { port } = new URL(mock.url);
  const headers = { authorization: `Basic ${btoa(pair)}` };
  return (await fetch(`http://127.0.0.1:${port}/hive/token`, { headers })).status;
}

describe('demo credentials beyond loopback', () => {
  it('are not those that everybody can read', async () => {
    const mock = await start();
    expect(await statusOf(mock, publicPair)).toBe(401);
    const own = pairOf(mock);
    expect(own).toMatch(/^HiveDemoKey0+:[A-Za-z0-9]{32}$/);
    expect(await statusOf(mock, own)).toBe(200);
  });

  it.each([
    ['rehive', /^token [A-Za-z0-9]{63,}$/],
    ['authentic', /^ownerKey [A-Za-z0-9]{24,}; token [A-Za-z0-9]{24,}$/],
    ['apitree', /^oauth2 john-doe:[A-Za-z0-9]{24,}$/],
    ['hover', /^oauth [A-Za-z0-9]{24,}$/],
  ])('of %s are made anew', async (api, words) => {
    const mock = await start({ apis: [api] });
    expect(mock.apis[0]?.credentials).toMatch(words);
    expect(mock.apis[0]?.credentials).not.toMatch(/demo-(?:token|owner|password)/);
  });

  it('differ from start to start in memory', async () => {
    expect(pairOf(await start())).not.toBe(pairOf(await start()));
  });

  it.each(['state.json', 'data/'])('are kept with %s, for its owner alone', async (name) => {
    const data = join(await folder(), name);
    const first = await start({ data });
    const pair = pairOf(first);
    await first.close();
    const second = await start({ data });
    expect(pairOf(second)).toBe(pair);
    const file = name.endsWith('/') ? `${data}credentials` : `${data}.credentials`;
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).not.toContain(pair.split(':')[1]);
  });

  it('that are named stay', async () => {
    const mock = await start({ credentials: { hive: { basic: { username: 'me', password: 'my-secret' } } } });
    expect(await statusOf(mock, 'me:my-secret')).toBe(200);
    expect(await statusOf(mock, publicPair)).toBe(401);
  });

  it('of a damaged file are told, not made again', async () => {
    const data = join(await folder(), 'state.json');
    const first = await start({ data });
    await first.close();
    await writeFile(`${data}.credentials`, 'half');
    await expect(start({ data })).rejects.toMatchObject({ code: 'data-broken' });
  });

  it('are exact also where a document names none, unless another mode is said', async () => {
    const document = {
      openapi: '3.1.0',
      info: { title: 'Own', version: '1' },
      security: [{ key: [] }],
      paths: { '/things': { get: { responses: { 200: { description: 'They are.' } } } } },
      components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-key' } } },
    };
    const statusFor = async (options: MockOptions, key: string) => {
      const mock = await start({ apis: [{ name: 'own', document }], ...options });
      const { port } = new URL(mock.url);
      const answer = await fetch(`http://127.0.0.1:${port}/own/things`, { headers: { 'x-key': key } });
      return answer.status;
    };
    expect(await statusFor({}, 'anything')).toBe(401);
    expect(await statusFor({}, 'demo-token')).toBe(401);
    expect(await statusFor({ auth: 'lenient' }, 'anything')).toBe(200);
  });

  it.each(['127.0.0.1', 'localhost', '::1'])('are the public ones on %s', async (host) => {
    expect(pairOf(await start({ host }))).toBe(publicPair);
  });
});

describe('webhooks of a server that other machines can reach', () => {
  async function receiver(): Promise<{ port: number; received: () => number }> {
    let count = 0;
    const server: Server = createServer((_request, response) => {
      count += 1;
      response.end('a secret of this machine');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    open.push(async () => server.close());
    return { port: (server.address() as AddressInfo).port, received: () => count };
  }

  async function deliver(mock: Mock, url: string) {
    await mock.webhooks.fire('hive', 'check.completed', { to: url });
    await mock.webhooks.whenIdle();
    const [delivery] = mock.webhooks.deliveries();
    return mock.webhooks.attempts(delivery?.id ?? '')[0];
  }

  it.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433'])(
    'do not go to %s, and say what would allow it',
    async (host) => {
      const { port, received } = await receiver();
      const attempt = await deliver(await start(), `http://${host}:${port}/hooks`);
      expect(attempt).toMatchObject({
        error: { code: 'blocked' },
        flag: expect.stringMatching(/^--allow-host /),
      });
      expect(received()).toBe(0);
    },
  );

  it('do not go to loopback with --allow-host * alone', async () => {
    const { port, received } = await receiver();
    await deliver(await start({ allowHosts: ['*'] }), `http://127.0.0.1:${port}/`);
    expect(received()).toBe(0);
  });

  it('go there where it is allowed by name', async () => {
    const { port, received } = await receiver();
    await deliver(await start({ allowHosts: [`127.0.0.1:${port}`] }), `http://127.0.0.1:${port}/`);
    expect(received()).toBe(1);
  });

  it('go to loopback from a server on loopback', async () => {
    const { port, received } = await receiver();
    await deliver(await start({ host: '127.0.0.1' }), `http://127.0.0.1:${port}/`);
    expect(received()).toBe(1);
  });
});
