import { describe, expect, it } from 'vitest';
import { inPath, json, ref, start } from '../../openapi/infer-client.ts';

type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const integer = { type: 'integer' };
const object = (properties: Schema, more: Schema = {}) => ({ type: 'object', properties, ...more });
const body = (schema: unknown, type = 'application/json') => ({
  required: true,
  content: { [type]: { schema } },
});
const gone = { 204: { description: 'Gone.' }, 404: { description: 'None.' } };

/** Paths of a collection and its items with all five operations; parts of it may be others. */
function paths(path: string, name: string, input: unknown, parameter = 'id', idSchema: unknown = text) {
  return {
    [path]: {
      get: { responses: { 200: json({ type: 'array', items: ref(name) }) } },
      post: { requestBody: body(input), responses: { 201: json(ref(name)) } },
    },
    [`${path}/{${parameter}}`]: {
      parameters: [inPath(parameter, idSchema)],
      get: { responses: { 200: json(ref(name)), 404: { description: 'None.' } } },
      patch: { requestBody: body(input), responses: { 200: json(ref(name)) } },
      delete: { responses: gone },
    },
  };
}

describe('a field that is sent as a name and shown as an object', () => {
  const schemas = {
    Server: object(
      { id: text, name: text, image: object({ name: text }, { required: ['name'] }) },
      { required: ['id', 'image'] },
    ),
    Page: object({
      id: integer,
      author: ref('Author'),
      tags: { type: 'array', items: object({ label: text }, { required: ['label'] }) },
    }),
    Author: object({ id: text, email: text }, { required: ['id', 'email'] }),
    Ticket: object({ id: text, owner_id: text, queue: ref('Author') }, { required: ['id', 'owner_id'] }),
  };
  const document = {
    paths: {
      ...paths('/servers', 'Server', object({ name: text, image: text })),
      ...paths('/pages', 'Page', object({ author: text, tags: { type: 'array', items: text } })),
      ...paths('/authors', 'Author', object({ email: text })),
      ...paths('/tickets', 'Ticket', object({ owner_id: object({ id: text }), queue_id: text })),
    },
    components: { schemas },
  };

  it('is an object of that name where nothing of that name is kept', async () => {
    const { call } = await start(document);
    const made = await call('POST', '/servers', { name: 's1', image: 'ubuntu' });
    expect([made.status, made.body]).toEqual([
      201,
      { id: expect.any(String), name: 's1', image: { name: 'ubuntu' } },
    ]);
    expect((await call('GET', `/servers/${made.body.id}`)).body).toEqual(made.body);
    expect((await call('GET', '/servers')).body).toEqual([made.body]);
  });

  it('is the record that it names where there is one', async () => {
    const { call } = await start(document);
    const author = (await call('POST', '/authors', { email: 'a@example.com' })).body;
    const page = await call('POST', '/pages', { author: author.id, tags: ['new', 'big'] });
    expect(page.body).toMatchObject({ author, tags: [{ label: 'new' }, { label: 'big' }] });
  });

  it('is the id of an object that is sent where an id is shown, and of `queue_id` where a `queue` is', async () => {
    const { call } = await start(document);
    const { body: author } = await call('POST', '/authors', { email: 'a@example.com' });
    const made = await call('POST', '/tickets', { owner_id: { id: 'o1' }, queue_id: 'q7' });
    expect(made).toMatchObject({
      status: 201,
      body: { owner_id: 'o1', queue: { id: 'q7', email: expect.any(String) } },
    });
    expect(author.email).toBe('a@example.com');
  });
});

describe('deleting with a body that is no record', () => {
  it.each<[string, Schema, unknown]>([
    [
      '{ id, deleted }',
      object(
        { id: text, object: { enum: ['video.deleted'] }, deleted: { type: 'boolean' } },
        { required: ['id', 'deleted'] },
      ),
      { deleted: true },
    ],
    ['{ message }', object({ message: text }, { required: ['message'] }), { message: expect.any(String) }],
    [
      '{ success, data }',
      object({ success: { type: 'boolean' }, data: object({}) }, { required: ['success', 'data'] }),
      { success: true, data: {} },
    ],
    ['a yes', { type: 'boolean' }, expect.any(Boolean)],
  ])('answers %s, and the record is gone', async (_, schema, expected) => {
    const video = object({ id: text, prompt: text }, { required: ['id', 'prompt'] });
    const all = paths('/videos', 'Video', object({ prompt: text }));
    const item = { ...all['/videos/{id}'], delete: { responses: { 200: json(schema) } } };
    const { call } = await start({
      paths: { ...all, '/videos/{id}': item },
      components: { schemas: { Video: video } },
    });
    const { id } = (await call('POST', '/videos', { prompt: 'a cat' })).body;
    const deleted = await call('DELETE', `/videos/${id}`);
    expect(deleted.status).toBe(200);
    if (typeof expected === 'object' && !('asymmetricMatch' in Object(expected)))
      expect(deleted.body).toMatchObject(Object(expected));
    else expect(deleted.body).toEqual(expected);
    expect((await call('GET', `/videos/${id}`)).status).toBe(404);
    expect((await call('GET', '/videos')).body).toEqual([]);
  });
});

describe('an id', () => {
  const named = (id: unknown) => object({ id, title: text }, { required: ['title'] });
  it.each<[string, unknown, unknown]>([
    ['a number in the path and a text in the record', { type: 'string', example: '6871119' }, integer],
    ['of a pattern that the path alone tells', text, { type: 'string', pattern: '^art_[a-z]{8}$' }],
    ['of a schema that the path refers to', text, { allOf: [{ $ref: '#/components/schemas/Id' }] }],
    ['of a least number', integer, { type: 'integer', minimum: 1000 }],
    ['of a format and a length', text, { type: 'string', format: 'uuid' }],
    ['of at most eight signs', text, { type: 'string', maxLength: 8 }],
  ])('that is made is one that its own path takes: %s', async (_, id, parameter) => {
    const { call } = await start({
      paths: paths('/articles', 'Article', object({ title: text }), 'id', parameter),
      components: { schemas: { Article: named(id), Id: { type: 'string', pattern: '^[0-9]{6}$' } } },
    });
    const [one, two] = [
      await call('POST', '/articles', { title: 'a' }),
      await call('POST', '/articles', { title: 'b' }),
    ];
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(one.body.id).not.toBe(two.body.id);
    for (const { body: made } of [one, two])
      expect((await call('GET', `/articles/${made.id}`)).body).toEqual(made);
  });
});

describe('records whose id lies deeper', () => {
  const thing = object({
    kind: text,
    metadata: ref('Meta'),
    spec: object({ size: integer, zones: { type: 'array', items: text } }),
  });
  const document = {
    paths: paths('/things', 'Thing', ref('Thing'), 'name'),
    components: {
      schemas: {
        Thing: thing,
        Meta: object({ name: text, labels: object({}, { additionalProperties: text }) }),
      },
    },
  };

  it('keep what was sent, and are found by it', async () => {
    const { call } = await start(document);
    const sent = { kind: 'Thing', metadata: { name: 'a', labels: { x: 'y' } }, spec: { size: 3 } };
    expect(await call('POST', '/things', sent)).toMatchObject({ status: 201, body: sent });
    expect((await call('GET', '/things/a')).body).toEqual(sent);
    expect((await call('GET', '/things')).body).toEqual([sent]);
    expect((await call('GET', '/things/b')).status).toBe(404);
  });

  it('are merged part by part, and keep their name', async () => {
    const { call } = await start(document);
    await call('POST', '/things', {
      metadata: { name: 'a', labels: { x: 'y' } },
      spec: { size: 3, zones: ['n'] },
    });
    const patched = await call('PATCH', '/things/a', {
      metadata: { name: 'b', labels: { z: 'w' } },
      spec: { size: 4 },
    });
    expect(patched.body).toEqual({
      metadata: { name: 'a', labels: { x: 'y', z: 'w' } },
      spec: { size: 4, zones: ['n'] },
    });
    expect((await call('DELETE', '/things/a')).status).toBe(204);
    expect((await call('GET', '/things/a')).status).toBe(404);
  });
});

describe('a creation whose answer is not the record', () => {
  const droplet = object({ id: integer, name: text }, { required: ['id', 'name'] });
  const list = (schema: unknown) => ({ get: { responses: { 200: json(schema) } } });
  function document(answer: unknown, more: Schema = {}, item: unknown = object({ droplet: ref('D') })) {
    return {
      paths: {
        '/droplets': {
          ...list(object({ droplets: { type: 'array', items: ref('D') } })),
          post: {
            requestBody: body(object({ name: text })),
            responses: { 202: { ...Object(answer), ...more } },
          },
        },
        '/droplets/{id}': {
          parameters: [inPath('id', integer)],
          get: { responses: { 200: json(item), 404: { description: 'None.' } } },
          delete: { responses: gone },
        },
      },
      components: { schemas: { D: droplet } },
    };
  }

  it.each<[string, unknown, (body: never) => unknown]>([
    [
      'one of two envelopes',
      json(
        {
          oneOf: [
            object({ droplet: ref('D') }, { required: ['droplet'] }),
            object({ droplets: { type: 'array', items: ref('D') } }, { required: ['droplets'] }),
          ],
        },
        { example: { droplet: { id: 3164444, name: 'example.com' } } },
      ),
      ({ droplet: { id } }: { droplet: { id: number } }) => id,
    ],
    ['its id alone', json(integer), (id: number) => id],
    [
      'the record with a secret that is told once',
      json({ allOf: [ref('D'), object({ secret: text }, { required: ['secret'] })] }),
      ({ id }: { id: number }) => id,
    ],
    [
      'a list of one',
      json(object({ droplets: { type: 'array', items: ref('D') } })),
      ({ droplets }: { droplets: { id: number }[] }) => droplets[0]?.id,
    ],
    [
      'a word about it',
      json(object({ id: integer, status: { enum: ['accepted'] } }, { required: ['id', 'status'] })),
      ({ id }: { id: number }) => id,
    ],
  ])('shows it in the list, and by its id: %s', async (_, answer, idOf) => {
    const { call } = await start(document(answer));
    const made = await call('POST', '/droplets', { name: 'web' });
    expect(made.status).toBe(202);
    const id = idOf(made.body as never);
    expect((await call('GET', `/droplets/${id}`)).body).toEqual({ droplet: { id, name: 'web' } });
    expect((await call('GET', '/droplets')).body).toEqual({ droplets: [{ id, name: 'web' }] });
    expect((await call('DELETE', `/droplets/${id}`)).status).toBe(204);
    expect((await call('GET', '/droplets')).body).toEqual({ droplets: [] });
  });

  it('tells a secret once, and shows it nowhere else', async () => {
    const { call } = await start(document(json({ allOf: [ref('D'), object({ secret: text })] })));
    const made = await call('POST', '/droplets', { name: 'web' });
    expect(made.body).toEqual({ id: expect.any(Number), name: 'web', secret: expect.any(String) });
    expect((await call('GET', '/droplets')).text).not.toContain('secret');
  });
});

describe('a collection without paths of its items', () => {
  const site = object({ id: { type: 'string', readOnly: true }, name: text }, { required: ['name'] });
  const whole = {
    get: { responses: { 200: json({ type: 'array', items: ref('Site') }) } },
    post: { requestBody: body(ref('Site')), responses: { 201: json(ref('Site')) } },
  };

  it('lists what it was given', async () => {
    const { call } = await start({ paths: { '/sites': whole }, components: { schemas: { Site: site } } });
    const made = await call('POST', '/sites', { name: 's1' });
    expect(made.body).toEqual({ id: expect.any(String), name: 's1' });
    expect((await call('GET', '/sites')).body).toEqual([made.body]);
  });

  it('lists it for the parent that it was given to, and for no other', async () => {
    const { call } = await start({
      paths: { '/tenants/{tid}/sites': { parameters: [inPath('tid')], ...whole } },
      components: { schemas: { Site: site } },
    });
    const made = await call('POST', '/tenants/t1/sites', { name: 's1' });
    expect((await call('GET', '/tenants/t1/sites')).body).toEqual([made.body]);
    expect((await call('GET', '/tenants/t2/sites')).body).toEqual([]);
  });

  it('may have items that can only be deleted', async () => {
    const item = { parameters: [inPath('id')], delete: { responses: gone } };
    const { call } = await start({
      paths: { '/sites': whole, '/sites/{id}': item },
      components: { schemas: { Site: site } },
    });
    const { id } = (await call('POST', '/sites', { name: 's1' })).body;
    expect((await call('DELETE', `/sites/${id}`)).status).toBe(204);
    expect((await call('DELETE', `/sites/${id}`)).status).toBe(404);
    expect((await call('GET', '/sites')).body).toEqual([]);
  });

  it('may hold records without ids', async () => {
    const note = object({ text, at: text }, { required: ['text'] });
    const { call } = await start({
      paths: {
        '/notes': {
          get: { responses: { 200: json(object({ notes: { type: 'array', items: ref('Note') } })) } },
          post: { requestBody: body(ref('Note')), responses: { 201: json(ref('Note')) } },
        },
      },
      components: { schemas: { Note: note } },
    });
    await call('POST', '/notes', { text: 'one' });
    await call('POST', '/notes', { text: 'two' });
    expect((await call('GET', '/notes')).body).toEqual({ notes: [{ text: 'one' }, { text: 'two' }] });
  });
});

describe('an update by other means than PATCH on the item', () => {
  const customer = object(
    { id: text, email: text, tags: { type: 'array', items: text } },
    { required: ['id', 'email'] },
  );
  const base = paths('/customers', 'Customer', object({ email: text, tags: { type: 'array', items: text } }));
  const document = (item: Schema, more: Schema = {}) => ({
    paths: { ...base, '/customers/{id}': { ...base['/customers/{id}'], ...item }, ...more },
    components: { schemas: { Customer: customer } },
  });
  const answer = { 200: json(ref('Customer')) };

  it('is a POST on the item', async () => {
    const { call } = await start(
      document({ post: { requestBody: body(object({ email: text })), responses: answer } }),
    );
    const { id } = (await call('POST', '/customers', { email: 'a@b.example' })).body;
    expect((await call('POST', `/customers/${id}`, { email: 'c@d.example' })).body).toEqual({
      id,
      email: 'c@d.example',
    });
    expect((await call('GET', `/customers/${id}`)).body.email).toBe('c@d.example');
    expect((await call('POST', '/customers/none', { email: 'c@d.example' })).status).toBe(404);
  });

  it('is a PUT that makes what is not there', async () => {
    const responses = { 200: json(ref('Customer')), 201: json(ref('Customer')) };
    const { call } = await start(
      document({ put: { requestBody: body(object({ email: text }, { required: ['email'] })), responses } }),
    );
    expect(await call('PUT', '/customers/c9', { email: 'a@b.example' })).toMatchObject({
      status: 201,
      body: { id: 'c9' },
    });
    expect(await call('PUT', '/customers/c9', { email: 'c@d.example' })).toMatchObject({
      status: 200,
      body: { email: 'c@d.example' },
    });
    expect((await call('GET', '/customers')).body).toEqual([{ id: 'c9', email: 'c@d.example' }]);
  });

  it('is a JSON Patch by its media type, whole or not at all', async () => {
    const patch = { type: 'array', items: object({ op: text, path: text, value: {} }) };
    const { call } = await start(
      document({ patch: { requestBody: body(patch, 'application/json-patch+json'), responses: answer } }),
    );
    const { id } = (await call('POST', '/customers', { email: 'a@b.example', tags: ['x'] })).body;
    const type = { 'content-type': 'application/json-patch+json' };
    const patched = await call(
      'PATCH',
      `/customers/${id}`,
      [
        { op: 'add', path: '/tags/-', value: 'y' },
        { op: 'replace', path: '/email', value: 'c@d.example' },
      ],
      type,
    );
    expect(patched.body).toEqual({ id, email: 'c@d.example', tags: ['x', 'y'] });
    const refused = await call(
      'PATCH',
      `/customers/${id}`,
      [
        { op: 'remove', path: '/tags/0' },
        { op: 'test', path: '/email', value: 'no' },
      ],
      type,
    );
    expect(refused.status).toBe(409);
    expect((await call('GET', `/customers/${id}`)).body).toEqual(patched.body);
  });

  it('is a merge patch by its media type', async () => {
    const schemas = {
      Customer: object({ id: text, email: text, address: object({ city: text, zip: text }) }),
    };
    const patch = {
      requestBody: body(object({ email: {}, address: {} }), 'application/merge-patch+json'),
      responses: answer,
    };
    const { call } = await start({ paths: document({ patch }).paths, components: { schemas } });
    const { id } = (
      await call('POST', '/customers', { email: 'a@b.example', address: { city: 'Brno', zip: '1' } })
    ).body;
    const headers = { 'content-type': 'application/merge-patch+json' };
    const patched = await call('PATCH', `/customers/${id}`, { email: null, address: { zip: '2' } }, headers);
    expect([patched.status, patched.body]).toMatchObject([200, { id, address: { zip: '2' } }]);
    expect(patched.body).not.toHaveProperty('email');
  });
});
