import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMock, createReceiver, type Mock, type Receiver } from '../../src/index.ts';
import { token } from '../providers/rehive/rehive.ts';

const run = promisify(execFile);

type Json = ReturnType<typeof JSON.parse>;

const user = '7147a26f-c719-44e8-8cee-819ac3e52be3';
const pending = '0b2f7d0e-6b0e-4b8e-9d55-0a4f3f6f1c11';

/** The curl lines of the provider's reference, with host, token and ids replaced, and -d where it has -D. */
describe("the reference's curl lines", () => {
  let mock: Mock;
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await createReceiver();
    mock = await createMock({ apis: ['rehive'], port: 0 });
  });
  afterAll(async () => {
    await mock.close();
    await receiver.close();
  });

  async function curl(path: string, ...args: string[]): Promise<Json> {
    const headers = ['-H', `Authorization: Token ${token}`, '-H', 'Content-Type: application/json'];
    const url = `${mock.url}${path}`;
    const { stdout } = await run('curl', ['--silent', '--show-error', url, ...args, ...headers]);
    return JSON.parse(stdout);
  }
  const admin = (path: string, ...args: string[]) => curl(`/rehive/3/admin${path}`, ...args);

  it('work as the start table prints one', async () => {
    const { stdout } = await run('sh', ['-c', `${mock.apis[0]?.curl} --silent`]);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'success', data: { count: 2 } });
  });

  it('list, create, retrieve, update and delete a webhook', async () => {
    const { data: list } = await admin('/webhooks/', '-X', 'GET');
    expect(list).toMatchObject({ count: 2, next: null, previous: null });
    expect(list.results.find(({ id }: Json) => id === 1)).toMatchObject({
      url: 'http://mysite.com/webhook_endpoint',
      event: 'user.create',
      condition: null,
      secret: 'secret',
      archived: false,
      created: 1497431721587,
      updated: 1497431938971,
    });
    const sent = { url: 'http://mysite.com/webhook_endpoint', event: 'user.create', secret: 'secret' };
    expect(await admin('/webhooks/', '-X', 'POST', '-d', JSON.stringify(sent))).toEqual({
      status: 'error',
      message: 'A webhook with the url and event already exists.',
      data: { non_field_errors: ['A webhook with the url and event already exists.'] },
    });
    const input = { ...sent, event: 'user.update' };
    const created = await admin('/webhooks/', '-X', 'POST', '-d', JSON.stringify(input));
    expect(created).toMatchObject({ status: 'success', data: { ...input, id: 3, condition: null } });
    expect(await admin('/webhooks/3/', '-X', 'GET')).toEqual(created);
    const url = 'http://mysite.com/other_endpoint';
    const updated = await admin('/webhooks/3/', '-X', 'PATCH', '-d', JSON.stringify({ url }));
    expect(updated.data).toEqual({ ...created.data, url, updated: updated.data.updated });
    expect(await admin('/webhooks/3/', '-X', 'DELETE')).toEqual({ status: 'success' });
    expect(await admin('/webhooks/3/', '-X', 'GET')).toEqual({ status: 'error', message: 'Not found.' });
  });

  it('list and retrieve the task of an event, and its requests', async () => {
    const input = {
      url: `${receiver.url}/hook`,
      event: 'transaction.execute',
      condition: "'{{ tx_type }}' == 'debit'",
    };
    const { data: webhook } = await admin('/webhooks/', '-X', 'POST', '-d', JSON.stringify(input));
    const executed = await curl(`/_sparring/rehive/transactions/${pending}/complete`, '-X', 'POST');
    expect(executed).toMatchObject({ id: pending, status: 'Complete' });
    await mock.webhooks.whenIdle();
    const [request] = receiver.requests;
    expect(request?.headers).toMatchObject({
      authorization: 'Secret secret',
      'user-agent': 'rehive-platform/3',
    });
    const { data: tasks } = await admin(`/webhook-tasks/?webhook=${webhook.id}`, '-X', 'GET');
    const [task] = tasks.results;
    expect(request?.json).toEqual({
      id: task.id,
      event: 'transaction.execute',
      company: 'demo',
      data: {
        ...executed,
        original_transaction: { ...executed, status: 'Pending', executed: null, updated: 1648593702580 },
      },
    });
    const { data: detail } = await admin(`/webhook-tasks/${task.id}/`, '-X', 'GET');
    expect(detail).toEqual({ ...task, data: Object(request?.json).data });
    expect(detail).toMatchObject({ tries: 1, failed: null, completed: expect.any(Number) });
    const { data: requests } = await admin(`/webhook-tasks/${task.id}/requests/`, '-X', 'GET');
    expect(requests.results).toMatchObject([{ response_code: 200, error: null }]);
    const [{ id }] = requests.results;
    expect(await admin(`/webhook-tasks/${task.id}/requests/${id}/`, '-X', 'GET')).toEqual({
      status: 'success',
      data: requests.results[0],
    });
  });

  it('meet what was changed through the state, and refuse what lacks a token', async () => {
    receiver.clear();
    const input = { url: `${receiver.url}/hook`, event: 'user.update' };
    await admin('/webhooks/', '-X', 'POST', '-d', JSON.stringify(input));
    await curl(`/_sparring/state/rehive/users/${user}`, '-X', 'PATCH', '-d', '{"status":"declined"}');
    await mock.webhooks.whenIdle();
    expect(receiver.requests.map(({ json }) => json)).toMatchObject([
      { event: 'user.update', data: { status: 'declined', original_user: { status: 'verified' } } },
    ]);
    const { stdout } = await run('curl', ['--silent', '-i', `${mock.url}/rehive/3/admin/webhooks/`]);
    expect(stdout).toMatch(/^HTTP\/1\.1 401 /);
    expect(stdout).toMatch(/www-authenticate: Token/i);
    expect(stdout).toContain('{"status":"error","message":');
  });
});
