import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Certificate, makeCertificate } from '../../src/commands/common/certificate.ts';
import { testNetworkOf } from '../../src/commands/test/test-network.ts';
import {
  type NetworkOptions,
  undiciTransport,
} from '../../src/contract/execute/transport/undici-transport.ts';

let certificate: Certificate;
const servers: Server[] = [];

beforeAll(async () => {
  certificate = await makeCertificate('localhost', new Date());
});
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** A proxy that notes what passes, and leads everything to one port of this machine. */
async function startProxy(port: number) {
  const passed: string[] = [];
  const server = createServer((request, response) => {
    passed.push(`${request.method} ${request.url}`);
    response.end('by proxy');
  });
  server.on('connect', (request, socket) => {
    passed.push(`CONNECT ${request.url}`);
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    for (const each of [onward, socket]) each.on('error', () => {});
  });
  return { url: `http://127.0.0.1:${await listen(server)}`, passed };
}

async function get(url: string, options: NetworkOptions) {
  const transport = await undiciTransport(url, { timeout: 3000, retries: 0, ...options });
  const answer = await transport.send({ method: 'GET', url: `${url}/x`, headers: {}, body: undefined });
  await transport.close();
  return answer.response?.text ?? answer.failure;
}

describe('a server behind TLS', () => {
  const secure = () => createSecureServer({ ...certificate }, (_, response) => response.end('secure'));

  it('is not trusted by itself, and is by its authority, or when it is told so', async () => {
    const url = `https://localhost:${await listen(secure())}`;
    expect(await get(url, {})).toMatchObject({
      kind: 'unreachable',
      message: expect.stringMatching(/certificate/),
    });
    expect(await get(url, { tls: { ca: certificate.cert } })).toBe('secure');
    expect(await get(url, { tls: { insecure: true } })).toBe('secure');
  });

  it('that wants a certificate of its clients is shown the one that was given', async () => {
    const options = { ...certificate, ca: certificate.cert, requestCert: true };
    const server = createSecureServer(options, (_, response) => response.end('known'));
    const url = `https://localhost:${await listen(server)}`;
    const { cert, key } = certificate;
    expect(await get(url, { tls: { ca: cert, cert, key } })).toBe('known');
    expect(await get(url, { tls: { ca: cert } })).not.toBe('known');
  });

  it('that speaks no TLS cannot be reached', async () => {
    const url = `https://localhost:${await listen(createServer((_, response) => response.end()))}`;
    expect(await get(url, {})).toMatchObject({ kind: 'unreachable' });
  });

  it('is reached through a proxy, by CONNECT', async () => {
    const port = await listen(secure());
    const proxy = await startProxy(port);
    expect(await get('https://localhost:1', { proxy: proxy.url, tls: { ca: certificate.cert } })).toBe(
      'secure',
    );
    expect(proxy.passed).toEqual(['CONNECT localhost:1']);
  });
});

describe('a proxy', () => {
  it('is asked for servers that nothing but it finds', async () => {
    const proxy = await startProxy(0);
    expect(await get('http://api.invalid', { proxy: proxy.url })).toBe('by proxy');
    expect(proxy.passed).toEqual(['GET http://api.invalid/x']);
  });

  it('that is not there makes the server unreachable', async () => {
    expect(await get('http://api.invalid', { proxy: 'http://127.0.0.1:9' })).toMatchObject({
      kind: 'unreachable',
    });
  });

  it.each([
    ['https://api.example.com', { HTTPS_PROXY: 'http://p:1' }, 'http://p:1'],
    ['https://api.example.com', { https_proxy: 'http://p:1' }, 'http://p:1'],
    ['https://api.example.com', { HTTP_PROXY: 'http://p:1' }, undefined],
    ['http://api.example.com', { HTTP_PROXY: 'http://p:1' }, 'http://p:1'],
    ['http://127.0.0.1:4010', { HTTP_PROXY: 'http://p:1' }, undefined],
    ['http://api.example.com', { HTTP_PROXY: 'http://p:1', NO_PROXY: 'other.com, .example.com' }, undefined],
    ['http://api.example.com', { HTTP_PROXY: 'http://p:1', no_proxy: '*' }, undefined],
    ['http://api.example.com', { HTTP_PROXY: 'http://p:1', NO_PROXY: 'ample.com' }, 'http://p:1'],
  ])('for %s with %o in the environment is %s', async (url, environment, proxy) => {
    expect(await testNetworkOf(url, {}, environment)).toMatchObject({ proxy });
  });

  it('of a flag wins, and one that is no URL is not shown', async () => {
    const environment = { HTTP_PROXY: 'http://p:1' };
    const flags = { proxy: 'http://q:2' };
    expect(await testNetworkOf('http://127.0.0.1:1', flags, environment)).toMatchObject({
      proxy: 'http://q:2',
    });
    const wrong = testNetworkOf('http://127.0.0.1:1', { proxy: 'user:hidden@q' }, {});
    await expect(wrong).rejects.toThrow('--proxy is no URL of a proxy.');
  });

  it('or certificate that is only half there is refused', async () => {
    await expect(testNetworkOf('http://a.invalid', { cert: 'a.pem' }, {})).rejects.toMatchObject({
      code: 'usage',
      next: 'Give both --cert and --key.',
    });
  });
});
