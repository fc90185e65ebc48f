import { describe, expect, it } from 'vitest';
import { inPath, json, ref, start } from '../../openapi/infer-client.ts';

type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const integer = { type: 'integer' };
const object = (properties: Schema, more: Schema = {}) => ({ type: 'object', properties, ...more });
const list = (items: unknown) => ({ type: 'array', items });
const body = (schema: unknown, type = 'application/json') => ({
  required: true,
  content: { [type]: { schema } },
});
const answer = (schema: unknown) => ({ 200: json(schema), 404: { description: 'None.' } });
const gone = { 204: { description: 'Gone.' }, 404: { description: 'None.' } };

describe('an action on a record', () => {
  const order = object(
    {
      id: text,
      status: { enum: ['draft', 'paid', 'in_transit', 'delivered', 'cancelled', 'on_hold'] },
      archived: { type: 'boolean' },
      cancelled_at: { type: ['string', 'null'], format: 'date-time' },
      reason: text,
      updated_at: { type: 'string', format: 'date-time' },
    },
    { required: ['id', 'status'] },
  );
  const action = (more: Schema = {}) => ({
    post: { responses: answer(ref('Order')), ...more },
    parameters: [inPath('id')],
  });
  const document = {
    paths: {
      '/orders': {
        get: {
          parameters: [{ name: 'status', in: 'query', schema: text }],
          responses: { 200: json(list(ref('Order'))) },
        },
        post: { requestBody: body(object({ status: text })), responses: { 201: json(ref('Order')) } },
      },
      '/orders/{id}': { parameters: [inPath('id')], get: { responses: answer(ref('Order')) } },
      '/orders/{id}/cancel': action({
        requestBody: { content: { 'application/json': { schema: object({ reason: text }) } } },
      }),
      '/orders/{id}/pay': action(),
      '/orders/{id}/dispatch': action(),
      '/orders/{id}:deliver': action(),
      '/orders/{id}/archive': action({
        responses: { 202: { description: 'Soon.' }, 404: { description: 'None.' } },
      }),
      '/orders/{id}/unarchive': action(),
      '/orders/{id}/freeze': action({
        'x-sparring': { action: 'update', sets: { status: 'on_hold', reason: 'frozen' } },
      }),
    },
    components: { schemas: { Order: order } },
  };

  it.each([
    ['cancel', 'cancelled'],
    ['pay', 'paid'],
    ['dispatch', 'in_transit'],
    [':deliver', 'delivered'],
    ['freeze', 'on_hold'],
  ])('moves it to the state that its name means: %s', async (name, status) => {
    const { call } = await start(document);
    const { id } = (await call('POST', '/orders', { status: 'draft' })).body;
    const path = name.startsWith(':') ? `/orders/${id}${name}` : `/orders/${id}/${name}`;
    const moved = await call('POST', path);
    expect(moved).toMatchObject({ status: 200, body: { id, status } });
    expect((await call('GET', `/orders/${id}`)).body).toEqual(moved.body);
    expect((await call('GET', `/orders?status=${status}`)).body).toHaveLength(1);
    expect((await call('POST', path.replace(id, 'none'))).status).toBe(404);
  });

  it('keeps what is sent with it, and notes when it happened', async () => {
    const { call } = await start(document);
    const { id } = (await call('POST', '/orders', { status: 'draft' })).body;
    const now = '2026-01-31T12:00:00.000Z';
    expect((await call('POST', `/orders/${id}/cancel`, { reason: 'late' })).body).toMatchObject({
      reason: 'late',
      cancelled_at: now,
      updated_at: now,
    });
  });

  it('may answer nothing, and set a flag that another one takes back', async () => {
    const { call } = await start(document);
    const { id } = (await call('POST', '/orders', { status: 'draft' })).body;
    expect(await call('POST', `/orders/${id}/archive`)).toMatchObject({ status: 202, text: '' });
    expect((await call('GET', `/orders/${id}`)).body.archived).toBe(true);
    expect((await call('POST', `/orders/${id}/unarchive`)).body.archived).toBe(false);
    expect((await call('POST', '/orders/none/archive')).status).toBe(404);
  });
});

describe('a part of two records', () => {
  const contact = object({ id: text, email: text }, { required: ['id', 'email'] });
  const deal = object({ id: text, title: text }, { required: ['id', 'title'] });
  const collection = (name: string, input: unknown) => ({
    get: { responses: { 200: json(list(ref(name))) } },
    post: { requestBody: body(input), responses: { 201: json(ref(name)) } },
  });
  const both = [inPath('dealId'), inPath('contactId')];

  it('is put there and taken away, while both stay', async () => {
    const { call } = await start({
      paths: {
        '/contacts': collection('Contact', object({ email: text })),
        '/contacts/{contactId}': {
          parameters: [inPath('contactId')],
          get: { responses: answer(ref('Contact')) },
          delete: { responses: gone },
        },
        '/deals': collection('Deal', object({ title: text })),
        '/deals/{dealId}': { parameters: [inPath('dealId')], get: { responses: answer(ref('Deal')) } },
        '/deals/{dealId}/contacts': {
          parameters: [inPath('dealId')],
          get: { responses: { 200: json(list(ref('Contact'))) } },
        },
        '/deals/{dealId}/contacts/{contactId}': {
          parameters: both,
          put: { responses: gone },
          delete: { responses: gone },
        },
      },
      components: { schemas: { Contact: contact, Deal: deal } },
    });
    const person = (await call('POST', '/contacts', { email: 'a@b.example' })).body;
    const { id } = (await call('POST', '/deals', { title: 'big' })).body;
    expect((await call('GET', `/deals/${id}/contacts`)).body).toEqual([]);
    expect((await call('PUT', `/deals/${id}/contacts/${person.id}`)).status).toBe(204);
    expect((await call('GET', `/deals/${id}/contacts`)).body).toEqual([person]);
    expect((await call('DELETE', `/deals/${id}/contacts/${person.id}`)).status).toBe(204);
    expect((await call('GET', `/deals/${id}/contacts`)).body).toEqual([]);
    expect((await call('GET', `/contacts/${person.id}`)).body).toEqual(person);
    expect((await call('GET', `/deals/${id}`)).status).toBe(200);
    expect((await call('PUT', `/deals/${id}/contacts/none`)).status).toBe(404);
  });

  it('is one collection under two paths', async () => {
    const task = object({ id: text, title: text, project_id: text }, { required: ['id', 'title'] });
    const project = object({ id: text, title: text }, { required: ['id', 'title'] });
    const { call } = await start({
      paths: {
        '/projects': collection('Project', object({ title: text })),
        '/projects/{id}': { parameters: [inPath('id')], get: { responses: answer(ref('Project')) } },
        '/projects/{id}/tasks': {
          parameters: [inPath('id')],
          ...collection('Task', object({ title: text })),
        },
        '/tasks': { get: { responses: { 200: json(list(ref('Task'))) } } },
        '/tasks/{id}': {
          parameters: [inPath('id')],
          get: { responses: answer(ref('Task')) },
          delete: { responses: gone },
        },
      },
      components: { schemas: { Task: task, Project: project } },
    });
    const { id } = (await call('POST', '/projects', { title: 'p' })).body;
    const made = (await call('POST', `/projects/${id}/tasks`, { title: 't' })).body;
    expect(made.project_id).toBe(id);
    expect((await call('GET', '/tasks')).body).toEqual([made]);
    expect((await call('GET', `/tasks/${made.id}`)).body).toEqual(made);
    expect((await call('DELETE', `/tasks/${made.id}`)).status).toBe(204);
    expect((await call('GET', `/projects/${id}/tasks`)).body).toEqual([]);
  });
});

describe('the style', () => {
  it('of Twilio: .json after the id, forms, POST to update', async () => {
    const bell = object(
      { sid: { type: 'string', pattern: '^BL[0-9a-f]{8}$' }, friendly_name: text, status: text },
      { required: ['sid'] },
    );
    const form = (schema: unknown) => ({ content: { 'application/x-www-form-urlencoded': { schema } } });
    const input = object({ FriendlyName: text });
    const { call } = await start({
      paths: {
        '/v1/Bells.json': {
          get: {
            responses: {
              200: json(object({ bells: list(ref('Bell')), page: integer, next_page_uri: text })),
            },
          },
          post: { requestBody: form(input), responses: { 201: json(ref('Bell')) } },
        },
        '/v1/Bells/{Sid}.json': {
          parameters: [inPath('Sid')],
          get: { responses: answer(ref('Bell')) },
          post: { requestBody: form(input), responses: answer(ref('Bell')) },
          delete: { responses: gone },
        },
      },
      components: { schemas: { Bell: bell } },
    });
    const made = await call('POST', '/v1/Bells.json', new URLSearchParams({ FriendlyName: 'north' }));
    expect(made).toMatchObject({
      status: 201,
      body: { sid: expect.stringMatching(/^BL[0-9a-f]{8}$/), friendly_name: 'north' },
    });
    expect(
      (await call('POST', `/v1/Bells/${made.body.sid}.json`, new URLSearchParams({ FriendlyName: 'south' })))
        .body.friendly_name,
    ).toBe('south');
    expect((await call('GET', '/v1/Bells.json')).body.bells).toMatchObject([{ friendly_name: 'south' }]);
    expect((await call('DELETE', `/v1/Bells/${made.body.sid}.json`)).status).toBe(204);
  });

  it('of Xero: envelopes of lists, several at once', async () => {
    const contact = object(
      { ContactID: { type: 'string', format: 'uuid' }, Name: text },
      { required: ['ContactID'] },
    );
    const envelope = object({ Contacts: list(ref('Contact')) });
    const input = body(object({ Contacts: list(object({ ContactID: text, Name: text })) }));
    const { call } = await start({
      paths: {
        '/Contacts': {
          get: { responses: { 200: json(envelope) } },
          put: { requestBody: input, responses: { 200: json(envelope) } },
        },
        '/Contacts/{ContactID}': {
          parameters: [inPath('ContactID')],
          get: { responses: answer(envelope) },
          post: { requestBody: input, responses: answer(envelope) },
        },
      },
      components: { schemas: { Contact: contact } },
    });
    const { Contacts: made } = (await call('PUT', '/Contacts', { Contacts: [{ Name: 'A' }, { Name: 'B' }] }))
      .body;
    expect(made).toMatchObject([{ Name: 'A' }, { Name: 'B' }]);
    expect((await call('GET', '/Contacts')).body.Contacts).toEqual(made);
    expect(
      (await call('POST', `/Contacts/${made[0].ContactID}`, { Contacts: [{ Name: 'C' }] })).body,
    ).toEqual({ Contacts: [{ ...made[0], Name: 'C' }] });
    const both = [{ ContactID: made[1].ContactID, Name: 'D' }, { Name: 'E' }];
    expect((await call('PUT', '/Contacts', { Contacts: both })).body.Contacts).toMatchObject([
      both[0],
      { Name: 'E' },
    ]);
    expect((await call('GET', '/Contacts')).body.Contacts).toHaveLength(3);
  });

  it('of Plaid: verbs in the paths of POSTs', async () => {
    const payment = object(
      { payment_id: text, amount: integer, status: { enum: ['initiated', 'executed', 'cancelled'] } },
      { required: ['payment_id'] },
    );
    const byId = body(object({ payment_id: text }, { required: ['payment_id'] }));
    const { call } = await start({
      paths: {
        '/payment/create': {
          post: {
            requestBody: body(object({ amount: integer })),
            responses: {
              200: json(
                object({ payment_id: text, request_id: text }, { required: ['payment_id', 'request_id'] }),
              ),
            },
          },
        },
        '/payment/get': { post: { requestBody: byId, responses: answer(ref('Payment')) } },
        '/payment/list': {
          post: {
            requestBody: body(object({ count: integer })),
            responses: { 200: json(object({ payments: list(ref('Payment')) })) },
          },
        },
        '/payment/cancel': {
          post: {
            requestBody: byId,
            responses: answer(object({ request_id: text }, { required: ['request_id'] })),
          },
        },
        '/payment/remove': {
          post: {
            requestBody: byId,
            responses: answer(object({ request_id: text }, { required: ['request_id'] })),
          },
        },
      },
      components: { schemas: { Payment: payment } },
    });
    const { payment_id } = (await call('POST', '/payment/create', { amount: 3 })).body;
    expect((await call('POST', '/payment/get', { payment_id })).body).toMatchObject({
      payment_id,
      amount: 3,
    });
    expect((await call('POST', '/payment/list', {})).body.payments).toHaveLength(1);
    expect((await call('POST', '/payment/cancel', { payment_id })).status).toBe(200);
    expect((await call('POST', '/payment/get', { payment_id })).body.status).toBe('cancelled');
    expect((await call('POST', '/payment/remove', { payment_id })).status).toBe(200);
    expect((await call('POST', '/payment/get', { payment_id })).status).toBe(404);
  });

  it('of JSON:API: data with attributes, merged part by part', async () => {
    const play = object(
      { type: { enum: ['plays'] }, id: text, attributes: object({ title: text, year: integer }) },
      { required: ['type', 'id'] },
    );
    const type = 'application/vnd.api+json';
    const content = (schema: unknown) => ({ description: 'OK', content: { [type]: { schema } } });
    const input = body(
      object({ data: object({ type: text, attributes: object({ title: text, year: integer }) }) }),
      type,
    );
    const { call } = await start({
      paths: {
        '/plays': {
          get: {
            responses: {
              200: content(
                object({
                  data: list(ref('Play')),
                  links: object({ next: text }),
                  meta: object({ total: integer }),
                }),
              ),
            },
          },
          post: { requestBody: input, responses: { 201: content(object({ data: ref('Play') })) } },
        },
        '/plays/{id}': {
          parameters: [inPath('id')],
          get: { responses: { 200: content(object({ data: ref('Play') })), 404: { description: 'None.' } } },
          patch: { requestBody: input, responses: { 200: content(object({ data: ref('Play') })) } },
        },
      },
      components: { schemas: { Play: play } },
    });
    const headers = { 'content-type': type };
    const made = (
      await call(
        'POST',
        '/plays',
        { data: { type: 'plays', attributes: { title: 'R.U.R.', year: 1920 } } },
        headers,
      )
    ).body.data;
    expect(made).toMatchObject({ type: 'plays', attributes: { title: 'R.U.R.', year: 1920 } });
    const patched = await call(
      'PATCH',
      `/plays/${made.id}`,
      { data: { type: 'plays', attributes: { year: 1921 } } },
      headers,
    );
    expect(patched.body.data.attributes).toEqual({ title: 'R.U.R.', year: 1921 });
    expect((await call('GET', '/plays')).body).toMatchObject({
      data: [patched.body.data],
      meta: { total: 1 },
    });
  });

  it('of OData: keys in parentheses, lists in value', async () => {
    const stock = object({ ID: integer, Name: text }, { required: ['ID'] });
    const { call } = await start({
      paths: {
        '/Stocks': {
          get: { responses: { 200: json(object({ '@odata.context': text, value: list(ref('Stock')) })) } },
          post: { requestBody: body(object({ Name: text })), responses: { 201: json(ref('Stock')) } },
        },
        '/Stocks({ID})': {
          parameters: [inPath('ID', integer)],
          get: { responses: answer(ref('Stock')) },
          patch: { requestBody: body(object({ Name: text })), responses: gone },
          delete: { responses: gone },
        },
      },
      components: { schemas: { Stock: stock } },
    });
    const made = (await call('POST', '/Stocks', { Name: 'flour' })).body;
    expect(made).toEqual({ ID: 1, Name: 'flour' });
    expect((await call('GET', '/Stocks')).body.value).toEqual([made]);
    expect((await call('PATCH', '/Stocks(1)', { Name: 'rye' })).status).toBe(204);
    expect((await call('GET', '/Stocks(1)')).body).toEqual({ ID: 1, Name: 'rye' });
    expect((await call('DELETE', '/Stocks(1)')).status).toBe(204);
    expect((await call('GET', '/Stocks(1)')).status).toBe(404);
  });

  it('of HAL: records below _embedded', async () => {
    const hut = object(
      { id: text, name: text, _links: object({ self: object({ href: text }) }) },
      { required: ['id', 'name'] },
    );
    const { call } = await start({
      paths: {
        '/huts': {
          get: {
            responses: {
              200: json(
                object({
                  _embedded: object({ huts: list(ref('Hut')) }),
                  page: object({ size: integer, totalElements: integer }),
                }),
              ),
            },
          },
          post: { requestBody: body(object({ name: text })), responses: { 201: json(ref('Hut')) } },
        },
        '/huts/{id}': { parameters: [inPath('id')], get: { responses: answer(ref('Hut')) } },
      },
      components: { schemas: { Hut: hut } },
    });
    const made = (await call('POST', '/huts', { name: 'Lohner' })).body;
    expect((await call('GET', '/huts')).body).toMatchObject({
      _embedded: { huts: [made] },
      page: { totalElements: 1 },
    });
  });

  it('of bulk operations: many made, many deleted', async () => {
    const contact = object({ id: text, email: text }, { required: ['id', 'email'] });
    const { call } = await start({
      paths: {
        '/contacts': {
          get: { responses: { 200: json(list(ref('Contact'))) } },
          post: { requestBody: body(object({ email: text })), responses: { 201: json(ref('Contact')) } },
        },
        '/contacts/{id}': { parameters: [inPath('id')], get: { responses: answer(ref('Contact')) } },
        '/contacts/batch/create': {
          post: {
            requestBody: body(object({ inputs: list(object({ email: text })) })),
            responses: { 201: json(object({ results: list(ref('Contact')) })) },
          },
        },
        '/contacts/batch/archive': {
          post: { requestBody: body(object({ inputs: list(object({ id: text })) })), responses: gone },
        },
        '/contacts/search': {
          post: {
            requestBody: body(object({ email: text, limit: integer })),
            responses: { 200: json(object({ total: integer, results: list(ref('Contact')) })) },
          },
        },
      },
      components: { schemas: { Contact: contact } },
    });
    const inputs = [{ email: 'a@x.example' }, { email: 'b@x.example' }];
    const { results } = (await call('POST', '/contacts/batch/create', { inputs })).body;
    expect(results).toMatchObject(inputs);
    expect((await call('GET', '/contacts')).body).toEqual(results);
    expect((await call('POST', '/contacts/search', { email: 'b@x.example' })).body).toEqual({
      total: 1,
      results: [results[1]],
    });
    expect((await call('POST', '/contacts/batch/archive', { inputs: [{ id: results[0].id }] })).status).toBe(
      204,
    );
    expect((await call('GET', '/contacts')).body).toEqual([results[1]]);
  });
});

describe('a page by cursor', () => {
  it.each<[string, Schema, string, (body: never) => string | undefined]>([
    [
      'pagination.next',
      object({ models: list(ref('B')), pagination: object({ limit: integer, next: text }) }),
      'next',
      ({ pagination }: { pagination?: { next?: string } }) => pagination?.next,
    ],
    [
      'paging.next.after',
      object({ results: list(ref('B')), paging: object({ next: object({ after: text, link: text }) }) }),
      'after',
      ({ paging }: { paging?: { next?: { after?: string } } }) => paging?.next?.after,
    ],
    [
      'nextPageToken',
      object({ bookmarks: list(ref('B')), nextPageToken: text }),
      'pageToken',
      ({ nextPageToken }: { nextPageToken?: string }) => nextPageToken,
    ],
    [
      'response_metadata.next_cursor',
      object({ bookmarks: list(ref('B')), response_metadata: object({ next_cursor: text }) }),
      'cursor',
      ({ response_metadata }: { response_metadata?: { next_cursor?: string } }) =>
        response_metadata?.next_cursor,
    ],
    [
      'has_more',
      object({ data: list(ref('B')), has_more: { type: 'boolean' } }, { required: ['has_more'] }),
      'starting_after',
      ({ data, has_more }: { data: { id: string }[]; has_more: boolean }) =>
        has_more ? data.at(-1)?.id : undefined,
    ],
  ])('says where the next one begins: %s', async (_, schema, parameter, next) => {
    const { call } = await start({
      paths: {
        '/bookmarks': {
          get: {
            parameters: [
              { name: 'limit', in: 'query', schema: integer },
              { name: parameter, in: 'query', schema: text },
            ],
            responses: { 200: json(schema), 400: { description: 'No.' } },
          },
          post: { requestBody: body(object({ label: text })), responses: { 200: json(ref('B')) } },
        },
        '/bookmarks/{id}': { parameters: [inPath('id')], get: { responses: answer(ref('B')) } },
      },
      components: { schemas: { B: object({ id: text, label: text }, { required: ['id'] }) } },
    });
    for (const label of ['a', 'b', 'c']) await call('POST', '/bookmarks', { label });
    const first = await call('GET', '/bookmarks?limit=2');
    const cursor = next(first.body as never);
    expect(cursor).toEqual(expect.any(String));
    const second = await call('GET', `/bookmarks?limit=2&${parameter}=${encodeURIComponent(String(cursor))}`);
    expect(second.text).toContain('"label":"c"');
    expect(second.text).not.toContain('"label":"b"');
    expect(next(second.body as never) || undefined).toBeUndefined();
    expect((await call('GET', `/bookmarks?${parameter}=rubbish`)).status).toBe(400);
  });
});

describe('a record that no path gives an id of', () => {
  const bank = object({ bank_id: text, name: text }, { required: ['bank_id', 'name'] });
  const procedures = {
    paths: {
      '/banks/get': {
        post: {
          requestBody: body(object({ count: integer })),
          responses: { 200: json(object({ banks: list(ref('Bank')) })) },
        },
      },
      '/banks/get_by_id': {
        post: {
          requestBody: body(object({ bank_id: text }, { required: ['bank_id'] })),
          responses: answer(object({ bank: ref('Bank') })),
        },
      },
      '/payments/get': {
        post: {
          requestBody: body(object({ count: integer })),
          responses: { 200: json(object({ payments: list(ref('Bank')) })) },
        },
      },
      '/users/me': { get: { responses: { 200: json(ref('Bank')) } } },
      '/users': {
        get: { responses: { 200: json(list(ref('Bank'))) } },
        post: { requestBody: body(object({ name: text })), responses: { 201: json(ref('Bank')) } },
      },
      '/users/{bank_id}': { parameters: [inPath('bank_id')], get: { responses: answer(ref('Bank')) } },
    },
    components: { schemas: { Bank: bank } },
  };

  it('is there also where ids are strict', async () => {
    const { call } = await start(procedures, { strictIds: true });
    expect((await call('POST', '/banks/get', {})).body.banks).toHaveLength(5);
    expect((await call('POST', '/banks/get_by_id', { bank_id: 'b7' })).body).toEqual({
      bank: { bank_id: 'b7', name: expect.any(String) },
    });
    expect((await call('GET', '/users/me')).status).toBe(200);
    expect((await call('GET', '/users/none')).status).toBe(404);
  });
});

describe('what a list is asked for', () => {
  const item = object(
    {
      id: text,
      name: text,
      price: { type: 'number' },
      tags: list(text),
      created_at: { type: 'string', format: 'date-time' },
    },
    { required: ['id', 'name'] },
  );
  const asked = [
    'created_after',
    'created_before',
    'min_price',
    'max_price',
    'price_gte',
    'q',
    'fields',
    'tags',
  ];
  const document = {
    paths: {
      '/items': {
        get: {
          parameters: [
            ...asked.map((name) => ({
              name,
              in: 'query',
              schema: /price/.test(name) ? { type: 'number' } : text,
            })),
            {
              name: 'filter',
              in: 'query',
              style: 'deepObject',
              explode: true,
              schema: object({ name: text }),
            },
          ],
          responses: { 200: json(list(ref('Item'))) },
        },
        post: {
          requestBody: body(object({ name: text, price: { type: 'number' }, tags: list(text) })),
          responses: { 201: json(ref('Item')) },
        },
      },
    },
    components: { schemas: { Item: item } },
  };

  it.each([
    ['min_price=2', 'b c'],
    ['max_price=2', 'a b'],
    ['price_gte=3', 'c'],
    ['min_price=2&max_price=2', 'b'],
    ['q=B', 'b'],
    ['filter[name]=c', 'c'],
    ['tags=x', 'a c'],
    ['created_after=2099-01-01T00:00:00Z', ''],
    ['created_before=2099-01-01T00:00:00Z', 'a b c'],
  ])('is answered: %s', async (query, names) => {
    const { call } = await start(document);
    for (const [name, price, tags] of [
      ['a', 1, ['x']],
      ['b', 2, []],
      ['c', 3, ['x', 'y']],
    ])
      await call('POST', '/items', { name, price, tags });
    const found = await call('GET', `/items?${query}`);
    expect(found.body.map(({ name }: { name: string }) => name).join(' ')).toBe(names);
    expect(found.headers.get('sparring-notes')).toBeNull();
  });

  it('is told of where it has no effect', async () => {
    const { call } = await start(document);
    expect((await call('GET', '/items?fields=name')).headers.get('sparring-notes')).toBe(
      'fields has no effect',
    );
  });
});
