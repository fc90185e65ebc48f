import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMock, createReceiver, type Mock, type Receiver, verifyWebhook } from '../../src/index.ts';

const run = promisify(execFile);

type Json = ReturnType<typeof JSON.parse>;

const client = { client_id: 'hover-demo-client', client_secret: 'hover-demo-client-secret' };

/** What Hover's page and public reference describe, by curl against a socket. */
describe('Hover by curl', () => {
  let mock: Mock;
  let receiver: Receiver;

  beforeAll(async () => {
    mock = await createMock({ apis: ['hover'], port: 0 });
    receiver = await createReceiver();
  });
  afterAll(async () => {
    await mock.close();
    await receiver.close();
  });

  async function curl(path: string, ...args: string[]): Promise<{ status: number; body: Json }> {
    const { stdout } = await run('curl', [
      ...['--silent', '--show-error', '--write-out', '\n%{http_code}'],
      ...[`${mock.url}${path}`, ...args],
    ]);
    const end = stdout.lastIndexOf('\n');
    const text = stdout.slice(0, end);
    return { status: Number(stdout.slice(end + 1)), body: text === '' ? undefined : JSON.parse(text) };
  }
  const json = (body: unknown) => ['-H', 'Content-Type: application/json', '-d', JSON.stringify(body)];

  it('answers the line that the start table prints', async () => {
    const { stdout } = await run('sh', ['-c', `${mock.apis[0]?.curl} --silent --show-error --fail`]);
    expect(JSON.parse(stdout)).toMatchObject({
      pagination: { current_page: 1, total_pages: 1, total: 1 },
      results: [{ id: 12343, url: 'https://yourwebhook.com/hoverwebhook', verified_at: null }],
    });
  });

  it('refuses what has no token', async () => {
    const { stdout } = await run('curl', ['--silent', '-i', `${mock.url}/hover/api/v2/webhooks`]);
    expect(stdout).toMatch(/^HTTP\/1\.1 401 /);
    expect(stdout).toMatch(/www-authenticate: Bearer/i);
    expect(stdout).toContain('{"error":');
  });

  it('grants a token by a code, and goes on from registration to the events of a job', async () => {
    const consent = await run('curl', [
      ...['--silent', '--show-error', '--output', '/dev/null', '--write-out', '%{http_code} %{redirect_url}'],
      ...['--get', `${mock.url}/hover/oauth/authorize`, '--data-urlencode', 'response_type=code'],
      ...['--data-urlencode', `client_id=${client.client_id}`],
      ...['--data-urlencode', `redirect_uri=${receiver.url}/callback?from=hover`, '-d', 'state=xyz'],
    ]);
    const [status, location = ''] = consent.stdout.split(' ');
    expect(status).toBe('302');
    const query = new URL(location).searchParams;
    expect(Object.fromEntries(query)).toEqual({ from: 'hover', state: 'xyz', code: expect.any(String) });

    const asked = { grant_type: 'authorization_code', code: query.get('code'), ...client };
    const first = await curl('/hover/oauth/token', ...json(asked));
    expect(first.body).toMatchObject({ token_type: 'Bearer', expires_in: 7200, owner_type: 'orgs' });
    const refresh = { grant_type: 'refresh_token', refresh_token: first.body.refresh_token, ...client };
    const { body: token } = await curl('/hover/oauth/token', ...json(refresh));
    const bearer = ['-H', `Authorization: Bearer ${token.access_token}`];

    const registration = { webhook: { url: `${receiver.url}/hoverwebhook`, content_type: 'json' } };
    const registered = await curl('/hover/api/v2/webhooks', ...bearer, ...json(registration));
    expect(registered.status).toBe(201);
    const { hmac_secret: secret, id } = registered.body;
    await mock.webhooks.whenIdle();
    const [told] = receiver.requests;
    const { code } = Object(told?.json);
    expect(told?.json).toEqual({ event: 'webhook-verification-code', code, webhook_id: id });

    const again = await curl(`/hover/api/v2/webhooks/${id}/request_verification`, '-X', 'POST', ...bearer);
    expect(again).toMatchObject({ status: 200, body: { webhook_id: id } });
    expect((await curl(`/hover/api/v2/webhooks/${code}/verify`, '-X', 'PUT')).status).toBe(404);
    const verify = `/hover/api/v2/webhooks/${again.body.code}/verify`;
    expect(await curl(verify, '-X', 'PUT', ...bearer)).toEqual({ status: 200, body: undefined });

    await mock.webhooks.whenIdle();
    receiver.clear();
    const job = await curl('/_sparring/state/hover/jobs/7254', '-X', 'PATCH', ...json({ state: 'complete' }));
    expect(job).toMatchObject({ status: 200, body: { id: 7254, state: 'complete' } });
    await mock.webhooks.whenIdle();
    const [request] = receiver.requests;
    expect(request?.json).toMatchObject({ event: 'job-state-changed', webhook_id: id, state: 'complete' });
    const received = { headers: request?.headers ?? {}, body: request?.text ?? '' };
    const endpoint = { url: `${receiver.url}/hoverwebhook`, secret, subscriptionId: String(id) };
    expect(verifyWebhook('hover', { ...received, ...endpoint }).valid).toBe(true);

    expect((await curl(`/hover/api/v2/webhooks/${id}`, '-X', 'DELETE', ...bearer)).status).toBe(204);
    expect(await curl(`/hover/api/v2/webhooks/${id}`, '-X', 'DELETE', ...bearer)).toEqual({
      status: 404,
      body: { error: expect.any(String) },
    });
  });

  it('answers the rate limit where it is asked to', async () => {
    const bearer = ['-H', 'Authorization: Bearer hover-demo-token'];
    const limited = await curl('/hover/api/v2/webhooks', ...bearer, '-H', 'Prefer: code=429');
    expect(limited).toEqual({ status: 429, body: { error: 'Too many requests' } });
  });
});
