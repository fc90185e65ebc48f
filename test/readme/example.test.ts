import { createMock, type Mock } from 'sparring';
import request from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';

let mock: Mock;
let token: string;

beforeAll(async () => {
  // The same seed and time give the same ids, names and images on every run.
  mock = await createMock({ apis: ['hive'], seed: 7, now: '2026-01-31T12:00:00Z' });
  const answer = await request(mock.app)
    .get('/hive/token')
    .auth('HiveDemoKey000000000000000000000', 'HiveDemoSecret000000000000000000');
  token = answer.body.access_token;
});

afterAll(() => mock.close());

test('a customer is checked', async () => {
  const as = { Authorization: `Bearer ${token}` };
  const customer = await request(mock.app)
    .post('/hive/customers')
    .set(as)
    .send({ email: 'ann@example.com', first_name: 'Ann', metadata: { sparring_result: 'consider' } })
    .expect(201);

  await request(mock.app)
    .post('/hive/sessions')
    .set(as)
    .send({ customer_id: customer.body.id, application_key: 'any' })
    .expect(201);

  // What happens outside the API has a control: here the customer goes through the SDK.
  const session = mock
    .records('hive', 'sessions')
    .list()
    .find((one) => one.customer === customer.body.id);
  await mock.control('hive', 'sessions', String(session?.id), 'complete');

  const check = await request(mock.app).post('/hive/checks').set(as).send({ session_id: session?.id });
  expect(check.body.status).toBe('processing');

  // Time is yours: what falls due on the way has happened when this resolves.
  await mock.clock.advance(5_000);
  const done = await request(mock.app).get(`/hive/checks/${check.body.id}`).set(as);
  expect(done.body).toMatchObject({ status: 'completed', decision: 'consider' });

  expect(mock.journal.count({ operation: 'createCheck', status: 201 })).toBe(1);
});
