import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiTreeClient, sampleWebhook, startApiTree, weatherApi } from './apitree-client.ts';

let apitree: ApiTreeClient;
beforeEach(async () => {
  apitree = await startApiTree();
});
afterEach(() => apitree.mock.close());

const url = 'https://example.com/hooks';
const events = [{ name: 'api.created' }];
const create = (fields: Readonly<Record<string, unknown>> = {}) =>
  apitree.call('post', '/webhooks').send({ url, events, ...fields });
const idsOf = async (query = ''): Promise<string[]> =>
  (await apitree.call('get', `/webhooks${query}`).expect(200)).body.map(({ id }: { id: string }) => id);

describe('a webhook', () => {
  it('is the sample of the reference, to begin with', async () => {
    const { body } = await apitree.call('get', `/webhooks/${sampleWebhook}`).expect(200);
    expect(body).toEqual({
      id: 'd679ce92-572a-4dcd-b5a1-c72fc449b61e',
      user: { id: '10123' },
      userId: '10123',
      url: 'https://hooks.slack.com/services/123456',
      events: [{ name: 'api.created' }, { name: 'release.released' }, { name: 'release.deprecated' }],
      secret: 'f0da7e08f20dffb9194d65d5b950cda8',
      active: true,
      createdAt: '2019-03-27T17:50:23Z',
      updatedAt: '2019-04-01T09:53:22Z',
      lastDelivery: { success: true, statusCode: 200, response: 'OK', timestamp: '2019-04-17T11:25:37Z' },
    });
  });

  it('is created for the user, active, with a secret of its own and without a last delivery', async () => {
    const { body } = await create({ custom: '{"team":1}' }).expect(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/),
      user: { id: '10123' },
      userId: '10123',
      url,
      events,
      secret: expect.stringMatching(/^[0-9a-f]{32}$/),
      active: true,
      custom: '{"team":1}',
      createdAt: '2026-01-31T12:00:00Z',
      updatedAt: '2026-01-31T12:00:00Z',
    });
    expect((await apitree.call('get', `/webhooks/${body.id}`).expect(200)).body).toEqual(body);
    expect((await create()).body.secret).not.toBe(body.secret);
  });

  it('is created for one API or for an organization, and not for both', async () => {
    const ofApi = (await create({ apiId: weatherApi }).expect(201)).body;
    expect(ofApi.apiId).toBe(weatherApi);
    expect(ofApi).not.toHaveProperty('userId');
    expect((await create({ userId: 'acme' }).expect(201)).body.userId).toBe('acme');
    const { body } = await create({ apiId: weatherApi, userId: 'acme' }).expect(400);
    expect(body).toEqual({ code: 400, message: expect.any(String) });
  });

  it('ignores what is read-only, and takes a whole webhook back', async () => {
    const sample = (await apitree.call('get', `/webhooks/${sampleWebhook}`)).body;
    const { body } = await create(sample).expect(201);
    expect(body).toMatchObject({ url: sample.url, events: sample.events, userId: '10123' });
    expect(body.id).not.toBe(sample.id);
    expect(body.secret).not.toBe(sample.secret);
    expect(body).not.toHaveProperty('lastDelivery');
  });

  it.each([
    ['no URL', { url: undefined }],
    ['no URL that can be called', { url: 'mailto:me@example.com' }],
    ['a URL of more than 1000 characters', { url: `https://example.com/${'x'.repeat(981)}` }],
    ['no events', { events: undefined }],
    ['events by mere names', { events: ['api.created'] }],
    ['an API that is no UUID', { apiId: '12' }],
    ['a text that is no switch', { active: 'no' }],
  ])('is refused with %s', async (_, fields) => {
    const { body } = await create(fields).expect(400);
    expect(body).toEqual({ code: 400, message: expect.any(String) });
    expect(apitree.mock.records('apitree', 'webhooks').count()).toBe(1);
  });

  it('takes a URL of 1000 characters', async () => {
    await create({ url: `https://example.com/${'x'.repeat(980)}` }).expect(201);
  });

  it.each(['put', 'patch'] as const)(
    'is updated by %s, which leaves alone what is omitted, and the URL',
    async (method) => {
      const { body } = await create({ custom: 'mine' });
      await apitree.mock.clock.advance(90_000);
      const answer = await apitree
        .call(method, `/webhooks/${body.id}`)
        .send({ active: false, url: 'https://elsewhere.example.com', secret: 'mine', id: sampleWebhook })
        .expect(204);
      expect(answer.text).toBe('');
      const updated = (await apitree.call('get', `/webhooks/${body.id}`)).body;
      expect(updated).toEqual({ ...body, active: false, updatedAt: '2026-01-31T12:01:30Z' });
      await apitree
        .call(method, `/webhooks/${body.id}`)
        .send({ events: [{ name: 'api.deleted' }], apiId: weatherApi });
      const aimed = (await apitree.call('get', `/webhooks/${body.id}`)).body;
      expect(aimed).toMatchObject({ apiId: weatherApi, events: [{ name: 'api.deleted' }], active: false });
      expect(aimed).not.toHaveProperty('userId');
    },
  );

  it('is deleted for good', async () => {
    expect((await apitree.call('delete', `/webhooks/${sampleWebhook}`).expect(204)).text).toBe('');
    for (const method of ['get', 'delete', 'put', 'patch'] as const) {
      const request = apitree.call(method, `/webhooks/${sampleWebhook}`);
      const { body } = await (method === 'put' || method === 'patch' ? request.send({}) : request).expect(
        404,
      );
      expect(body).toEqual({ code: 404, message: expect.any(String) });
    }
    expect(await idsOf()).toEqual([]);
  });
});

describe('the list of webhooks', () => {
  it('is a bare array of those of the user, as they were created', async () => {
    const other = (await create()).body;
    const webhooks = apitree.mock.records('apitree', 'webhooks');
    await webhooks.insert({ ...other, id: 'ffffffff-0000-4000-8000-000000000000', user: { id: 'other' } });
    expect(await idsOf()).toEqual([sampleWebhook, other.id]);
  });

  it('is filtered by API, by user or organization, and by event', async () => {
    const ofApi = (await create({ apiId: weatherApi })).body.id;
    const ofAcme = (await create({ userId: 'acme', events: [{ name: 'release.released' }] })).body.id;
    expect(await idsOf(`?apiId=${weatherApi}`)).toEqual([ofApi]);
    expect(await idsOf('?userId=acme')).toEqual([ofAcme]);
    expect(await idsOf('?userId=10123')).toEqual([sampleWebhook]);
    expect(await idsOf('?eventName=release.released')).toEqual([sampleWebhook, ofAcme]);
    expect(await idsOf(`?eventName=api.created&apiId=${weatherApi}`)).toEqual([ofApi]);
    expect(await idsOf('?eventName=none')).toEqual([]);
    await apitree.call('get', '/webhooks?apiId=12').expect(400);
  });

  it('holds 30 at most; the next can be created once one is deleted', async () => {
    for (let count = 1; count < 30; count += 1) await create().expect(201);
    const { body } = await create().expect(403);
    expect(body).toEqual({ code: 403, message: expect.stringContaining('30') });
    expect(await idsOf()).toHaveLength(30);
    await apitree.call('delete', `/webhooks/${sampleWebhook}`).expect(204);
    await create().expect(201);
  });
});

describe('access', () => {
  const denied = { code: 401, message: 'Access denied' };
  const get = (authorization?: string) => {
    const request = supertest(apitree.mock.app).get('/apitree/webhooks');
    return authorization === undefined ? request : request.set('Authorization', authorization);
  };

  it('is denied without a valid token, in the words of the reference', async () => {
    for (const authorization of [undefined, 'Bearer none', 'Bearer ', 'OAuth none', 'Basic am9objp4']) {
      const { body, headers } = await get(authorization).expect(401);
      expect(body).toEqual(denied);
      expect(headers['www-authenticate']).toContain('Bearer');
    }
  });

  it('is had by a JSON Web Token of the password flow, sent as Bearer or as OAuth, for an hour', async () => {
    const { body } = await apitree.token().expect(200);
    expect(body.access_token.split('.')).toHaveLength(3);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'webhook webhook.readonly' });
    await get(`Bearer ${body.access_token}`).expect(200);
    await get(`OAuth ${body.access_token}`).expect(200);
    await get(`Basic ${body.access_token}`).expect(401);
    await apitree.mock.clock.advance(3_600_000);
    await get(`OAuth ${body.access_token}`).expect(401);
    const refreshed = await apitree.token({ grant_type: 'refresh_token', refresh_token: body.refresh_token });
    await get(`Bearer ${refreshed.body.access_token}`).expect(200);
  });

  it('is not had with a wrong password, or by a flow that the reference does not name', async () => {
    const wrong = await apitree.token({ password: 'wrong' }).expect(400);
    expect(wrong.body).toEqual({ code: 400, message: expect.any(String) });
    await apitree.token({ grant_type: 'client_credentials' }).expect(400);
    await apitree.token({ scope: 'webhook admin' }).expect(400);
  });

  it('is for viewing alone with the scope webhook.readonly', async () => {
    const { body } = await apitree.token({ scope: 'webhook.readonly' }).expect(200);
    const call = (method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string) =>
      supertest(apitree.mock.app)
        [method](`/apitree${path}`)
        .set('Authorization', `Bearer ${body.access_token}`);
    await call('get', '/webhooks').expect(200);
    await call('get', `/webhooks/${sampleWebhook}`).expect(200);
    const refused = [
      await call('post', '/webhooks').send({ url, events }),
      await call('put', `/webhooks/${sampleWebhook}`).send({ active: false }),
      await call('patch', `/webhooks/${sampleWebhook}`).send({ active: false }),
      await call('delete', `/webhooks/${sampleWebhook}`),
    ];
    for (const answer of refused) {
      expect(answer.status).toBe(403);
      expect(answer.body).toEqual({ code: 403, message: expect.stringContaining('webhook') });
    }
  });

  it('is for viewing too with the scope webhook', async () => {
    const { body } = await apitree.token({ scope: 'webhook' }).expect(200);
    await get(`Bearer ${body.access_token}`).expect(200);
  });
});
