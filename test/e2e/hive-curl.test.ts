import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMock, type Mock } from '../../src/index.ts';
import { basicOf } from '../server/hive-client.ts';

const run = promisify(execFile);

type Json = ReturnType<typeof JSON.parse>;

/** The curl lines of the provider's documentation, with only host, credentials, token and ids replaced. */
describe("the documentation's curl lines", () => {
  let mock: Mock;
  let token: string;

  beforeAll(async () => {
    mock = await createMock({ apis: ['hive'], port: 0 });
    const [key, secret] = basicOf(mock).split(':');
    const basic = Buffer.from(`${key}:${secret}`).toString('base64');
    const issued = await curl(['-H', `Authorization: Basic ${basic}`], '/token');
    token = issued.access_token;
    expect(issued).toEqual({ access_token: expect.any(String), expires_in: 3599 });
  });
  afterAll(() => mock.close());

  async function curl(args: string[], path: string): Promise<Json> {
    const { stdout } = await run('curl', ['--silent', '--show-error', `${mock.url}/hive${path}`, ...args]);
    return JSON.parse(stdout);
  }
  const bearer = () => ['-H', `Authorization: Bearer ${token}`];
  const call = (path: string, ...args: string[]) => curl([...bearer(), ...args], path);

  it('creates, lists, retrieves, updates and deletes a customer', async () => {
    const created = await call('/customers', '-d', 'email=john@hive.id', '-X', 'POST');
    expect(created).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      email: 'john@hive.id',
      phone: null,
      first_name: null,
      middle_name: null,
      last_name: null,
      gender: null,
      dob: null,
      metadata: {},
      created_at: expect.any(Number),
      updated_at: expect.any(Number),
    });
    const list = await call('/customers');
    expect(list.data[0]).toEqual(created);
    expect(list.meta).toEqual({ total: list.data.length });
    expect(await call(`/customers/${created.id}`)).toEqual(created);

    const updated = await call(`/customers/${created.id}`, '-d', 'middle_name=Farrell', '-X', 'PATCH');
    expect(updated).toEqual({ ...created, middle_name: 'Farrell', updated_at: updated.updated_at });
    expect(await call(`/customers/${created.id}`)).toEqual(updated);

    expect(await call(`/customers/${created.id}`, '-X', 'DELETE')).toEqual(updated);
    expect(await call(`/customers/${created.id}`)).toEqual({ error: { message: expect.any(String) } });
    expect((await call('/customers')).meta.total).toBe(list.meta.total - 1);
  });

  it('goes from a session to a check, its report and its files', async () => {
    const customer = await call(
      '/customers',
      '-d',
      'email=jane@example.com',
      '-d',
      'first_name=Jane',
      '-X',
      'POST',
    );
    const { session_token } = await call(
      '/sessions',
      '-d',
      `customer_id=${customer.id}`,
      '-d',
      'application_key=hWsqWCs7fS4nfKW1cYevw7fxKLKTN78a',
      '-X',
      'POST',
    );
    const claims = JSON.parse(Buffer.from(session_token.split('.')[1], 'base64url').toString());
    const session = await call(`/sessions/${claims.session_id}`);
    expect(session).toMatchObject({
      customer: customer.id,
      status: 'created',
      check_id: null,
      email: 'jane@example.com',
    });
    expect((await call('/sessions')).data[0]).toEqual(session);

    expect(await call('/checks', '-d', `session_id=${session.id}`, '-X', 'POST')).toEqual({
      error: { message: expect.any(String) },
    });
    await mock.control('hive', 'sessions', session.id, 'complete');
    const check = await call('/checks', '-d', `session_id=${session.id}`, '-X', 'POST');
    expect(check).toMatchObject({ session_id: session.id, status: 'processing', decision: null });
    expect(await call(`/checks/${check.id}`)).toEqual(check);
    expect(await call(`/checks/${check.id}/report`)).toHaveProperty('error');

    await mock.clock.advance(60_000);
    const done = await call(`/checks/${check.id}`);
    const report = await call(`/checks/${check.id}/report`);
    expect(done).toMatchObject({ status: 'completed', decision: report.result });
    expect(report).toMatchObject({ check_id: check.id, version: 1 });
    expect((await call('/checks')).data[0]).toEqual(done);

    const files = (await call('/files')).data.filter((file: { check: string }) => file.check === check.id);
    expect(files.length).toBeGreaterThan(0);
    expect(await call(`/files/${files[0].id}`)).toEqual(files[0]);
    expect(files[0].url).toBe(`${mock.url}/hive/downloads/${files[0].id}`);
    const image = await fetch(files[0].url, { headers: { authorization: `Bearer ${token}` } });
    expect(image.headers.get('content-type')).toBe('image/png');
    expect(
      Buffer.from(await image.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');

    expect(await call(`/sessions/${session.id}`, '-X', 'DELETE')).toEqual({ id: session.id });
  });

  it('creates, lists, updates by the documented singular path, and deletes a webhook', async () => {
    const created = await call(
      '/webhooks',
      '-d',
      'endpoint=https://example.com/webhook',
      '-d',
      'type=check.completed',
      '-d',
      'is_sandbox=false',
      '-X',
      'POST',
    );
    expect(created).toMatchObject({
      endpoint: 'https://example.com/webhook',
      type: 'check.completed',
      is_active: true,
      is_sandbox: false,
    });
    expect((await call('/webhooks')).data[0]).toEqual(created);
    const updated = await call(`/webhook/${created.id}`, '-d', 'is_active=false', '-X', 'PATCH');
    expect(updated).toMatchObject({ id: created.id, is_active: false, endpoint: created.endpoint });
    expect(await call(`/webhooks/${created.id}`, '-X', 'DELETE')).toEqual(updated);
    expect((await call('/webhooks')).data.map(({ id }: { id: string }) => id)).not.toContain(created.id);
  });
});
