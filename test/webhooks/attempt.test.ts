import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type AttemptRequest, sendAttempt } from '../../src/webhooks/attempt.ts';
import { Connections } from '../../src/webhooks/connections.ts';
import { type AllowedTarget, createTargetGuard, type TargetGuard } from '../../src/webhooks/target-guard.ts';
import { realTime } from './real-time.ts';
import { certificate, key } from './tls-certificate.ts';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function listen(server: Server | TcpServer): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? (address satisfies AddressInfo).port : 0;
}

async function serve(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createServer(listener))}`;
}

/** A server that says these bytes to whoever connects, after the first byte it reads. */
async function serveRaw(answer: (socket: Socket) => void): Promise<string> {
  const port = await listen(
    createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => answer(socket));
    }),
  );
  return `http://127.0.0.1:${port}`;
}

function sender(guard: TargetGuard = createTargetGuard(), connections = new Connections()) {
  cleanups.push(() => connections.close());
  return (url: string, request: Partial<AttemptRequest> = {}) =>
    sendAttempt(
      { url, method: 'POST', headers: {}, body: Buffer.from('{}'), timeout: 5000, ...request },
      { guard, connections, time: realTime },
    );
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  return Buffer.concat(await request.toArray());
}

describe('an answered attempt', () => {
  it('delivers the exact bytes and headers, and keeps status, headers and body of the answer', async () => {
    const seen: { body: Buffer; request: IncomingMessage }[] = [];
    const url = await serve(async (request, response) => {
      seen.push({ body: await bodyOf(request), request });
      response.writeHead(418, { 'X-Answer': ['a', 'b'], 'Retry-After': '7' }).end('short and stout');
    });
    const body = Uint8Array.from([0, 255, 128, 13, 10, 200]);
    const result = await sender()(`${url}/hooks?a=b`, {
      body,
      headers: { 'X-One': 'one', 'Content-Type': 'a/b' },
    });
    expect(result).toMatchObject({
      status: 418,
      headers: { 'x-answer': 'a, b', 'retry-after': '7' },
      truncated: false,
    });
    expect(result.error).toBeUndefined();
    expect(Buffer.from(result.body).toString()).toBe('short and stout');
    expect(seen).toHaveLength(1);
    expect(seen[0]?.body.equals(body)).toBe(true);
    expect(seen[0]?.request).toMatchObject({ method: 'POST', url: '/hooks?a=b' });
    expect(seen[0]?.request.headers).toMatchObject({
      'x-one': 'one',
      'content-type': 'a/b',
      'content-length': '6',
      host: url.slice(7),
    });
    const { start, connected = 0, firstByte = 0, end } = result.timings;
    expect([start, connected, firstByte, end]).toEqual(
      [start, connected, firstByte, end].toSorted((a, b) => a - b),
    );
  });

  it('uses one connection for attempts one after the other', async () => {
    const ports = new Set<number | undefined>();
    const url = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      request.resume().on('end', () => response.end('ok'));
    });
    const send = sender();
    for (let count = 0; count < 5; count += 1) {
      expect(await send(url)).toMatchObject({ status: 200 });
      // A connection is free again one turn of the event loop after its answer ended.
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(ports.size).toBe(1);
  });

  it('finds a receiver that listens on the other loopback address of localhost', async () => {
    const server = createServer((_request, response) => response.end('six'));
    await new Promise<void>((resolve) => server.listen(0, '::1', resolve));
    cleanups.push(async () => {
      server.closeAllConnections();
      server.close();
    });
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect(await sender()(`http://localhost:${port}/`)).toMatchObject({ status: 200 });
  });

  it('sends user and password of the URL as Basic credentials', async () => {
    const url = await serve((request, response) => response.end(request.headers.authorization));
    const result = await sender()(url.replace('//', '//me:p%40ss@'));
    expect(Buffer.from(result.body).toString()).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`);
  });

  it('names the right host while it connects to the pinned address', async () => {
    const url = await serve((request, response) => response.end(request.headers.host));
    const { port } = new URL(url);
    const lookup = async () => [{ address: '127.0.0.1', family: 4 as const }];
    const guard = createTargetGuard({ allowHosts: ['hooks.example.com'], lookup });
    const result = await sender(guard)(`http://hooks.example.com:${port}/`);
    expect(Buffer.from(result.body).toString()).toBe(`hooks.example.com:${port}`);
  });
});

describe('over TLS', () => {
  const lookup = async () => [{ address: '127.0.0.1', family: 4 as const }];
  const guard = createTargetGuard({ allowHosts: ['*.example.com'], lookup });

  async function serveTls() {
    const names: string[] = [];
    const server = createTlsServer(
      {
        key,
        cert: certificate,
        SNICallback(name, done) {
          names.push(name);
          done(null);
        },
      },
      (request, response) => response.end(request.headers.host),
    );
    return { port: await listen(server), names };
  }

  it('asks for the host by name, though it connects to the pinned address, and trusts what it is told to', async () => {
    const { port, names } = await serveTls();
    const send = sender(guard, new Connections({ trust: certificate }));
    const result = await send(`https://hooks.example.com:${port}/`);
    expect(result).toMatchObject({ status: 200 });
    expect(Buffer.from(result.body).toString()).toBe(`hooks.example.com:${port}`);
    expect(names).toEqual(['hooks.example.com']);
  });

  it('refuses a certificate for another name, and one nobody vouches for', async () => {
    const { port } = await serveTls();
    const trusting = sender(guard, new Connections({ trust: certificate }));
    expect(await trusting(`https://other.example.com:${port}/`)).toMatchObject({ error: { code: 'tls' } });
    expect(await sender(guard)(`https://hooks.example.com:${port}/`)).toMatchObject({
      error: { code: 'tls' },
    });
  });
});

describe('an answer too long', () => {
  it('is kept to the cap', async () => {
    const url = await serve((_request, response) => response.end(Buffer.alloc(2_000_000, 'x')));
    const result = await sender()(url);
    expect(result).toMatchObject({ status: 200, truncated: true });
    expect(result.error).toBeUndefined();
    expect(result.body).toHaveLength(64 * 1024);
  });

  it('may be endless, and its connection is given up', async () => {
    const closed = Promise.withResolvers<string>();
    const url = await serve((_request, response) => {
      response.on('close', () => closed.resolve('closed'));
      const more = () => {
        while (!response.destroyed && response.write('y'.repeat(1000))) {}
      };
      response.on('drain', more);
      more();
    });
    const result = await sender()(url, { maxAnswerBytes: 10_000 });
    expect(result).toMatchObject({ status: 200, truncated: true });
    expect(result.body).toHaveLength(10_000);
    expect(await closed.promise).toBe('closed');
  });

  it('is not one that is exactly as long as the cap', async () => {
    const url = await serve((_request, response) => response.end('12345'));
    expect(await sender()(url, { maxAnswerBytes: 5 })).toMatchObject({
      truncated: false,
      body: Buffer.from('12345'),
    });
  });
});

describe('one deadline', () => {
  it('ends an attempt that is never answered', async () => {
    const closed = Promise.withResolvers<string>();
    const url = await serve((request) => request.socket.on('close', () => closed.resolve('closed')));
    const result = await sender()(url, { timeout: 40 });
    expect(result).toMatchObject({
      error: { code: 'timeout', message: 'The attempt took longer than 40 ms.' },
    });
    expect(result.status).toBeUndefined();
    expect(result.timings.end - result.timings.start).toBeLessThan(1000);
    expect(await closed.promise).toBe('closed');
  });

  it('ends an answer that drips, and keeps what came of it', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200).write('d');
      const drip = setInterval(() => response.write('d'), 5);
      response.on('close', () => clearInterval(drip));
    });
    const result = await sender()(url, { timeout: 80 });
    expect(result).toMatchObject({ status: 200, error: { code: 'timeout' } });
    expect(Buffer.from(result.body).toString()).toMatch(/^d+$/);
  });

  it('ends headers that drip', async () => {
    const url = await serveRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => socket.write('X: y\r\n'), 5);
      socket.on('close', () => clearInterval(drip));
    });
    expect(await sender()(url, { timeout: 60 })).toMatchObject({ error: { code: 'timeout' } });
  });

  it('ends a TLS handshake that hangs, and the connection with it', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    const url = await serveRaw((socket) => {
      closed = new Promise((resolve) => socket.on('close', () => resolve('closed')));
    });
    expect(await sender()(url.replace('http:', 'https:'), { timeout: 60 })).toMatchObject({
      error: { code: 'timeout' },
    });
    expect(await closed).toBe('closed');
  });

  it('ends a name that takes too long to resolve, and then sends nothing, new connection or old', async () => {
    const paths: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      paths.push(request.url);
      response.end();
    });
    const guard = createTargetGuard();
    for (const warm of [false, true]) {
      const resolved = Promise.withResolvers<void>();
      const slow: TargetGuard = async (target) => {
        await resolved.promise;
        return guard(target);
      };
      const connections = new Connections();
      const send = sender(guard, connections);
      if (warm) await send(`${url}/before`);
      expect(await sender(slow, connections)(`${url}/late`, { timeout: 20 })).toMatchObject({
        error: { code: 'timeout' },
      });
      resolved.resolve();
      expect(await send(`${url}/after`)).toMatchObject({ status: 200 });
    }
    expect(paths).toEqual(['/after', '/before', '/after']);
  });

  it('leaves the next attempt to the same receiver alone', async () => {
    let count = 0;
    const url = await serve((_request, response) => {
      count += 1;
      if (count > 1) response.end('late but well');
    });
    const send = sender();
    expect(await send(url, { timeout: 30 })).toMatchObject({ error: { code: 'timeout' } });
    expect(await send(url)).toMatchObject({ status: 200 });
  });
});

describe('a broken receiver', () => {
  it('that nobody runs', async () => {
    const server = createTcpServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await new Promise((resolve) => server.close(resolve));
    expect(await sender()(`http://127.0.0.1:${port}/`)).toMatchObject({
      error: { code: 'connection-refused' },
    });
    expect(await sender()(`http://localhost:${port}/`)).toMatchObject({
      error: { code: 'connection-refused' },
    });
  });

  it.each([
    ['resets', (socket: Socket) => socket.resetAndDestroy(), 'connection-reset', undefined],
    ['closes without an answer', (socket: Socket) => socket.end(), 'connection-reset', undefined],
    [
      'breaks off its body',
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'),
      'connection-reset',
      200,
    ],
    ['speaks something else', (socket: Socket) => socket.end('SSH-2.0-OpenSSH\r\n'), 'protocol', undefined],
    [
      'has headers without end',
      (socket: Socket) => socket.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(40_000)}`),
      'protocol',
      undefined,
    ],
    [
      'switches protocols unasked',
      (socket: Socket) => socket.write('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
      'connection-reset',
      undefined,
    ],
  ])('that %s', async (_name, answer, code, status) => {
    const result = await sender()(await serveRaw((socket) => void answer(socket)), { timeout: 2000 });
    expect(result.error?.code).toBe(code);
    expect(result.status).toBe(status);
  });

  it('that speaks no TLS', async () => {
    const url = await serve((_request, response) => response.end());
    expect(await sender()(url.replace('http:', 'https:'))).toMatchObject({ error: { code: 'tls' } });
  });
});

describe('redirects', () => {
  async function redirecting(status: number, location: (base: string) => string) {
    const seen: { method: string; url: string; body: string; headers: IncomingMessage['headers'] }[] = [];
    const base: { url: string } = { url: '' };
    base.url = await serve(async (request, response) => {
      const { method = '', url = '', headers } = request;
      seen.push({ method, url, headers, body: (await bodyOf(request)).toString() });
      if (url === '/end') response.end('there');
      else response.writeHead(status, { location: location(base.url) }).end();
    });
    return { url: base.url, seen };
  }

  it('are an answer like any other by default', async () => {
    const { url, seen } = await redirecting(307, (base) => `${base}/end`);
    expect(await sender()(`${url}/start`)).toMatchObject({ status: 307 });
    expect(seen).toHaveLength(1);
  });

  it.each([
    [307, 'POST', '{}'],
    [308, 'POST', '{}'],
    [301, 'GET', ''],
    [302, 'GET', ''],
    [303, 'GET', ''],
  ])('with %i are followed as %s where the policy allows it', async (status, method, body) => {
    const { url, seen } = await redirecting(status, () => '/end');
    expect(await sender()(`${url}/start`, { redirects: 1 })).toMatchObject({ status: 200 });
    expect(seen[1]).toMatchObject({ url: '/end', method, body });
  });

  it('end after as many as are allowed', async () => {
    const { url, seen } = await redirecting(307, () => '/again');
    expect(await sender()(url, { redirects: 2 })).toMatchObject({
      status: 307,
      error: { code: 'too-many-redirects' },
    });
    expect(seen).toHaveLength(3);
  });

  it('are judged by the guard like the first target', async () => {
    const { url } = await redirecting(307, () => 'http://169.254.169.254/latest/meta-data');
    expect(await sender()(url, { redirects: 1 })).toMatchObject({ error: { code: 'blocked' } });
  });

  it('do not carry credentials to another origin', async () => {
    const other = await redirecting(307, () => '/end');
    const { url } = await redirecting(307, () => `${other.url}/end`);
    await sender()(url, { redirects: 1, headers: { Authorization: 'Secret s', 'X-Kept': 'yes' } });
    expect(other.seen[0]?.headers).toMatchObject({ 'x-kept': 'yes' });
    expect(other.seen[0]?.headers).not.toHaveProperty('authorization');
  });
});

describe('a refused attempt', () => {
  it('names what is blocked and the flag that allows it', async () => {
    expect(await sender()('https://example.com/webhook')).toMatchObject({
      error: { code: 'blocked', message: expect.stringContaining('example.com') },
      flag: '--allow-host example.com',
    });
    expect(await sender()('mailto:me@example.com')).toMatchObject({ error: { code: 'invalid-url' } });
  });

  it.each([
    [{ 'X-A': 'a\r\nX-B: b' }, 'The header X-A holds a character'],
    [{ 'X-A': 'a\nb' }, 'The header X-A holds a character'],
    [{ 'X-A': 'a\0' }, 'The header X-A holds a character'],
    [{ 'X-A': '€' }, 'The header X-A holds a character'],
    [{ 'X-A\r\nX-B': 'b' }, 'is not a header name'],
    [{ 'Transfer-Encoding': 'chunked' }, 'is set by the client'],
    [{ 'content-length': '1' }, 'is set by the client'],
    [{ Host: 'other' }, 'is set by the client'],
  ])(
    'with the headers %j reaches nobody and repeats no value',
    async (headers: Record<string, string>, message) => {
      let requests = 0;
      const url = await serve((_request, response) => {
        requests += 1;
        response.end();
      });
      const result = await sender()(url, { headers });
      expect(result).toMatchObject({
        error: { code: 'invalid-header', message: expect.stringContaining(message) },
      });
      expect(requests).toBe(0);
    },
  );

  it('is one whose connection would lead elsewhere than was checked', async () => {
    let requests = 0;
    const url = await serve((_request, response) => {
      requests += 1;
      response.end();
    });
    const pinnedElsewhere: TargetGuard = async (target): Promise<AllowedTarget> => ({
      allowed: true,
      url: new URL(target),
      origin: new URL(url).origin,
      path: '/',
      address: '127.0.0.2',
      family: 4,
      addresses: [{ address: '127.0.0.2', family: 4 }],
    });
    expect(await sender(pinnedElsewhere)(url)).toMatchObject({ error: { code: 'blocked' } });
    expect(requests).toBe(0);
  });

  it('is one that is under way, or made, after the connections were closed', async () => {
    const arrived = Promise.withResolvers<void>();
    const url = await serve(() => arrived.resolve());
    const connections = new Connections();
    const send = sender(createTargetGuard(), connections);
    const waiting = send(url);
    await arrived.promise;
    await connections.close();
    expect(await waiting).toMatchObject({ error: { code: 'closed' } });
    expect(await send(url)).toMatchObject({ error: { code: 'closed' } });
  });
});

it('many receivers that hang do not delay one that answers', async () => {
  const hanging = await serve(() => {});
  const answering = await serve((_request, response) => response.end('ok'));
  const send = sender();
  const hung = Array.from({ length: 20 }, () => send(hanging, { timeout: 300 }));
  expect(await send(answering, { timeout: 250 })).toMatchObject({ status: 200 });
  expect((await Promise.all(hung)).every(({ error }) => error?.code === 'timeout')).toBe(true);
});
