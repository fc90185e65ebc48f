import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMock, createReceiver, type Mock, type Receiver, verifyWebhook } from '../../src/index.ts';

const run = promisify(execFile);

// biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of any shape.
type Json = any;

/** What the reference of the Event-API describes, by curl against a socket. */
describe('the Event-API of ApiTree by curl', () => {
  let mock: Mock;
  let receiver: Receiver;
  let bearer: string;

  beforeAll(async () => {
    mock = await createMock({ apis: ['apitree'], port: 0 });
    receiver = await createReceiver();
    const { body } = await curl('/oauth2/token', ...credentials());
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    bearer = `Authorization: Bearer ${body.access_token}`;
  });
  afterAll(async () => {
    await mock.close();
    await receiver.close();
  });

  const credentials = (scope = 'webhook'): string[] => {
    const pair = /^oauth2 (\S+):(\S+)$/.exec(mock.apis[0]?.credentials ?? '') ?? [];
    const fields = ['grant_type=password', `username=${pair[1]}`, `password=${pair[2]}`, `scope=${scope}`];
    return fields.flatMap((field) => ['--data-urlencode', field]);
  };
  async function curl(path: string, ...args: string[]): Promise<{ status: number; body: Json }> {
    const { stdout } = await run('curl', [
      ...['--silent', '--show-error', '--write-out', '\n%{http_code}'],
      ...[`${mock.url}/apitree${path}`, ...args],
    ]);
    const end = stdout.lastIndexOf('\n');
    const text = stdout.slice(0, end);
    return { status: Number(stdout.slice(end + 1)), body: text === '' ? undefined : JSON.parse(text) };
  }
  const call = (method: string, path: string, body?: unknown) =>
    curl(
      path,
      ...['-X', method, '-H', bearer],
      ...(body === undefined ? [] : ['-H', 'Content-Type: application/json', '-d', JSON.stringify(body)]),
    );

  it('gives a token by the line that the start table prints', async () => {
    const { stdout } = await run('sh', ['-c', `${mock.apis[0]?.curl} --silent --show-error --fail`]);
    expect(JSON.parse(stdout)).toMatchObject({ scope: 'webhook webhook.readonly' });
  });

  it('denies access without one', async () => {
    expect(await curl('/webhooks')).toEqual({ status: 401, body: { code: 401, message: 'Access denied' } });
  });

  it('refuses to write with a token for reading', async () => {
    const { body } = await curl('/oauth2/token', ...credentials('webhook.readonly'));
    const header = `Authorization: OAuth ${body.access_token}`;
    expect((await curl('/webhooks', '-H', header)).status).toBe(200);
    const id = 'd679ce92-572a-4dcd-b5a1-c72fc449b61e';
    expect(await curl(`/webhooks/${id}`, '-X', 'DELETE', '-H', header)).toEqual({
      status: 403,
      body: { code: 403, message: expect.any(String) },
    });
  });

  it('creates, gets, lists, updates, tells and deletes a webhook', async () => {
    const events = [{ name: 'release.released' }];
    const created = await call('POST', '/webhooks', { url: receiver.url, events });
    expect(created.status).toBe(201);
    const { id, secret } = created.body;
    expect(await call('GET', `/webhooks/${id}`)).toEqual({ status: 200, body: created.body });
    expect((await call('GET', '/webhooks')).body.at(-1)).toEqual(created.body);
    expect((await call('GET', '/webhooks?eventName=release.released')).body).toHaveLength(2);

    const update = { active: true, custom: '{"team":"maps"}', url: 'https://example.com/ignored' };
    expect(await call('PUT', `/webhooks/${id}`, update)).toEqual({ status: 204, body: undefined });

    const release = '0b8f5c2e-7f0a-4c55-8a0e-2f4d1c9b7a63';
    const changed = await run('curl', [
      ...['--silent', '--fail', '-X', 'PATCH', '-H', 'Content-Type: application/json'],
      ...['-d', '{"status":"released"}', `${mock.url}/_sparring/state/apitree/releases/${release}`],
    ]);
    expect(JSON.parse(changed.stdout)).toMatchObject({ id: release, status: 'released' });
    await mock.webhooks.whenIdle();
    const [request] = receiver.requests;
    expect(request?.json).toMatchObject({ name: 'release.released', resource: { id: release } });
    expect(request?.text).not.toContain(secret);
    const signed = { headers: request?.headers ?? {}, body: request?.text ?? '', url: receiver.url };
    expect(verifyWebhook('apitree', { secret, ...signed }).valid).toBe(true);

    expect((await call('GET', `/webhooks/${id}`)).body).toMatchObject({
      url: receiver.url,
      custom: '{"team":"maps"}',
      lastDelivery: { success: true, statusCode: 200 },
    });
    expect((await call('DELETE', `/webhooks/${id}`)).status).toBe(204);
    expect(await call('GET', `/webhooks/${id}`)).toEqual({
      status: 404,
      body: { code: 404, message: expect.any(String) },
    });
  });
});
