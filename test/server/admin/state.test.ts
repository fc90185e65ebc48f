import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HiveClient, startHive } from '../hive-client.ts';
import { type AdminClient, startAdmin } from './admin-client.ts';

const john = '8462e8ce-4245-4eca-835c-4a160b93b030';

describe('state', () => {
  let client: AdminClient;
  let admin: AdminClient['admin'];
  beforeEach(async () => {
    client = await startAdmin();
    admin = client.admin;
  });
  afterEach(() => client.mock.close());

  const dump = () => JSON.stringify(client.mock.state.dump());

  /** A call that must fail with the status, say something that fits, and change nothing. */
  async function refused(status: number, words: RegExp, ...call: Parameters<AdminClient['admin']>) {
    const before = dump();
    const answer = await admin(...call);
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(words);
    expect(dump()).toBe(before);
    return answer.body;
  }

  describe('as a whole', () => {
    it('is read by API and collection, and in part', async () => {
      const whole = (await admin('get', '/state')).body;
      expect(whole).toEqual(client.mock.state.dump());
      expect((await admin('get', '/state?api=hive&collection=customers')).body).toEqual({
        hive: { customers: whole.hive.customers },
      });
      expect((await admin('get', '/state?api=hive')).body).toEqual(whole);
      await refused(404, /Did you mean hive/, 'get', '/state?api=hiv');
      await refused(404, /Did you mean customers/, 'get', '/state?api=hive&collection=custmers');
      await refused(400, /which API/, 'get', '/state?collection=customers');
    });

    it('comes back as it was read', async () => {
      const whole = (await admin('get', '/state')).body;
      await client.call('delete', `/customers/${john}`).expect(200);
      expect((await admin('put', '/state', whole)).body).toEqual(whole);
      expect((await admin('get', '/state')).body).toEqual(whole);
      await client.call('get', `/customers/${john}`).expect(200);
    });

    it('can be loaded elsewhere, and more be created there, though ids of ordinals to come are taken', async () => {
      const here = await startHive({ fixtures: false });
      const create = async ({ call }: HiveClient, email: string): Promise<string> =>
        (await call('post', '/customers').send({ email }).expect(201)).body.id;
      const [first, second, third] = [
        await create(here, 'one@shop.example'),
        await create(here, 'two@shop.example'),
        await create(here, 'three@shop.example'),
      ];
      for (const id of [first, second]) await here.call('delete', `/customers/${id}`).expect(200);

      const there = await startHive({ fixtures: false });
      await there.mock.state.replace(here.mock.state.dump());
      const created = [];
      for (let index = 0; index < 4; index += 1) created.push(await create(there, `${index}@shop.example`));
      expect(new Set([third, ...created]).size).toBe(5);
      await Promise.all([here.mock.close(), there.mock.close()]);
    });

    it('is replaced as a whole: what the body leaves out is gone', async () => {
      const { body } = await admin('put', '/state', { hive: { customers: [] } });
      expect(Object.values(body.hive).flat()).toEqual([]);
    });

    it('is replaced for one API alone, when the call names it', async () => {
      const { body } = await admin('put', '/state?api=hive', { hive: { customers: [] } });
      expect(body).toEqual({ hive: expect.objectContaining({ customers: [] }) });
      await refused(400, /names other/, 'put', '/state?api=hive', { other: {} });
      await refused(404, /Did you mean hive/, 'put', '/state?api=hiv', { hive: {} });
    });

    it.each([
      ['no JSON', '{"hive":', 400, /JSON/],
      ['a list', '[]', 400, /object/],
      ['null', 'null', 400, /object/],
      ['a collection that is no list', { hive: { customers: {} } }, 400, /hive\/customers/],
      ['a record that is no object', { hive: { customers: [1] } }, 400, /hive\/customers\/0/],
      ['an API that is not served', { hiev: {} }, 404, /Did you mean hive/],
      ['a misspelt collection', { hive: { custmers: [] } }, 404, /Did you mean customers/],
      ['an internal collection', { hive: { _tasks: [] } }, 400, /_tasks/],
      [
        'a record that breaks its schema',
        { hive: { customers: [{ id: john, email: 5 }] } },
        400,
        /hive\/customers\/0\/email/,
      ],
    ])('refuses %s and keeps everything', async (_, body, status, words) => {
      await refused(status, words, 'put', '/state', body);
    });

    it('refuses records without an id and two with the same', async () => {
      const { customers } = (await admin('get', '/state')).body.hive;
      const { id: _, ...nameless } = customers[0];
      await refused(400, /id/, 'put', '/state', { hive: { customers: [nameless] } });
      await refused(400, /Two records/, 'put', '/state', {
        hive: { customers: [customers[0], customers[0]] },
      });
    });

    it('names every record that breaks its schema', async () => {
      const { customers } = (await admin('get', '/state')).body.hive;
      const wrong = customers.slice(0, 3).map((customer: object) => ({ ...customer, created_at: 'now' }));
      const { violations } = await refused(400, /created_at/, 'put', '/state', {
        hive: { customers: wrong },
      });
      expect(violations.map(({ location }: { location: string }) => location)).toEqual([
        'body/hive/customers/0/created_at',
        'body/hive/customers/1/created_at',
        'body/hive/customers/2/created_at',
      ]);
    });

    it('does not let __proto__ in', async () => {
      const { customers } = (await admin('get', '/state')).body.hive;
      const text = JSON.stringify({ hive: { customers: [customers[0]] } });
      const poisoned = text
        .replace('"hive":{', '"hive":{"__proto__":[{"id":"x"}],')
        .replace('"metadata":{', '"metadata":{"__proto__":{"polluted":true}');
      const { body } = await admin('put', '/state', poisoned);
      expect(body.hive.customers).toEqual([customers[0]]);
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
      expect(dump()).not.toContain('polluted');
    });
  });

  describe('by record', () => {
    it('lists a collection, and reads one record', async () => {
      const { body } = await admin('get', '/state/hive/customers');
      expect(body).toHaveLength(25);
      expect((await admin('get', `/state/hive/customers/${john}`)).body).toEqual(body[0]);
    });

    it('lists a collection of the document that has no records yet', async () => {
      const empty = await startAdmin({ fixtures: false });
      expect((await empty.admin('get', '/state/hive/customers')).body).toEqual([]);
      await empty.mock.close();
    });

    it.each([
      ['API', '/state/hve/customers', /Did you mean hive/],
      ['collection', '/state/hive/customrs', /Did you mean customers/],
      ['record', '/state/hive/customers/nobody', /no record \\"nobody\\"/],
      ['inherited name', '/state/hive/constructor', /constructor/],
    ])('says so when there is no such %s', async (_, path, words) => {
      await refused(404, words, 'get', path);
    });

    it('adds a record that the API then serves', async () => {
      const { body: model } = await admin('get', `/state/hive/customers/${john}`);
      const id = '11111111-1111-4111-8111-111111111111';
      const made = await admin('post', '/state/hive/customers', { ...model, id, email: 'new@b.co' });
      expect(made.status).toBe(201);
      const served = await client.call('get', `/customers/${id}`).expect(200);
      expect(served.body.email).toBe('new@b.co');
      await refused(409, /already|taken|exists/i, 'post', '/state/hive/customers', made.body);
    });

    it('refuses a record without an id, or that breaks its schema', async () => {
      await refused(400, /needs its id/, 'post', '/state/hive/customers', { email: 'a@b.co' });
      // What calls a method of what was sent would fail inside.
      for (const id of [{ toString: 1 }, { toJSON: 1 }, { valueOf: null }, [[]], null]) {
        await refused(400, /needs its id/, 'post', '/state/hive/customers', { email: 'a@b.co', id });
        await refused(400, /must stay/, 'patch', `/state/hive/customers/${john}`, { id });
      }
      const { body: model } = await admin('get', `/state/hive/customers/${john}`);
      const { violations } = await refused(400, /email/, 'post', '/state/hive/customers', {
        ...model,
        id: 'x',
        email: 1,
      });
      expect(violations.map(({ location }: { location: string }) => location)).toContain('body/email');
    });

    it('does not let anybody write what only the engine sees', async () => {
      await refused(400, /_tasks/, 'post', '/state/hive/_tasks', { id: 'x' });
      await refused(400, /_tasks/, 'put', '/state/hive/_tasks/x', { id: 'x' });
      await refused(400, /_tasks/, 'get', '/state/hive/_tasks');
    });

    it('puts a record in the place of another, or adds it', async () => {
      const { body: former } = await admin('get', `/state/hive/customers/${john}`);
      const put = await admin('put', `/state/hive/customers/${john}`, { ...former, last_name: 'Roe' });
      expect(put.status).toBe(200);
      expect((await client.call('get', `/customers/${john}`)).body.last_name).toBe('Roe');
      const { id: _, ...rest } = former;
      const added = await admin('put', '/state/hive/customers/22222222-2222-4222-8222-222222222222', rest);
      expect(added.status).toBe(201);
      expect(added.body.id).toBe('22222222-2222-4222-8222-222222222222');
    });

    it('changes the fields of a record that are given', async () => {
      const { body: former } = await admin('get', `/state/hive/customers/${john}`);
      const { body } = await admin('patch', `/state/hive/customers/${john}`, { last_name: 'Roe' });
      expect(body).toEqual({ ...former, last_name: 'Roe' });
    });

    it('refuses a change that breaks the schema or the id', async () => {
      await refused(400, /body\/email/, 'patch', `/state/hive/customers/${john}`, { email: 1 });
      await refused(400, /must stay/, 'patch', `/state/hive/customers/${john}`, { id: 'other' });
      await refused(400, /must stay/, 'put', `/state/hive/customers/${john}`, { id: 'other' });
      await refused(404, /nobody/, 'patch', '/state/hive/customers/nobody', { last_name: 'Roe' });
    });

    it('does not let __proto__ in', async () => {
      await admin(
        'patch',
        `/state/hive/customers/${john}`,
        '{"__proto__":{"polluted":true},"metadata":{"__proto__":{"polluted":true}}}',
      );
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
      expect(dump()).not.toContain('polluted');
      await refused(404, /__proto__/, 'get', '/state/hive/__proto__/x');
      await refused(404, /__proto__/, 'put', '/state/__proto__/customers/x', {});
    });

    it('deletes a record, once', async () => {
      expect((await admin('delete', `/state/hive/customers/${john}`)).status).toBe(204);
      await client.call('get', `/customers/${john}`).expect(404);
      await refused(404, /no record/, 'delete', `/state/hive/customers/${john}`);
    });
  });

  it('keeps the type of an id: a number stays one', async () => {
    const pets = await startAdmin({ apis: ['hive', petsByNumber], fixtures: false });
    const made = await pets.admin('put', '/state/pets/pets/7', { name: 'Rex' });
    expect(made).toMatchObject({ status: 201, body: { id: 7, name: 'Rex' } });
    const put = await pets.admin('put', '/state/pets/pets/7', { name: 'Tom' });
    expect(put).toMatchObject({ status: 200, body: { id: 7, name: 'Tom' } });
    await pets.mock.close();
  });

  it('is reset to the fixtures, with clock, journal and faults', async () => {
    const before = dump();
    await admin('post', '/clock', { advance: '1d' });
    await admin('post', '/faults', { latency: 0, status: 404, times: 1 });
    await client.call('delete', `/customers/${john}`);
    expect((await admin('post', '/reset')).status).toBe(204);
    expect(dump()).toBe(before);
    expect((await admin('get', '/clock')).body.now).toBe('2026-01-31T12:00:00.000Z');
    expect((await admin('get', '/journal')).body).toEqual([]);
  });
});

const pet = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'integer' }, name: { type: 'string' } },
};
const json = (schema: object) => ({ description: 'Fine.', content: { 'application/json': { schema } } });
const petsByNumber = {
  name: 'pets',
  document: {
    openapi: '3.1.0',
    info: { title: 'Pets', version: '1' },
    paths: {
      '/pets': { get: { operationId: 'listPets', responses: { 200: json({ type: 'array', items: pet }) } } },
      '/pets/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { operationId: 'getPet', responses: { 200: json(pet) } },
      },
    },
  },
};
