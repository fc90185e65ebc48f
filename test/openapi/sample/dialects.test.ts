import { describe, expect, it } from 'vitest';
import { sample } from '../../../src/openapi/sample/sample.ts';
import { seededSource } from '../../../src/openapi/sample/seeded-source.ts';
import { createValidators } from '../../../src/openapi/schema/validators.ts';
import { loadParts } from '../inline-document.ts';

describe('a sample', () => {
  it.each([
    { type: 'string', pattern: '^\\p{L}+$' },
    { type: 'string', pattern: '^\\p{Lu}[\\p{L} -]{2,10}$' },
    { type: 'string', pattern: '^[A-Z]{2}-(?=\\d)\\d{3}$' },
    { type: 'string', pattern: '^(?!00)\\d{2}$' },
    { type: 'string', pattern: '(?i)^abc$' },
    { type: 'string', pattern: '^\\bfoo\\b$' },
    { type: 'string', pattern: '\\A[[:upper:]]{3}\\z' },
    { type: 'string', pattern: '^\\u0041\\x42$' },
    { type: 'string', format: 'byte', minLength: 20 },
    { type: 'string', enum: ['a', 'b'], const: 'b' },
    { type: 'string', default: 'z', enum: ['a', 'b'] },
    { type: 'integer', example: '5', enum: [5] },
    { type: 'integer', enum: ['a', 2] },
    { type: 'integer', format: 'int64', minimum: 9007199254740992 },
    {
      type: 'object',
      patternProperties: { '^x-[a-z]+$': { type: 'integer' } },
      additionalProperties: false,
      minProperties: 1,
    },
    { type: 'object', patternProperties: { '^x-': { type: 'integer', minimum: 3 } }, required: ['x-a'] },
    {
      type: 'object',
      propertyNames: { pattern: '^[a-z]{3}$' },
      minProperties: 2,
      additionalProperties: { type: 'integer' },
    },
    {
      type: 'object',
      propertyNames: { enum: ['red', 'blue'] },
      minProperties: 2,
      additionalProperties: { type: 'string' },
    },
  ])('is one that its schema allows: %o', async (schema) => {
    const document = await loadParts({ components: { schemas: { Thing: schema } } });
    const validators = createValidators(document);
    const pointer = '#/components/schemas/Thing';
    for (const full of [false, true]) {
      const value = sample(document, pointer, seededSource(1), 'thing', { full, validators });
      expect([value, validators.validate(pointer, value, 'response', 'body')]).toEqual([value, []]);
    }
  });

  it('has a property by a pattern where it has no others', async () => {
    const schema = { type: 'object', patternProperties: { '^\\d{4}$': { type: 'number' } } };
    const document = await loadParts({ components: { schemas: { Thing: schema } } });
    const value = sample(document, '#/components/schemas/Thing', seededSource(1), 'thing', { full: true });
    expect(Object.keys(Object(value))).toEqual([expect.stringMatching(/^\d{4}$/)]);
  });
});

describe('a format', () => {
  it.each<[string, unknown, boolean]>([
    ['email', 'user@localhost', true],
    ['email', 'user@mail.example', true],
    ['email', 'user@', false],
    ['email', 'user@-a', false],
    ['byte', 'c2FtcGxl', true],
    ['byte', 'c2FtcGx\nsZQ==', false],
    ['byte', '_-8=', true],
    ['byte', 'no base64!', false],
    ['int64', 2 ** 53, true],
    ['int64', 2 ** 63, false],
    ['int64', 1.5, false],
  ])('%s of %s is fine: %s', async (format, value, expected) => {
    const document = await loadParts({ components: { schemas: { Thing: { format } } } });
    const violations = createValidators(document).validate(
      '#/components/schemas/Thing',
      value,
      'request',
      'body',
    );
    expect(violations.length === 0).toBe(expected);
  });
});
