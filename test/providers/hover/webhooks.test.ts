import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMock, createReceiver, type Mock, type Receiver, verifyWebhook } from '../../../src/index.ts';

let mock: Mock;
let receiver: Receiver;
beforeEach(async () => {
  receiver = await createReceiver();
  mock = await createMock({ apis: ['hover'], now: '2026-01-31T12:00:00Z' });
});
afterEach(async () => {
  await mock.close();
  await receiver.close();
});

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what tests read out of JSON
  readonly body: any;
}

async function call(
  method: string,
  path: string,
  body?: unknown,
  token = 'hover-demo-token',
): Promise<Answer> {
  const answer = await mock.fetch(`/hover${path}`, {
    method,
    redirect: 'manual',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    body: text.startsWith('{') ? JSON.parse(text) : (answer.headers.get('location') ?? text),
  };
}

const register = (url = `${receiver.url}/hoverwebhook`) =>
  call('POST', '/api/v2/webhooks', { webhook: { url, content_type: 'json' } });

describe('registering', () => {
  it('answers as the page shows, and sends the code at once, signed', async () => {
    const { body: webhook, status } = await register();
    expect(status).toBe(201);
    expect(webhook).toEqual({
      id: expect.any(Number),
      owner_type: 'Org',
      owner_id: 492_855,
      url: `${receiver.url}/hoverwebhook`,
      created_at: '2026-01-31T12:00:00.000Z',
      updated_at: '2026-01-31T12:00:00.000Z',
      verified_at: null,
      hmac_secret: expect.stringMatching(/^[A-Za-z0-9+/]{86}==$/),
      last_error: null,
      content_type: 'json',
    });
    await mock.webhooks.whenIdle();
    expect(receiver.requests).toHaveLength(1);
    const [request] = receiver.requests;
    expect(request?.json).toEqual({
      event: 'webhook-verification-code',
      code: expect.stringMatching(/^[0-9a-f-]{36}$/),
      webhook_id: webhook.id,
    });
    const { body = '', headers = {} } = request ?? {};
    const received = {
      headers,
      body,
      url: webhook.url,
      secret: webhook.hmac_secret,
      subscriptionId: String(webhook.id),
    };
    expect(verifyWebhook('hover', received)).toMatchObject({ valid: true });
    expect(headers).toMatchObject({
      date: expect.stringMatching(/ GMT$/),
      'hover-signature': expect.stringMatching(/^sha1=/),
    });
  });

  it('is refused for a flat body, a URL that is none, a third time, and without a token', async () => {
    expect((await call('POST', '/api/v2/webhooks', { url: receiver.url })).status).toBe(422);
    expect((await register('not a url')).status).toBe(422);
    expect((await register('http://')).status).toBe(422);
    await register();
    await register();
    expect(await register()).toMatchObject({
      status: 422,
      body: { error: expect.stringContaining('registered twice') },
    });
    expect((await call('GET', '/api/v2/webhooks', undefined, 'wrong')).status).toBe(401);
  });
});

it('gives out ids in a row after the sample, and a secret of 64 bytes to each webhook', async () => {
  const [first, second] = [(await register()).body, (await register()).body];
  expect([first.id, second.id]).toEqual([12_344, 12_345]);
  await call('DELETE', `/api/v2/webhooks/${second.id}`);
  const third = (await register()).body;
  expect(third.id).toBe(12_346);
  const secrets = [first, second, third].map(({ hmac_secret }) => hmac_secret);
  expect(new Set(secrets).size).toBe(3);
  expect(secrets.map((secret) => Buffer.from(secret, 'base64').length)).toEqual([64, 64, 64]);
});

it('takes the other spelling of the content type, and json alone', async () => {
  const send = (fields: object) =>
    call('POST', '/api/v2/webhooks', { webhook: { url: receiver.url, ...fields } });
  expect(await send({ 'content-type': 'json' })).toMatchObject({
    status: 201,
    body: { content_type: 'json' },
  });
  expect((await send({ content_type: 'xml' })).status).toBe(422);
  expect((await send({ 'content-type': 'xml' })).status).toBe(422);
});

describe('a webhook', () => {
  it('is told of nothing before it is verified, and of jobs after', async () => {
    const { body: webhook } = await register();
    await mock.records('hover', 'jobs').update(7254, { state: 'processing' });
    await mock.webhooks.whenIdle();
    const [request] = receiver.requests;
    expect(receiver.requests).toHaveLength(1);
    const { code } = Object(request?.json);
    expect((await call('PUT', `/api/v2/webhooks/${code}/verify`)).status).toBe(200);
    expect((await call('PUT', `/api/v2/webhooks/${code}/verify`)).status).toBe(404);
    const list = (await call('GET', '/api/v2/webhooks?per_page=1&page=2')).body;
    expect(list.pagination).toEqual({ current_page: 2, total_pages: 2, total: 2 });
    expect(list.results).toEqual([{ ...webhook, verified_at: '2026-01-31T12:00:00.000Z' }]);
    await mock.records('hover', 'jobs').update(7254, { state: 'complete' });
    await mock.records('hover', 'jobs').update(7254, { estimated_hours_to_completion: 0 });
    await mock.webhooks.whenIdle();
    expect(receiver.requests.slice(1).map(({ json }) => json)).toEqual([
      {
        event: 'job-state-changed',
        webhook_id: webhook.id,
        job_id: 7254,
        job_external_identifier: 'A-17',
        state: 'complete',
        'content-available': 1,
        job_estimated_hours_to_completion: 24,
      },
    ]);
  });

  it('remembers what its receiver answered when it failed, and is sent a new code on request', async () => {
    receiver.answer({ status: 500, body: 'out of order' });
    const { body: webhook } = await register();
    await mock.webhooks.whenIdle();
    expect(mock.records('hover', 'webhooks').get(webhook.id)).toMatchObject({
      last_error: 'out of order',
      verified_at: null,
    });
    receiver.answer({});
    receiver.clear();
    const again = await call('POST', `/api/v2/webhooks/${webhook.id}/request_verification`);
    await mock.webhooks.whenIdle();
    expect(again.status).toBe(200);
    expect(receiver.requests.map(({ json }) => json)).toEqual([again.body]);
    expect((await call('DELETE', `/api/v2/webhooks/${webhook.id}`)).status).toBe(204);
    expect((await call('PUT', `/api/v2/webhooks/${again.body.code}/verify`)).status).toBe(404);
    expect((await call('DELETE', `/api/v2/webhooks/${webhook.id}`)).status).toBe(404);
  });
});

describe('OAuth', () => {
  const client = { client_id: 'hover-demo-client', client_secret: 'hover-demo-client-secret' };
  const authorize = async () => {
    const query =
      'response_type=code&client_id=hover-demo-client&redirect_uri=http%3A%2F%2F127.0.0.1%2Fback&state=s';
    const { body, status } = await call('GET', `/oauth/authorize?${query}`);
    expect(status).toBe(302);
    expect(new URL(body).searchParams.get('state')).toBe('s');
    return new URL(body).searchParams.get('code');
  };
  const exchange = (fields: Record<string, unknown>) =>
    call('POST', '/oauth/token', { grant_type: 'authorization_code', ...client, ...fields });

  it('gives a token for a code, once, and rotates refresh tokens', async () => {
    const code = await authorize();
    const { body: token, status } = await exchange({ code });
    expect(status).toBe(200);
    expect(token).toMatchObject({ token_type: 'Bearer', expires_in: 7200, scope: 'all', owner_type: 'orgs' });
    expect((await call('GET', '/api/v2/webhooks', undefined, token.access_token)).status).toBe(200);
    expect(await exchange({ code })).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const refresh = { grant_type: 'refresh_token', refresh_token: token.refresh_token };
    expect((await exchange(refresh)).status).toBe(200);
    expect(await exchange(refresh)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    await mock.clock.advance(7200_000);
    expect((await call('GET', '/api/v2/webhooks', undefined, token.access_token)).status).toBe(401);
  });

  it('takes a form, and the client in the Authorization header', async () => {
    const ask = (headers: Record<string, string>, fields: Record<string, string>) =>
      mock.fetch('/hover/oauth/token', { method: 'POST', headers, body: new URLSearchParams(fields) });
    const asked = { grant_type: 'authorization_code', code: (await authorize()) ?? '' };
    const basic = (secret: string) => ({
      authorization: `Basic ${Buffer.from(`hover-demo-client:${secret}`).toString('base64')}`,
    });
    const refused = await ask(basic('wrong'), asked);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toMatch(/^Basic /);
    const answer = await ask(basic('hover-demo-client-secret'), asked);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { refresh_token } = await answer.json();
    const renewed = await ask({}, { grant_type: 'refresh_token', refresh_token, ...client });
    expect(await renewed.json()).toMatchObject({ owner_id: 492_855, owner_type: 'orgs' });
  });

  it('refuses in the words of RFC 6749', async () => {
    expect(await exchange({ grant_type: 'password' })).toMatchObject({
      status: 400,
      body: { error: 'unsupported_grant_type' },
    });
    expect(await exchange({})).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    expect(
      await call('POST', '/oauth/token', { grant_type: 'refresh_token', refresh_token: 'x' }),
    ).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    const stranger =
      '/oauth/authorize?response_type=code&client_id=stranger&redirect_uri=http%3A%2F%2F127.0.0.1';
    expect(await call('GET', stranger)).toMatchObject({ status: 401, body: { error: expect.any(String) } });
  });

  it('refuses codes that are old or made up, and clients it does not know', async () => {
    const code = await authorize();
    await mock.clock.advance(600_000);
    expect((await exchange({ code })).status).toBe(400);
    expect((await exchange({ code: 'code.made-up' })).status).toBe(400);
    expect(await exchange({ code, client_secret: 'wrong' })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
  });
});
