import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReceiver, type Receiver } from '../../../src/index.ts';
import {
  type ApiTreeClient,
  sampleWebhook,
  startApiTree,
  weatherApi,
  weatherRelease,
} from './apitree-client.ts';

let apitree: ApiTreeClient;
let receiver: Receiver;
beforeEach(async () => {
  apitree = await startApiTree();
  receiver = await createReceiver();
});
afterEach(async () => {
  await apitree.mock.close();
  await receiver.close();
});

const everything = [
  ...['api.created', 'api.deleted', 'webhook.created'],
  ...['release.released', 'release.deprecated', 'release.endOfLife', 'release.deleted'],
];

/** Creates a webhook that is told of the named events. */
async function subscribe(names: readonly string[], fields: Readonly<Record<string, unknown>> = {}) {
  const events = names.map((name) => ({ name }));
  const { body } = await apitree
    .call('post', '/webhooks')
    .send({ url: receiver.url, events, ...fields })
    .expect(201);
  return body;
}
const webhook = async (id: string) => (await apitree.call('get', `/webhooks/${id}`).expect(200)).body;
const apis = () => apitree.mock.records('apitree', 'apis');
const releases = () => apitree.mock.records('apitree', 'releases');
const api = { id: '11111111-0000-4000-8000-000000000000', name: 'maps', userId: '10123' };
async function told(): Promise<unknown[]> {
  await apitree.mock.webhooks.whenIdle();
  return receiver.requests.map(({ json }) => json);
}
const namesTold = async () => (await told()).map((event) => Reflect.get(Object(event), 'name'));

describe('a delivery', () => {
  it('tells of a new API, signed over URL and body', async () => {
    const { secret } = await subscribe(['api.created']);
    await apis().insert(api);
    expect(await told()).toEqual([
      {
        name: 'api.created',
        timestamp: '2026-01-31T12:00:00.000Z',
        user: { id: '10123', nickname: 'john-doe' },
        resourceType: 'Api',
        resource: api,
      },
    ]);
    const [request] = receiver.requests;
    expect(request).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } });
    const digest = createHmac('sha1', secret).update(`${receiver.url}${request?.text}`).digest('base64');
    expect(request?.headers['x-apitree-signature']).toBe(digest);
  });

  it('tells of a new webhook as the sample does: without secret, user and time of update', async () => {
    const { active, createdAt, events, id, url } = await subscribe(['webhook.created']);
    expect(await told()).toEqual([
      {
        name: 'webhook.created',
        timestamp: '2026-01-31T12:00:00.000Z',
        user: { id: '10123', nickname: 'john-doe' },
        resourceType: 'Webhook',
        resource: { id, url, events, active, createdAt },
      },
    ]);
  });

  it('tells of each thing that becomes of a release, once', async () => {
    await subscribe(everything.filter((name) => name !== 'webhook.created'));
    for (const status of ['released', 'deprecated', 'endOfLife'] as const) {
      await releases().update(weatherRelease, { status });
      await releases().update(weatherRelease, { version: `1.0.0-${status}` });
    }
    await releases().delete(weatherRelease);
    await apis().delete(weatherApi);
    expect((await namesTold()).toSorted()).toEqual(
      [
        ...['release.released', 'release.deprecated', 'release.endOfLife', 'release.deleted'],
        ...['api.deleted'],
      ].toSorted(),
    );
  });

  it('goes to those who subscribe to the event, for the API or organization that it concerns', async () => {
    await subscribe(['api.created'], { url: `${receiver.url}/user` });
    await subscribe(['api.deleted'], { url: `${receiver.url}/other-event` });
    await subscribe(['api.created'], { url: `${receiver.url}/other-organization`, userId: 'acme' });
    await subscribe(['api.created'], { url: `${receiver.url}/api`, apiId: api.id });
    await subscribe(everything, { url: `${receiver.url}/other-api`, apiId: weatherApi });
    await apis().insert(api);
    await apitree.mock.webhooks.whenIdle();
    expect(receiver.requests.map(({ path }) => path).toSorted()).toEqual(['/api', '/user']);
    await releases().update(weatherRelease, { status: 'released' });
    await apitree.mock.webhooks.whenIdle();
    expect(receiver.requests.map(({ path }) => path).at(-1)).toBe('/other-api');
  });

  it('is not made while a webhook is inactive, and is again once it is activated', async () => {
    const { id } = await subscribe(['api.created']);
    await apitree.call('put', `/webhooks/${id}`).send({ active: false }).expect(204);
    await apis().insert(api);
    expect(await told()).toEqual([]);
    await apitree.call('put', `/webhooks/${id}`).send({ active: true }).expect(204);
    await apis().insert({ ...api, id: '22222222-0000-4000-8000-000000000000' });
    expect(await told()).toHaveLength(1);
  });
});

describe('the last delivery', () => {
  it('is written into the webhook, which is not updated by that', async () => {
    const before = await subscribe(['api.created']);
    receiver.answer({ status: 201, body: 'Thanks' });
    await apitree.mock.clock.advance(5000);
    await apis().insert(api);
    await told();
    const timestamp = '2026-01-31T12:00:05.000Z';
    expect(await webhook(before.id)).toEqual({
      ...before,
      lastDelivery: { success: true, statusCode: 201, response: 'Thanks', timestamp },
    });
  });

  it('is the only attempt, failed as it may be', async () => {
    const { id } = await subscribe(['api.created']);
    receiver.answer({ status: 500, body: 'Oh' });
    await apis().insert(api);
    await told();
    await apitree.mock.clock.advance(7 * 86_400_000);
    expect(receiver.requests).toHaveLength(1);
    const { lastDelivery } = (await apitree.mock.records('apitree', 'webhooks').get(id)) ?? {};
    expect(lastDelivery).toMatchObject({ success: false, statusCode: 500, response: 'Oh' });
  });

  it('has no status where nobody answered, as for the sample webhook, which is beyond this machine', async () => {
    await apis().insert(api);
    await told();
    expect(apitree.mock.webhooks.deliveries()).toMatchObject([{ state: 'blocked' }]);
    expect((await webhook(sampleWebhook)).lastDelivery).toMatchObject({
      success: false,
      statusCode: null,
      response: null,
    });
  });
});

describe('a webhook that answers 410', () => {
  it('is disabled, until it is activated again', async () => {
    const { id } = await subscribe(['api.created']);
    receiver.answer({ status: 410 });
    await apis().insert(api);
    await told();
    expect(await webhook(id)).toMatchObject({
      active: false,
      lastDelivery: { success: false, statusCode: 410 },
    });
    receiver.answer({ status: 200 });
    await apis().insert({ ...api, id: '22222222-0000-4000-8000-000000000000' });
    expect(await told()).toHaveLength(1);
    await apitree.call('patch', `/webhooks/${id}`).send({ active: true }).expect(204);
    await apis().insert({ ...api, id: '33333333-0000-4000-8000-000000000000' });
    expect(await told()).toHaveLength(2);
    expect(await webhook(id)).toMatchObject({
      active: true,
      lastDelivery: { success: true, statusCode: 200 },
    });
  });
});

it.each([...everything, 'plan.subscribed', 'user.created'])('%s can be fired by hand', async (name) => {
  await subscribe([name]);
  const { length } = await told();
  await apitree.mock.webhooks.fire('apitree', name);
  expect((await namesTold()).slice(length)).toEqual([name]);
});
