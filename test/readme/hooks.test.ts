import { createMock } from 'sparring';
import request from 'supertest';
import { expect, test } from 'vitest';

test('a hook that is created is listed', async () => {
  const mock = await createMock({ apis: ['authentic'], seed: 7, now: '2026-01-31T12:00:00Z' });
  await request(mock.app)
    .post('/authentic/api/v2/producers/hooks')
    .set('an-api-key-owner', 'authentic-demo-owner-key')
    .send({ url: 'http://127.0.0.1:3000/hooks', events: 'itemScanned' })
    .expect(200);
  expect(mock.records('authentic', 'hooks').count()).toBe(2);
  await mock.close();
});
