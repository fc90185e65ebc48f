import { describe, expect, it } from 'vitest';
import { sample } from '../../../src/openapi/sample/sample.ts';
import { textOfPattern } from '../../../src/openapi/sample/text-of-pattern.ts';
import { createValidators } from '../../../src/openapi/schema/validators.ts';
import { createDerivation } from '../../../src/state/derivation.ts';
import { loadParts, must } from '../inline-document.ts';

async function sampleOf(schema: unknown) {
  const document = await loadParts({ components: { schemas: { Value: schema } } });
  const at = '#/components/schemas/Value';
  const value = sample(document, at, createDerivation('test'), 'value');
  return { value, violations: createValidators(document).validate(at, value, 'response', 'value') };
}

describe('a sample', () => {
  it.each<[string, unknown]>([
    [
      'formats',
      {
        type: 'object',
        required: ['a', 'b', 'c', 'd'],
        properties: {
          a: { type: 'string', format: 'uuid' },
          b: { type: 'string', format: 'email' },
          c: { type: 'string', format: 'date' },
          d: { type: 'string', format: 'uri' },
        },
      },
    ],
    ['bounds of text', { type: 'string', minLength: 20, maxLength: 22 }],
    ['patterns', { type: 'string', pattern: '^[A-Z]{3}-\\d{4}$' }],
    ['bounds of numbers', { type: 'integer', minimum: 7, multipleOf: 5 }],
    ['exclusive bounds', { type: 'number', exclusiveMinimum: 0, maximum: 0.5 }],
    ['only an upper bound', { type: 'integer', maximum: -3 }],
    ['arrays', { type: 'array', minItems: 2, items: { type: 'integer', minimum: 1 } }],
    ['enums', { enum: ['b', 'a'] }],
    [
      'branches',
      {
        oneOf: [
          { type: 'object', required: ['x'], properties: { x: { type: 'boolean' } } },
          { type: 'string' },
        ],
      },
    ],
    [
      'parts',
      {
        allOf: [
          { type: 'object', required: ['x'], properties: { x: { type: 'integer' } } },
          { required: ['y'], properties: { y: { type: 'string' } } },
        ],
      },
    ],
    [
      'itself',
      {
        type: 'object',
        required: ['next'],
        properties: { next: { anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/Value' }] } },
      },
    ],
  ])('keeps to %s', async (_, schema) => {
    const { value, violations } = await sampleOf(schema);
    expect(value).toBeDefined();
    expect(violations).toEqual([]);
  });

  it('is what the document shows', async () => {
    expect((await sampleOf({ type: 'string', examples: ['shown'] })).value).toBe('shown');
    expect((await sampleOf({ type: 'integer', default: 4, minimum: 1 })).value).toBe(4);
  });

  it('is as full as the schema allows where that is asked for', async () => {
    const schemas = {
      Node: {
        type: 'object',
        required: ['id'],
        properties: {
          id: { type: 'string', format: 'uuid' },
          note: { type: ['string', 'null'] },
          secret: { type: 'string', writeOnly: true },
          old: { type: 'string', deprecated: true },
          tags: { type: 'array', items: { enum: ['x', 'y'] } },
          parent: { $ref: '#/components/schemas/Node' },
          children: { type: 'array', items: { $ref: '#/components/schemas/Node' } },
        },
      },
    };
    const document = await loadParts({ components: { schemas } });
    const node = sample(document, '#/components/schemas/Node', createDerivation('test'), 'node', {
      full: true,
    });
    expect(node).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      note: expect.any(String),
      tags: ['x'],
      children: [],
    });
  });

  it('ends where a schema requires itself for ever', async () => {
    const { value } = await sampleOf({
      type: 'object',
      required: ['next'],
      properties: { next: { $ref: '#/components/schemas/Value' } },
    });
    expect(JSON.stringify(value).length).toBeLessThan(200);
  });
});

describe('text of a pattern', () => {
  it.each([
    '^cus_[A-Za-z0-9]{14}$',
    '^\\d{3}-\\w+$',
    '[a-f0-9]{2,4}x?',
    '^a\\.b[-_.]*$',
    '^(a|b)$',
    '^(?:ab|c(?<d>d))+?e$',
    '[^a]',
    '^[^/]+/[^/\\s]+$',
    '^a$|^b$',
    '^https?:\\/\\/\\S+$',
  ])('matches %s', (pattern) => {
    const make = must(textOfPattern(pattern));
    for (const turn of [0, 0.5, 0.99])
      expect(make((_, below) => Math.floor(below * turn))).toMatch(new RegExp(pattern));
  });

  it.each(['^\\p{Ogham}+$', 'a\\b', '^(?!a)b$', '(?<=a)b', '(a)\\1', 'a$b', '((((a{99}){99}){99}){99})'])(
    'is not attempted for %s',
    (pattern) => {
      expect(textOfPattern(pattern)).toBeUndefined();
    },
  );
});
