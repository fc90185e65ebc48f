import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMock, type Mock } from '../../src/index.ts';
import { startHive } from './hive-client.ts';

/** Things that depend on how a request comes in over its connection. */
describe('a connection', () => {
  let mock: Mock;
  let socket: Socket;
  let token: string;
  let received: string;

  beforeEach(async () => {
    mock = await createMock({ apis: ['hive'], port: 0, now: '2026-01-31T12:00:00Z' });
    const hive = await startHive();
    token = hive.token;
    await hive.mock.close();
    const { hostname, port } = new URL(mock.url);
    socket = connect(Number(port), hostname).setNoDelay();
    received = '';
    socket.on('data', (chunk) => {
      received += chunk;
    });
    await once(socket, 'connect');
  });
  afterEach(async () => {
    socket.destroy();
    await mock.close();
  });

  function post(body: string, bearer = token): readonly [head: string, body: string] {
    const head = [
      'POST /hive/customers HTTP/1.1',
      'host: localhost',
      `authorization: Bearer ${bearer}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
    ];
    return [`${head.join('\r\n')}\r\n\r\n`, body];
  }

  /** The statuses of so many answers since the connection began. */
  async function statuses(count: number): Promise<readonly number[]> {
    const found = () => [...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));
    while (found().length < count) await once(socket, 'data');
    return found();
  }

  it('is answered also while a test holds the timers of its process', async () => {
    vi.useFakeTimers();
    try {
      socket.write(post('{"email":"a@b.co"}').join(''));
      expect(await statuses(1)).toEqual([201]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('brings requests that are answered in their order, whatever each takes', async () => {
    const get = (path: string) =>
      `GET ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\n\r\n`;
    const requests = [
      get('/hive/customers?limit=1'),
      post('{"email":"a@b.co"}').join(''),
      get('/hive/nowhere'),
      get('/_sparring/health'),
      post('{"email":"nobody"}').join(''),
      get('/hive/customers?limit=1'),
    ];
    socket.write(requests.join(''));
    expect(await statuses(6)).toEqual([200, 201, 404, 200, 400, 200]);
  });

  it('brings a body with its head, behind it, or in parts', async () => {
    const [head, body] = post('{"email":"a@b.co","first_name":"Ünal"}');
    const ways = [
      [head + body],
      [head, body],
      [head + body.slice(0, 5), body.slice(5)],
      [head, body.slice(0, 5), body.slice(5)],
    ];
    for (const [index, parts] of ways.entries()) {
      for (const part of parts) {
        socket.write(part);
        // An answer to another connection says that the server has read this far.
        await fetch(`${mock.url}/hive/customers`);
      }
      expect((await statuses(index + 1)).at(-1)).toBe(201);
    }
    expect(mock.records('hive', 'customers').list().slice(-4)).toEqual(
      Array.from({ length: 4 }, () => expect.objectContaining({ first_name: 'Ünal' })),
    );
  });

  it('need not bring the body that an operation declares', async () => {
    socket.write(
      `POST /hive/customers HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\n\r\n`,
    );
    expect(await statuses(1)).toEqual([400]);
    const answer = await fetch(`${mock.url}/_sparring/reset`, { method: 'POST' });
    expect(answer.ok).toBe(true);
  });

  it('answers requests that come in one packet in their order', async () => {
    const bodies = ['{"email":"a@b.co"}', '{"email":1}', '{"email":"b@b.co"}'];
    socket.write(bodies.map((body) => post(body).join('')).join(''));
    expect(await statuses(3)).toEqual([201, 400, 201]);
  });

  it('stays open after a refusal whose body is here', async () => {
    socket.write(post('{"email":"a@b.co"}', 'wrong').join(''));
    expect(await statuses(1)).toEqual([401]);
    socket.write(post('{"email":"a@b.co"}').join(''));
    expect(await statuses(2)).toEqual([401, 201]);
  });

  it('closes after a refusal whose body is not here', async () => {
    const closed = once(socket, 'close');
    socket.write(post('x'.repeat(1000), 'wrong')[0]);
    expect(await statuses(1)).toEqual([401]);
    await closed;
  });

  it('that breaks off in a body leaves the mock as it was', async () => {
    const before = JSON.stringify(mock.state.dump());
    const [head, body] = post('{"email":"a@b.co"}');
    socket.write(head + body.slice(0, 5));
    await fetch(`${mock.url}/hive/customers`);
    socket.destroy();
    expect((await fetch(`${mock.url}/hive/customers`)).status).toBe(401);
    expect(JSON.stringify(mock.state.dump())).toBe(before);
  });
});
