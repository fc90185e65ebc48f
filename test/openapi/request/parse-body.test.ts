import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planBody } from '../../../src/openapi/request/body-plan.ts';
import { parseBody } from '../../../src/openapi/request/parse-body.ts';
import { schemaContext } from '../../../src/openapi/schema/schema-context.ts';
import { loadOperation } from '../inline-document.ts';

const thing = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string' },
    size: { type: 'integer' },
    on: { type: 'boolean' },
    tags: { type: 'array', items: { type: 'string' } },
    counts: { type: 'array', items: { type: 'integer' } },
    metadata: { type: 'object', additionalProperties: { type: 'string' } },
    lines: {
      type: 'array',
      items: { type: 'object', properties: { sku: { type: 'string' }, quantity: { type: 'integer' } } },
    },
    next: { $ref: '#/components/schemas/Thing' },
  },
};
const things = { components: { schemas: { Thing: thing } } };
const schema = { $ref: '#/components/schemas/Thing' };

/** A reader of bodies of an operation that declares this content. */
async function readerOf(content: Readonly<Record<string, unknown>>, required = true) {
  const { document, operation, validators } = await loadOperation(
    { requestBody: { required, content } },
    things,
  );
  const plan = planBody(operation, schemaContext(document, validators));
  if (!plan) throw new Error('The operation declares no body.');
  return (contentType: string | undefined, sent: unknown) =>
    parseBody(plan, contentType, typeof sent === 'string' ? Buffer.from(sent) : sent);
}

const json = { 'application/json': { schema } };
const form = { 'application/x-www-form-urlencoded': { schema } };

describe('JSON', () => {
  it('is validated as it stands', async () => {
    const read = await readerOf(json);
    expect(read('application/json', '{"name":"a","size":1}')).toMatchObject({
      body: { name: 'a', size: 1 },
      violations: [],
    });
    expect(read('application/json', '{"size":"1"}')).toMatchObject({
      violations: [
        { location: 'body/name', code: 'required' },
        { location: 'body/size', code: 'type' },
      ],
    });
  });

  it.for([
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/json;charset="UTF-8"',
    'application/vnd.thing+json',
    'application/merge-patch+json',
  ])('may be sent as %s', async (contentType) => {
    const read = await readerOf(json);
    expect(read(contentType, '{"name":"é"}')).toMatchObject({
      body: { name: 'é' },
      violations: [],
      mediaType: { name: 'application/json' },
    });
  });

  it('may begin with a byte order mark, and be of another charset', async () => {
    const read = await readerOf(json);
    expect(read('application/json', '\ufeff{"name":"a"}')).toMatchObject({ body: { name: 'a' } });
    expect(read('application/json; charset=iso-8859-1', Buffer.from('{"name":"é"}', 'latin1'))).toMatchObject(
      { body: { name: 'é' } },
    );
    expect(read('application/json; charset=utf-16le', Buffer.from('{"name":"é"}', 'utf16le'))).toMatchObject({
      body: { name: 'é' },
    });
  });

  it.for([
    ['{"name":"a",}', 'line 1, column 13: expected a property name in double quotes'],
    ['{"name":\n  nope}', 'line 2, column 3: expected a value'],
    ['{"a":1 "b":2}', 'line 1, column 8: expected "," or "}"'],
    ['[1,2', 'line 1, column 5: expected "," or "]"'],
    ['{"a":1}}', 'line 1, column 8: expected the end of the text'],
    ["{'a':1}", 'line 1, column 2: expected a property name in double quotes or "}"'],
    ['{"a" 1}', 'line 1, column 6: expected ":"'],
    ['"a\nb"', 'line 1, column 1: expected a value'],
    ['[01]', 'line 1, column 3: expected "," or "]"'],
    ['   ', 'line 1, column 4: expected a value'],
    ['NaN', 'line 1, column 1: expected a value'],
    ['["\u007f\\u0041\\\\", x]', 'line 1, column 15: expected a value'],
    ['["\\x"]', 'line 1, column 2: expected a value or "]"'],
  ] as const)('%j is malformed', async ([text, where]) => {
    const read = await readerOf(json);
    expect(() => read('application/json', text)).toThrow(
      expect.objectContaining({
        code: 'malformed-body',
        status: 400,
        message: `The body is not valid JSON: ${where}.`,
      }),
    );
  });

  it('that is no UTF-8 is malformed, and an unknown charset unsupported', async () => {
    const read = await readerOf(json);
    expect(() => read('application/json', Buffer.from([0x22, 0xff, 0x22]))).toThrow(
      expect.objectContaining({ code: 'malformed-body' }),
    );
    expect(() => read('application/json; charset=klingon', '{}')).toThrow(
      expect.objectContaining({ code: 'unsupported-media-type' }),
    );
  });

  it('is malformed after a string of millions of characters too', async () => {
    const read = await readerOf(json);
    const long = 'x'.repeat(9_000_000);
    expect(() => read('application/json', `{"name":"${long}" oops}`)).toThrow(
      'line 1, column 9000012: expected "," or "}"',
    );
    expect(() => read('application/json', `{"name":"${long}`)).toThrow('line 1, column 9: expected a value');
  });

  it('nested without end is refused, and text that only looks so is not', async () => {
    const read = await readerOf({ 'application/json': {} });
    for (const bomb of ['['.repeat(1_000_000), `${'{"a":'.repeat(600)}1${'}'.repeat(600)}`]) {
      expect(() => read('application/json', bomb)).toThrow(
        expect.objectContaining({ code: 'malformed-body' }),
      );
    }
    const text = `"${'[{\\"'.repeat(2000)}"`;
    expect(read('application/json', text)).toMatchObject({ body: JSON.parse(text) });
    const wide = `[${'[],'.repeat(5000)}[]]`;
    expect(read('application/json', wide)).toMatchObject({ body: JSON.parse(wide) });
  });

  it.for([
    '{"name":"a","__proto__":{"polluted":1}}',
    '{"name":"a","\\u005f_proto__":{"polluted":1}}',
    '{"name":"a","next":{"name":"b","__proto__":{"polluted":1}}}',
  ])('%s pollutes nothing', async (text) => {
    const read = await readerOf(json);
    const result = read('application/json', text);
    const body = 'body' in result ? result.body : undefined;
    expect(JSON.stringify(body)).not.toContain('polluted');
    expect(Object.assign({}, body)).not.toHaveProperty('polluted');
  });

  it('any value is read as JSON.parse reads it', async () => {
    const read = await readerOf({ 'application/json': {} });
    fc.assert(
      fc.property(fc.json(), (text) => {
        const result = read('application/json', text);
        expect('body' in result ? result.body : undefined).toEqual(
          JSON.parse(text, (key, value) => (key === '__proto__' ? undefined : value)),
        );
      }),
    );
  });

  it('any other text is malformed, with its place', async () => {
    const read = await readerOf({ 'application/json': {} });
    const unit = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      'a',
      '1',
      '-',
      '.',
      'e',
      ' ',
      '\n',
      'null',
    );
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 20 }), (text) => {
        let wanted: unknown;
        try {
          wanted = { body: JSON.parse(text) };
        } catch {
          expect(() => read('application/json', text)).toThrow(/line \d+, column \d+: expected/);
          return;
        }
        expect(read('application/json', text)).toMatchObject(wanted as object);
      }),
      { numRuns: 500 },
    );
  });
});

describe('urlencoded forms', () => {
  it('are coerced by their schema', async () => {
    const read = await readerOf(form);
    const text =
      'name=a+b%26c&size=3&on=true&tags=x&counts=1&counts=2&metadata[plan]=premium&metadata%5Bother%5D=5';
    expect(read('application/x-www-form-urlencoded', text)).toMatchObject({
      body: {
        name: 'a b&c',
        size: 3,
        on: true,
        tags: ['x'],
        counts: [1, 2],
        metadata: { plan: 'premium', other: '5' },
      },
      violations: [],
    });
  });

  it.for([
    ['tags[]=a&tags[]=b', { tags: ['a', 'b'] }],
    ['counts[0]=1&counts[1]=2', { counts: [1, 2] }],
    ['counts[2]=3&counts[10]=11', { counts: [3, 11] }],
    [
      'lines[][sku]=a&lines[][quantity]=1&lines[][sku]=b',
      { lines: [{ sku: 'a', quantity: 1 }, { sku: 'b' }] },
    ],
    [
      'lines[0][sku]=a&lines[1][quantity]=2&lines[0][quantity]=1',
      { lines: [{ sku: 'a', quantity: 1 }, { quantity: 2 }] },
    ],
    [
      'next[name]=b&next[next][name]=c&next[next][size]=4',
      { next: { name: 'b', next: { name: 'c', size: 4 } } },
    ],
    ['next={"name":"b","size":2}', { next: { name: 'b', size: 2 } }],
  ] as const)('%s', async ([text, value]) => {
    const read = await readerOf(form);
    expect(read('application/x-www-form-urlencoded', `name=n&${text}`)).toMatchObject({
      body: { name: 'n', ...value },
      violations: [],
    });
  });

  it('are validated after that', async () => {
    const read = await readerOf(form);
    expect(read('application/x-www-form-urlencoded', 'size=three&size=four')).toMatchObject({
      violations: [
        { location: 'body/name', code: 'required' },
        { location: 'body/size', code: 'type' },
      ],
    });
  });

  it('are read as their encoding says', async () => {
    const encoding = {
      tags: { style: 'form', explode: false },
      counts: { style: 'pipeDelimited' },
      metadata: { contentType: 'application/json' },
    };
    const read = await readerOf({ 'application/x-www-form-urlencoded': { schema, encoding } });
    expect(
      read('application/x-www-form-urlencoded', 'name=a&tags=x,y&counts=1|2&metadata={"a":"b"}'),
    ).toMatchObject({
      body: { tags: ['x', 'y'], counts: [1, 2], metadata: { a: 'b' } },
      violations: [],
    });
    expect(read('application/x-www-form-urlencoded', 'name=a&metadata={')).toMatchObject({
      violations: [{ location: 'body/metadata', code: 'json' }],
    });
  });

  it('pollute nothing and are never too deep', async () => {
    const read = await readerOf({ 'application/x-www-form-urlencoded': {} });
    const names = [
      '__proto__[a]',
      'x[__proto__][b]',
      'constructor[prototype][c]',
      'x[constructor][prototype][d]',
      '__proto__',
    ];
    const result = read('application/x-www-form-urlencoded', names.map((name) => `${name}=1`).join('&'));
    expect(result).toMatchObject({ body: { constructor: { prototype: { c: '1' } } } });
    for (const name of ['a', 'b', 'c', 'd']) expect({}).not.toHaveProperty(name);

    const deep = `x${'[a]'.repeat(5000)}`;
    expect(read('application/x-www-form-urlencoded', `${deep}=1`)).toMatchObject({ body: { [deep]: '1' } });
    expect(() => read('application/x-www-form-urlencoded', 'a=1&'.repeat(10_001))).toThrow(
      expect.objectContaining({ code: 'malformed-body' }),
    );
    expect(() => read('application/x-www-form-urlencoded', 'a=%zz')).toThrow(
      expect.objectContaining({ code: 'malformed-body' }),
    );
  });

  it('any object of texts is read as it was written by URLSearchParams', async () => {
    const read = await readerOf({ 'application/x-www-form-urlencoded': {} });
    const key = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((name) => !/[[\]]/.test(name) && name !== '__proto__');
    fc.assert(
      fc.property(
        fc.dictionary(key, fc.string({ unit: 'grapheme' }), { minKeys: 1, noNullPrototype: true }),
        (object) => {
          const result = read('application/x-www-form-urlencoded', new URLSearchParams(object).toString());
          expect('body' in result ? result.body : undefined).toEqual(object);
        },
      ),
    );
  });
});

describe('multipart forms', () => {
  const upload = {
    type: 'object',
    required: ['file'],
    properties: {
      file: { type: 'string', format: 'binary', maxLength: 8 },
      note: { type: 'string' },
      size: { type: 'integer' },
      meta: { type: 'object', properties: { a: { type: 'integer' } } },
    },
  };

  async function encoded(data: FormData): Promise<{ type: string; bytes: Uint8Array }> {
    const request = new Request('http://localhost', { method: 'POST', body: data });
    return {
      type: request.headers.get('content-type') ?? '',
      bytes: new Uint8Array(await request.arrayBuffer()),
    };
  }

  it('give files as bytes with name and media type, and texts coerced', async () => {
    const read = await readerOf({ 'multipart/form-data': { schema: upload } });
    const data = new FormData();
    data.set('file', new File([Uint8Array.of(0, 255, 10)], 'päss.png', { type: 'image/png' }));
    data.set('size', '3');
    data.set('meta', '{"a":1}');
    const { bytes, type } = await encoded(data);
    expect(await read(type, bytes)).toMatchObject({
      body: {
        file: { filename: 'päss.png', mediaType: 'image/png', bytes: Uint8Array.of(0, 255, 10) },
        size: 3,
        meta: { a: 1 },
      },
      violations: [],
    });
  });

  it('are validated, files by their length', async () => {
    const read = await readerOf({ 'multipart/form-data': { schema: upload } });
    const data = new FormData();
    data.set('file', new File(['nine bytes'], 'a.txt'));
    data.set('size', 'x');
    const { bytes, type } = await encoded(data);
    expect(await read(type, bytes)).toMatchObject({
      violations: [
        { location: 'body/file', code: 'maxLength' },
        { location: 'body/size', code: 'type' },
      ],
    });
    const empty = await encoded(new FormData());
    expect(await read(empty.type, empty.bytes)).toMatchObject({
      violations: [{ location: 'body/file', code: 'required' }],
    });
  });

  it('hold the media types that their encoding names', async () => {
    const read = await readerOf({
      'multipart/form-data': { schema: upload, encoding: { file: { contentType: 'image/png, image/*' } } },
    });
    const data = new FormData();
    data.set('file', new File(['x'], 'a.txt', { type: 'text/plain' }));
    const { bytes, type } = await encoded(data);
    expect(await read(type, bytes)).toMatchObject({
      violations: [{ location: 'body/file', code: 'media-type', message: 'must be image/png or image/*' }],
    });
  });

  it.for([
    ['multipart/form-data', '--x\r\n\r\n--x--'],
    ['multipart/form-data; boundary=x', 'not multipart at all'],
    ['multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="file"\r\n\r\nhalf'],
  ] as const)('%s %j is malformed', async ([type, text]) => {
    const read = await readerOf({ 'multipart/form-data': { schema: upload } });
    await expect(Promise.resolve(read(type, text))).rejects.toMatchObject({
      code: 'malformed-body',
      status: 400,
    });
  });

  it('pollute nothing', async () => {
    const read = await readerOf({ 'multipart/form-data': {} });
    const data = new FormData();
    data.set('__proto__', 'x');
    data.set('__proto__[polluted]', 'x');
    data.set('a[__proto__][polluted]', 'x');
    const { bytes, type } = await encoded(data);
    expect(await read(type, bytes)).toMatchObject({ violations: [] });
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('other media types', () => {
  it('text is coerced by its schema', async () => {
    const read = await readerOf({ 'text/plain': { schema: { type: 'integer', maximum: 9 } } });
    expect(read('text/plain; charset=utf-8', '5')).toMatchObject({ body: 5, violations: [] });
    expect(read('text/plain', '10')).toMatchObject({ violations: [{ location: 'body', code: 'maximum' }] });
  });

  it('bytes stay bytes, and ranges take what falls into them, the narrowest first', async () => {
    const read = await readerOf({ '*/*': {}, 'image/*': {}, 'application/octet-stream': {} });
    const bytes = Uint8Array.of(1, 2, 255);
    expect(read('application/octet-stream', bytes)).toMatchObject({
      body: bytes,
      mediaType: { name: 'application/octet-stream' },
    });
    expect(read('image/png', bytes)).toMatchObject({ body: bytes, mediaType: { name: 'image/*' } });
    expect(read('video/mp4', bytes)).toMatchObject({ body: bytes, mediaType: { name: '*/*' } });
  });

  it.for(['text/plain', 'application/xml', 'json', '', 'application/json-patch', 'application/'])(
    '%j is not declared',
    async (contentType) => {
      const read = await readerOf({ ...json, ...form });
      expect(() => read(contentType, '{}')).toThrow(
        expect.objectContaining({
          code: 'unsupported-media-type',
          status: 415,
          next: 'Send application/json, application/x-www-form-urlencoded.',
          headers: { accept: 'application/json, application/x-www-form-urlencoded' },
        }),
      );
    },
  );
});

describe('no Content-Type', () => {
  it('the only declared media type is meant', async () => {
    expect((await readerOf(form))(undefined, 'name=a')).toMatchObject({ body: { name: 'a' } });
  });

  it('of several, JSON is meant if it is JSON', async () => {
    const read = await readerOf({ ...form, ...json });
    expect(read(undefined, '{"name":"a"}')).toMatchObject({
      body: { name: 'a' },
      mediaType: { name: 'application/json' },
    });
    expect(() => read(undefined, 'name=a')).toThrow(
      expect.objectContaining({ code: 'unsupported-media-type' }),
    );
  });
});

describe('no body', () => {
  it('is a violation only where one is required', async () => {
    const required = await readerOf(json);
    const optional = await readerOf(json, false);
    for (const sent of [undefined, '']) {
      expect(required('application/json', sent)).toEqual({
        body: undefined,
        mediaType: undefined,
        violations: [{ location: 'body', code: 'required', message: 'is required' }],
      });
      expect(optional(undefined, sent)).toMatchObject({ body: undefined, violations: [] });
    }
  });
});

describe('a body that was parsed upstream', () => {
  it('JSON is validated, not coerced', async () => {
    const read = await readerOf(json);
    expect(read('application/json', { name: 'a', size: '1' })).toMatchObject({
      violations: [{ location: 'body/size', code: 'type' }],
    });
    expect(read('application/json', null)).toMatchObject({
      violations: [{ location: 'body', code: 'type' }],
    });
  });

  it('a form is coerced', async () => {
    const read = await readerOf(form);
    expect(read('application/x-www-form-urlencoded', { name: 'a', size: '1' })).toMatchObject({
      body: { name: 'a', size: 1 },
      violations: [],
    });
  });

  it('its media type counts as ever', async () => {
    const read = await readerOf(json);
    expect(() => read('text/plain', { name: 'a' })).toThrow(
      expect.objectContaining({ code: 'unsupported-media-type' }),
    );
  });
});
