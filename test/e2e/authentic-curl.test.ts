import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMock, createReceiver, type Mock, type Receiver } from '../../src/index.ts';

const run = promisify(execFile);

type Json = ReturnType<typeof JSON.parse>;

const owner = ['-H', 'an-api-key-owner: authentic-demo-owner-key'];
const token = ['-H', 'an-api-token: authentic-demo-token'];
const contentType = ['-H', 'content-type: application/json'];
const sample = {
  events: 'itemScanned',
  url: 'https://wh-echo.dev.authentic.network/webhook-endpoint',
  data: { key: 'value' },
};

/** What the documentation of authentic.api 2.4.0 describes, by curl against a socket. */
describe('authentic.network by curl', () => {
  let mock: Mock;
  let receiver: Receiver;

  beforeAll(async () => {
    mock = await createMock({ apis: ['authentic'], port: 0 });
    receiver = await createReceiver();
  });
  afterAll(async () => {
    await mock.close();
    await receiver.close();
  });

  async function curl(path: string, ...args: string[]): Promise<{ status: number; body: Json }> {
    const { stdout } = await run('curl', [
      ...['--silent', '--show-error', '--write-out', '\n%{http_code}'],
      ...[`${mock.url}${path}`, ...contentType, ...args],
    ]);
    const end = stdout.lastIndexOf('\n');
    const text = stdout.slice(0, end);
    return { status: Number(stdout.slice(end + 1)), body: text === '' ? undefined : JSON.parse(text) };
  }
  const hooks = (...args: string[]) => curl('/authentic/api/v2/producers/hooks', ...args);
  const body = (value: unknown) => ['-d', JSON.stringify(value)];

  it('answers the line that the start table prints, with the hook of the documentation', async () => {
    const { stdout } = await run('sh', ['-c', `${mock.apis[0]?.curl} --silent --show-error --fail`]);
    expect(JSON.parse(stdout)).toEqual({
      id: '0001',
      type: 'producer',
      hooks: [
        {
          id: 'Fgs4kG0bORWyfiI71hkV',
          data: {
            _updated: 1592991983387,
            _created: 1592991983387,
            type: 'httprequest',
            executed: 0,
            ...sample,
          },
        },
      ],
    });
  });

  it("creates, gets and deletes the documentation's hook", async () => {
    const created = await hooks('-X', 'POST', ...owner, ...body(sample));
    expect(created).toMatchObject({ status: 200, body: { data: { ...sample, executed: 0 } } });
    const { id } = created.body;
    expect((await hooks(...token)).body.hooks).toContainEqual(created.body);
    const deleted = () => curl(`/authentic/api/v2/producers/hooks/${id}`, '-X', 'DELETE', ...token);
    expect(await deleted()).toEqual({ status: 200, body: undefined });
    expect((await hooks(...token)).body.hooks).not.toContainEqual(created.body);
    expect(await deleted()).toMatchObject({ status: 404, body: { message: expect.any(String) } });
  });

  it('has 403 for a key it does not know, and 400 for a hook it cannot make', async () => {
    const refused = { status: 403, body: { error: expect.any(String), message: expect.any(String) } };
    expect(await hooks()).toEqual(refused);
    expect(await hooks('-H', 'an-api-token: wrong')).toEqual(refused);
    expect(await hooks('-X', 'POST', ...body(sample))).toEqual(refused);
    expect(await hooks('-X', 'POST', ...owner, ...body({ ...sample, events: ['itemScanned'] }))).toEqual({
      status: 400,
      body: { error: expect.any(String), message: expect.stringContaining('body/events') },
    });
    expect((await hooks('-X', 'POST', ...owner, '-d', '{')).status).toBe(400);
  });

  it('calls a hook when an item is scanned, and counts it', async () => {
    const url = `${receiver.url}/webhook-endpoint?from=authentic`;
    const { body: hook } = await hooks('-X', 'POST', ...owner, ...body({ ...sample, url }));
    const identifier = { id: '2b5k9sQ0wUeXyZ71aBcD', data: { title: 'Olive oil' } };
    const scan = { id: 's7Hq2LmN4pRtUvWx8yZa', data: { identifier, copyclassification: 'original' } };
    const scanned = await curl('/_sparring/state/authentic/scans', '-X', 'POST', ...body(scan));
    expect(scanned.status).toBe(201);
    await mock.webhooks.whenIdle();
    expect(receiver.requests).toHaveLength(1);
    const [request] = receiver.requests;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/webhook-endpoint?from=authentic',
      headers: {
        'user-agent': 'Go-http-client/1.1',
        accept: 'application/json',
        'accept-encoding': 'gzip',
        'content-type': 'application/json',
      },
    });
    expect(request?.json).toEqual({
      event: { type: 'itemScanned' },
      item: identifier,
      scan,
      producer: { id: '0001', data: { name: 'Demo producer' } },
      hook,
    });
    const list = (await hooks(...token)).body.hooks;
    expect(list.find(({ id }: Json) => id === hook.id).data).toEqual({ ...hook.data, executed: 1 });
  });
});
