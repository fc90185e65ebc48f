import { expect, it } from 'vitest';
import { schemaFieldsOf } from '../../../src/commands/describe/schema-fields.ts';

it('the fields of a schema are named with their paths, types and needs', () => {
  const schema = {
    $defs: {
      Person: { type: 'object', required: ['name'], properties: { name: { type: ['string', 'null'] } } },
      Id: { type: 'string', format: 'uuid', description: 'Who it is. Never reused.' },
    },
    type: 'object',
    required: ['id'],
    allOf: [{ required: ['kind'], properties: { kind: { enum: ['a', 'b'] } } }],
    properties: {
      id: { $ref: '#/$defs/Id' },
      owner: { $ref: '#/$defs/Person' },
      lines: { type: 'array', items: { type: 'object', properties: { count: { type: 'integer' } } } },
    },
  };
  expect(schemaFieldsOf(schema)).toEqual([
    ['kind', '"a" | "b"', 'required', ''],
    ['id', 'string (uuid)', 'required', 'Who it is.'],
    ['owner', 'object', '', ''],
    ['owner.name', 'string | null', 'required', ''],
    ['lines', 'array', '', ''],
    ['lines[].count', 'integer', '', ''],
  ]);
});

it('a schema that refers to itself ends', () => {
  const schema = {
    $defs: { Node: { type: 'object', properties: { next: { $ref: '#/$defs/Node' } } } },
    $ref: '#/$defs/Node',
  };
  const paths = schemaFieldsOf(schema).map(([path]) => path);
  expect(paths.slice(0, 2)).toEqual(['next', 'next.next']);
  expect(paths.length).toBeLessThan(20);
});
