import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemaContext } from '../../../src/openapi/schema/schema-context.ts';
import { createValidators } from '../../../src/openapi/schema/validators.ts';
import { loadParts } from '../inline-document.ts';

/** The coercion of one schema. */
async function coercion(schema: unknown, others: Readonly<Record<string, unknown>> = {}) {
  const document = await loadParts({ components: { schemas: { ...others, Value: schema } } });
  return schemaContext(document, createValidators(document)).coercions('#/components/schemas/Value');
}

describe('text becomes what its schema describes', () => {
  it.for([
    ['integer', { type: 'integer' }, '42', 42],
    ['negative integer', { type: 'integer' }, '-7', -7],
    ['negative zero', { type: 'integer' }, '-0', 0],
    ['number', { type: 'number' }, '1.5e3', 1500],
    ['boolean', { type: 'boolean' }, 'false', false],
    ['null', { type: ['integer', 'null'] }, 'null', null],
    ['enum of numbers', { enum: [1, 2] }, '2', 2],
    ['const', { const: true }, 'true', true],
    ['string', { type: 'string' }, '42', '42'],
    ['string before null', { type: ['string', 'null'] }, 'null', 'null'],
    ['null where the strings are others', { type: ['string', 'null'], enum: ['a', null] }, 'null', null],
    ['number before string', { type: ['string', 'integer'] }, '5', 5],
    ['string where the number is too small', { type: ['string', 'integer'], minimum: 10 }, '5', '5'],
    ['no schema to go by', {}, '42', '42'],
    ['one item', { type: 'array', items: { type: 'integer' } }, '4', [4]],
    ['an object as JSON', { type: 'object', properties: { a: { type: 'integer' } } }, '{"a":1}', { a: 1 }],
    ['allOf', { allOf: [{ type: 'number' }, { minimum: 1 }] }, '2.5', 2.5],
    [
      'oneOf, the branch that fits',
      { oneOf: [{ type: 'integer', maximum: 3 }, { type: 'string' }] },
      '5',
      '5',
    ],
    ['anyOf, in order', { anyOf: [{ type: 'boolean' }, { type: 'string' }] }, 'true', true],
  ] as const)('%s', async ([, schema, text, value]) => {
    expect((await coercion(schema))(text)).toStrictEqual(value);
  });

  it.for([
    ['integer', ['', ' 1', '1 ', '+1', '01', '1.0', '1e3', '0x10', '1_000', '١', 'NaN']],
    ['number', ['', '.5', '5.', '1,5', 'Infinity', '1e999', '0b1']],
    ['boolean', ['', 'True', 'TRUE', '1', '0', 'yes', 'on']],
    ['null', ['', 'Null', 'nil', 'undefined']],
  ] as const)('%s only from exact spellings', async ([type, texts]) => {
    const coerce = await coercion({ type });
    expect(texts.map((text) => coerce(text))).toEqual(texts);
  });

  it('lists and objects part by part, through $refs and circular ones too', async () => {
    const coerce = await coercion(
      {
        type: 'object',
        properties: {
          ids: { type: 'array', items: { $ref: '#/components/schemas/Id' } },
          next: { $ref: '#/components/schemas/Value' },
        },
      },
      { Id: { type: 'integer' } },
    );
    expect(coerce({ ids: ['1', '2', 'x'], next: { ids: { 1: '4', 0: '3' } }, other: '5' })).toEqual({
      ids: [1, 2, 'x'],
      next: { ids: [3, 4] },
      other: '5',
    });
  });

  it('properties stay coerced beside anyOf that only asks for some of them', async () => {
    const coerce = await coercion({
      type: 'object',
      properties: { a: { type: 'integer' }, b: { type: 'integer' } },
      anyOf: [{ required: ['a'] }, { required: ['b'] }],
    });
    expect(coerce({ b: '2' })).toEqual({ b: 2 });
  });

  it('and never reaches a prototype', async () => {
    const coerce = await coercion({ type: 'object', additionalProperties: { type: 'integer' } });
    const value = coerce(JSON.parse('{"__proto__":{"polluted":"1"},"constructor":"2"}'));
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(value).toEqual({ constructor: 2 });
    expect({}).not.toHaveProperty('polluted');
    expect(coerce('{"__proto__":{"polluted":1}}')).toBe('{"__proto__":{"polluted":1}}');
  });
});

describe('for every value', async () => {
  const number = await coercion({ type: 'number' });
  const integer = await coercion({ type: 'integer' });
  const text = await coercion({ type: 'string' });

  it('the JSON spelling of a number is read as that number', () => {
    const finite = fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .filter((value) => Math.abs(value) < 2 ** 53 || !Number.isInteger(value));
    fc.assert(
      fc.property(finite, (value) => {
        expect(number(JSON.stringify(value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('an integer is read with all its digits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (value) => {
        const read = integer(`${value}`);
        expect(typeof read === 'number' ? String(BigInt(read)) : String(read)).toBe(`${value}`);
      }),
    );
  });

  it('text stays text', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(text(value)).toBe(value);
      }),
    );
  });

  it('what is coerced to a number says the same as the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('0', '1', '9', '.', '-', '+', 'e', ' ', '_') }),
        (value) => {
          const read = number(value);
          if (typeof read === 'number') expect(read).toBe(JSON.parse(value) + 0);
          else expect(read).toBe(value);
        },
      ),
    );
  });
});
