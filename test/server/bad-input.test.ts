import { connect } from 'node:net';
import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createMock } from '../../src/index.ts';
import { type HiveClient, startHive } from './hive-client.ts';

describe('bad input', () => {
  let hive: HiveClient;
  beforeEach(async () => {
    hive = await startHive();
  });
  afterEach(() => hive.mock.close());

  async function stateIsUntouched(act: () => Promise<unknown>): Promise<void> {
    const before = JSON.stringify(hive.mock.state.dump());
    await act();
    expect(JSON.stringify(hive.mock.state.dump())).toBe(before);
  }

  it('says where malformed JSON breaks', async () => {
    await stateIsUntouched(async () => {
      const answer = await hive.call('post', '/customers').type('json').send('{"email": "a@b.co",}');
      expect(answer.status).toBe(400);
      expect(answer.body.error.message).toMatch(/JSON/);
    });
  });

  it('refuses a media type that the operation does not declare', async () => {
    const answer = await hive.call('post', '/customers').type('text/csv').send('email\na@b.co');
    expect(answer.status).toBe(415);
    expect(answer.body.error.message).toContain('text/csv');
  });

  it('refuses a body of 20 MB', async () => {
    const mock = await createMock({ apis: ['hive'], port: 0, now: '2026-01-31T12:00:00Z' });
    const answer = await fetch(`${mock.url}/hive/customers`, {
      method: 'POST',
      headers: { authorization: `Bearer ${hive.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'a@b.co', first_name: 'x'.repeat(20_000_000) }),
    }).catch((error: unknown) => error);
    // The server may close the connection while the client still writes; a client that reads first sees the 413.
    if (answer instanceof Response) expect(answer.status).toBe(413);
    else expect(answer).toBeInstanceOf(TypeError);
    expect((await fetch(`${mock.url}/hive/customers`)).status).toBe(401);
    await mock.close();
  });

  it('answers 413 to a body that announces itself as too large', async () => {
    const mock = await createMock({ apis: ['hive'], port: 0, now: '2026-01-31T12:00:00Z' });
    const head = await rawRequest(
      mock.url,
      `POST /hive/customers HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${hive.token}\r\ncontent-type: application/json\r\ncontent-length: 20000000\r\n\r\n`,
    );
    expect(head).toMatch(/^HTTP\/1\.1 413 /);
    await mock.close();
  });

  it('refuses a path of 10,000 characters', async () => {
    await hive.call('get', `/customers/${'a'.repeat(10_000)}`).expect(414);
  });

  it.each(['/customers/%', '/customers/%E0%A4%A', '/customers/%ff%fe'])(
    'refuses the malformed percent-encoding of %s',
    async (path) => {
      await hive.call('get', path).expect(400);
    },
  );

  it('does not take an encoded slash or dots for a path', async () => {
    await hive.call('get', '/customers/..%2f..%2fetc%2fpasswd').expect((answer) => {
      expect([400, 404]).toContain(answer.status);
    });
  });

  it.each([
    ['json', '{"email":"a@b.co","__proto__":{"polluted":true},"metadata":{"__proto__":{"polluted":true}}}'],
    [
      'form',
      'email=a@b.co&__proto__[polluted]=true&metadata[__proto__][polluted]=true&constructor[prototype][polluted]=true',
    ],
  ])('keeps __proto__ in a %s body from polluting anything', async (type, body) => {
    await hive.call('post', '/customers').type(type).send(body);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    const customers = await hive.call('get', '/customers').expect(200);
    expect(JSON.stringify(customers.body)).not.toContain('polluted":true},"__proto__');
  });

  it('keeps __proto__ in a query from polluting anything', async () => {
    await hive.call('get', '/customers?__proto__[polluted]=true&constructor.prototype.polluted=true');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('does not let a value break out into a header', async () => {
    const answer = await hive.call('post', '/customers').type('form').send('email=a%0d%0aset-cookie:%20x=y');
    expect(answer.status).toBe(400);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('refuses a namespace name with anything but a-z, 0-9 and -', async () => {
    await hive.call('get', '/customers').set('sparring-namespace', 'Not/OK').expect(400);
  });

  it('refuses a Host that does not name this machine', async () => {
    await supertest(hive.mock.app).get('/hive/customers').set('Host', 'attacker.example').expect(421);
  });

  it('answers for the hosts that are allowed by name, by what they are below, and by port', async () => {
    const allowHosts = ['mock.test', '*.example.test', 'other.test:81'];
    const mock = await createMock({ apis: ['hive'], allowHosts });
    onTestFinished(() => mock.close());
    const statusFor = async (host: string) =>
      (await supertest(mock.app).get('/_sparring/health').set('Host', host)).status;
    for (const host of ['mock.test:4010', 'Mock.test', 'a.b.example.test', 'other.test:81'])
      expect([host, await statusFor(host)]).toEqual([host, 200]);
    for (const host of ['example.test', 'notmock.test', 'evilexample.test', 'other.test:82'])
      expect([host, await statusFor(host)]).toEqual([host, 421]);
  });

  it('refuses pages of other origins and lets loopback ones in', async () => {
    await hive.call('get', '/customers').set('Origin', 'https://attacker.example').expect(403);
    const answer = await hive.call('get', '/customers').set('Origin', 'http://localhost:5173').expect(200);
    expect(answer.headers['access-control-allow-origin']).toBe('http://localhost:5173');
  });

  it('answers a preflight before authentication', async () => {
    const answer = await supertest(hive.mock.app)
      .options('/hive/customers')
      .set('Origin', 'http://localhost:5173')
      .set('Access-Control-Request-Method', 'POST')
      .set('Access-Control-Request-Headers', 'authorization, content-type');
    expect(answer.status).toBe(204);
    expect(answer.headers['access-control-allow-headers']).toBe('authorization, content-type');
  });

  it('names the methods there are for one that is not', async () => {
    const answer = await hive.call('put', '/customers').expect(405);
    expect(answer.headers.allow?.split(', ').sort()).toEqual(['GET', 'HEAD', 'POST']);
  });

  it('is the API, not the surrounding app, that answers an unknown path below the mount', async () => {
    const answer = await hive.call('get', '/nothing/here').expect(404);
    expect(answer.body).toEqual({ error: { message: expect.stringContaining('/nothing/here') } });
  });

  it('says in a header why a request was refused', async () => {
    const answer = await hive.call('post', '/customers').type('form').send('email=nobody&gender=unknown');
    const told = JSON.parse(decodeURIComponent(String(answer.headers['sparring-violations'])));
    expect(told.violations.map(({ location }: { location: string }) => location).sort()).toEqual([
      'body/email',
      'body/gender',
    ]);
    expect(hive.mock.journal.get(told.exchange)?.status).toBe(400);
  });
});

/** The first line and headers of the answer to raw bytes. */
function rawRequest(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', (chunk) => {
      resolve(chunk.toString('latin1'));
      socket.destroy();
    });
    socket.on('error', reject);
  });
}
