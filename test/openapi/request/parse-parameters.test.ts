import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planParameters } from '../../../src/openapi/request/parameter-plan.ts';
import { type HeaderFields, parseParameters } from '../../../src/openapi/request/parse-parameters.ts';
import { createRouter } from '../../../src/openapi/request/router.ts';
import { schemaContext } from '../../../src/openapi/schema/schema-context.ts';
import { loadOperation } from '../inline-document.ts';

interface Sent {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly headers?: HeaderFields;
}

/** A parser of requests to an operation that has these parameters. */
async function parserOf(...parameters: readonly Readonly<Record<string, unknown>>[]) {
  const names = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => `/{${name}}`);
  const { document, operation, validators } = await loadOperation(
    { parameters },
    { path: `/test${names.join('')}` },
  );
  const plan = planParameters(operation, schemaContext(document, validators));
  return (sent: Sent) => parseParameters(plan, sent.path ?? {}, sent.query ?? '', sent.headers ?? {});
}

const integers = { type: 'array', items: { type: 'integer' } };
const point = {
  type: 'object',
  required: ['x'],
  properties: { x: { type: 'integer' }, y: { type: 'integer' } },
};

describe('styles', () => {
  it.for([
    ['path', 'simple', false, { type: 'integer' }, '5', 5],
    ['path', 'simple', false, integers, '3,4', [3, 4]],
    ['path', 'simple', true, integers, '3,4', [3, 4]],
    ['path', 'simple', false, point, 'x,1,y,2', { x: 1, y: 2 }],
    ['path', 'simple', true, point, 'x=1,y=2', { x: 1, y: 2 }],
    ['path', 'label', false, { type: 'integer' }, '.5', 5],
    ['path', 'label', false, integers, '.3,4', [3, 4]],
    ['path', 'label', true, integers, '.3.4', [3, 4]],
    ['path', 'label', false, point, '.x,1,y,2', { x: 1, y: 2 }],
    ['path', 'label', true, point, '.x=1.y=2', { x: 1, y: 2 }],
    ['path', 'matrix', false, { type: 'integer' }, ';p=5', 5],
    ['path', 'matrix', false, integers, ';p=3,4', [3, 4]],
    ['path', 'matrix', true, integers, ';p=3;p=4', [3, 4]],
    ['path', 'matrix', false, point, ';p=x,1,y,2', { x: 1, y: 2 }],
    ['path', 'matrix', true, point, ';x=1;y=2', { x: 1, y: 2 }],
    ['query', 'form', true, { type: 'boolean' }, 'p=true', true],
    ['query', 'form', true, { type: 'string' }, 'p=a%20b+c%2Bd', 'a b c+d'],
    ['query', 'form', true, { type: 'string' }, 'p', ''],
    ['query', 'form', true, integers, 'p=3&p=4', [3, 4]],
    ['query', 'form', true, integers, 'p=3', [3]],
    ['query', 'form', false, integers, 'p=3,4', [3, 4]],
    ['query', 'form', false, integers, 'p=', []],
    ['query', 'form', false, { type: 'array', items: { type: 'string' } }, 'p=a%2Cb,c', ['a,b', 'c']],
    ['query', 'form', false, point, 'p=x,1,y,2', { x: 1, y: 2 }],
    ['query', 'form', true, point, 'x=1&y=2', { x: 1, y: 2 }],
    [
      'query',
      'form',
      true,
      { type: 'object', additionalProperties: { type: 'integer' } },
      'a=1&b=2',
      { a: 1, b: 2 },
    ],
    ['query', 'spaceDelimited', false, integers, 'p=3%204+5', [3, 4, 5]],
    ['query', 'pipeDelimited', false, integers, 'p=3|4%7C5', [3, 4, 5]],
    ['query', 'deepObject', true, point, 'p[x]=1&p%5By%5D=2', { x: 1, y: 2 }],
    [
      'query',
      'deepObject',
      true,
      { type: 'object', properties: { ids: integers } },
      'p[ids][]=1&p[ids][]=2',
      { ids: [1, 2] },
    ],
    [
      'query',
      'deepObject',
      true,
      { type: 'object', properties: { at: point } },
      'p[at][x]=1',
      { at: { x: 1 } },
    ],
    ['query', 'form', true, { anyOf: [integers, { type: 'integer' }] }, 'p=3&p=4', [3, 4]],
    [
      'query',
      'form',
      true,
      { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
      'p=a',
      'a',
    ],
    ['header', 'simple', false, integers, '3, 4 ,5', [3, 4, 5]],
    ['header', 'simple', true, point, 'x=1,y=2', { x: 1, y: 2 }],
    ['header', 'simple', false, { type: 'string' }, 'a, b', 'a, b'],
    ['cookie', 'form', false, integers, 'q=1; p=3,4', [3, 4]],
    ['cookie', 'form', true, { type: 'string' }, 'p="a%20b"', 'a b'],
    ['cookie', 'form', true, { type: 'string' }, 'p=100%', '100%'],
  ] as const)('%s %s explode=%s %o reads %s', async ([place, style, explode, schema, text, value]) => {
    const parse = await parserOf({ name: 'p', in: place, required: true, style, explode, schema });
    const parsed = parse(
      place === 'path'
        ? { path: { p: text } }
        : place === 'query'
          ? { query: text }
          : { headers: { [place === 'header' ? 'p' : 'cookie']: text } },
    );
    const results = {
      path: parsed.path,
      query: parsed.query,
      header: parsed.headers,
      cookie: parsed.cookies,
    };
    expect(parsed.violations).toEqual([]);
    expect(results[place].p).toEqual(value);
    expect(parsed.unknownQuery).toEqual({});
  });

  it('a path parameter of another style is a violation', async () => {
    const parse = await parserOf({
      name: 'p',
      in: 'path',
      required: true,
      style: 'matrix',
      schema: integers,
    });
    expect(parse({ path: { p: '3,4' } }).violations).toEqual([
      { location: 'path/p', code: 'style', message: 'must be written in matrix style' },
    ]);
  });

  it('matrix parameters arrive through the router', async () => {
    const parameters = [{ name: 'p', in: 'path', required: true, style: 'matrix', schema: integers }];
    const { document, operation, validators } = await loadOperation({ parameters }, { path: '/test/{p}' });
    const match = createRouter(document).find('POST', '/test/;p=3,4');
    const plan = planParameters(operation, schemaContext(document, validators));
    expect(match && 'params' in match && parseParameters(plan, match.params, '', {}).path).toEqual({
      p: [3, 4],
    });
  });
});

describe('content', () => {
  it('JSON is parsed and validated, not coerced', async () => {
    const parse = await parserOf({
      name: 'filter',
      in: 'query',
      content: { 'application/json': { schema: point } },
    });
    expect(parse({ query: `filter=${encodeURIComponent('{"x":1}')}` }).query).toEqual({ filter: { x: 1 } });
    expect(parse({ query: 'filter=%7B%22x%22:%221%22%7D' }).violations).toMatchObject([
      { location: 'query/filter/x', code: 'type' },
    ]);
    expect(parse({ query: 'filter={x' }).violations).toEqual([
      { location: 'query/filter', code: 'json', message: 'must be JSON' },
    ]);
  });

  it('other media types are text', async () => {
    const parse = await parserOf({
      name: 'note',
      in: 'header',
      content: { 'text/plain': { schema: { type: 'string' } } },
    });
    expect(parse({ headers: { note: 'a, b' } }).headers).toEqual({ note: 'a, b' });
  });
});

describe('what is missing, wrong or too much', () => {
  it('required parameters are asked for, in every place', async () => {
    const schema = { type: 'string' };
    const parse = await parserOf(
      { name: 'a', in: 'query', required: true, schema },
      { name: 'B-C', in: 'header', required: true, schema },
      { name: 'd', in: 'cookie', required: true, schema },
      { name: 'e', in: 'query', schema },
    );
    const { query, violations } = parse({});
    expect(violations).toEqual([
      { location: 'query/a', code: 'required', message: 'is required' },
      { location: 'header/B-C', code: 'required', message: 'is required' },
      { location: 'cookie/d', code: 'required', message: 'is required' },
    ]);
    expect(query).toEqual({});
    expect(parse({ query: 'a=1', headers: { 'b-c': '2', cookie: 'd=3' } })).toMatchObject({
      violations: [],
      headers: { 'B-C': '2' },
    });
  });

  it('defaults are filled in, those behind $refs too', async () => {
    const parse = await parserOf(
      { name: 'limit', in: 'query', schema: { allOf: [{ type: 'integer', default: 20 }] } },
      { name: 'order', in: 'query', required: true, schema: { type: 'string', default: 'asc' } },
    );
    expect(parse({ query: 'limit=5' })).toMatchObject({ query: { limit: 5, order: 'asc' }, violations: [] });
    expect(parse({})).toMatchObject({ query: { limit: 20, order: 'asc' }, violations: [] });
  });

  it('wrong values are violations and left out', async () => {
    const parse = await parserOf({ name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100 } });
    expect(parse({ query: 'limit=ten' })).toMatchObject({
      query: {},
      violations: [{ location: 'query/limit', code: 'type', message: 'must be integer' }],
    });
    expect(parse({ query: 'limit=101' }).violations).toEqual([
      { location: 'query/limit', code: 'maximum', message: 'must be <= 100' },
    ]);
    expect(parse({ query: 'limit=9007199254740993' }).violations).toMatchObject([{ code: 'maximum' }]);
    expect(parse({ query: 'limit=' }).violations).toMatchObject([{ code: 'type' }]);
  });

  it('what comes twice is a violation unless it is a list that may', async () => {
    const parse = await parserOf(
      { name: 'one', in: 'query', schema: { type: 'string' } },
      { name: 'joined', in: 'query', explode: false, schema: integers },
    );
    expect(parse({ query: 'one=a&one=b&joined=1&joined=2' }).violations).toEqual([
      { location: 'query/one', code: 'duplicate', message: 'must be sent only once' },
      { location: 'query/joined', code: 'duplicate', message: 'must be sent only once' },
    ]);
  });

  it('query fields that are not declared are handed on', async () => {
    const parse = await parserOf(
      { name: 'limit', in: 'query', schema: { type: 'integer' } },
      { name: 'f', in: 'query', style: 'deepObject', schema: point },
    );
    const parsed = parse({ query: 'limit=1&__code=404&tag=a&tag=b+c&f[x]=1&&=' });
    expect(parsed).toMatchObject({ query: { limit: 1, f: { x: 1 } }, violations: [] });
    expect(parsed.unknownQuery).toEqual({ __code: ['404'], tag: ['a', 'b c'], '': [''] });
  });

  it('headers that OpenAPI says to ignore are ignored', async () => {
    const parse = await parserOf({
      name: 'Authorization',
      in: 'header',
      required: true,
      schema: { type: 'integer' },
    });
    expect(parse({ headers: { authorization: 'Basic x' } })).toMatchObject({ headers: {}, violations: [] });
  });

  it.for(['limit=%', 'limit=%zz', '%ff=1', 'other=%C3%28'])('%s is a malformed URL', async (query) => {
    const parse = await parserOf({ name: 'limit', in: 'query', schema: { type: 'string' } });
    expect(() => parse({ query })).toThrow(expect.objectContaining({ code: 'malformed-url', status: 400 }));
  });

  it('names of prototype members pollute nothing', async () => {
    const free = { type: 'object', additionalProperties: true };
    const parse = await parserOf(
      { name: 'deep', in: 'query', style: 'deepObject', schema: free },
      { name: 'constructor', in: 'query', schema: { type: 'string' } },
      { name: 'hasOwnProperty', in: 'header', schema: { type: 'string' } },
    );
    const parsed = parse({
      query:
        'deep[__proto__][a]=1&deep[constructor][prototype][b]=2&deep[x]=1&__proto__=3&__proto__[c]=4&toString=5',
    });
    expect(parsed.violations).toEqual([]);
    expect(parsed.query.constructor).toBeUndefined();
    expect(parsed.query.deep).toEqual({ constructor: { prototype: { b: '2' } }, x: '1' });
    expect(parsed.headers).toEqual({});
    expect(Object.keys(parsed.unknownQuery)).toEqual(['__proto__', '__proto__[c]', 'toString']);
    for (const name of ['a', 'b', 'c']) expect({}).not.toHaveProperty(name);
  });

  it('a header of nothing but white space takes no time', async () => {
    const parse = await parserOf({ name: 'ids', in: 'header', schema: integers });
    const started = performance.now();
    expect(parse({ headers: { ids: `1${' '.repeat(100_000)}x` } }).violations).toMatchObject([
      { location: 'header/ids/0' },
    ]);
    expect(performance.now() - started).toBeLessThan(200);
  });

  it('ten thousand fields take no time', async () => {
    const parse = await parserOf({ name: 'limit', in: 'query', schema: { type: 'integer' } });
    const started = performance.now();
    expect(
      Object.keys(
        parse({ query: Array.from({ length: 10_000 }, (_, index) => `f${index}=1`).join('&') }).unknownQuery,
      ),
    ).toHaveLength(10_000);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('for every value', async () => {
  const texts = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 5 });
  const strings = { type: 'array', items: { type: 'string' } };

  it.for([
    [
      'form',
      true,
      (list: readonly string[]) => list.map((text) => `p=${encodeURIComponent(text)}`).join('&'),
    ],
    ['form', false, (list: readonly string[]) => `p=${list.map(encodeURIComponent).join(',')}`],
    [
      'pipeDelimited',
      true,
      (list: readonly string[]) => list.map((text) => `p=${encodeURIComponent(text)}`).join('&'),
    ],
  ] as const)(
    'a list written in %s style, explode=%s, is read as it was',
    async ([style, explode, write]) => {
      const parse = await parserOf({ name: 'p', in: 'query', style, explode, schema: strings });
      fc.assert(
        fc.property(texts, (list) => {
          expect(parse({ query: write(list) })).toMatchObject({ query: { p: list }, violations: [] });
        }),
      );
    },
  );

  it('an object written in deepObject style is read as it was', async () => {
    const parse = await parserOf({
      name: 'p',
      in: 'query',
      style: 'deepObject',
      schema: { type: 'object', additionalProperties: { type: 'string' } },
    });
    const key = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => !/[[\]]/.test(text) && text !== '__proto__');
    fc.assert(
      fc.property(
        fc.dictionary(key, fc.string({ unit: 'grapheme' }), { minKeys: 1, noNullPrototype: true }),
        (object) => {
          const query = Object.entries(object).map(
            ([name, value]) => `p[${encodeURIComponent(name)}]=${encodeURIComponent(value)}`,
          );
          expect(parse({ query: query.join('&') }).query.p).toEqual(object);
        },
      ),
    );
  });

  it('any query is read or refused, and nothing is polluted', async () => {
    const parse = await parserOf(
      { name: 'p', in: 'query', style: 'deepObject', schema: { type: 'object', additionalProperties: true } },
      { name: 'a', in: 'query', schema: integers },
    );
    const unit = fc.constantFrom(
      'a',
      'p',
      '[',
      ']',
      '=',
      '&',
      '%',
      '5B',
      '__proto__',
      'constructor',
      '+',
      ',',
      '1',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), (query) => {
        try {
          parse({ query });
        } catch (error) {
          expect(error).toMatchObject({ code: 'malformed-url' });
        }
        expect(Object.keys(Object.prototype)).toEqual([]);
        expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('a');
      }),
    );
  });
});
