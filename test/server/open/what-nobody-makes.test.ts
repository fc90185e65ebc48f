import { writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMock } from '../../../src/index.ts';
import { inPath, json, ref, start } from '../../openapi/infer-client.ts';
import { writeDocument } from '../../openapi/inline-document.ts';

type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const object = (properties: Schema, more: Schema = {}) => ({ type: 'object', properties, ...more });
const body = (schema: unknown, type = 'application/json') => ({
  required: true,
  content: { [type]: { schema } },
});
const none = { 404: { description: 'None.' } };

const countries = {
  paths: {
    '/weather/{city}': {
      parameters: [inPath('city')],
      get: {
        responses: {
          200: json(object({ city: text, temp: { type: 'number' } }), {
            example: { city: 'Brno', temp: 21 },
          }),
          ...none,
        },
      },
    },
    '/countries': {
      get: {
        responses: {
          200: json({ type: 'array', items: ref('Country') }, { example: [{ code: 'cz', name: 'Czechia' }] }),
        },
      },
    },
    '/countries/{code}': {
      parameters: [{ ...Object(inPath('code')), examples: { one: { value: 'pt' } } }],
      get: { responses: { 200: json(ref('Country')), ...none } },
    },
  },
  components: { schemas: { Country: object({ code: text, name: text }, { required: ['code', 'name'] }) } },
};

describe('what nobody can make', () => {
  it('is what the document shows', async () => {
    const { call } = await start(countries);
    expect((await call('GET', '/weather/Brno')).body).toEqual({ city: 'Brno', temp: 21 });
    const { body: all } = await call('GET', '/countries');
    expect(all).toHaveLength(5);
    expect(all[0]).toEqual({ code: 'cz', name: 'Czechia' });
    expect(all[1].code).toBe('pt');
    for (const country of all)
      expect((await call('GET', `/countries/${country.code}`)).body).toEqual(country);
  });

  it('is made of an id that is asked for, the same each time', async () => {
    const [one, other] = [await start(countries), await start(countries)];
    const asked = await one.call('GET', '/countries/de');
    expect(asked).toMatchObject({ status: 200, body: { code: 'de', name: expect.any(String) } });
    expect((await one.call('GET', '/countries/de')).text).toBe(asked.text);
    expect((await other.call('GET', '/countries/de')).text).toBe(asked.text);
    expect((await one.call('GET', '/weather/Oslo')).body.city).toBe('Oslo');
    expect((await one.call('GET', '/countries')).body).toHaveLength(5);
  });

  it('is not there where ids are strict, but for what the lists show', async () => {
    const { call } = await start(countries, { strictIds: true });
    expect((await call('GET', '/countries/de')).status).toBe(404);
    expect((await call('GET', '/countries/cz')).status).toBe(200);
    expect((await call('GET', '/weather/Oslo')).status).toBe(404);
  });

  it('begins with as many records as are wanted, or with none', async () => {
    expect((await (await start(countries, { records: 9 })).call('GET', '/countries')).body).toHaveLength(9);
    expect((await (await start(countries, { fixtures: false })).call('GET', '/countries')).body).toEqual([]);
  });

  it('is kept once it is written to, and stays gone once it is deleted', async () => {
    const item = {
      parameters: [inPath('id')],
      get: { responses: { 200: json(ref('Lamp')), ...none } },
      patch: {
        requestBody: body(object({ on: { type: 'boolean' } })),
        responses: { 200: json(ref('Lamp')) },
      },
      delete: { responses: { 204: { description: 'Gone.' } } },
    };
    const lamp = object({ id: text, on: { type: 'boolean' } }, { required: ['id', 'on'] });
    const { call } = await start({ paths: { '/lamps/{id}': item }, components: { schemas: { Lamp: lamp } } });
    const { on } = (await call('GET', '/lamps/hall')).body;
    expect((await call('PATCH', '/lamps/hall', { on: !on })).body).toEqual({ id: 'hall', on: !on });
    expect((await call('GET', '/lamps/hall')).body).toEqual({ id: 'hall', on: !on });
    expect((await call('DELETE', '/lamps/hall')).status).toBe(204);
    expect((await call('GET', '/lamps/hall')).status).toBe(404);
    expect((await call('DELETE', '/lamps/hall')).status).toBe(404);
    expect((await call('GET', '/lamps/attic')).status).toBe(200);
  });

  it('refuses an id that its path does not take', async () => {
    const item = {
      parameters: [inPath('id', { type: 'integer' })],
      get: { responses: { 200: json(object({ id: { type: 'integer' } })), 400: { description: 'No.' } } },
    };
    const { call } = await start({ paths: { '/rates/{id}': item } });
    expect((await call('GET', '/rates/x')).status).toBe(400);
    expect((await call('GET', '/rates/7')).body).toEqual({ id: 7 });
  });
});

describe('a collection that a client can fill', () => {
  const customer = object(
    {
      id: text,
      first_name: text,
      last_name: text,
      email: { type: 'string', format: 'email' },
      status: { enum: ['active', 'blocked'] },
      created_at: { type: 'string', format: 'date-time' },
      updated_at: { type: 'string', format: 'date-time' },
      password: { type: 'string', writeOnly: true },
    },
    { required: ['id', 'email', 'password'] },
  );
  const order = object(
    {
      id: { type: 'integer', readOnly: true },
      customer_id: text,
      total: { type: 'number' },
      lines: { type: 'array', items: object({ price: { type: 'number' }, quantity: { type: 'integer' } }) },
      cancelled_at: { type: ['string', 'null'], format: 'date-time' },
    },
    { required: ['id', 'customer_id', 'total', 'lines', 'cancelled_at'] },
  );
  const collection = (name: string) => ({
    get: { responses: { 200: json({ type: 'array', items: ref(name) }) } },
    post: { requestBody: body(ref(name)), responses: { 201: json(ref(name)) } },
  });
  const item = (name: string) => ({
    parameters: [inPath('id')],
    get: { responses: { 200: json(ref(name)), ...none } },
  });
  const document = {
    paths: {
      '/customers': collection('Customer'),
      '/customers/{id}': item('Customer'),
      '/orders': collection('Order'),
      '/orders/{id}': { ...item('Order'), parameters: [inPath('id', { type: 'integer' })] },
    },
    components: { schemas: { Customer: customer, Order: order } },
  };

  it('is empty in a library, and begins with plausible records where some are wanted', async () => {
    expect((await (await start(document)).call('GET', '/customers')).body).toEqual([]);
    const { call } = await start(document, { records: 4 });
    const { body: all } = await call('GET', '/customers');
    expect(all).toHaveLength(4);
    for (const each of all) {
      expect(each.email).toBe(`${each.first_name}.${each.last_name}@example.com`.toLowerCase());
      expect(each.created_at <= each.updated_at && each.updated_at <= '2026-01-31T12:00:00Z').toBe(true);
      expect(each).not.toHaveProperty('password');
    }
    expect(new Set(all.map(({ email }: { email: string }) => email)).size).toBeGreaterThan(1);
    expect(all.map(({ created_at }: { created_at: string }) => created_at)).toEqual(
      all.map(({ created_at }: { created_at: string }) => created_at).toSorted(),
    );
  });

  it('refers to records that are there, with totals that add up, and nothing that has not happened', async () => {
    const { call } = await start(document, { records: 4 });
    for (const each of (await call('GET', '/orders')).body) {
      expect((await call('GET', `/customers/${each.customer_id}`)).status).toBe(200);
      const sum = each.lines.reduce(
        (all: number, line: { price: number; quantity: number }) => all + line.price * line.quantity,
        0,
      );
      expect(each.total).toBeCloseTo(sum, 2);
      expect(each.cancelled_at).toBeNull();
    }
  });

  it('is the same for a seed, and another for another', async () => {
    const texts = [];
    for (const seed of [3, 3, 4])
      texts.push((await (await start(document, { records: 3, seed })).call('GET', '/customers')).text);
    expect(texts[0]).toBe(texts[1]);
    expect(texts[2]).not.toBe(texts[0]);
  });

  it('knows no id that nobody made, and makes new ones beside those it began with', async () => {
    const { call, mock } = await start(document, { records: 3 });
    expect((await call('GET', '/orders/999')).status).toBe(404);
    const { id } = (
      await call('POST', '/orders', { customer_id: 'c', total: 1, lines: [], cancelled_at: null })
    ).body;
    expect(id).toBe(4);
    expect((await call('GET', '/orders')).body).toHaveLength(4);
    expect(mock.records('test', 'orders').count()).toBe(4);
    await mock.reset();
    expect((await call('GET', '/orders')).body).toHaveLength(3);
  });
});

describe('what there is one of', () => {
  const settings = object(
    { theme: { enum: ['light', 'dark'] }, notifications: object({ email: { type: 'boolean' } }) },
    { required: ['theme'] },
  );
  const me = object({ id: text, display_name: text, locale: text }, { required: ['id', 'display_name'] });
  const answer = (name: string) => ({ 200: json(ref(name)), ...none });

  it('remembers what it is given', async () => {
    const { call } = await start({
      paths: {
        '/me': {
          get: { responses: answer('Me') },
          patch: { requestBody: body(object({ display_name: text, locale: text })), responses: answer('Me') },
          delete: { responses: { 202: { description: 'Soon.' } } },
        },
        '/me/settings': {
          get: { responses: answer('Settings') },
          put: { requestBody: body(ref('Settings')), responses: answer('Settings') },
        },
      },
      components: { schemas: { Me: me, Settings: settings } },
    });
    const { body: before } = await call('GET', '/me');
    expect((await call('PATCH', '/me', { display_name: 'Zoe' })).body).toEqual({
      ...before,
      display_name: 'Zoe',
    });
    expect((await call('GET', '/me')).body.display_name).toBe('Zoe');
    const put = { theme: 'dark', notifications: { email: true } };
    expect((await call('PUT', '/me/settings', put)).body).toEqual(put);
    expect((await call('GET', '/me/settings')).body).toEqual(put);
    expect((await call('DELETE', '/me')).status).toBe(202);
    expect((await call('GET', '/me')).status).toBe(404);
  });

  it('is one of each parent', async () => {
    const { call } = await start({
      paths: {
        '/devices/{serial}/config': {
          parameters: [inPath('serial')],
          get: { responses: answer('Settings') },
          put: { requestBody: body(ref('Settings')), responses: answer('Settings') },
        },
      },
      components: { schemas: { Settings: settings } },
    });
    await call('PUT', '/devices/a/config', { theme: 'dark' });
    await call('PUT', '/devices/b/config', { theme: 'light', notifications: { email: false } });
    expect((await call('GET', '/devices/a/config')).body).toEqual({ theme: 'dark' });
    expect((await call('GET', '/devices/b/config')).body).toEqual({
      theme: 'light',
      notifications: { email: false },
    });
  });

  it('may be one of the users', async () => {
    const { call } = await start({
      paths: {
        '/users': {
          get: { responses: { 200: json({ type: 'array', items: ref('Me') }) } },
          post: { requestBody: body(object({ display_name: text })), responses: { 201: json(ref('Me')) } },
        },
        '/users/me': { get: { responses: answer('Me') } },
        '/users/{id}': { parameters: [inPath('id')], get: { responses: answer('Me') } },
      },
      components: { schemas: { Me: me } },
    });
    const { body: user } = await call('POST', '/users', { display_name: 'Ann' });
    expect((await call('GET', '/users/me')).body).toEqual(user);
  });
});

describe('a field that the client alone writes', () => {
  const user = object(
    {
      id: { type: 'string', readOnly: true },
      name: text,
      password: { type: 'string', writeOnly: true },
      profile: object({ pin: { type: 'string', writeOnly: true }, since: text }),
    },
    { required: ['id', 'name', 'password'] },
  );
  const wrapped = object({ user: ref('User') });
  const document = {
    paths: {
      '/users': {
        post: { requestBody: body(ref('User')), responses: { 201: json(ref('User')) } },
        get: { responses: { 200: json({ type: 'array', items: ref('User') }) } },
      },
      '/users/{id}': {
        parameters: [inPath('id')],
        get: { responses: { 200: json(ref('User')), ...none } },
        put: { requestBody: body(ref('User')), responses: { 200: json(ref('User')) } },
      },
      '/check': {
        post: {
          requestBody: body(ref('User')),
          responses: {
            200: json(wrapped, {
              example: { user: { id: '1', name: 'n', password: 'secret', profile: { pin: '1' } } },
            }),
          },
        },
      },
      '/sampled': { get: { responses: { 200: json(wrapped) } } },
    },
    components: { schemas: { User: user } },
  };

  it('never comes back', async () => {
    const { call } = await start(document, { records: 2 });
    const sent = { name: 'a', password: 'p-1', profile: { pin: '1234', since: 'now' } };
    const made = await call('POST', '/users', sent);
    expect(made).toMatchObject({ status: 201, body: { name: 'a', profile: { since: 'now' } } });
    const answers = [
      made,
      await call('GET', '/users'),
      await call('PUT', `/users/${made.body.id}`, sent),
      await call('GET', `/users/${made.body.id}`),
      await call('POST', '/check', sent),
      await call('GET', '/sampled'),
    ];
    for (const { status, text: shown } of answers) {
      expect(status).toBeLessThan(300);
      expect(shown).not.toMatch(/password|pin/);
    }
  });
});

describe('an answer without state', () => {
  it('has what the document shows of its properties, but for those that break their schema', async () => {
    const user = object({
      name: { type: 'string', example: 'Ann' },
      age: { type: 'integer', example: 7 },
      zip: { type: 'string', example: 11000 },
    });
    const phone = object({
      name: { type: 'string', example: 'Ann' },
      phone: { type: 'string', pattern: '^[0-9]{9}$', example: '123' },
    });
    const { call } = await start({
      paths: {
        '/user': { get: { responses: { 200: json(user) } } },
        '/phones': { get: { responses: { 200: json({ type: 'array', items: phone }) } } },
        '/shown': {
          get: { responses: { 200: json(user, { example: { name: 'Bob', age: 'seven', zip: '1' } }) } },
        },
        '/version': {
          get: {
            responses: { 200: json(object({ version: { type: 'string', example: 1.1 }, build: text })) },
          },
        },
      },
    });
    expect((await call('GET', '/user')).body).toEqual({ name: 'Ann', age: 7, zip: expect.any(String) });
    const [first] = (await call('GET', '/phones')).body;
    expect(first).toEqual({ name: 'Ann', phone: expect.stringMatching(/^[0-9]{9}$/) });
    const shown = await call('GET', '/shown');
    expect(shown.body).toEqual({ name: 'Bob', age: expect.any(Number), zip: '1' });
    expect(shown.headers.get('sparring-notes')).toContain('answer.age');
    expect((await call('GET', '/version')).body).toEqual({
      version: expect.any(String),
      build: expect.any(String),
    });
  });

  it.each([
    ['application/pdf', /^%PDF-1\.4\n[\s\S]*%%EOF\n$/],
    ['image/png', /^\x89PNG\r\n/],
    ['image/jpeg', /^\xff\xd8\xff[\s\S]*\xff\xd9$/],
    ['audio/wav', /^RIFF[\s\S]{4}WAVE/],
  ])('is a real file of %s', async (type, expected) => {
    for (const schema of [{ type: 'string', format: 'binary' }, {}]) {
      const responses = { 200: { description: 'A file.', content: { [type]: { schema } } } };
      const { mock } = await start({ paths: { '/file': { get: { responses } } } });
      const answer = await mock.fetch('/file');
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
      expect(Buffer.from(await answer.arrayBuffer()).toString('latin1')).toMatch(expected);
    }
  });

  it('is the example of a file beside the document, and of none outside of its folder', async () => {
    const outside = writeDocument('outside.json', '{"a":"not to be shown"}');
    const examples = (externalValue: string) => ({ book: { externalValue } });
    const file = writeDocument(
      'books.json',
      JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'Books', version: '1' },
        paths: {
          '/book': {
            get: { responses: { 200: json(object({ a: text }), { examples: examples('./book.json') }) } },
          },
          '/other': {
            get: {
              responses: {
                200: json(object({ a: text }), { examples: examples(relative(dirname(outside), outside)) }),
              },
            },
          },
          '/far': {
            get: {
              responses: {
                200: json(object({ a: text }), {
                  examples: examples(`../${basename(dirname(outside))}/outside.json`),
                }),
              },
            },
          },
        },
      }),
    );
    writeFileSync(join(dirname(file), 'book.json'), '{"a":"from the file"}');
    const mock = await createMock({ apis: [file] });
    const bodies = [];
    for (const path of ['/book', '/other', '/far']) bodies.push(await (await mock.fetch(path)).json());
    expect(bodies).toEqual([
      { a: 'from the file' },
      { a: expect.any(String) },
      { a: expect.not.stringContaining('shown') },
    ]);
    await mock.close();
  });
});

describe('a file that there is one of', () => {
  it('is kept as it was sent, and gone once it is deleted', async () => {
    const image = {
      content: { 'image/png': { schema: { type: 'string', format: 'binary' } }, 'image/gif': {} },
    };
    const { mock } = await start({
      paths: {
        '/me/avatar': {
          get: { responses: { 200: { description: 'It.', ...image }, ...none } },
          put: { requestBody: image, responses: { 204: { description: 'Kept.' } } },
          delete: { responses: { 204: { description: 'Gone.' } } },
        },
      },
    });
    const before = await mock.fetch('/me/avatar');
    expect([before.status, before.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect((await before.arrayBuffer()).byteLength).toBeGreaterThan(50);
    const bytes = new Uint8Array([71, 73, 70, 0, 255, 128]);
    const headers = { 'content-type': 'image/gif' };
    expect((await mock.fetch('/me/avatar', { method: 'PUT', headers, body: bytes })).status).toBe(204);
    const after = await mock.fetch('/me/avatar');
    expect(after.headers.get('content-type')).toBe('image/gif');
    expect(new Uint8Array(await after.arrayBuffer())).toEqual(bytes);
    expect((await mock.fetch('/me/avatar', { method: 'DELETE' })).status).toBe(204);
    expect((await mock.fetch('/me/avatar')).status).toBe(404);
    expect((await mock.fetch('/me/avatar', { method: 'PUT', headers, body: bytes })).status).toBe(204);
    expect((await mock.fetch('/me/avatar')).status).toBe(200);
  });
});

describe('an id that nobody made, in a collection that begins with records', () => {
  const item = {
    parameters: [inPath('id')],
    get: { responses: { 200: json(ref('Order')), ...none } },
    delete: { responses: { 204: { description: 'Gone.' }, ...none } },
  };
  const orders = {
    paths: {
      '/orders': {
        get: { responses: { 200: json({ type: 'array', items: ref('Order') }) } },
        post: { requestBody: body(object({ note: text })), responses: { 201: json(ref('Order')) } },
      },
      '/orders/{id}': item,
      '/orders/{id}/lines': {
        parameters: [inPath('id')],
        get: { responses: { 200: json({ type: 'array', items: ref('Line') }), ...none } },
      },
    },
    components: {
      schemas: {
        Order: object({ id: text, note: text }, { required: ['id', 'note'] }),
        Line: object({ id: text, order_id: text }, { required: ['id', 'order_id'] }),
      },
    },
  };

  it("is a record made of it, but where it is nobody's by its name, or ids are strict", async () => {
    const { call } = await start(orders, { records: 3 });
    expect((await call('GET', '/orders/o-77')).body).toEqual({ id: 'o-77', note: expect.any(String) });
    for (const nobodys of ['none', 'unknown', '0', '99999', '00000000-0000-4000-8000-000000000000'])
      expect((await call('GET', `/orders/${nobodys}`)).status).toBe(404);
    expect(
      (await (await start(orders, { records: 3, strictIds: true })).call('GET', '/orders/o-77')).status,
    ).toBe(404);
    expect((await (await start(orders)).call('GET', '/orders/o-77')).status).toBe(404);
  });

  it('stays gone once it is deleted, and has what is within it', async () => {
    const { call } = await start(orders, { records: 3 });
    const { body: lines } = await call('GET', '/orders/o-77/lines');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line.order_id).toBe('o-77');
    expect((await call('DELETE', '/orders/o-77')).status).toBe(204);
    expect((await call('GET', '/orders/o-77')).status).toBe(404);
    const { body: made } = await call('POST', '/orders', { note: 'mine' });
    expect((await call('GET', `/orders/${made.id}/lines`)).body).toEqual([]);
  });
});
