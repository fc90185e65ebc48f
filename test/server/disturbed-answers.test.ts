import { expect, it } from 'vitest';
import { atRest, createManualTime } from '../manual-time.ts';
import { startHive } from './hive-client.ts';

it('answers with a status that the operation does not declare, in the provider’s shape', async () => {
  const { call, mock } = await startHive();
  mock.faults.add({ operation: 'listCustomers', status: 503 });
  const answer = await call('get', '/customers').expect(503);
  expect(answer.body).toEqual({ error: { message: expect.stringContaining('503') } });
  expect(mock.journal.list().at(-1)).toMatchObject({ status: 503, fault: '1' });
  await mock.close();
});

it('keeps an answer back for as long as the latency says, in real time', async () => {
  const time = createManualTime();
  const { mock, token } = await startHive({ time });
  mock.faults.add({ operation: 'listCustomers', latency: 300 });
  let answered = false;
  const answer = mock
    .fetch('/hive/customers', { headers: { authorization: `Bearer ${token}` } })
    .then(({ status }) => {
      answered = true;
      return status;
    });
  await atRest();
  await time.pass(299);
  expect(answered).toBe(false);
  await time.pass(1);
  expect(await answer).toBe(200);
  await mock.close();
});

it('disturbs as many of 200 requests as the rate says, and after a reset the same ones again', async () => {
  const { mock, token } = await startHive({ seed: 5 });
  mock.faults.add({ operation: 'listCustomers', status: 500, rate: 0.2 });
  const statuses = async () => {
    const found: number[] = [];
    for (let index = 0; index < 200; index += 1) {
      const answer = await mock.fetch('/hive/customers', { headers: { authorization: `Bearer ${token}` } });
      found.push(answer.status);
    }
    return found;
  };
  const first = await statuses();
  const failed = first.filter((status) => status === 500).length;
  expect(failed).toBeGreaterThan(20);
  expect(failed).toBeLessThan(60);
  await mock.reset();
  expect(await statuses()).toEqual(first);
  await mock.close();
});
