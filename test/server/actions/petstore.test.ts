import { beforeEach, describe, expect, it } from 'vitest';
import { type Client, start } from '../../openapi/infer-client.ts';

describe('a pet store in OpenAPI 3.0', () => {
  let pets: Client;
  beforeEach(async () => {
    pets = await start('infer-petstore.json');
  });
  const rex = { name: 'Rex', photoUrls: ['https://example.com/rex.png'] };

  it('keeps what is created, under whole numbers for ids', async () => {
    const first = await pets.call('POST', '/pet', rex);
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ ...rex, id: 1 });
    expect((await pets.call('POST', '/pet', rex)).body.id).toBe(2);
    expect((await pets.call('GET', '/pet/1')).body).toEqual(first.body);
  });

  it('lets the caller choose an id, and refuses one that is taken', async () => {
    expect((await pets.call('POST', '/pet', { ...rex, id: 2 })).body.id).toBe(2);
    expect((await pets.call('POST', '/pet', rex)).body.id).not.toBe(2);
    expect((await pets.call('POST', '/pet', { ...rex, id: 2 })).status).toBe(409);
    expect(pets.mock.records('infer-petstore', 'pet').count()).toBe(2);
  });

  it('leaves omitted optional fields out', async () => {
    const { body } = await pets.call('POST', '/pet', rex);
    expect(body).toEqual({ ...rex, id: 1 });
  });

  it('takes a form', async () => {
    const form = new URLSearchParams([
      ['name', 'Tom'],
      ['photoUrls', 'a'],
      ['photoUrls', 'b'],
    ]);
    expect((await pets.call('POST', '/pet', form)).body).toMatchObject({
      name: 'Tom',
      photoUrls: ['a', 'b'],
    });
  });

  it('deletes once, then knows no such pet', async () => {
    await pets.call('POST', '/pet', rex);
    expect((await pets.call('DELETE', '/pet/1')).status).toBe(200);
    expect((await pets.call('DELETE', '/pet/1')).status).toBe(404);
    expect((await pets.call('GET', '/pet/1')).status).toBe(404);
  });

  it('answers HEAD as GET, without a body', async () => {
    await pets.call('POST', '/pet', rex);
    const head = await pets.call('HEAD', '/pet/1');
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers.get('content-type')).toBe('application/json');
    expect((await pets.call('HEAD', '/pet/9')).status).toBe(404);
  });
});
