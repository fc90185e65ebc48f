import { createMock } from 'sparring';
import { describeContract, setOpenApi } from 'sparring/vitest';
import request from 'supertest';
import { afterAll, expect, test } from 'vitest';

// Here a mock; a URL, an Express app, a Node server or a fetch function is tested in the same way.
const mock = await createMock({ apis: ['authentic'], now: '2026-01-31T12:00:00Z' });
afterAll(() => mock.close());

// A describe for each operation, a test for each rule, all that `sparring test` would send.
describeContract('authentic', mock, { seed: 7, maxCases: 60 });

// The answers of your own tests, judged by the document.
setOpenApi('authentic');

test('hooks are listed', async () => {
  const answer = await request(mock.app)
    .get('/authentic/api/v2/producers/hooks')
    .set('an-api-token', 'authentic-demo-token');
  await expect(answer).toMatchOpenApi();
});
