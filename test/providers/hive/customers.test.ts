import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HiveClient, startHive } from '../../server/hive-client.ts';

describe('customers', () => {
  let hive: HiveClient;
  beforeEach(async () => {
    hive = await startHive();
  });
  afterEach(() => hive.mock.close());

  it.each(['customers', 'sessions', 'checks', 'files', 'webhooks'])(
    'lists %s newest first',
    async (collection) => {
      const { data, meta } = (await hive.call('get', `/${collection}`).expect(200)).body;
      const times = data.map(({ created_at }: { created_at: number }) => created_at);
      expect(times).toEqual(times.toSorted((a: number, b: number) => b - a));
      expect(meta.total).toBe(data.length);
      expect(data.length).toBeGreaterThan(0);
    },
  );

  it('lists the one that was created last in the same second first', async () => {
    const first = await hive.call('post', '/customers').send({ email: 'a@example.com' });
    const second = await hive.call('post', '/customers').send({ email: 'b@example.com' });
    const { data } = (await hive.call('get', '/customers')).body;
    expect(data.slice(0, 2).map(({ id }: { id: string }) => id)).toEqual([second.body.id, first.body.id]);
  });

  it('leaves omitted fields alone and bumps updated_at when one is updated', async () => {
    const created = (
      await hive.call('post', '/customers').send({ email: 'a@example.com', first_name: 'Ann' })
    ).body;
    await hive.mock.clock.advance(10_000);
    const updated = (await hive.call('patch', `/customers/${created.id}`).type('form').send('last_name=Lee'))
      .body;
    expect(updated).toEqual({ ...created, last_name: 'Lee', updated_at: created.updated_at + 10 });
  });

  it('reads metadata of forms as text and of JSON as it is', async () => {
    const form = await hive
      .call('post', '/customers')
      .type('form')
      .send('email=a@example.com&metadata[plan]=gold&metadata[level]=3');
    expect(form.body.metadata).toEqual({ plan: 'gold', level: '3' });
    const json = await hive
      .call('post', '/customers')
      .send({ email: 'a@example.com', metadata: { level: 3 } });
    expect(json.body.metadata).toEqual({ level: 3 });
  });

  it.each([
    ['no email', {}, 'body/email'],
    ['an email that is none', { email: 'nobody' }, 'body/email'],
    ['an unknown gender', { email: 'a@example.com', gender: 'x' }, 'body/gender'],
    ['a date of birth in another format', { email: 'a@example.com', dob: '31.01.1980' }, 'body/dob'],
    ['a date that does not exist', { email: 'a@example.com', dob: '1980-02-31' }, 'body/dob'],
    ['a number for a name', { email: 'a@example.com', first_name: 7 }, 'body/first_name'],
  ])('refuses %s and creates nothing', async (_, body, location) => {
    const before = hive.mock.records('hive', 'customers').count();
    const answer = await hive.call('post', '/customers').send(body).expect(400);
    expect(answer.body.error.message).toContain(location);
    expect(hive.mock.records('hive', 'customers').count()).toBe(before);
  });

  it('does not keep fields that the document does not know', async () => {
    const { body } = await hive
      .call('post', '/customers')
      .send({ email: 'a@example.com', id: 'mine', admin: true, created_at: 1 });
    expect(body).not.toHaveProperty('admin');
    expect(body.id).not.toBe('mine');
    expect(body.created_at).not.toBe(1);
  });

  it('answers 404 for an id nobody has and 400 for one that is none', async () => {
    await hive.call('get', '/customers/00000000-0000-4000-8000-000000000000').expect(404);
    await hive.call('delete', '/customers/00000000-0000-4000-8000-000000000000').expect(404);
    await hive.call('get', '/customers/nobody').expect(400);
  });
});

const workspace = '11111111-2222-4333-8444-555555555555';

describe('webhooks', () => {
  let hive: HiveClient;
  beforeEach(async () => {
    hive = await startHive({ settings: { hive: { workspace_id: workspace } } });
  });
  afterEach(() => hive.mock.close());

  it('belong to the workspace of the settings and are active', async () => {
    const { body } = await hive
      .call('post', '/webhooks')
      .send({ endpoint: 'https://example.com/a', type: 'check.completed', is_sandbox: true });
    expect(body).toMatchObject({ workspace, is_active: true, is_sandbox: true });
  });

  it('take "true" and "false" of a form, and nothing else, for is_sandbox', async () => {
    const form = 'endpoint=https://example.com/a&type=check.completed&is_sandbox=';
    expect((await hive.call('post', '/webhooks').type('form').send(`${form}false`)).body.is_sandbox).toBe(
      false,
    );
    await hive.call('post', '/webhooks').type('form').send(`${form}no`).expect(400);
    await hive
      .call('post', '/webhooks')
      .send({ endpoint: 'https://example.com/a', type: 'check.completed', is_sandbox: 'false' })
      .expect(400);
  });

  it('cannot be read one by one, as the document has no such operation', async () => {
    const answer = await hive.call('get', '/webhooks/44a56725-de93-4759-a3c3-1885fcd6e868').expect(405);
    expect(answer.headers.allow).toContain('PATCH');
  });
});

it('lists stand in the order of the documented sample: data, then meta', async () => {
  const hive = await startHive();
  expect((await hive.call('get', '/customers')).text).toMatch(/^\{"data":\[.*\],"meta":\{"total":25\}\}$/);
  await hive.mock.close();
});
