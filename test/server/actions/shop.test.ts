import { beforeEach, describe, expect, it } from 'vitest';
import { type Answer, type Client, start } from '../../openapi/infer-client.ts';

let shop: Client;
beforeEach(async () => {
  shop = await start('infer-shop.yaml');
});
const create = async (fields: object): Promise<Answer['body']> =>
  (await shop.call('POST', '/customers', fields)).body.data;
const namesOf = ({ body }: Answer) => body.data.map(({ name }: { name: string }) => name);

describe('creating', () => {
  it('sets id, times, defaults and what else the schema requires, within the envelope', async () => {
    const { body, status } = await shop.call('POST', '/customers', { name: 'Anna' });
    expect(status).toBe(201);
    expect(body).toEqual({
      data: {
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/),
        created_at: '2026-01-31T12:00:00.000Z',
        updated_at: '2026-01-31T12:00:00.000Z',
        name: 'Anna',
        level: 1,
        verified: false,
      },
    });
  });

  it('ignores read-only and unknown fields', async () => {
    const record = await create({
      name: 'Anna',
      id: '00000000-0000-4000-8000-000000000000',
      verified: true,
      created_at: '1999-01-01T00:00:00Z',
      shoe: 43,
    });
    expect(record.id).not.toMatch(/^0+-/);
    expect(record).toMatchObject({ verified: false, created_at: '2026-01-31T12:00:00.000Z' });
    expect(record).not.toHaveProperty('shoe');
  });

  it('takes a form', async () => {
    const { body } = await shop.call('POST', '/customers', new URLSearchParams({ name: 'Anna', level: '7' }));
    expect(body.data).toMatchObject({ name: 'Anna', level: 7 });
  });

  it('refuses what breaks the schema, and keeps nothing', async () => {
    expect((await shop.call('POST', '/customers', { level: 'high' })).status).toBe(422);
    expect(shop.mock.records('infer-shop', 'customers').count()).toBe(0);
  });
});

describe('listing', () => {
  it('pages by number and size and tells the total', async () => {
    for (const name of ['A', 'B', 'C']) await create({ name });
    const first = await shop.call('GET', '/customers');
    expect([namesOf(first), first.body.meta]).toEqual([['A', 'B'], { total: 3 }]);
    expect(namesOf(await shop.call('GET', '/customers?page=2'))).toEqual(['C']);
    expect(namesOf(await shop.call('GET', '/customers?page=3'))).toEqual([]);
    expect(namesOf(await shop.call('GET', '/customers?page=3&per_page=1'))).toEqual(['C']);
    expect((await shop.call('GET', '/customers?per_page=0')).status).toBe(400);
  });

  it('shows a change in the next list', async () => {
    const { id } = await create({ name: 'A' });
    expect(namesOf(await shop.call('GET', '/customers'))).toEqual(['A']);
    await shop.call('PATCH', `/customers/${id}`, { name: 'B' });
    expect(namesOf(await shop.call('GET', '/customers'))).toEqual(['B']);
    await shop.call('DELETE', `/customers/${id}`);
    expect((await shop.call('GET', '/customers')).body).toEqual({ data: [], meta: { total: 0 } });
  });

  it('filters by parameters named as fields, and counts what is left', async () => {
    for (const [name, city] of [
      ['A', 'Bonn'],
      ['B', 'Rome'],
      ['C', 'Bonn'],
    ])
      await create({ name, city });
    const { body } = await shop.call('GET', '/customers?city=Bonn&per_page=1');
    expect(body).toMatchObject({ data: [{ name: 'A' }], meta: { total: 2 } });
  });

  it('keeps namespaces apart', async () => {
    await create({ name: 'A' });
    const other = await shop.call('GET', '/customers', undefined, { 'sparring-namespace': 'other' });
    expect(other.body.meta.total).toBe(0);
  });
});

describe('changing', () => {
  it('merges with PATCH', async () => {
    const record = await create({ name: 'Anna', city: 'Bonn', nickname: 'An' });
    await shop.mock.clock.advance(60_000);
    const { body } = await shop.call('PATCH', `/customers/${record.id}`, { city: null });
    expect(body.data).toEqual({ ...record, city: null, updated_at: '2026-01-31T12:01:00.000Z' });
  });

  it('replaces with PUT: what is omitted falls back', async () => {
    const record = await create({ name: 'Anna', city: 'Bonn', nickname: 'An', level: 5 });
    const { body } = await shop.call('PUT', `/customers/${record.id}`, { name: 'Bea' });
    const { city: _, nickname: __, ...kept } = record;
    expect(body.data).toEqual({ ...kept, name: 'Bea', level: 1 });
  });

  it.each(['PUT', 'PATCH'])(
    'never changes the id, the creation time or read-only fields with %s',
    async (method) => {
      const record = await create({ name: 'Anna' });
      const meddled = {
        name: 'Bea',
        id: '00000000-0000-4000-8000-000000000000',
        created_at: '1999-01-01T00:00:00Z',
        verified: true,
      };
      const { body, status } = await shop.call(method, `/customers/${record.id}`, meddled);
      expect(status).toBe(200);
      expect(body.data).toEqual({ ...record, name: 'Bea' });
      expect((await shop.call('GET', `/customers/${record.id}`)).body).toEqual(body);
    },
  );

  it('knows no record to change or delete under an unknown id', async () => {
    expect((await shop.call('PATCH', '/customers/none', { name: 'A' })).status).toBe(404);
    expect((await shop.call('PUT', '/customers/none', { name: 'A' })).status).toBe(404);
    expect((await shop.call('DELETE', '/customers/none')).status).toBe(404);
  });

  it('deletes with 204 and no body, then answers 404', async () => {
    const { id } = await create({ name: 'Anna' });
    const gone = await shop.call('DELETE', `/customers/${id}`);
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect((await shop.call('DELETE', `/customers/${id}`)).status).toBe(404);
  });
});

describe('records below others', () => {
  it('belong to the parent in the path', async () => {
    const [anna, bea] = [await create({ name: 'Anna' }), await create({ name: 'Bea' })];
    const order = await shop.call('POST', `/customers/${anna.id}/orders`, { amount: 3, customer_id: bea.id });
    expect(order.status).toBe(201);
    expect(order.body).toEqual({
      id: expect.stringMatching(/^\w{8}$/),
      customer_id: anna.id,
      amount: 3,
      paid: false,
    });
    expect((await shop.call('GET', `/customers/${anna.id}/orders`)).body).toEqual({
      items: [order.body],
      total: 1,
    });
    expect((await shop.call('GET', `/customers/${bea.id}/orders`)).body).toEqual({ items: [], total: 0 });
    expect((await shop.call('GET', `/customers/${anna.id}/orders/${order.body.id}`)).status).toBe(200);
    expect((await shop.call('GET', `/customers/${bea.id}/orders/${order.body.id}`)).status).toBe(404);
  });

  it('page by limit and offset within the parent', async () => {
    const { id } = await create({ name: 'Anna' });
    for (const amount of [1, 2, 3, 4])
      await shop.call('POST', `/customers/${id}/orders`, { amount, paid: amount > 2 });
    const amounts = async (query: string) => {
      const { body } = await shop.call('GET', `/customers/${id}/orders${query}`);
      return [body.items.map(({ amount }: { amount: number }) => amount), body.total];
    };
    expect(await amounts('')).toEqual([[1, 2, 3, 4], 4]);
    expect(await amounts('?limit=2')).toEqual([[1, 2], 4]);
    expect(await amounts('?limit=2&offset=3')).toEqual([[4], 4]);
    expect(await amounts('?offset=1')).toEqual([[2, 3, 4], 4]);
    expect(await amounts('?paid=true&limit=1')).toEqual([[3], 2]);
  });

  it('are not found, listed or made below a parent that is not there', async () => {
    expect((await shop.call('POST', '/customers/none/orders', { amount: 1 })).status).toBe(404);
    expect((await shop.call('GET', '/customers/none/orders')).status).toBe(404);
    expect(shop.mock.records('infer-shop', 'orders').count()).toBe(0);
  });
});

describe('errors', () => {
  it('fill the declared schema with what happened', async () => {
    const { body, headers } = await shop.call('POST', '/customers', { level: 'high' });
    expect(headers.get('content-type')).toBe('application/json');
    expect(body).toEqual({ error: { code: 422, message: expect.stringContaining('name') } });
  });

  it('keep the rest of a declared example', async () => {
    const { body } = await shop.call('GET', '/customers/none');
    expect(body).toEqual({ message: expect.stringContaining('none'), hint: 'Look elsewhere.' });
  });

  it('are problems where nothing is declared', async () => {
    const { body, headers } = await shop.call('DELETE', '/customers/none');
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(body).toMatchObject({ type: 'urn:sparring:problem:record-not-found', status: 404 });
  });
});
