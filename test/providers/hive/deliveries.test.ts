import { afterEach, beforeEach, expect, it } from 'vitest';
import { createReceiver, type Receiver } from '../../../src/index.ts';
import { type HiveClient, startHive } from '../../server/hive-client.ts';

let hive: HiveClient;
let receiver: Receiver;
beforeEach(async () => {
  receiver = await createReceiver();
  hive = await startHive();
});
afterEach(async () => {
  await hive.mock.close();
  await receiver.close();
});

const register = (fields: Record<string, unknown>) =>
  hive
    .call('post', '/webhooks')
    .send({ type: 'check.completed', is_sandbox: false, ...fields })
    .expect(201);

/** Takes John's completed session through a check. */
async function completeCheck(): Promise<unknown> {
  const session_id = 'd8779205-f122-4325-af25-942e7850b696';
  const { body } = await hive.call('post', '/checks').send({ session_id }).expect(201);
  await hive.mock.clock.advance(2000);
  return (await hive.call('get', `/checks/${body.id}`).expect(200)).body;
}

it('tells the active webhooks of the environment of a completed check, unsigned and once', async () => {
  await register({ endpoint: `${receiver.url}/mine` });
  await register({ endpoint: `${receiver.url}/sandbox`, is_sandbox: true });
  const inactive = await register({ endpoint: `${receiver.url}/inactive` });
  await hive.call('patch', `/webhooks/${inactive.body.id}`).send({ is_active: false }).expect(200);
  await register({ endpoint: `${receiver.url}/other`, type: 'customer.created' });
  receiver.answer({ status: 500 });
  const check = await completeCheck();
  expect(check).toMatchObject({ status: 'completed' });
  await hive.mock.clock.advance(86_400_000);
  expect(receiver.requests).toHaveLength(1);
  const [request] = receiver.requests;
  expect(request).toMatchObject({
    method: 'POST',
    path: '/mine',
    json: { type: 'check.completed', data: check },
  });
  expect(request?.headers).toMatchObject({ 'content-type': 'application/json' });
  expect(Object.keys(request?.headers ?? {}).filter((name) => /sign|auth/.test(name))).toEqual([]);
  expect(hive.mock.webhooks.deliveries({ state: 'exhausted' })).toHaveLength(1);
});

it('tells the webhooks of the sandbox alone where this is the sandbox', async () => {
  await hive.mock.close();
  hive = await startHive({ settings: { hive: { sandbox: true } } });
  await register({ endpoint: `${receiver.url}/mine` });
  await register({ endpoint: `${receiver.url}/sandbox`, is_sandbox: true });
  await completeCheck();
  await hive.mock.webhooks.whenIdle();
  expect(receiver.requests.map(({ path }) => path)).toEqual(['/sandbox']);
});

it('records the deliveries to webhooks beyond this machine as blocked', async () => {
  await register({ endpoint: 'https://example.com/webhook' });
  await completeCheck();
  await hive.mock.webhooks.whenIdle();
  const states = hive.mock.webhooks.deliveries().map(({ state }) => state);
  expect(new Set(states)).toEqual(new Set(['blocked']));
});
