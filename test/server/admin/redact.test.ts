import { afterEach, expect, it } from 'vitest';
import { createMock, type Mock } from '../../../src/index.ts';
import { redactorOf } from '../../../src/server/admin/redact.ts';

let mock: Mock | undefined;
afterEach(() => mock?.close());

const answer = { description: 'So.', content: { 'application/json': { schema: { type: 'object' } } } };
const document = {
  openapi: '3.1.0',
  info: { title: 'Door', version: '1' },
  paths: {
    '/door': {
      post: {
        operationId: 'open',
        parameters: [
          { name: 'knock', in: 'query', schema: { type: 'string', format: 'password' } },
          { name: 'x-knock', in: 'header', schema: { $ref: '#/components/schemas/Knock' } },
        ],
        requestBody: {
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/Door' } },
            'application/x-www-form-urlencoded': { schema: { $ref: '#/components/schemas/Door' } },
          },
        },
        responses: { 200: answer },
      },
    },
  },
  components: {
    schemas: {
      Knock: { type: 'string', format: 'password' },
      Door: {
        type: 'object',
        properties: {
          phrase: { $ref: '#/components/schemas/Knock' },
          keyhole: { type: 'object', writeOnly: true },
          colour: { type: 'string' },
        },
      },
    },
  },
};

const secrets = ['hunter2', 'tr0ub4dor', 's3same', 'kn0ck', '314159'];

async function journalOf(path: string, init: RequestInit): Promise<string> {
  mock = await createMock({ apis: [{ name: 'door', document }] });
  await mock.fetch(`/door/door${path}`, { method: 'POST', ...init });
  return (await mock.fetch('/_sparring/journal')).text();
}

it.for([
  [
    'headers by their names',
    '',
    { headers: { 'x-auth': 'hunter2', 'x-user-pwd': 'tr0ub4dor', 'x-knock': 'kn0ck' } },
  ],
  ['a query by its names', '?code=s3same&pwd=hunter2&knock=kn0ck&colour=red', {}],
  [
    'JSON by its names',
    '',
    { json: { pwd: 'hunter2', code: 314159, user: { passcode: 's3same', pin: 'tr0ub4dor' } } },
  ],
  ['JSON by the document', '', { json: { phrase: 'hunter2', keyhole: { shape: 's3same' }, colour: 'red' } }],
  ['a form', '', { form: 'pwd=hunter2&code=s3same&phrase=kn0ck' }],
  [
    'URLs in it',
    '',
    { json: { colour: 'postgres://ann:hunter2@db.test/x and https://tr0ub4dor-tr0ub4dor-x@git.test/' } },
  ],
  ['URLs in a form', '', { form: 'colour=amqp://ann:hunter2@mq.test' }],
  ['text that is no JSON', '', { text: '{"pwd": "hunter2", "code": "s3same", "phrase": "kn0ck' }],
] as const)('the journal leaves secrets out of %s', async ([, path, sent]) => {
  const { form, headers, json, text } = {
    form: undefined,
    headers: {},
    json: undefined,
    text: undefined,
    ...sent,
  };
  const type = form === undefined ? 'application/json' : 'application/x-www-form-urlencoded';
  const body = form ?? text ?? (json && JSON.stringify(json));
  const shown = await journalOf(path, {
    headers: { ...headers, ...(body !== undefined && { 'content-type': type }) },
    ...(body !== undefined && { body }),
  });
  expect(shown).toContain('"operation":"open"');
  expect(shown).toContain('[redacted]');
  expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
});

it('shows codes that let nobody in, and names of users', () => {
  const redact = redactorOf(undefined);
  const plain = {
    code: 'not_found',
    errors: [{ code: 404 }, { code: 'INVALID_PHONE' }],
    currency: { code: 'EUR' },
    link: 'https://ann@example.test/a:b@c',
    pinned: 'yes',
  };
  expect(redact.value(plain)).toEqual(plain);
  expect(redact.text('/pets?__code=404&country_code=CZ')).toBe('/pets?__code=404&country_code=CZ');
  expect(redact.value({ code: 'EUR' }, true)).toEqual({ code: 'EUR' });
  expect(redact.value({ code: 'abcdef' }, true)).toEqual({ code: '[redacted]' });
  expect(redact.value({ code: '482913' })).toEqual({ code: '[redacted]' });
});

it('takes no longer for text that is made to be slow', () => {
  const redact = redactorOf(undefined);
  for (const text of ['://'.repeat(100_000), `://${'a'.repeat(300_000)}`, `${'://a:b'.repeat(50_000)}@`]) {
    const started = process.cpuUsage().user;
    redact.text(text);
    expect(process.cpuUsage().user - started).toBeLessThan(2_000_000);
  }
});

it('the list of deliveries shows no password of a URL', async () => {
  mock = await createMock({ apis: ['hive'] });
  const fired = await mock.fetch('/_sparring/events/hive/check.completed', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"to":"http://ann:hunter2@127.0.0.1:9/"}',
  });
  await mock.fetch('/_sparring/deliveries/wait', { method: 'POST' });
  const listed = await (await mock.fetch('/_sparring/deliveries')).text();
  expect(listed).toContain('http://ann:[redacted]@127.0.0.1:9/');
  expect([await fired.text(), listed].join().includes('hunter2')).toBe(false);
});
