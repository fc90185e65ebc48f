import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMock, type Mock } from '../../../src/index.ts';
import { adminOf } from './rehive.ts';

const now = Date.parse('2026-01-31T12:00:00Z');
let mock: Mock;
let admin: ReturnType<typeof adminOf>;
beforeEach(async () => {
  mock = await createMock({ apis: ['rehive'], now: '2026-01-31T12:00:00Z' });
  admin = adminOf(mock);
});
afterEach(() => mock.close());

const input = { url: 'https://example.com/hook', event: 'user.update' };
const create = async (fields = {}) => (await admin('POST', '/webhooks/', { ...input, ...fields })).body.data;

describe('a webhook', () => {
  it('is created with what the reference says of omitted fields', async () => {
    const { body, status } = await admin('POST', '/webhooks/', input);
    expect(status).toBe(201);
    expect(body).toEqual({
      status: 'success',
      data: {
        id: 3,
        ...input,
        condition: null,
        secret: 'secret',
        enabled: true,
        service: null,
        archived: false,
        created: now,
        updated: now,
      },
    });
    expect((await admin('GET', '/webhooks/3/')).body).toEqual(body);
    expect((await admin('GET', '/webhooks/3')).body).toEqual(body);
  });

  it('is changed by PATCH and PUT, which leave alone what is left out', async () => {
    const webhook = await create({ secret: 's'.repeat(32), condition: "'{{ status }}' == 'verified'" });
    await mock.clock.advance(5);
    const patched = { ...webhook, enabled: false, condition: null, updated: now + 5 };
    expect(
      (await admin('PATCH', '/webhooks/3/', { enabled: false, condition: null, id: 9, created: 1 })).body
        .data,
    ).toEqual(patched);
    const put = await admin('PUT', '/webhooks/3/', {
      url: 'https://example.com/other',
      event: 'user.create',
    });
    expect(put.body.data).toEqual({ ...patched, url: 'https://example.com/other', event: 'user.create' });
    expect(await admin('PUT', '/webhooks/3/', { event: 'user.create' })).toMatchObject({
      status: 400,
      body: { data: { url: ['This field is required.'] } },
    });
  });

  it('is deleted for good', async () => {
    expect(await admin('DELETE', '/webhooks/1/')).toEqual({ status: 200, body: { status: 'success' } });
    expect(await admin('GET', '/webhooks/1/')).toEqual({
      status: 404,
      body: { status: 'error', message: 'Not found.' },
    });
    expect((await admin('DELETE', '/webhooks/1/')).status).toBe(404);
    expect((await admin('PATCH', '/webhooks/1/', {})).status).toBe(404);
    expect((await create()).id).toBe(3);
  });
});

describe('what is wrong', () => {
  it('is told by field, and in one message', async () => {
    const { body, status } = await admin('POST', '/webhooks/', { event: 'user.updated', enabled: 'maybe' });
    expect(status).toBe(400);
    expect(body.status).toBe('error');
    expect(Object.keys(body.data).sort()).toEqual(['enabled', 'event', 'url']);
    expect(body.data.url).toEqual(['This field is required.']);
    expect(body.data.event[0]).toMatch(/^This field must be one of "currency\.create", .*\.$/);
    expect(body.message.split('This field')).toHaveLength(4);
    expect((await admin('POST', '/webhooks/', { ...input, url: 'nowhere' })).body.data).toEqual({
      url: ['This field must be a valid uri.'],
    });
  });

  it('is a second webhook with the same URL and event, when created or changed', async () => {
    const webhook = await create();
    const message = 'A webhook with the url and event already exists.';
    const refusal = {
      status: 400,
      body: { status: 'error', message, data: { non_field_errors: [message] } },
    };
    expect(await admin('POST', '/webhooks/', input)).toEqual(refusal);
    const other = await create({ event: 'user.create' });
    expect(await admin('PATCH', `/webhooks/${other.id}/`, { event: input.event })).toEqual(refusal);
    expect((await admin('PATCH', `/webhooks/${webhook.id}/`, input)).status).toBe(200);
    expect((await admin('GET', '/webhooks/')).body.data.count).toBe(4);
  });

  it('is a condition that cannot be evaluated; the answer says what can', async () => {
    const { body, status } = await admin('POST', '/webhooks/', { ...input, condition: '{{ a|lower }} == 1' });
    expect(status).toBe(400);
    expect(body.data).toEqual({
      condition: [expect.stringMatching(/filters are not supported: .* and parentheses are supported\.$/)],
    });
    expect(body.message).toBe(body.data.condition[0]);
    expect((await admin('PATCH', '/webhooks/1/', { condition: 'True or' })).status).toBe(400);
    expect((await admin('PATCH', '/webhooks/1/', { condition: '' })).status).toBe(200);
  });

  it('is a token that is missing, not known, or behind another word', async () => {
    for (const authorization of ['', 'Token wrong', 'Bearer rehive-demo-token']) {
      const { body, status } = await adminOf(mock, authorization)('GET', '/webhooks/');
      expect([authorization, status, body.status]).toEqual([authorization, 401, 'error']);
    }
  });

  it('is a method that is not there', async () => {
    expect((await admin('POST', '/webhooks/1/', input)).status).toBe(405);
    expect((await admin('POST', '/webhook-tasks/', {})).status).toBe(405);
    expect((await admin('GET', '/nothing/')).status).toBe(404);
  });
});

describe('the list of webhooks', () => {
  it('is the newest first, filtered by event, URL and secret', async () => {
    const webhook = await create({ secret: 'other' });
    const ids = async (query: string) =>
      (await admin('GET', `/webhooks/${query}`)).body.data.results.map(({ id }: { id: number }) => id);
    expect(await ids('')).toEqual([3, 2, 1]);
    expect(await ids('?orderby=id')).toEqual([1, 2, 3]);
    expect(await ids('?event=user.update')).toEqual([3]);
    expect(await ids(`?url=${encodeURIComponent('http://mysite.com/webhook_endpoint')}`)).toEqual([2, 1]);
    expect(await ids('?secret=other')).toEqual([webhook.id]);
    expect(await ids('?secret=nobodys')).toEqual([]);
    expect((await admin('GET', '/webhooks/?orderby=secret')).status).toBe(400);
  });

  it('comes in pages of 15, whose links lead on and back', async () => {
    for (let index = 0; index < 18; index += 1) await create({ url: `https://example.com/${index}` });
    const first = (await admin('GET', '/webhooks/?secret=secret')).body.data;
    expect([first.count, first.previous, first.results.length]).toEqual([20, null, 15]);
    expect(new URL(first.next).search).toBe('?secret=secret&page=2');
    const follow = async (link: string) => {
      const { pathname, search } = new URL(link);
      expect(pathname).toBe('/rehive/3/admin/webhooks/');
      return (await admin('GET', `/webhooks/${search}`)).body.data;
    };
    const second = await follow(first.next);
    expect([second.next, second.results.length, second.results.at(-1).id]).toEqual([null, 5, 1]);
    expect((await follow(second.previous)).results).toEqual(first.results);
    expect((await admin('GET', '/webhooks/?page_size=300')).body.data.results).toHaveLength(20);
    expect((await admin('GET', '/webhooks/?page_size=7&page=3')).body.data.results).toHaveLength(6);
    expect(await admin('GET', '/webhooks/?page=3')).toEqual({
      status: 404,
      body: { status: 'error', message: 'Invalid page.' },
    });
    expect((await admin('GET', '/webhooks/?page=0')).status).toBe(400);
  });

  it('comes by cursor without a count; what is added meanwhile shifts nothing', async () => {
    for (let index = 0; index < 5; index += 1) await create({ url: `https://example.com/${index}` });
    const at = async (search: string) => (await admin('GET', `/webhooks/${search}`)).body.data;
    const ids = ({ results }: { results: { id: number }[] }) => results.map(({ id }) => id);
    const first = await at('?pagination=cursor&page_size=3');
    expect(Object.keys(first)).toEqual(['next', 'previous', 'results']);
    expect([ids(first), first.previous]).toEqual([[7, 6, 5], null]);
    await create({ url: 'https://example.com/late' });
    await admin('DELETE', '/webhooks/5/');
    const second = await at(new URL(first.next).search);
    expect(ids(second)).toEqual([4, 3, 2]);
    const third = await at(new URL(second.next).search);
    expect([ids(third), third.next]).toEqual([[1], null]);
    expect(ids(await at(new URL(third.previous).search))).toEqual([4, 3, 2]);
    expect(ids(await at('?pagination=cursor&orderby=created&page_size=2'))).toEqual([1, 2]);
    expect((await admin('GET', '/webhooks/?pagination=cursor&cursor=made-up')).status).toBe(404);
  });
});
