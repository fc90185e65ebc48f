import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMock } from '../../src/index.ts';
import { type HiveClient, startHive } from './hive-client.ts';

const john = '8462e8ce-4245-4eca-835c-4a160b93b030';

describe('the admin API', () => {
  let hive: HiveClient;
  beforeEach(async () => {
    hive = await startHive();
  });
  afterEach(() => hive.mock.close());

  const admin = (method: 'get' | 'put' | 'post' | 'patch' | 'delete', path: string) =>
    supertest(hive.mock.app)[method](`/_sparring${path}`);

  it('says when it is ready and what it serves', async () => {
    expect((await admin('get', '/health').expect(200)).body).toMatchObject({
      status: 'ready',
      apis: ['hive'],
    });
    const [api] = (await admin('get', '/apis').set('Host', 'localhost:4010').expect(200)).body;
    expect(api).toMatchObject({ name: 'hive', url: 'http://localhost:4010/hive', operations: 22 });
    expect(api.curl).toMatch(/^curl -u \S+:\S+ http:\/\/localhost:4010\/hive\/token$/);
  });

  it('is reached without a socket too, as its APIs are', async () => {
    const { mock } = hive;
    const answer = await mock.fetch('/_sparring/apis');
    expect(await answer.json()).toMatchObject([{ name: 'hive', url: `${mock.url}/hive` }]);
    const path = `/_sparring/state/hive/customers/${john}`;
    const headers = { 'content-type': 'application/json', 'sparring-namespace': 'other' };
    const patched = await mock.fetch(path, { method: 'PATCH', headers, body: '{"last_name":"Roe"}' });
    expect(patched.status).toBe(200);
    expect(await (await mock.fetch(path, { headers })).json()).toMatchObject({ last_name: 'Roe' });
    expect(await (await mock.fetch(path)).json()).not.toMatchObject({ last_name: 'Roe' });
    expect(
      (await mock.fetch(`${mock.url}/_sparring/apis`, { headers: { host: 'evil.example' } })).status,
    ).toBe(421);
    expect((await mock.fetch('/_sparring/nothing')).status).toBe(404);
  });

  it('reads, patches, replaces, adds and deletes records', async () => {
    const path = `/state/hive/customers/${john}`;
    expect((await admin('get', path).expect(200)).body.first_name).toBe('John');
    expect((await admin('patch', path).send({ last_name: 'Roe' }).expect(200)).body.last_name).toBe('Roe');
    expect((await hive.call('get', `/customers/${john}`)).body.last_name).toBe('Roe');
    const whole = (await admin('get', path)).body;
    await admin('put', path)
      .send({ ...whole, email: 'roe@example.com' })
      .expect(200);
    const other = { ...whole, id: '11111111-2222-4333-8444-555555555555' };
    await admin('post', '/state/hive/customers').send(other).expect(201);
    await admin('post', '/state/hive/customers').send(other).expect(409);
    await admin('delete', path).expect(204);
    await admin('get', path).expect(404);
  });

  it.each([
    [
      'a field that breaks the schema',
      'patch',
      `/state/hive/customers/${john}`,
      { gender: 'x' },
      400,
      'body/gender',
    ],
    ['a record without an id', 'post', '/state/hive/customers', { email: 'a@example.com' }, 400, '"id"'],
    ['another id', 'patch', `/state/hive/customers/${john}`, { id: 'mine' }, 400, 'must stay'],
    ['an unknown API', 'get', '/state/hve/customers/1', undefined, 404, 'hve'],
    ['garbage for a state', 'put', '/state', { hive: { customers: [{ id: 1 }] } }, 400, 'customers'],
    [
      'a state that is no object of lists',
      'put',
      '/state',
      { hive: { customers: 'all' } },
      400,
      'body/hive/customers',
    ],
    ['an unknown snapshot', 'post', '/snapshots/nope/restore', undefined, 404, 'nope'],
    ['a fault that can never strike', 'post', '/faults', { operation: 'creatCheck' }, 400, 'creatCheck'],
    ['a duration that is none', 'post', '/clock', { advance: 'soon' }, 400, 'body/advance'],
    ['an unknown control', 'post', `/hive/sessions/${john}/finish`, undefined, 404, 'finish'],
  ] as const)(
    'refuses %s with a problem that says why, and changes nothing',
    async (_, method, path, body, status, told) => {
      const before = JSON.stringify(hive.mock.state.dump());
      const answer = await (body === undefined ? admin(method, path) : admin(method, path).send(body));
      expect(answer.status).toBe(status);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(JSON.stringify(answer.body)).toContain(told.replaceAll('"', '\\"'));
      expect(answer.body.next).toEqual(expect.any(String));
      expect(JSON.stringify(hive.mock.state.dump())).toBe(before);
    },
  );

  it('names the nearest right name', async () => {
    expect((await admin('post', '/faults').send({ operation: 'creatCheck' })).body.next).toContain(
      'createCheck',
    );
    expect((await admin('get', '/state/hve/customers')).body.next).toContain('hive');
    await admin('put', '/snapshots/before').expect(204);
    expect((await admin('post', '/snapshots/befor/restore')).body.next).toContain('before');
  });

  it('takes state back to a snapshot, to the fixtures, and to what it is told', async () => {
    const fixtures = hive.mock.state.dump();
    await admin('put', '/snapshots/before').expect(204);
    await hive.call('delete', `/customers/${john}`).expect(200);
    await admin('post', '/snapshots/before/restore').expect(204);
    expect(hive.mock.state.dump()).toEqual(fixtures);
    await hive.call('post', '/customers').send({ email: 'a@example.com' }).expect(201);
    await admin('post', '/reset').expect(204);
    expect(hive.mock.state.dump()).toEqual(fixtures);
    await admin('put', '/state')
      .send({ hive: { customers: [] } })
      .expect(200);
    expect((await hive.call('get', '/customers')).body).toEqual({ data: [], meta: { total: 0 } });
  });

  it('keeps a journal of every exchange, without secrets and without its own calls', async () => {
    await admin('delete', '/journal').expect(204);
    await hive.call('post', '/customers').send({ email: 'nobody' }).expect(400);
    await hive.call('post', '/customers').send({ email: 'ann@example.com' }).expect(201);
    await hive.call('get', '/nothing').expect(404);
    await supertest(hive.mock.app).get('/hive/token').auth('a', 'b').expect(401);
    const all = (await admin('get', '/journal').expect(200)).body;
    expect(
      all.map(({ operation, response }: { operation: string; response: { status: number } }) => [
        operation,
        response.status,
      ]),
    ).toEqual([
      ['createCustomer', 400],
      ['createCustomer', 201],
      [null, 404],
      ['createToken', 401],
    ]);
    expect(JSON.stringify(all)).not.toContain(hive.token);
    expect(all[0].violations).toEqual([expect.objectContaining({ location: 'body/email' })]);
    expect((await admin('get', '/journal?status=4xx&operation=createCustomer')).body.length).toBe(1);
    expect((await admin('get', '/journal?path=/cust*&violations=false')).body.length).toBe(1);
    const filter = { body: { email: 'ann@example.com' } };
    expect((await admin('post', '/journal/count').send(filter).expect(200)).body).toEqual({ count: 1 });
    expect((await admin('post', '/journal/find').send(filter).expect(200)).body.id).toBe(all[1].id);
    expect((await admin('get', `/journal/${all[1].id}`).expect(200)).body.milliseconds).toBeGreaterThan(0);
    expect(hive.mock.journal.find({ status: 201 })?.operationId).toBe('createCustomer');
  });

  it('disturbs answers by the seed: the same ones on every run', async () => {
    const statuses = async () => {
      const mock = (await startHive({ seed: 3 })).mock;
      mock.faults.add({ operation: 'createToken', status: 401, rate: 0.5 });
      const found: number[] = [];
      for (let index = 0; index < 40; index += 1) {
        found.push(
          (
            await supertest(mock.app)
              .get('/hive/token')
              .auth('HiveDemoKey000000000000000000000', 'HiveDemoSecret000000000000000000')
          ).status,
        );
      }
      await mock.close();
      return found;
    };
    const first = await statuses();
    expect(new Set(first)).toEqual(new Set([200, 401]));
    expect(await statuses()).toEqual(first);
  });

  it('drops connections before and in the middle of an answer', async () => {
    const mock = await createMock({ apis: ['hive'], port: 0 });
    const basic = `Basic ${Buffer.from('HiveDemoKey000000000000000000000:HiveDemoSecret000000000000000000').toString('base64')}`;
    const ask = async () =>
      (await fetch(`${mock.url}/hive/token`, { headers: { authorization: basic } })).text();
    mock.faults.add({ drop: 'before', times: 1 });
    await expect(ask()).rejects.toThrow('fetch failed');
    mock.faults.add({ drop: 'after', times: 1 });
    await expect(ask()).rejects.toThrow('terminated');
    expect(await ask()).toContain('access_token');
    await mock.close();
  });

  it('reads and steers the clock', async () => {
    expect((await admin('get', '/clock')).body).toEqual({
      now: '2026-01-31T12:00:00.000Z',
      frozen: true,
      scale: 1,
    });
    expect((await admin('post', '/clock').send({ advance: '2h' })).body.now).toBe('2026-01-31T14:00:00.000Z');
    expect((await admin('post', '/clock').send({ now: '2026-02-01T00:00:00Z' })).body.now).toBe(
      '2026-02-01T00:00:00.000Z',
    );
    expect((await admin('post', '/clock').send({ frozen: false, scale: 60 })).body).toMatchObject({
      frozen: false,
      scale: 60,
    });
    await admin('post', '/clock').send({}).expect(400);
  });

  it('keeps namespaces apart, by header and by path', async () => {
    await hive.call('delete', `/customers/${john}`).set('sparring-namespace', 'anna').expect(200);
    await hive.call('get', `/customers/${john}`).expect(200);
    const byPath = await supertest(hive.mock.app)
      .get(`/~anna/hive/customers/${john}`)
      .set('Authorization', `Bearer ${hive.token}`);
    expect(byPath.status).toBe(404);
    await admin('get', `/state/hive/customers/${john}`).set('sparring-namespace', 'anna').expect(404);
    const names = (await admin('get', '/namespaces')).body.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['default', 'anna']));
    await admin('delete', '/namespaces/anna').expect(204);
    await hive.call('get', `/customers/${john}`).set('sparring-namespace', 'anna').expect(200);
  });

  it('is closed to pages of other origins and to strange hosts, and asks for its token where it has one', async () => {
    const foreign = await admin('get', '/state').set('Origin', 'https://attacker.example').expect(403);
    expect(foreign.headers['access-control-allow-origin']).toBeUndefined();
    await admin('post', '/reset').set('Origin', 'http://localhost:5173').expect(403);
    await admin('get', '/health').set('Host', 'attacker.example').expect(421);
    const mock = await createMock({ apis: ['hive'], adminToken: 'a-long-enough-token' });
    await supertest(mock.app).get('/_sparring/health').expect(401);
    await supertest(mock.app)
      .get('/_sparring/health')
      .set('Authorization', 'Bearer a-long-enough-token')
      .expect(200);
    await mock.close();
  });
});
