import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AdminClient, startAdmin } from './admin-client.ts';

const john = '8462e8ce-4245-4eca-835c-4a160b93b030';

describe('the admin API', () => {
  let client: AdminClient;
  let admin: AdminClient['admin'];
  beforeEach(async () => {
    client = await startAdmin();
    admin = client.admin;
  });
  afterEach(() => client.mock.close());

  it('says that it is ready', async () => {
    const { body } = await admin('get', '/health');
    expect(body).toMatchObject({
      status: 'ready',
      apis: ['hive'],
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
    expect(body.uptime).toBeGreaterThan(0);
  });

  it('says what is served, with a curl line for the caller', async () => {
    const { body } = await admin('get', '/apis');
    expect(body).toHaveLength(1);
    expect(body[0]).toMatchObject({ name: 'hive', credentials: expect.stringContaining('basic ') });
    expect(body[0].curl).toContain(body[0].url);
    expect(JSON.stringify(body)).not.toContain(import.meta.dirname.split('/test/')[0]);
  });

  it('answers an unknown path with a problem', async () => {
    const answer = await supertest(client.mock.app).get('/_sparring/nothing').expect(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('says what a path that is written out can do, rather than take it for a control', async () => {
    const answer = await supertest(client.mock.app).post(`/_sparring/state/hive/customers/${john}`).send({});
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toContain('PATCH');
  });

  describe('snapshots', () => {
    it('bring records back, as often as wanted', async () => {
      expect((await admin('put', '/snapshots/before')).status).toBe(204);
      for (let round = 0; round < 2; round += 1) {
        await client.call('delete', `/customers/${john}`).expect(200);
        expect((await admin('post', '/snapshots/before/restore')).status).toBe(204);
        await client.call('get', `/customers/${john}`).expect(200);
      }
      expect((await admin('get', '/snapshots')).body).toEqual(['before']);
      expect((await admin('delete', '/snapshots/before')).status).toBe(204);
      expect((await admin('get', '/snapshots')).body).toEqual([]);
    });

    it('that do not exist are refused with the nearest name, and nothing is lost', async () => {
      await admin('put', '/snapshots/before-payment');
      const before = JSON.stringify(client.mock.state.dump());
      const answer = await admin('post', '/snapshots/before-paymnet/restore');
      expect(answer).toMatchObject({ status: 404, body: { next: 'Did you mean before-payment?' } });
      expect((await admin('post', '/snapshots/x/restore')).body.next).toContain('before-payment');
      expect((await admin('delete', '/snapshots/x')).status).toBe(404);
      expect(JSON.stringify(client.mock.state.dump())).toBe(before);
    });

    it('say how to take one where there is none', async () => {
      expect((await admin('post', '/snapshots/x/restore')).body.next).toContain('PUT /_sparring/snapshots/x');
    });

    it('have names that fit into a path', async () => {
      expect((await admin('put', '/snapshots/a%2Fb')).status).toBe(400);
      expect((await admin('put', `/snapshots/${'a'.repeat(65)}`)).status).toBe(400);
    });
  });

  describe('faults', () => {
    it('are added, shown, replaced and removed', async () => {
      const added = await admin('post', '/faults', {
        operation: 'listCustomers',
        status: 401,
        latency: '1ms',
        jitter: 0,
      });
      expect(added).toMatchObject({ status: 201, body: { id: '1', latency: 1, jitter: 0, status: 401 } });
      expect((await admin('get', '/faults')).body).toEqual([added.body]);
      expect((await admin('get', '/faults/1')).body).toEqual(added.body);
      expect(await admin('put', '/faults/1', { status: 401, times: 1 })).toMatchObject({
        status: 200,
        body: { id: '1', status: 401, times: 1 },
      });
      expect(await admin('put', '/faults/slow', { latency: '2s' })).toMatchObject({
        status: 201,
        body: { id: 'slow', latency: 2000 },
      });
      expect((await admin('get', '/faults')).body.map(({ id }: { id: string }) => id)).toEqual(['1', 'slow']);
      expect((await admin('delete', '/faults/slow')).status).toBe(204);
      expect((await admin('delete', '/faults/slow')).status).toBe(404);
      expect((await admin('get', '/faults/slow')).status).toBe(404);
      expect((await admin('delete', '/faults')).status).toBe(204);
      expect((await admin('get', '/faults')).body).toEqual([]);
    });

    it('strike requests to the API, and the journal names the rule', async () => {
      await admin('post', '/faults', { operation: 'listCustomers', status: 401, times: 1 });
      await client.call('get', '/customers').expect(401);
      await client.call('get', '/customers').expect(200);
      const { body } = await admin('get', '/journal?operation=listCustomers');
      expect(body.map(({ fault }: { fault: string | null }) => fault)).toEqual(['1', null]);
    });

    it('do not reach the admin API or another namespace', async () => {
      await admin('post', '/faults', { status: 401 });
      expect((await admin('get', '/health')).status).toBe(200);
      await client.call('get', '/customers').set('sparring-namespace', 'other').expect(200);
    });

    it.each([
      [
        'an operation there is not',
        { operation: 'listCustomer', status: 401 },
        400,
        /Did you mean listCustomers/,
      ],
      ['an API there is not', { api: 'hiv', status: 401 }, 404, /Did you mean hive/],
      ['a method there is not', { method: 'FETCH', status: 401 }, 400, /method/],
      ['a rate above 1', { rate: 2, status: 401 }, 400, /rate/],
      ['no effect', { operation: 'listCustomers' }, 400, /latency/],
      ['what is no duration', { latency: 'soon' }, 400, /latency/],
      ['a property it does not know', { latncy: '1s', status: 401 }, 400, /latncy/],
    ])('with %s are refused', async (_, rule, status, words) => {
      const answer = await admin('post', '/faults', rule);
      expect(answer.status).toBe(status);
      expect(answer.text).toMatch(words);
      expect((await admin('put', '/faults/a', rule)).status).toBe(status);
      expect((await admin('get', '/faults')).body).toEqual([]);
    });
  });

  describe('the clock', () => {
    it('is read, set, advanced, run and frozen', async () => {
      expect((await admin('get', '/clock')).body).toEqual({
        now: '2026-01-31T12:00:00.000Z',
        frozen: true,
        scale: 1,
      });
      expect((await admin('post', '/clock', { advance: '1.5h' })).body.now).toBe('2026-01-31T13:30:00.000Z');
      expect((await admin('post', '/clock', { advance: 1000 })).body.now).toBe('2026-01-31T13:30:01.000Z');
      expect((await admin('post', '/clock', { now: '2025-01-01T00:00:00Z' })).body.now).toBe(
        '2025-01-01T00:00:00.000Z',
      );
      expect((await admin('post', '/clock', { frozen: false, scale: 10 })).body).toMatchObject({
        frozen: false,
        scale: 10,
      });
      expect((await admin('post', '/clock', { frozen: true })).body.frozen).toBe(true);
    });

    it('belongs to its namespace', async () => {
      await client.adminOf('other')('post', '/clock', { advance: '1d' });
      expect((await admin('get', '/clock')).body.now).toBe('2026-01-31T12:00:00.000Z');
    });

    it.each([
      ['nothing', {}],
      ['a date that is none', { now: '2026-02-30T00:00:00Z' }],
      ['a leap second', { frozen: false, now: '2016-12-31T23:59:60Z' }],
      ['a negative duration', { advance: -1 }],
      ['a duration past the year 9999', { frozen: false, scale: 2, advance: '4000000d' }],
      ['a number past all time', { frozen: false, advance: 1e21 }],
      ['a scale of 0', { scale: 0 }],
      ['what it does not know', { freeze: true }],
    ])('refuses %s as a whole', async (_, body) => {
      expect((await admin('post', '/clock', body)).status).toBe(400);
      expect((await admin('get', '/clock')).body).toEqual({
        now: '2026-01-31T12:00:00.000Z',
        frozen: true,
        scale: 1,
      });
    });

    it('takes a tiny number of milliseconds for a number', async () => {
      expect((await admin('post', '/clock', { advance: 1e-7 })).status).toBe(200);
    });
  });

  describe('namespaces', () => {
    it('are listed and dropped, one or all', async () => {
      for (const name of ['one', 'two'])
        await client.adminOf(name)('delete', `/state/hive/customers/${john}`);
      const { body } = await admin('get', '/namespaces');
      expect(body.map(({ name }: { name: string }) => name)).toEqual(['default', 'one', 'two']);
      expect(body[1].records).toBe(body[0].records - 1);
      expect((await admin('delete', '/namespaces/one')).status).toBe(204);
      expect((await admin('delete', '/namespaces/one')).status).toBe(404);
      expect((await admin('delete', '/namespaces')).status).toBe(204);
      expect((await admin('get', '/namespaces')).body.map(({ name }: { name: string }) => name)).toEqual([
        'default',
      ]);
      await client.call('get', `/customers/${john}`).set('sparring-namespace', 'one').expect(200);
    });

    it('keep the default one', async () => {
      const answer = await admin('delete', '/namespaces/default');
      expect(answer).toMatchObject({ status: 409, body: { next: expect.stringContaining('reset') } });
    });
  });

  describe('controls', () => {
    it('let happen what happens outside the API', async () => {
      expect((await admin('get', '/apis')).body[0].controls).toContain('sessions.complete');
      const [{ id: customer }] = (await admin('get', '/state/hive/customers')).body;
      await client
        .call('post', '/sessions')
        .send({ customer_id: customer, application_key: 'A'.repeat(32) })
        .expect(201);
      const session = (await admin('get', '/state/hive/sessions')).body.at(-1);
      expect(session.status).toBe('created');
      const answer = await admin('post', `/hive/sessions/${session.id}/complete`, {});
      expect(answer).toMatchObject({ status: 200, body: { id: session.id, status: 'completed' } });
      await client
        .call('get', `/sessions/${session.id}`)
        .expect(200)
        .expect(({ body }) => expect(body.status).toBe('completed'));
      const check = await client.call('post', '/checks').send({ session_id: session.id }).expect(201);
      expect(check.body.status).toBe('processing');
      await admin('post', '/clock', { advance: '2s' });
      const completed = await client.call('get', `/checks/${check.body.id}`).expect(200);
      expect(completed.body.status).toBe('completed');
      expect(['clear', 'caution', 'consider']).toContain(completed.body.decision);
    });

    it('are refused with the nearest right name', async () => {
      const [name] = (await admin('get', '/apis')).body[0].controls;
      const [collection, control] = name.split('.');
      const answer = await admin('post', `/hive/${collection}/x/${control}x`, {});
      expect(answer).toMatchObject({ status: 404, body: { next: expect.stringContaining('Did you mean') } });
      expect((await admin('post', `/hive/${collection}/x/__proto__`, {})).status).toBe(404);
      expect((await admin('post', `/hive/${collection}/nobody/${control}`, {})).status).toBe(404);
    });
  });
});
