import { describe, expect, it } from 'vitest';
import { loadDocument } from '../../../src/openapi/load/load-document.ts';
import { createValidators, type Direction, noViolations } from '../../../src/openapi/schema/validators.ts';
import { loadParts, writeDocument } from '../inline-document.ts';

/** Checks values against `#/components/schemas/Value`. */
async function checker(value: unknown, others: Readonly<Record<string, unknown>> = {}) {
  const document = await loadParts({ components: { schemas: { ...others, Value: value } } });
  const validators = createValidators(document);
  return (input: unknown, direction: Direction = 'request') =>
    validators.validate('#/components/schemas/Value', input, direction, 'body');
}

const customer = {
  type: 'object',
  required: ['id', 'email', 'secret'],
  additionalProperties: false,
  properties: {
    id: { type: 'integer', readOnly: true },
    email: { type: 'string', format: 'email' },
    secret: { type: 'string', writeOnly: true },
    gender: { enum: ['female', 'male', null] },
    address: { type: 'object', properties: { city: { type: 'string', maxLength: 5 } } },
  },
};

describe('violations', () => {
  it('are the same empty list for every valid value', async () => {
    const check = await checker(customer);
    expect(check({ email: 'a@b.test', secret: 's' })).toBe(noViolations);
    expect(check({ id: 1, email: 'a@b.test' }, 'response')).toBe(noViolations);
  });

  it('are the same list as last time for the same mistakes, and another for others', async () => {
    const check = await checker(customer);
    const first = check({ email: 'nobody', secret: 's' });
    expect(check({ email: 'nobody else', secret: 't' })).toBe(first);
    const other = check({ email: 'nobody', secret: 's', gender: 'x' });
    expect(other.map(({ location }) => location)).toEqual(['body/email', 'body/gender']);
    expect(first.map(({ location }) => location)).toEqual(['body/email']);
    expect(check({ email: 'nobody', secret: 's' })).toEqual(first);
  });

  it('say where, which rule and what is wanted, all of them at once', async () => {
    const check = await checker(customer);
    expect(check({ email: 'nobody', gender: 'x', address: { city: 'London' }, more: 1 })).toEqual([
      { location: 'body/secret', code: 'required', message: 'is required' },
      { location: 'body/more', code: 'additionalProperties', message: 'is not allowed' },
      { location: 'body/email', code: 'format', message: 'must be a valid email' },
      { location: 'body/gender', code: 'enum', message: 'must be one of "female", "male", null' },
      { location: 'body/address/city', code: 'maxLength', message: 'must NOT have more than 5 characters' },
    ]);
  });

  it('say what a whole value must be', async () => {
    const check = await checker({ type: ['integer', 'null'], const: 5 });
    expect(check('x')).toEqual([
      { location: 'body', code: 'type', message: 'must be integer or null' },
      { location: 'body', code: 'const', message: 'must be 5' },
    ]);
  });

  it('are few, however much is wrong', async () => {
    const check = await checker({ type: 'array', items: { type: 'integer' } });
    expect(check(Array(1000).fill('x'))).toHaveLength(50);
    const started = performance.now();
    expect(check(Array(200_000).fill('x'))).toEqual([
      { location: 'body/0', code: 'type', message: 'must be integer' },
    ]);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('directions', () => {
  it('readOnly properties are neither required nor looked at in requests', async () => {
    const check = await checker(customer);
    expect(check({ id: 'not a number', email: 'a@b.test', secret: 's' })).toEqual([]);
    expect(check({ id: 'not a number', email: 'a@b.test' }, 'response')).toMatchObject([
      { location: 'body/id', code: 'type' },
    ]);
    expect(check({ email: 'a@b.test' }, 'response')).toMatchObject([
      { location: 'body/id', code: 'required' },
    ]);
  });

  it('writeOnly properties are not required in answers', async () => {
    const check = await checker(customer);
    expect(check({ id: 1, email: 'a@b.test' })).toMatchObject([
      { location: 'body/secret', code: 'required' },
    ]);
    expect(check({ id: 1, email: 'a@b.test' }, 'response')).toEqual([]);
  });

  it('hold through allOf and $ref', async () => {
    const id = { type: 'integer', readOnly: true };
    const check = await checker(
      { allOf: [{ $ref: '#/components/schemas/Base' }, { required: ['id', 'name'] }] },
      { Id: id, Base: { type: 'object', properties: { id: { $ref: '#/components/schemas/Id' } } } },
    );
    expect(check({})).toMatchObject([{ location: 'body/name' }]);
    expect(check({ name: 'n' }, 'response')).toMatchObject([{ location: 'body/id' }]);
  });
});

describe('schemas', () => {
  it('may be circular', async () => {
    const node = {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'integer' }, next: { $ref: '#/components/schemas/Value' } },
    };
    const check = await checker(node);
    expect(check({ id: 1, next: { id: 2, next: { id: 3 } } })).toEqual([]);
    expect(check({ id: 1, next: { id: 2, next: {} } })).toMatchObject([
      { location: 'body/next/next/id', code: 'required' },
    ]);
  });

  it('may refer to each other by anchors and beside other keywords', async () => {
    const check = await checker(
      { $ref: '#text', maxLength: 3 },
      { Text: { $anchor: 'text', type: 'string', minLength: 2 } },
    );
    expect(check('abc')).toEqual([]);
    expect(check('a')).toMatchObject([{ code: 'minLength' }]);
    expect(check('abcd')).toMatchObject([{ code: 'maxLength' }]);
  });

  it('may refer through 10,000 others', async () => {
    const others: Record<string, unknown> = { S10000: { type: 'string' } };
    for (let index = 0; index < 10_000; index += 1)
      others[`S${index}`] = { $ref: `#/components/schemas/S${index + 1}` };
    const check = await checker({ type: 'array', items: { $ref: '#/components/schemas/S0' } }, others);
    expect(check(['text'])).toEqual([]);
    expect(check([5])).toMatchObject([{ location: 'body/0', code: 'type' }]);
  });

  it('may stand anywhere in the document', async () => {
    const schema = { properties: { a: { properties: { b: { type: 'integer' } } } } };
    const document = await loadParts({ components: { schemas: { Value: schema } } });
    const validators = createValidators(document);
    const pointer = '#/components/schemas/Value/properties/a/properties/b';
    expect(validators.validate(pointer, 'x', 'request', 'query/b')).toEqual([
      { location: 'query/b', code: 'type', message: 'must be integer' },
    ]);
  });

  it('may hold what only OpenAPI knows', async () => {
    const check = await checker(
      {
        oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
        discriminator: { propertyName: 'kind', mapping: { cat: '#/components/schemas/Cat' } },
        example: { kind: 'cat', $id: 'not an id' },
        xml: { name: 'pet' },
        nullable: true,
        'x-anything': { $ref: 'nowhere' },
      },
      {
        Cat: { type: 'object', required: ['kind'], properties: { kind: { const: 'cat' } } },
        Dog: { type: 'object', required: ['kind'], properties: { kind: { const: 'dog' } } },
      },
    );
    expect(check({ kind: 'dog' })).toEqual([]);
    expect(check({ kind: 'cow' }).map(({ location }) => location)).toContain('body/kind');
    expect(check(null).length).toBeGreaterThan(0);
  });

  it('may be true or false', async () => {
    const check = await checker({ properties: { yes: true, no: false } });
    expect(check({ yes: 1 })).toEqual([]);
    expect(check({ no: 1 })).toEqual([{ location: 'body/no', code: 'false', message: 'is not allowed' }]);
  });

  it.for([
    ['int32', 'integer', 2 ** 31 - 1, 2 ** 31],
    ['int64', 'integer', 2 ** 53 - 1, 1.5],
    ['uuid', 'string', '0b9a1c0e-7f55-4c0e-9d5c-0d7a0c7c5b11', 'no-uuid'],
    ['date', 'string', '2024-02-29', '2023-02-29'],
    ['date-time', 'string', '2024-01-01T00:00:00Z', '2024-01-01'],
    ['ipv4', 'string', '127.0.0.1', '127.0.0.256'],
  ] as const)('format %s is asserted', async ([format, type, right, wrong]) => {
    const check = await checker({ type, format });
    expect(check(right)).toEqual([]);
    expect(check(wrong)).toContainEqual(expect.objectContaining({ code: 'format' }));
  });

  it.for(['float', 'double', 'binary', 'password', 'iban', 'x'])(
    'format %s lets all text pass',
    async (format) => {
      expect((await checker({ type: 'string', format }))('anything at all')).toEqual([]);
    },
  );

  it('patterns need not be strict about escapes', async () => {
    const check = await checker({ type: 'string', pattern: '^[\\w-.]+$' });
    expect(check('a-b.c')).toEqual([]);
    expect(check('a b')).toMatchObject([{ code: 'pattern' }]);
  });

  it('cents are multiples of 0.01', async () => {
    const check = await checker({ type: 'number', multipleOf: 0.01 });
    expect([19.99, 0.07, 1.1].flatMap((amount) => check(amount))).toEqual([]);
    expect(check(0.005)).toHaveLength(1);
  });

  it('names of prototype members are names like others', async () => {
    const check = await checker({
      type: 'object',
      required: ['constructor'],
      properties: { toString: { type: 'string' } },
    });
    expect(check({})).toEqual([{ location: 'body/constructor', code: 'required', message: 'is required' }]);
    expect(check(JSON.parse('{"constructor":1,"__proto__":{"toString":5}}'))).toEqual([]);
  });
});

describe('what cannot be judged', () => {
  it.for([
    ['a pattern that is none', { type: 'string', pattern: '(' }, 'Unterminated group'],
    ['a keyword with a wrong value', { type: 'string', minLength: 'many' }, 'minLength'],
    ['a schema that is text', { items: 'text' }, 'expected a schema'],
    ['allOf that is an object', { allOf: {} }, 'expected a list of schemas'],
  ] as const)('%s is an error each time, not a pass', async ([, schema, message]) => {
    const check = await checker(schema);
    for (const _ of [1, 2]) {
      expect(() => check('x')).toThrow(
        expect.objectContaining({ code: 'document-invalid', message: expect.stringContaining(message) }),
      );
    }
  });

  it('is named by its place in the file', async () => {
    const file = writeDocument(
      'api.yaml',
      'openapi: 3.1.0\npaths: {}\ncomponents:\n  schemas:\n    Bad: { minLength: many }\n',
    );
    const validators = createValidators(await loadDocument(file));
    expect(() => validators.validate('#/components/schemas/Bad', 1, 'request', 'body')).toThrow(
      // Callers see the message: the folder is no matter of theirs.
      /^api\.yaml:5:5: this schema cannot be compiled/,
    );
    expect(() => validators.validate('#/components/schemas/Gone', 1, 'request', 'body')).toThrow(
      'expected a schema, found nothing',
    );
  });

  it('a schema nested too deeply is refused, a value nested too deeply is a violation', async () => {
    const deep = `${'{"items":'.repeat(20_000)}{}${'}'.repeat(20_000)}`;
    const file = writeDocument(
      'deep.json',
      `{"openapi":"3.1.0","paths":{},"components":{"schemas":{"Deep":${deep}}}}`,
    );
    await expect(loadDocument(file)).rejects.toThrow('is nested more than 1000 levels deep');

    const check = await checker({ properties: { next: { $ref: '#/components/schemas/Value' } } });
    let value: unknown = {};
    for (let level = 0; level < 100_000; level += 1) value = { next: value };
    expect(check(value)).toEqual([{ location: 'body', code: 'depth', message: 'is nested too deeply' }]);
  });
});
