import { describe, expect, it } from 'vitest';
import { inPath, ref, start } from '../../openapi/infer-client.ts';

type Part = Readonly<Record<string, unknown>>;

/** A document whose only answer has the given content. */
function answering(content: Part): Part {
  return { paths: { '/only': { get: { responses: { 200: { description: 'As declared.', content } } } } } };
}

async function answer(content: Part, accept?: string) {
  const { mock } = await start(answering(content));
  const response = await mock.fetch('/only', { headers: accept === undefined ? {} : { accept } });
  return [response.status, response.headers.get('content-type'), await response.text()] as const;
}

const object = {
  schema: { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } },
  example: { a: 1 },
};

describe('a range of media types that a document declares', () => {
  it.each<[string, string | undefined, string]>([
    ['*/*', undefined, 'application/json'],
    ['*/*', 'application/json', 'application/json'],
    ['*/*', 'application/json, text/plain, */*', 'application/json'],
    ['*/*', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'application/json'],
    ['*/*', 'application/xml', 'application/xml'],
    ['application/*', undefined, 'application/json'],
    ['application/*', 'application/vnd.company+json', 'application/vnd.company+json'],
    ['application/*', '*/*;q=0.1', 'application/json'],
    ['text/*', undefined, 'text/plain'],
    ['text/*', 'text/csv', 'text/csv'],
  ])('%s answers Accept %s with %s', async (range, accept, expected) => {
    const [status, type] = await answer({ [range]: object }, accept);
    expect([status, type]).toEqual([200, expected]);
  });

  it.each<[string, string]>([
    ['application/*', 'image/png'],
    ['image/*', 'application/json'],
    ['text/*', 'text/*;q=0'],
  ])('%s fits no Accept of %s', async (range, accept) => {
    expect((await answer({ [range]: object }, accept))[0]).toBe(406);
  });

  it.each(['*/*', 'application/*'])('%s has state', async (range) => {
    const content = { [range]: { schema: ref('Thing') } };
    const { call } = await start({
      paths: {
        '/things': {
          get: {
            responses: {
              200: {
                description: 'All.',
                content: { [range]: { schema: { type: 'array', items: ref('Thing') } } },
              },
            },
          },
          post: {
            requestBody: { required: true, content: { [range]: { schema: { type: 'object' } } } },
            responses: { 201: { description: 'Made.', content } },
          },
        },
        '/things/{id}': {
          parameters: [inPath('id')],
          get: { responses: { 200: { description: 'It.', content } } },
        },
      },
      components: {
        schemas: {
          Thing: {
            type: 'object',
            required: ['id'],
            properties: { id: { type: 'string' }, name: { type: 'string' } },
          },
        },
      },
    });
    const made = await call('POST', '/things', { name: 'A' });
    expect([made.status, made.headers.get('content-type'), made.body.name]).toEqual([
      201,
      'application/json',
      'A',
    ]);
    expect((await call('GET', `/things/${made.body.id}`)).body).toEqual(made.body);
  });
});

describe('Accept', () => {
  const versions = {
    'application/vnd.x+json;version=1': { example: { v: 1 } },
    'application/vnd.x+json;version=2': { example: { v: 2 } },
  };

  it.each<[Part, string, string]>([
    [versions, 'application/vnd.x+json;version=2', '{"v":2}'],
    [versions, 'application/vnd.x+json; version="1"', '{"v":1}'],
    [versions, 'application/vnd.x+json;version=1;q=0.4, application/vnd.x+json;version=2;q=0.8', '{"v":2}'],
    [versions, 'application/vnd.x+json', '{"v":1}'],
    [
      { 'application/json; profile=short': { example: 1 }, 'application/json; profile=long': { example: 2 } },
      'application/json;profile=long',
      '2',
    ],
    [{ 'application/json': { example: 3 } }, 'application/json; charset=utf-8', '3'],
    [{ 'application/json': { example: 4 } }, 'application/json; version=9', '4'],
    [{ 'application/hal+json': { example: 5 } }, 'application/json', '5'],
  ])('of %o is by %s %s', async (content, accept, text) => {
    expect((await answer(content, accept))[2]).toBe(text);
  });

  it.each<[Part, string]>([
    [versions, 'application/vnd.x+json;version=3'],
    [{ 'application/json': { example: 4 } }, 'application/xml'],
    [{ 'application/json': { example: 4 } }, 'application/json;q=0'],
  ])('of %o is refused by %s', async (content, accept) => {
    expect((await answer(content, accept))[0]).toBe(406);
  });
});

describe('files', () => {
  const begins: readonly [string, string][] = [
    ['image/png', '89504e47'],
    ['image/jpeg', 'ffd8ff'],
    ['image/gif', '47494638'],
    ['image/webp', '52494646'],
    ['application/pdf', '255044462d'],
    ['application/zip', '504b0304'],
    ['audio/wav', '52494646'],
    ['video/mp4', '0000001c66747970'],
  ];

  it.each(
    begins.flatMap(([type, start]) =>
      [
        {},
        { schema: { type: 'string', format: 'binary' } },
        { schema: { type: 'string', example: 'bytes' } },
      ].map((media) => [type, media, start] as const),
    ),
  )('of %s (%o) are bytes of their type', async (type, media, begin) => {
    const { mock } = await start(answering({ [type]: media }));
    const response = await mock.fetch('/only');
    expect(response.headers.get('content-type')).toBe(type);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.toString('hex')).toMatch(new RegExp(`^${begin}`));
  });

  it('are those that an example shows in base64', async () => {
    const shown = Buffer.from('%PDF-1.7 shown');
    const { mock } = await start(answering({ 'application/pdf': { example: shown.toString('base64') } }));
    expect(Buffer.from(await (await mock.fetch('/only')).arrayBuffer())).toEqual(shown);
  });

  it('of a range are of the type that is asked for', async () => {
    expect((await answer({ 'image/*': {} }, 'image/gif'))[2]).toMatch(/^GIF89a/);
    expect((await answer({ 'image/*': {} }, 'image/png, image/*'))[1]).toBe('image/png');
  });

  it('of a type that nobody knows are not empty', async () => {
    expect((await answer({ 'application/octet-stream': {} }))[2]).not.toBe('');
    expect(
      (await answer({ 'application/x-blob': { schema: { type: 'string', format: 'binary' } } }))[2],
    ).not.toBe('null');
  });
});

describe('other structured content', () => {
  const row = {
    type: 'object',
    properties: { a: { type: 'integer', example: 1 }, b: { type: 'string', example: 'x y' } },
  };
  it.each<[string, Part, string]>([
    ['application/x-www-form-urlencoded', { schema: row }, 'a=1&b=x+y'],
    [
      'text/csv',
      { schema: { type: 'array', items: row }, example: [{ a: 1, b: 'x, y' }, { a: 2 }] },
      'a,b\r\n1,"x, y"\r\n2,\r\n',
    ],
    ['text/csv', { example: 'a;b\n1;2' }, 'a;b\n1;2'],
    ['application/x-ndjson', { schema: row }, '{"a":1,"b":"x y"}\n'],
    ['application/jsonl', { example: [{ a: 1 }, { a: 2 }] }, '{"a":1}\n{"a":2}\n'],
    ['application/json-seq', { example: [1, 2] }, '\u001e1\n\u001e2\n'],
    ['text/event-stream', { schema: { ...row, required: ['a'] }, example: { a: 1 } }, 'data: {"a":1}\n\n'],
    [
      'text/event-stream',
      { example: [{ event: 'tick', data: 'a\nb', id: 7 }] },
      'event: tick\nid: 7\ndata: a\ndata: b\n\n',
    ],
    ['text/plain', { schema: { type: 'integer', example: 7 } }, '7'],
    ['application/yaml', { example: { a: [1, 2] } }, 'a:\n  - 1\n  - 2\n'],
  ])('is written as %s (%o)', async (type, media, expected) => {
    const [status, contentType, text] = await answer({ [type]: media });
    expect([status, contentType, text]).toEqual([200, type, expected]);
  });

  it('is a form of parts', async () => {
    const schema = {
      type: 'object',
      properties: { note: { type: 'string', example: 'hi' }, file: { type: 'string', format: 'binary' } },
      required: ['note', 'file'],
    };
    const { mock } = await start(
      answering({ 'multipart/form-data': { schema, encoding: { file: { contentType: 'image/png' } } } }),
    );
    const form = await (await mock.fetch('/only')).formData();
    const file = form.get('file');
    expect(form.get('note')).toBe('hi');
    expect(file instanceof File && file.type).toBe('image/png');
  });

  it('is HTML where that is declared', async () => {
    expect((await answer({ 'text/html': { schema: { type: 'string' } } }))[2]).toMatch(/^<!doctype html>/);
  });
});
