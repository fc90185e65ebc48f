import { jwtVerify } from 'jose';
import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HiveClient, startHive } from '../../server/hive-client.ts';
import { sessionIdOf } from './verification.ts';

const john = '8462e8ce-4245-4eca-835c-4a160b93b030';

describe('sessions', () => {
  let hive: HiveClient;
  beforeEach(async () => {
    hive = await startHive();
  });
  afterEach(() => hive.mock.close());

  const create = (body: object = { customer_id: john, application_key: 'any' }) =>
    hive.call('post', '/sessions').send(body);

  it('answer nothing but a token with the documented claims', async () => {
    const { body } = await create().expect(201);
    expect(Object.keys(body)).toEqual(['session_token']);
    const [header, claims] = body.session_token
      .split('.', 2)
      .map((part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()));
    const now = hive.mock.clock.now() / 1000;
    expect(header).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(claims).toEqual({
      room: expect.stringMatching(/^[\w-]{12}$/),
      session_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      iat: now,
      exp: now + 3600,
    });
    await expect(jwtVerify(body.session_token, new TextEncoder().encode('another secret'))).rejects.toThrow(
      'signature',
    );
  });

  it('keep every documented field', async () => {
    await hive.call('patch', `/customers/${john}`).send({ middle_name: 'Farrell' });
    const id = sessionIdOf((await create()).body.session_token);
    const now = hive.mock.clock.now() / 1000;
    expect((await hive.call('get', `/sessions/${id}`)).body).toEqual({
      id,
      customer: john,
      full_name: 'John Farrell Doe',
      email: 'john@hive.id',
      application_id: '417c1928-05ac-45dd-8740-9e4a996f823e',
      workspace_id: '53f87c6e-7242-4a5b-ac65-33fba6e247a0',
      check_id: null,
      intent: null,
      status: 'created',
      expires_at: now + 3600,
      created_at: now,
      updated_at: now,
    });
  });

  it('need a customer and an application key', async () => {
    await create({ customer_id: '00000000-0000-4000-8000-000000000000', application_key: 'any' }).expect(404);
    await create({ customer_id: john }).expect(400);
    await create({ application_key: 'any' }).expect(400);
    await create({ customer_id: null, application_key: 'any' }).expect(400);
  });

  it.each([
    ['complete', 'completed'],
    ['cancel', 'canceled'],
  ])('end by the control %s, once', async (control, status) => {
    const id = sessionIdOf((await create()).body.session_token);
    await hive.mock.clock.advance(5_000);
    const path = `/_sparring/hive/sessions/${id}/${control}`;
    const ended = await supertest(hive.mock.app).post(path).expect(200);
    expect(ended.body).toMatchObject({ status, updated_at: hive.mock.clock.now() / 1000 });
    const again = await supertest(hive.mock.app).post(path).expect(409);
    expect(again.body.detail).toContain(status);
  });

  it('expire by the clock', async () => {
    const id = sessionIdOf((await create()).body.session_token);
    await hive.mock.clock.advance(3_599_000);
    expect(hive.mock.records('hive', 'sessions').get(id)?.status).toBe('created');
    await hive.mock.clock.advance(1_000);
    expect(hive.mock.records('hive', 'sessions').get(id)?.status).toBe('expired');
    await expect(hive.mock.control('hive', 'sessions', id, 'complete')).rejects.toThrow('expired');
  });

  it('last and complete by themselves as the settings say', async () => {
    const own = await startHive({ settings: { hive: { session_ttl: '90m', session_autocomplete: '3s' } } });
    const { body } = await own.call('post', '/sessions').send({ customer_id: john, application_key: 'any' });
    const id = sessionIdOf(body.session_token);
    const session = own.mock.records('hive', 'sessions').get(id);
    expect(Number(session?.expires_at) - Number(session?.created_at)).toBe(5400);
    await own.mock.clock.advance(3_000);
    expect(own.mock.records('hive', 'sessions').get(id)?.status).toBe('completed');
    await own.mock.close();
  });

  it('delete to exactly their id', async () => {
    const id = sessionIdOf((await create()).body.session_token);
    expect((await hive.call('delete', `/sessions/${id}`).expect(200)).body).toEqual({ id });
    await hive.call('get', `/sessions/${id}`).expect(404);
  });
});
