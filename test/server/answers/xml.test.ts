import { describe, expect, it } from 'vitest';
import { inPath, json, ref, start } from '../../openapi/infer-client.ts';

type Part = Readonly<Record<string, unknown>>;

const xml = (schema: unknown, more: Part = {}) => ({
  description: 'As declared.',
  content: { 'application/xml': { schema, ...more } },
});
const text = { type: 'string' };

/** What is answered to GET where the value is shown for a schema. */
async function written(schema: Part, value: unknown, components: Part = {}) {
  const { call } = await start({
    paths: {
      '/only': {
        get: { 'x-sparring': { action: 'none' }, responses: { 200: xml(schema, { example: value }) } },
      },
    },
    components: { schemas: components },
  });
  const { headers, text: body } = await call('GET', '/only');
  expect(headers.get('content-type')).toBe('application/xml');
  return body;
}

/** What is made of an XML body; the operation answers with JSON what it remembers. */
async function sent(schema: Part, body: string, components: Part = {}) {
  const { mock } = await start({
    paths: {
      '/things': {
        post: {
          requestBody: { required: true, content: { 'application/xml': { schema } } },
          responses: { 201: json(ref('Thing')), 400: json({ type: 'object' }) },
        },
      },
      '/things/{id}': { parameters: [inPath('id')], get: { responses: { 200: json(ref('Thing')) } } },
    },
    components: {
      schemas: {
        Thing: { type: 'object', properties: { id: text }, additionalProperties: true },
        ...components,
      },
    },
  });
  const response = await mock.fetch('/things', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/xml' },
  });
  const { id: _, ...answer } = JSON.parse(await response.text());
  return [response.status, answer] as const;
}

const named = { type: 'string', xml: { name: 'it' } };
const pairs: readonly [string, Part, unknown, string][] = [
  [
    'a name',
    { type: 'object', xml: { name: 'thing' }, properties: { t: { type: 'integer' } } },
    { t: 1 },
    '<thing><t>1</t></thing>',
  ],
  [
    'an attribute',
    {
      type: 'object',
      xml: { name: 'thing' },
      properties: { n: { type: 'integer', xml: { attribute: true } }, t: text },
    },
    { n: 7, t: 'a' },
    '<thing n="7"><t>a</t></thing>',
  ],
  [
    'a list',
    { type: 'object', xml: { name: 'thing' }, properties: { tags: { type: 'array', items: text } } },
    { tags: ['a', 'b'] },
    '<thing><tags>a</tags><tags>b</tags></thing>',
  ],
  [
    'a list of named items',
    { type: 'object', xml: { name: 'thing' }, properties: { tags: { type: 'array', items: named } } },
    { tags: ['a'] },
    '<thing><it>a</it></thing>',
  ],
  [
    'a wrapped list',
    {
      type: 'object',
      xml: { name: 'thing' },
      properties: { tags: { type: 'array', xml: { wrapped: true, name: 'list' }, items: named } },
    },
    { tags: ['a', 'b'] },
    '<thing><list><it>a</it><it>b</it></list></thing>',
  ],
  [
    'a wrapped list that is empty',
    {
      type: 'object',
      xml: { name: 'thing' },
      properties: { tags: { type: 'array', xml: { wrapped: true }, items: text } },
    },
    { tags: [] },
    '<thing><tags></tags></thing>',
  ],
  [
    'an object in it',
    {
      type: 'object',
      xml: { name: 'thing' },
      properties: { at: { type: 'object', properties: { x: { type: 'number' } } } },
    },
    { at: { x: 1.5 } },
    '<thing><at><x>1.5</x></at></thing>',
  ],
  [
    'a text beside an attribute',
    {
      type: 'object',
      xml: { name: 'thing' },
      properties: {
        unit: { type: 'string', xml: { attribute: true } },
        value: { type: 'number', xml: { nodeType: 'text' } },
      },
    },
    { unit: 'kg', value: 2 },
    '<thing unit="kg">2</thing>',
  ],
  [
    'what must be escaped',
    {
      type: 'object',
      xml: { name: 'thing' },
      properties: { a: { type: 'string', xml: { attribute: true } }, t: text },
    },
    { a: '"<&', t: '<b> & ]]>' },
    '<thing a="&quot;&lt;&amp;"><t>&lt;b&gt; &amp; ]]&gt;</t></thing>',
  ],
  [
    'a list of objects',
    {
      type: 'object',
      xml: { name: 'thing' },
      properties: {
        rows: { type: 'array', items: { type: 'object', properties: { n: { type: 'boolean' } } } },
      },
    },
    { rows: [{ n: true }, { n: false }] },
    '<thing><rows><n>true</n></rows><rows><n>false</n></rows></thing>',
  ],
];

describe('XML', () => {
  it.each(pairs)('writes %s', async (_, schema, value, expected) => {
    expect(await written(schema, value)).toBe(expected);
  });

  it.each(pairs)('reads %s', async (_, schema, value, body) => {
    expect(await sent(schema, body)).toEqual([201, value]);
  });

  it('declares a namespace once, and reads whatever prefix stands for it', async () => {
    const space = { namespace: 'urn:x', prefix: 'x' };
    const schema = {
      type: 'object',
      xml: { name: 'thing', ...space },
      properties: { t: { type: 'string', xml: space } },
    };
    expect(await written(schema, { t: 'a' })).toBe('<x:thing xmlns:x="urn:x"><x:t>a</x:t></x:thing>');
    expect(
      await sent(
        schema,
        '<?xml version="1.0"?><!-- hello --><q:thing xmlns:q="urn:x"><q:t>a</q:t></q:thing>',
      ),
    ).toEqual([201, { t: 'a' }]);
  });

  it('is called by its component where nothing else names it', async () => {
    const pet = { type: 'object', properties: { name: text } };
    expect(await written({ $ref: '#/components/schemas/Pet' }, { name: 'a' }, { Pet: pet })).toBe(
      '<Pet><name>a</name></Pet>',
    );
    const list = { type: 'array', items: { $ref: '#/components/schemas/Pet' } };
    expect(await written(list, [{ name: 'a' }], { Pet: pet })).toBe('<Pets><Pet><name>a</name></Pet></Pets>');
  });

  it('is the text that an example shows', async () => {
    expect(await written({ type: 'object' }, '<a>1</a>')).toBe('<a>1</a>');
  });

  it('reads character references and sections, and null where it says nil', async () => {
    const schema = {
      type: 'object',
      xml: { name: 'thing' },
      properties: { t: text, u: text, n: { type: ['string', 'null'] } },
    };
    const body =
      '<thing xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><t>&#65;&#x42;&lt;</t><u><![CDATA[<&>]]></u><n xsi:nil="true"/></thing>';
    expect(await sent(schema, body)).toEqual([201, { t: 'AB<', u: '<&>', n: null }]);
  });

  it.each([
    ['<thing><t>one</t></thing>', 'body/t must be integer'],
    ['<thing/>', 'body/t is required'],
    ['<other><t>1</t></other>', 'body must have the root element thing'],
    ['<thing><t>1</t><t>2</t></thing>', 'body/t must be integer'],
  ])('is validated: %s', async (body, expected) => {
    const schema = {
      type: 'object',
      xml: { name: 'thing' },
      required: ['t'],
      properties: { t: { type: 'integer' } },
    };
    const { mock } = await start({
      paths: {
        '/things': {
          post: {
            requestBody: { required: true, content: { 'text/xml': { schema } } },
            responses: { 204: { description: 'Taken.' } },
          },
        },
      },
    });
    const response = await mock.fetch('/things', {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/xml' },
    });
    expect(response.status).toBe(400);
    expect(decodeURIComponent(response.headers.get('sparring-violations') ?? '')).toContain(
      expected.split(' ')[0],
    );
    expect(await response.text()).toContain(expected.slice(expected.indexOf(' ') + 1));
  });

  it.each([
    ['no XML', '{"t":1}', /XML/],
    ['tags that do not match', '<a>\n<b></a>', /line 2/],
    ['two roots', '<a/><b/>', /XML: line 1, column/],
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', /document type/],
    ['nesting without end', '<a>'.repeat(2000) + '</a>'.repeat(2000), /XML/],
  ])('is refused as malformed: %s', async (_, body, why) => {
    const post = {
      requestBody: { content: { 'application/xml': { schema: { type: 'object' } } } },
      responses: { 204: { description: 'Taken.' } },
    };
    const { mock } = await start({ paths: { '/things': { post } } });
    const response = await mock.fetch('/things', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/xml' },
    });
    expect(response.status).toBe(400);
    expect(JSON.parse(await response.text()).detail).toMatch(why);
  });

  it('has state, and is what the caller accepts', async () => {
    const content = (schema: unknown) => ({ 'application/json': { schema }, 'application/xml': { schema } });
    const { call, mock } = await start({
      paths: {
        '/pets': {
          get: {
            responses: {
              200: {
                description: 'All.',
                content: content({ type: 'array', items: ref('Pet'), xml: { name: 'pets' } }),
              },
            },
          },
          post: {
            requestBody: { required: true, content: content(ref('Pet')) },
            responses: { 201: { description: 'Made.', content: content(ref('Pet')) } },
          },
        },
        '/pets/{id}': {
          parameters: [inPath('id', { type: 'integer' })],
          get: { responses: { 200: { description: 'It.', content: content(ref('Pet')) } } },
        },
      },
      components: {
        schemas: {
          Pet: {
            type: 'object',
            xml: { name: 'pet' },
            properties: { id: { type: 'integer', readOnly: true, xml: { attribute: true } }, name: text },
          },
        },
      },
    });
    const accept = { accept: 'application/xml' };
    const made = await mock.fetch('/pets', {
      method: 'POST',
      body: '<pet><name>Rex</name></pet>',
      headers: { ...accept, 'content-type': 'application/xml' },
    });
    expect([made.status, await made.text()]).toEqual([201, '<pet id="1"><name>Rex</name></pet>']);
    expect((await call('GET', '/pets/1', undefined, accept)).text).toBe('<pet id="1"><name>Rex</name></pet>');
    expect((await call('GET', '/pets', undefined, accept)).text).toBe(
      '<pets><pet id="1"><name>Rex</name></pet></pets>',
    );
    expect((await call('GET', '/pets/1')).body).toEqual({ id: 1, name: 'Rex' });
  });

  it('is answered by an example in another media type', async () => {
    const post = {
      requestBody: {
        required: true,
        content: { 'application/xml': { schema: { type: 'object', xml: { name: 'thing' } } } },
      },
      responses: { 200: { description: 'OK', content: { 'application/json': { example: { ok: 1 } } } } },
    };
    const get = { responses: { 200: xml({ type: 'object', properties: { t: text } }) } };
    const { mock } = await start({ paths: { '/x': { get, post } } });
    const headers = { 'content-type': 'application/xml' };
    const response = await mock.fetch('/x', { method: 'POST', body: '<thing><t>1</t></thing>', headers });
    expect([response.status, await response.text()]).toEqual([200, '{"ok":1}']);
  });
});
