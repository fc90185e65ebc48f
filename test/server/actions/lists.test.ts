import { beforeEach, describe, expect, it } from 'vitest';
import { type Answer, type Client, json, ref, start } from '../../openapi/infer-client.ts';

const inQuery = (name: string, schema: unknown, more: object = {}) => ({
  name,
  in: 'query',
  schema,
  ...more,
});
const text = { type: 'string' };
const count = { type: 'integer' };
const books = {
  type: 'object',
  required: ['items', 'total', 'has_more'],
  properties: {
    items: { type: 'array', items: ref('Book') },
    total: { ...count },
    pages: count,
    has_more: { type: 'boolean' },
    next: { type: ['string', 'null'] },
  },
};
const fields = {
  id: { ...count, readOnly: true },
  title: text,
  pages: { type: ['integer', 'null'] },
  printed: { type: 'string', format: 'date-time' },
  tags: { type: 'array', items: text },
  author: { type: 'object', properties: { name: text } },
  created: { type: 'string', format: 'date-time', readOnly: true },
};

function library(parameters: readonly unknown[], description = 'Books.'): object {
  return {
    paths: {
      '/books': {
        get: { operationId: 'listBooks', description, parameters, responses: { 200: json(books) } },
        post: {
          operationId: 'createBook',
          requestBody: { content: { 'application/json': { schema: ref('Book') } } },
          responses: { 201: json(ref('Book')) },
        },
      },
      '/books/{id}': {
        get: {
          operationId: 'readBook',
          parameters: [{ name: 'id', in: 'path', required: true, schema: count }],
          responses: { 200: json(ref('Book')) },
        },
      },
    },
    components: { schemas: { Book: { type: 'object', required: ['id', 'title'], properties: fields } } },
  };
}

const shelf = [
  { title: 'b', pages: 9, printed: '2020-01-01T00:00:00Z', tags: ['x', 'y'], author: { name: 'Ann' } },
  { title: 'C', pages: 100, printed: '2020-01-01T00:30:00+01:00', tags: ['y'], author: { name: 'Bob' } },
  { title: 'a', pages: null, printed: '2019-12-31T23:45:00Z', tags: [] },
  { title: 'd', pages: 9 },
];

async function open(parameters: readonly unknown[], description?: string): Promise<Client> {
  const client = await start({ ...library(parameters, description) });
  for (const book of shelf) {
    expect((await client.call('POST', '/books', book)).status).toBe(201);
    await client.mock.clock.advance(1000);
  }
  return client;
}

const titlesOf = ({ body }: Answer) => body.items.map(({ title }: { title: string }) => title).join('');
const ask = async (client: Client, query: string) => titlesOf(await client.call('GET', `/books${query}`));

describe('a list that is asked for an order', () => {
  let client: Client;
  beforeEach(async () => {
    client = await open([inQuery('sort', text), inQuery('limit', count), inQuery('offset', count)]);
  });

  it('sorts numbers as numbers, up and down, what has none last, ties as they were', async () => {
    expect(await ask(client, '?sort=pages')).toBe('bdCa');
    expect(await ask(client, '?sort=-pages')).toBe('Cbda');
  });

  it('sorts texts by code unit', async () => {
    expect(await ask(client, '?sort=title')).toBe('Cabd');
    expect(await ask(client, '?sort=title:desc')).toBe('dbaC');
    expect(await ask(client, '?sort=title_asc')).toBe('Cabd');
  });

  it('sorts times as times, whatever their offsets', async () => {
    expect(await ask(client, '?sort=printed')).toBe('Cabd');
    expect(await ask(client, '?sort=-printed')).toBe('baCd');
  });

  it('sorts by several fields', async () => {
    expect(await ask(client, '?sort=pages,-title')).toBe('dbCa');
  });

  it('pages through what is sorted', async () => {
    expect(await ask(client, '?sort=title&limit=2')).toBe('Ca');
    expect(await ask(client, '?sort=title&limit=2&offset=2')).toBe('bd');
  });

  it('lets an unknown field be', async () => {
    expect(await ask(client, '?sort=shoe')).toBe('bCad');
    expect(await ask(client, '?sort=author')).toBe('bCad');
  });

  it('shows a change in the next list of the same order', async () => {
    expect(await ask(client, '?sort=title')).toBe('Cabd');
    await client.call('POST', '/books', { title: 'B' });
    expect(await ask(client, '?sort=title')).toBe('BCabd');
  });
});

describe('the way of an order', () => {
  it('may have a parameter of its own', async () => {
    const way = inQuery('order', { enum: ['asc', 'desc'], default: 'desc' });
    const client = await open([inQuery('sort_by', { enum: ['title', 'pages'] }), way]);
    expect(await ask(client, '?sort_by=title&order=asc')).toBe('Cabd');
    expect(await ask(client, '?sort_by=title')).toBe('dbaC');
    expect(await ask(client, '')).toBe('bCad');
    expect((await client.call('GET', '/books?sort_by=printed')).status).toBe(400);
  });

  it('is that of the default where nothing is asked', async () => {
    const client = await open([inQuery('ordering', { type: 'string', default: '-created' })]);
    expect(await ask(client, '')).toBe('daCb');
    expect(await ask(client, '?ordering=created')).toBe('bCad');
  });

  it('is the one that the document states in words', async () => {
    const client = await open([], 'Books, newest first.');
    expect(await ask(client, '')).toBe('daCb');
  });
});

describe('a filter', () => {
  it('may look into a list or an object', async () => {
    const client = await open([inQuery('tag', text), inQuery('author.name', text)]);
    expect(await ask(client, '?tag=y')).toBe('bC');
    expect(await ask(client, '?author.name=Bob')).toBe('C');
    expect(await ask(client, '?author.name=Eve')).toBe('');
  });

  it('may be written otherwise than the field', async () => {
    const client = await open([inQuery('author__name', text), inQuery('filter[x]', text)]);
    expect(await ask(client, '?author__name=Ann')).toBe('b');
  });
});

describe('the pages of a list', () => {
  it('tell of the next one, filters and order included, until the last', async () => {
    const page = inQuery('page', { type: 'integer', minimum: 1, default: 1 });
    const size = inQuery('page[size]', { type: 'integer', minimum: 1, default: 20 });
    const client = await open([page, size, inQuery('sort', text), inQuery('tag', text)]);
    const first = await client.call('GET', '/books?page[size]=1&sort=-title&tag=y');
    expect([titlesOf(first), first.body.total, first.body.has_more]).toEqual(['b', 2, true]);
    const second = await client.call('GET', first.body.next);
    expect([titlesOf(second), second.body.total, second.body.has_more]).toEqual(['C', 2, false]);
    expect(second.body.next).toBeNull();
  });

  it('are counted from 0 where the document says so', async () => {
    const client = await open([inQuery('page', { type: 'integer', minimum: 0 }), inQuery('size', count)]);
    expect(await ask(client, '?size=3&page=0')).toBe('bCa');
    expect(await ask(client, '?size=3&page=1')).toBe('d');
  });
});

describe('a list in pages by cursor', () => {
  const list = (properties: object, headers: object = {}) => {
    const document = structuredClone(library([inQuery('cursor', text), inQuery('limit', count)]));
    const success = json({ type: 'object', properties }, { headers });
    Object.assign(Object(document).paths['/books'].get.responses, { 200: { ...Object(success), headers } });
    return document;
  };
  const data = { type: 'array', items: ref('Book') };

  it('goes on where the page before has ended', async () => {
    const client = await start({ ...list({ data, next_cursor: { type: ['string', 'null'] } }) });
    for (const book of shelf) await client.call('POST', '/books', book);
    const first = await client.call('GET', '/books?limit=3');
    expect(first.body.data).toHaveLength(3);
    const second = await client.call('GET', `/books?limit=3&cursor=${first.body.next_cursor}`);
    expect(second.body).toMatchObject({ data: [{ title: 'd' }], next_cursor: null });
  });

  it('names the page and the number of all records in declared header fields', async () => {
    const headers = { Link: { schema: text }, 'X-Total-Count': { schema: count } };
    const client = await start({ ...list({ data }, headers) });
    for (const book of shelf) await client.call('POST', '/books', book);
    const first = await client.call('GET', '/books?limit=3');
    expect(first.headers.get('x-total-count')).toBe('4');
    const [, next = ''] = /^<([^>]+)>; rel="next"$/.exec(first.headers.get('link') ?? '') ?? [];
    const second = await client.call('GET', next);
    expect(second.body.data).toMatchObject([{ title: 'd' }]);
    expect(second.headers.get('link')).toBeNull();
  });
});
