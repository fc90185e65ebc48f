import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exactNumberOf, parseExactJson } from '../../../src/json/exact-number.ts';
import { inPath, json, ref, start } from '../../openapi/infer-client.ts';

const thing = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'integer', format: 'int64' },
    big: { type: 'integer', format: 'int64' },
    price: { type: 'number' },
    tags: { type: 'array', items: { type: 'integer' } },
  },
};
const document = {
  paths: {
    '/things': {
      get: {
        parameters: [{ name: 'big', in: 'query', schema: { type: 'integer', format: 'int64' } }],
        responses: { 200: json({ type: 'array', items: ref('Thing') }) },
      },
      post: {
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { ...thing, required: [] } },
            'application/x-www-form-urlencoded': { schema: { ...thing, required: [] } },
          },
        },
        responses: { 201: json(ref('Thing')), 400: json({ type: 'object' }) },
      },
    },
    '/things/{id}': {
      parameters: [inPath('id', { type: 'integer', format: 'int64' })],
      get: { responses: { 200: json(ref('Thing')) } },
    },
  },
  components: { schemas: { Thing: thing } },
};

async function post(body: string, options: Parameters<typeof start>[1] = {}, type = 'application/json') {
  const { mock } = await start(document, options);
  const response = await mock.fetch('/things', { method: 'POST', body, headers: { 'content-type': type } });
  return { mock, status: response.status, text: await response.text() };
}

describe('digits that a double does not hold', () => {
  it.each([
    '"big":9007199254740993',
    '"big":-9223372036854775808',
    '"big":9223372036854775807',
    '"price":0.12345678901234567891',
    '"price":12345678901234567.89',
    '"tags":[1,9007199254740995]',
    '"price":1e-400',
  ])('are answered as they were sent: %s', async (field) => {
    const { mock, status, text } = await post(`{"id":7,${field}}`);
    expect([status, text]).toEqual([201, `{"id":7,${field}}`]);
    expect(await (await mock.fetch('/things/7')).text()).toBe(text);
    expect(await (await mock.fetch('/things')).text()).toBe(`[${text}]`);
  });

  it('are those of an id, too', async () => {
    const { mock } = await post('{"id":9007199254740993}');
    expect(await (await mock.fetch('/things/9007199254740993')).text()).toBe('{"id":9007199254740993}');
    expect((await mock.fetch('/things/9007199254740992')).status).toBe(404);
  });

  it('are filtered by', async () => {
    const { mock } = await post('{"id":1,"big":9007199254740993}');
    expect(await (await mock.fetch('/things?big=9007199254740993')).text()).toContain('"id":1');
    expect(await (await mock.fetch('/things?big=9007199254740995')).text()).toBe('[]');
  });

  it('are those of forms, too', async () => {
    const { text } = await post('id=1&big=9007199254740993', {}, 'application/x-www-form-urlencoded');
    expect(text).toBe('{"id":1,"big":9007199254740993}');
  });

  it.each([
    '"big":9223372036854775808',

    '"price":1e400',
    '"big":"9007199254740993"',
  ])('are told where the document does not allow them: %s', async (field) => {
    expect((await post(`{"id":7,${field}}`)).status).toBe(400);
  });

  it.each(['state.json', 'state/'])('last over a restart: %s', async (name) => {
    const data = `${mkdtempSync(join(tmpdir(), 'sparring-'))}/${name}`;
    const { mock } = await post('{"id":7,"big":9007199254740993}', { data });
    await mock.close();
    if (name.endsWith('.json')) expect(readFileSync(data, 'utf8')).toContain('9007199254740993');
    const again = await start(document, { data });
    expect((await again.call('GET', '/things/7')).text).toBe('{"id":7,"big":9007199254740993}');
    await again.mock.close();
  });
});

describe('an exact number', () => {
  it.each([
    '0',
    '-1',
    '1.5',
    '10.50',
    '1e3',
    '1E+2',
    '0.1',
    '9007199254740992',
    '123456789012345680',
    '1.10000000000000000000',
  ])('is not needed for %s', (digits) => {
    expect(exactNumberOf(digits)).toBe(Number(digits));
  });

  it.each(['9007199254740993', '0.10000000000000000001', '1e400', '123456789012345678'])(
    'is needed for %s',
    (digits) => {
      expect(String(exactNumberOf(digits))).toBe(digits);
      expect(JSON.stringify({ a: [exactNumberOf(digits)] })).toBe(`{"a":[${digits}]}`);
    },
  );

  it('is not made of what only looks like a number', () => {
    const text = '{"card":"4111111111111111111","at":"2026-01-31T12:00:00.000000000Z","n":1}';
    expect(JSON.stringify(parseExactJson(text))).toBe(text);
    expect(parseExactJson(text)).toEqual(JSON.parse(text));
  });
});
