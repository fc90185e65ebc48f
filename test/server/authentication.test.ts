import supertest from 'supertest';
import { describe, expect, it } from 'vitest';
import { basicOf, startHive } from './hive-client.ts';

describe('authentication', () => {
  it('issues a token that opens the API', async () => {
    const { mock, token, call } = await startHive();
    expect(token).toMatch(/^[\w-]{43}\.[\w-]{43}$/);
    await call('get', '/customers').expect(200);
    await mock.close();
  });

  it.each([
    ['no credentials', undefined],
    ['a wrong secret', `Basic ${Buffer.from('sparring:wrong').toString('base64')}`],
    ['no colon', `Basic ${Buffer.from('nothing').toString('base64')}`],
    ['a bearer token', 'Bearer abc'],
    ['an empty value', 'Basic '],
  ])('refuses a token for %s, in the error shape of the API', async (_, authorization) => {
    const { mock } = await startHive();
    const request = supertest(mock.app).get('/hive/token');
    const answer = await (authorization === undefined
      ? request
      : request.set('Authorization', authorization));
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toContain('Basic');
    expect(answer.body).toEqual({ error: { message: expect.any(String) } });
    await mock.close();
  });

  it('refuses the key and secret when they are not base64-encoded, as the document shows them by mistake', async () => {
    const { mock } = await startHive();
    const answer = await supertest(mock.app)
      .get('/hive/token')
      .set('Authorization', `Basic ${basicOf(mock)}`);
    expect(answer.status).toBe(401);
    await mock.close();
  });

  it('lets a token expire by the clock', async () => {
    const { mock, call } = await startHive();
    await mock.clock.advance(3_598_000);
    await call('get', '/customers').expect(200);
    await mock.clock.advance(1_000);
    const late = await call('get', '/customers').expect(401);
    expect(late.body.error.message).toContain('expired');
    await mock.close();
  });

  it('refuses a token with one changed character', async () => {
    const { mock, token } = await startHive();
    const forged = `${token.slice(0, 50)}${token[50] === 'A' ? 'B' : 'A'}${token.slice(51)}`;
    await supertest(mock.app).get('/hive/customers').set('Authorization', `Bearer ${forged}`).expect(401);
    await mock.close();
  });

  it('accepts a token in every namespace and after a reset', async () => {
    const { mock, call } = await startHive();
    await call('get', '/customers').set('sparring-namespace', 'other').expect(200);
    await mock.reset();
    await call('get', '/customers').expect(200);
    await mock.close();
  });

  it('takes own credentials in the place of the demo ones', async () => {
    const { mock } = await startHive({
      credentials: { hive: { basic: { username: 'mine', password: 'own' } } },
    });
    await supertest(mock.app).get('/hive/token').auth('mine', 'own').expect(200);
    await supertest(mock.app).get('/hive/token').auth('mine', 'other').expect(401);
    await mock.close();
  });
});
