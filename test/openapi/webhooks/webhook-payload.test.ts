import { describe, expect, it } from 'vitest';
import { objectOrEmpty } from '../../../src/json/is-object.ts';
import { loadDocument } from '../../../src/openapi/load/load-document.ts';
import { createValidators } from '../../../src/openapi/schema/validators.ts';
import {
  callbackPayload,
  checkPayload,
  examplePayload,
  payloadWith,
} from '../../../src/openapi/webhooks/webhook-payload.ts';
import { callbacksOf, findEvent } from '../../../src/openapi/webhooks/webhooks.ts';
import { documentFile, loadParts, must } from '../inline-document.ts';

const document = await loadDocument(documentFile('webhooks.yaml'));
const validators = createValidators(document);

async function payloadOf(schema: unknown, seed?: number) {
  const inline = await loadParts({
    webhooks: { told: { post: { requestBody: { content: { 'application/json': { schema } } } } } },
  });
  return examplePayload(inline, createValidators(inline), findEvent(inline, 'told'), { seed });
}

describe('an example payload', () => {
  const push = findEvent(document, 'push');

  it('is the first example that is valid, or the one of a name', () => {
    expect(examplePayload(document, validators, push)).toBe(push.examples[1]?.value);
    expect(examplePayload(document, validators, push, { example: 'second' })).toMatchObject({
      ref: 'refs/heads/next',
    });
  });

  it('is refused for a named example that there is not, or that is not valid', () => {
    expect(() => examplePayload(document, validators, push, { example: 'third' })).toThrow(
      expect.objectContaining({ code: 'unknown-example', next: 'It has broken, first, second.' }),
    );
    expect(() => examplePayload(document, validators, push, { example: 'broken' })).toThrow(
      'The example "broken" of the webhook push breaks the document: payload/repository is required',
    );
  });

  it('varies with the seed, equal values staying equal and times their distance apart', () => {
    const [one, again, two] = [1, 1, 2].map((seed) => examplePayload(document, validators, push, { seed }));
    expect(one).toEqual(again);
    expect(one).not.toEqual(two);
    expect(checkPayload(validators, push, one)).toEqual([]);
    expect(one).toMatchObject({ ref: 'refs/heads/main', repository: { full_name: 'octo/hello' } });
    const { created, pushed_at, pusher, repository, total } = objectOrEmpty(one);
    expect(Date.parse(String(pushed_at)) / 1000).toBe(created);
    expect(created).not.toBe(1_580_551_200);
    expect(repository).not.toMatchObject({ id: 1_296_269 });
    expect(pusher).not.toMatchObject({ email: 'mona@example.org' });
    expect(Number(total) % 12.5).toBe(0);
    expect(total).not.toBe(12.5);
  });

  it('leaves alone what the document would refuse', async () => {
    const schema = { type: 'object', properties: { id: { const: 12 } }, example: { id: 12, order_id: 12 } };
    const varied = await payloadOf(schema, 4);
    expect(varied).toMatchObject({ id: 12 });
    expect(varied).not.toMatchObject({ order_id: 12 });
  });

  it('is made from the schema where there is no example', () => {
    const star = findEvent(document, 'star');
    const made = examplePayload(document, validators, star);
    expect(checkPayload(validators, star, made)).toEqual([]);
    expect(made).toMatchObject({ action: 'Starred', repository: { node_id: expect.any(String) } });
    const actions = Array.from({ length: 12 }, (_, seed) =>
      examplePayload(document, validators, star, { seed }),
    );
    for (const payload of actions) expect(checkPayload(validators, star, payload)).toEqual([]);
    expect(new Set(actions.map((payload) => JSON.stringify(payload))).size).toBeGreaterThan(3);
    expect(actions).toContainEqual({ action: 'deleted', starred_at: null });
  });

  it('is nothing for a webhook without a body', () => {
    const bare = { ...findEvent(document, 'both'), examples: [], mediaType: undefined, schema: undefined };
    expect(examplePayload(document, validators, bare)).toBeUndefined();
  });

  it.for<[string, unknown]>([
    [
      'branches of which the first cannot be met',
      {
        oneOf: [
          { type: 'string', not: {} },
          { type: 'integer', minimum: 3 },
        ],
      },
    ],
    ['branches that overlap', { oneOf: [{ type: 'number' }, { type: 'integer', maximum: 9 }], minimum: 0.5 }],
    ['unique items', { type: 'array', minItems: 3, uniqueItems: true, items: { enum: ['a', 'b', 'c'] } }],
    [
      'tuples',
      { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'string' }], minItems: 2, items: false },
    ],
    ['patterns with bounds', { type: 'string', pattern: '^(?:ab|cd)+$', maxLength: 4 }],
    [
      'properties only required',
      { type: 'object', required: ['x'], additionalProperties: { type: 'integer' } },
    ],
    [
      'least properties',
      { type: 'object', minProperties: 2, maxProperties: 2, properties: { a: {}, b: {}, c: {} } },
    ],
    [
      'a shown value that is not valid',
      { type: 'object', properties: { n: { type: 'integer', example: 'no' } } },
    ],
    [
      'parts that narrow each other',
      {
        allOf: [{ properties: { n: { minimum: 4 } } }, { properties: { n: { maximum: 4 } } }],
        type: 'object',
        required: ['n'],
        properties: { n: { type: 'integer' } },
      },
    ],
    ['exclusive bounds', { type: 'number', exclusiveMinimum: 1, exclusiveMaximum: 1.5 }],
    ['multiples', { type: 'number', minimum: 0.5, multipleOf: 0.01, maximum: 0.52 }],
    [
      'a key named __proto__',
      JSON.parse('{"type":"object","properties":{"__proto__":{"type":"string"},"a":{"type":"string"}}}'),
    ],
    [
      '$refs with siblings',
      {
        $defs: { x: { type: 'string' } },
        type: 'object',
        required: ['a'],
        properties: { a: { enum: ['q'] } },
      },
    ],
  ])('is valid for %s, with any seed', async ([, schema]) => {
    for (const seed of [undefined, 1, 2, 3]) expect(await payloadOf(schema, seed)).toBeDefined();
  });

  it('is refused, saying why, where the schema allows nothing', async () => {
    const schema = {
      type: 'object',
      required: ['n'],
      properties: { n: { type: 'integer', minimum: 5, maximum: 4 } },
    };
    await expect(payloadOf(schema)).rejects.toMatchObject({
      code: 'payload-invalid',
      message: expect.stringMatching(/No payload could be made for the webhook told: .*payload\/n must be/),
    });
  });
});

describe('a payload is changed by hand', () => {
  it('at paths, with JSON or text', () => {
    const payload = { data: { amount: 1, items: [{ name: 'Tea' }] } };
    const pairs = [
      'data.amount=5',
      'data.items[0].name=Milk=2',
      'data.items.1={"a":[]}',
      'data.x.y=true',
      'a\\.b=01',
    ];
    expect(payloadWith(payload, pairs)).toEqual({
      data: { amount: 5, items: [{ name: 'Milk=2' }, { a: [] }], x: { y: true } },
      'a.b': '01',
    });
    expect(payload.data.amount).toBe(1);
  });

  it.for(['amount', '=5', 'a..b=1', '__proto__.x=1', 'list[9]=1', 'list.name=1'])('refuses %s', (pair) => {
    expect(() => payloadWith({ list: [1] }, [pair])).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});

describe('a callback', () => {
  const [paid, closed] = callbacksOf(document, must(document.operationsById.get('createPayment')));
  const payment = { id: 'pay_000001', amount: 5, note: 'n' };

  it('carries the entity itself where its schema speaks of it', () => {
    expect(callbackPayload(document, validators, must(closed), payment)).toBe(payment);
  });

  it('carries it in the property that is made for it', () => {
    expect(callbackPayload(document, validators, must(paid), payment)).toEqual({
      type: 'payment.paid',
      data: { object: payment },
    });
  });

  it('carries its fields of equal names where they are valid', () => {
    const payload = callbackPayload(document, validators, must(closed), { amount: 77, id: 'other' });
    expect(payload).toMatchObject({ amount: 77, id: expect.stringMatching(/^pay_\d{6}$/) });
  });

  it('carries a sample where there is no entity', () => {
    const payload = callbackPayload(document, validators, must(paid), undefined);
    expect(checkPayload(validators, must(paid), payload)).toEqual([]);
  });
});
