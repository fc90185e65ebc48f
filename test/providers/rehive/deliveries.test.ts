import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMock, createReceiver, type Mock, type Receiver, verifyWebhook } from '../../../src/index.ts';
import { objectAt, sourceDocument } from '../../documents/documents.ts';
import { adminOf } from './rehive.ts';

const api: string = 'rehive';
const now = Date.parse('2026-01-31T12:00:00Z');
const pending = '0b2f7d0e-6b0e-4b8e-9d55-0a4f3f6f1c11';
const initiating = '6a1b8e54-2f63-4d0e-8f3b-1d6a9c3e7b20';
const user = '7147a26f-c719-44e8-8cee-819ac3e52be3';

let mock: Mock;
let receiver: Receiver;
let admin: ReturnType<typeof adminOf>;
beforeEach(async () => {
  receiver = await createReceiver();
  mock = await createMock({ apis: ['rehive'], now: '2026-01-31T12:00:00Z' });
  admin = adminOf(mock);
  for (const id of [1, 2]) await admin('DELETE', `/webhooks/${id}/`);
});
afterEach(async () => {
  await mock.close();
  await receiver.close();
});

const subscribe = async (event: string, fields = {}) =>
  (await admin('POST', '/webhooks/', { url: `${receiver.url}/${event}`, event, ...fields })).body.data;
// biome-ignore lint/suspicious/noExplicitAny: what tests read out of JSON
const told = async (): Promise<any[]> => {
  await mock.webhooks.whenIdle();
  return receiver.requests.map(({ json }) => json);
};

describe('an event', () => {
  it('is sent as the page says, with the secret in its header', async () => {
    await subscribe('email.update', { secret: 'a secret of thirty-two characters' });
    const former = mock.records('rehive', 'emails').get(635_005);
    await mock.records('rehive', 'emails').update(635_005, { primary: false });
    expect(await told()).toEqual([
      {
        id: 1,
        event: 'email.update',
        company: 'demo',
        data: { ...former, primary: false, original_email: former },
      },
    ]);
    const [request] = receiver.requests;
    expect(request?.method).toBe('POST');
    expect(request?.headers).toMatchObject({
      authorization: 'Secret a secret of thirty-two characters',
      'user-agent': 'rehive-platform/3',
      'content-type': 'application/json',
    });
    const { body = '', headers = {} } = request ?? {};
    const received = { headers, body, url: receiver.url, secret: 'a secret of thirty-two characters' };
    expect(verifyWebhook('secret-header', received)).toMatchObject({ valid: true });
  });

  it('tells of every resource that is made and changed', async () => {
    const collections = {
      users: ['user', 'status', 'pending'],
      emails: ['email', 'verified', false],
      mobiles: ['mobile', 'verified', false],
      addresses: ['address', 'city', 'Osaka'],
      documents: ['document', 'status', 'verified'],
      bank_accounts: ['bank_account', 'swift', 'REVOGB2L'],
      crypto_accounts: ['crypto_account', 'status', 'declined'],
      currencies: ['currency', 'description', 'The euro'],
      accounts: ['account', 'label', 'Savings'],
      transactions: ['transaction', 'note', 'Changed'],
    } as const;
    for (const [collection, [resource, field, value]] of Object.entries(collections)) {
      await subscribe(`${resource}.create`);
      await subscribe(`${resource}.update`);
      const records = mock.records(api, collection);
      const [former = {}] = records.list();
      const idField = ['code', 'reference'].find((name) => name in former && !('id' in former)) ?? 'id';
      const fresh =
        { currencies: 'XBT', accounts: 'NEWACCOUNT' }[collection as 'accounts'] ??
        (typeof former.id === 'number' ? former.id + 1 : '11111111-1111-4111-8111-111111111111');
      await records.insert({ ...former, [idField]: fresh });
      await records.update(String(fresh), { [field]: value });
      await records.update(String(fresh), { [field]: value });
      expect((await told()).slice(-2)).toMatchObject([
        { event: `${resource}.create`, data: { ...former, [idField]: fresh } },
        {
          event: `${resource}.update`,
          data: { [field]: value, [`original_${resource}`]: { ...former, [idField]: fresh } },
        },
      ]);
    }
    expect(receiver.requests).toHaveLength(20);
  });

  it('tells when a transaction becomes pending, complete or failed, once each', async () => {
    for (const event of ['create', 'update', 'initiate', 'execute']) await subscribe(`transaction.${event}`);
    await mock.control('rehive', 'transactions', initiating, 'initiate');
    await mock.control('rehive', 'transactions', initiating, 'complete');
    await mock.records('rehive', 'transactions').update(initiating, { note: 'After the fact' });
    await mock.control('rehive', 'transactions', pending, 'fail');
    const events = (await told()).map(({ data, event }) => [
      event,
      data.status,
      data.original_transaction?.status,
    ]);
    expect(events.sort()).toEqual(
      [
        ['transaction.update', 'Pending', 'Initiating'],
        ['transaction.initiate', 'Pending', 'Initiating'],
        ['transaction.update', 'Complete', 'Pending'],
        ['transaction.execute', 'Complete', 'Pending'],
        ['transaction.update', 'Complete', 'Complete'],
        ['transaction.update', 'Failed', 'Pending'],
        ['transaction.execute', 'Failed', 'Pending'],
      ].sort(),
    );
    await expect(mock.control('rehive', 'transactions', pending, 'complete')).rejects.toThrow(
      'Failed already',
    );
    receiver.clear();
    const former = mock.records('rehive', 'transactions').get(pending) ?? {};
    const made = { ...former, id: '11111111-1111-4111-8111-111111111111', status: 'Pending' };
    await mock.records(api, 'transactions').insert(made);
    const born = await told();
    expect(born.map(({ event }) => event).sort()).toEqual(['transaction.create', 'transaction.initiate']);
    expect(born.map(({ data }) => data)).toEqual([made, made]);
  });

  it('carries what a user is to verify or reset', async () => {
    for (const event of [
      'user.password.reset',
      'user.email.verify',
      'user.mobile.verify',
      'mfa.sms.verify',
    ]) {
      await subscribe(event);
    }
    const control = (name: string, body?: unknown) => mock.control('rehive', 'users', user, name, body);
    const record = await control('request_password_reset', { force: true });
    await control('request_email_verification', { email: 'new@example.com' });
    await control('request_mobile_verification');
    await control('request_sms_code');
    const sent = await told();
    const data = Object.fromEntries(sent.map((payload) => [payload.event, payload.data]));
    expect(record).toEqual(mock.records('rehive', 'users').get(user));
    expect(data).toEqual({
      'user.password.reset': {
        uid: expect.stringMatching(/^[\w-]{8}$/),
        token: expect.stringMatching(/^[0-9a-z]{6}-[0-9a-f]{32}$/),
        url: expect.stringMatching(
          /^https:\/\/app\.rehive\.com\/password\/reset\/confirm\/\?uid=.*&token=.*&email=sam/,
        ),
        force: true,
        user: record,
      },
      'user.email.verify': {
        key: expect.stringMatching(/^[\w-]+:\w{6}:\w{43}$/),
        url: expect.stringContaining('https://app.rehive.com/email/verify/?key='),
        email: 'new@example.com',
        user: record,
      },
      'user.mobile.verify': { key: expect.stringMatching(/^\d{5}$/), mobile: '+00112223333', user: record },
      'mfa.sms.verify': { token: expect.stringMatching(/^\d{6}$/), mobile: '+00112223333', user: record },
    });
    await control('request_sms_code');
    const codes = (await told()).flatMap(({ data, event }) =>
      event === 'mfa.sms.verify' ? [data.token] : [],
    );
    expect(new Set(codes).size).toBe(2);
    await mock.records('rehive', 'users').update(user, { mobile: null });
    await expect(control('request_sms_code')).rejects.toThrow('The user has no mobile.');
  });

  it('is told only to webhooks that are enabled, not archived, and whose condition it meets', async () => {
    const webhook = await subscribe('transaction.execute', { condition: "'{{ tx_type }}' == 'credit'" });
    const path = `/webhooks/${webhook.id}/`;
    const execute = async (times: number) => {
      for (const status of ['Pending', 'Complete']) {
        await mock.records('rehive', 'transactions').update(pending, { status });
      }
      expect(await told()).toHaveLength(times);
    };
    await execute(0);
    await admin('PATCH', path, { condition: "'{{ tx_type }}' == 'debit' and {{ amount }} >= 2500" });
    await execute(1);
    await admin('PATCH', path, { enabled: false });
    await execute(1);
    await admin('PATCH', path, { enabled: true, archived: true });
    await execute(1);
    await admin('PATCH', path, { archived: false, condition: null });
    await execute(2);
    await mock.records('rehive', 'webhooks').update(webhook.id, { condition: 'broken by hand' });
    await execute(2);
  });

  it('can be fired by hand, each of the 26 by its example', async () => {
    const events = Object.keys(objectAt(sourceDocument('rehive').root, 'webhooks'));
    expect(events).toHaveLength(26);
    for (const event of events) await subscribe(event);
    for (const event of events) await mock.webhooks.fire('rehive', event);
    const sent = await told();
    expect(sent.map(({ event }) => event).sort()).toEqual(events.toSorted());
    expect(sent.map(({ company }) => company)).toEqual(sent.map(() => 'demo'));
    expect(sent.map(({ id }) => id).sort((a, b) => a - b)).toEqual(events.map((_, index) => index + 1));
    expect((await admin('GET', '/webhook-tasks/')).body.data.count).toBe(26);
  });
});

describe('a task', () => {
  it('has the id of its requests, and tells how they went', async () => {
    const webhook = await subscribe('user.update', { secret: 'shared' });
    receiver.answer({ status: 204 });
    await mock.records('rehive', 'users').update(user, { title: 'mx' });
    await mock.webhooks.whenIdle();
    const { id, condition, event, secret, url } = webhook;
    const task = {
      id: 1,
      webhook: { id, url, event, condition, secret },
      tries: 1,
      completed: null,
      failed: null,
      archived: false,
      created: now,
      updated: now,
    };
    expect((await admin('GET', '/webhook-tasks/')).body.data).toMatchObject({ count: 1, results: [task] });
    receiver.answer({ status: 202 });
    await mock.clock.advance(60_000);
    const done = { ...task, tries: 2, completed: now + 60_000, updated: now + 60_000 };
    const { data } = Object(receiver.requests[0]?.json);
    expect((await admin('GET', '/webhook-tasks/1/')).body.data).toEqual({ ...done, data });
    expect(receiver.requests.map(({ json }) => Object(json).id)).toEqual([1, 1]);
    const requests = (await admin('GET', '/webhook-tasks/1/requests/')).body.data;
    expect(requests).toEqual({
      count: 2,
      next: null,
      previous: null,
      results: [
        {
          id: 2,
          response_code: 202,
          error: null,
          archived: false,
          created: now + 60_000,
          updated: now + 60_000,
        },
        { id: 1, response_code: 204, error: null, archived: false, created: now, updated: now },
      ],
    });
    expect((await admin('GET', '/webhook-tasks/1/requests/1/')).body.data).toEqual(requests.results[1]);
    expect((await admin('GET', '/webhook-tasks/1/requests/?response_code=202')).body.data.count).toBe(1);
    expect((await admin('GET', '/webhook-tasks/1/requests/3/')).status).toBe(404);
    expect((await admin('GET', '/webhook-tasks/2/requests/1/')).status).toBe(404);
    expect((await admin('GET', '/webhook-tasks/2/')).status).toBe(404);
  });

  it('fails after seven retries, an hour apart at most, and says so', async () => {
    await subscribe('user.update');
    receiver.answer({ status: 500 });
    await mock.records('rehive', 'users').update(user, { title: 'mx' });
    await mock.webhooks.whenIdle();
    const delays = [60, 120, 240, 480, 960, 1920, 3600];
    for (const [index, delay] of delays.entries()) {
      await mock.clock.advance(delay * 1000 - 1);
      expect(receiver.requests).toHaveLength(index + 1);
      await mock.clock.advance(1);
      expect(receiver.requests).toHaveLength(index + 2);
    }
    await mock.clock.advance(86_400_000);
    expect(receiver.requests).toHaveLength(8);
    const end = now + delays.reduce((sum, delay) => sum + delay * 1000, 0);
    expect((await admin('GET', '/webhook-tasks/1/')).body.data).toMatchObject({
      tries: 8,
      completed: null,
      failed: end,
      updated: end,
    });
    expect((await admin('GET', '/webhook-tasks/1/requests/')).body.data.count).toBe(8);
  });

  it('tells what went wrong where no answer came', async () => {
    await subscribe('user.update', { url: 'http://127.0.0.1:1/closed' });
    await mock.records('rehive', 'users').update(user, { title: 'mx' });
    await mock.webhooks.whenIdle();
    expect((await admin('GET', '/webhook-tasks/1/requests/')).body.data.results).toEqual([
      expect.objectContaining({ response_code: null, error: expect.stringMatching(/\w/) }),
    ]);
  });

  it('is found by its webhook and its times', async () => {
    const webhook = await subscribe('user.update', { secret: 'one' });
    await subscribe('email.update', { secret: 'two' });
    await mock.records('rehive', 'users').update(user, { title: 'mx' });
    await mock.webhooks.whenIdle();
    await mock.clock.advance(1000);
    receiver.answer({ status: 500 });
    await mock.records('rehive', 'emails').update(635_005, { primary: false });
    await mock.webhooks.whenIdle();
    const ids = async (query: string) =>
      (await admin('GET', `/webhook-tasks/?${query}`)).body.data.results.map(({ id }: { id: number }) => id);
    expect(await ids('')).toEqual([2, 1]);
    expect(await ids(`webhook=${webhook.id}`)).toEqual([1]);
    expect(await ids('webhook__event=email.update')).toEqual([2]);
    expect(await ids('webhook__secret=one')).toEqual([1]);
    expect(await ids(`webhook__url=${encodeURIComponent(webhook.url)}`)).toEqual([1]);
    expect(await ids(`created__gt=${now}`)).toEqual([2]);
    expect(await ids(`created__lt=${now + 1}`)).toEqual([1]);
    expect(await ids(`completed__gt=${now - 1}`)).toEqual([1]);
    expect(await ids('failed__gt=0')).toEqual([]);
    expect((await admin('GET', '/webhook-tasks/?created__gt=today')).status).toBe(400);
  });
});
