import { isObject } from '../../src/json/is-object.ts';

const code = { type: 'string', minLength: 3, maxLength: 6, pattern: '^[a-z]+$' };

/** A document in which each keyword stands at least once, so that each can be broken alone. */
export const thing = {
  type: 'object',
  required: ['name', 'size', 'parts'],
  additionalProperties: false,
  minProperties: 3,
  maxProperties: 25,
  dependentRequired: { card: ['address'] },
  properties: {
    name: { type: 'string', minLength: 2, maxLength: 12 },
    code,
    mail: { type: 'string', format: 'email' },
    day: { type: 'string', format: 'date' },
    colour: { type: 'string', enum: ['red', 'green'] },
    version: { type: 'integer', const: 2 },
    size: { type: 'integer', minimum: 1, maximum: 10 },
    share: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
    price: { type: 'number', multipleOf: 0.05 },
    dozen: { type: 'integer', multipleOf: 12 },
    isOpen: { type: 'boolean' },
    tags: {
      type: 'array',
      items: { type: 'string', maxLength: 8 },
      minItems: 1,
      maxItems: 4,
      uniqueItems: true,
    },
    numbers: { type: 'array', items: { type: 'integer' }, contains: { type: 'integer', const: 7 } },
    pair: { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'string' }], items: false },
    parts: {
      type: 'array',
      items: {
        type: 'object',
        required: ['label'],
        properties: { label: { type: 'string' }, count: { type: 'integer' } },
      },
    },
    labels: {
      type: 'object',
      propertyNames: { pattern: '^[a-z]{2}$' },
      additionalProperties: { type: 'integer' },
      minProperties: 1,
      maxProperties: 3,
    },
    extra: {
      type: 'object',
      patternProperties: { '^x-[a-z]{2}$': { type: 'integer' } },
      additionalProperties: false,
    },
    card: { type: 'string' },
    address: { type: 'string' },
    word: { type: 'string', not: { enum: ['forbidden', 'banned'] } },
    pet: {
      oneOf: [
        {
          type: 'object',
          required: ['kind', 'barks'],
          properties: { kind: { type: 'string', const: 'dog' }, barks: { type: 'boolean' } },
        },
        {
          type: 'object',
          required: ['kind'],
          properties: { kind: { type: 'string', const: 'cat' }, lives: { type: 'integer', maximum: 9 } },
        },
      ],
    },
    either: {
      anyOf: [
        { type: 'string', minLength: 3 },
        { type: 'integer', minimum: 5 },
      ],
    },
    payment: {
      type: 'object',
      required: ['by'],
      properties: { by: { type: 'string', enum: ['card', 'cash'] }, number: { type: 'string' } },
      if: { properties: { by: { const: 'card' } } },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: { required: ['number'] },
    },
    note: { type: ['string', 'null'], maxLength: 5 },
    tree: { $ref: '#/components/schemas/Tree' },
  },
};

const answered = {
  '200': { description: 'Fine.' },
  '201': { description: 'Made.' },
  '4XX': { description: 'Refused.' },
};

export const keywordsDocument = {
  openapi: '3.1.0',
  info: { title: 'Keywords', version: '1' },
  paths: {
    '/things': {
      post: {
        operationId: 'makeThing',
        requestBody: { required: true, content: { 'application/json': { schema: thing } } },
        responses: answered,
      },
    },
    '/forms': {
      post: {
        operationId: 'sendForm',
        requestBody: {
          required: true,
          content: {
            'application/x-www-form-urlencoded': {
              schema: {
                type: 'object',
                required: ['age'],
                properties: { age: { type: 'integer', maximum: 99 }, code },
              },
            },
            'multipart/form-data': {
              schema: {
                type: 'object',
                required: ['age'],
                properties: { age: { type: 'integer', maximum: 99 }, code },
              },
            },
          },
        },
        responses: answered,
      },
    },
    '/places/{code}': {
      get: {
        operationId: 'findPlace',
        parameters: [
          { name: 'code', in: 'path', required: true, schema: code },
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 50 } },
          { name: 'sort', in: 'query', required: true, schema: { type: 'string', enum: ['up', 'down'] } },
          { name: 'ids', in: 'query', schema: { type: 'array', items: { type: 'integer' }, maxItems: 3 } },
          {
            name: 'box',
            in: 'query',
            style: 'deepObject',
            explode: true,
            schema: {
              type: 'object',
              required: ['w'],
              properties: { w: { type: 'integer' }, h: { type: 'integer' } },
            },
          },
          {
            name: 'where',
            in: 'query',
            content: {
              'application/json': {
                schema: { type: 'object', properties: { n: { type: 'integer', minimum: 3 } } },
              },
            },
          },
          { name: 'X-Trace', in: 'header', schema: { type: 'string', format: 'uuid' } },
          { name: 'X-Level', in: 'header', required: true, schema: { type: 'integer', multipleOf: 5 } },
          { name: 'theme', in: 'cookie', schema: { type: 'string', enum: ['dark', 'light'] } },
        ],
        responses: answered,
      },
    },
  },
  components: {
    schemas: {
      Tree: {
        type: 'object',
        required: ['value'],
        properties: {
          value: { type: 'integer' },
          kids: { type: 'array', items: { $ref: '#/components/schemas/Tree' }, maxItems: 2 },
        },
      },
    },
  },
};

/** Keywords whose values are schemas by name. */
const maps = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
  'schemas',
  'paths',
  'responses',
  'content',
]);

/** The document without a keyword in any of its schemas and parameters: what a server obeys that does not look at it. */
export function withoutKeyword(value: unknown, keyword: string, isMap = false): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutKeyword(item, keyword));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => isMap || key !== keyword)
      .map(([key, part]) => [key, withoutKeyword(part, keyword, !isMap && maps.has(key))]),
  );
}

/** A keyword, and places where a server that does not look at it must be caught. */
export const keywordTable: readonly (readonly [keyword: string, places: readonly string[]])[] = [
  ['minLength', ['body/name', 'body/code', 'path/code']],
  ['maxLength', ['body/name', 'body/code', 'body/tags/0', 'body/note', 'path/code']],
  ['pattern', ['body/code', 'path/code']],
  ['format', ['body/mail', 'body/day', 'header/X-Trace']],
  ['enum', ['body/colour', 'query/sort', 'cookie/theme']],
  ['const', ['body/version', 'body/pet/kind']],
  ['minimum', ['body/size', 'query/limit', 'query/where/n']],
  ['maximum', ['body/size', 'query/limit', 'body/age']],
  ['exclusiveMinimum', ['body/share']],
  ['exclusiveMaximum', ['body/share']],
  ['multipleOf', ['body/price', 'body/dozen', 'header/X-Level']],
  ['minItems', ['body/tags']],
  ['maxItems', ['body/tags', 'query/ids', 'body/tree/kids']],
  ['uniqueItems', ['body/tags']],
  ['contains', ['body/numbers']],
  ['items', ['body/pair']],
  [
    'required',
    ['body/name', 'body/parts/0/label', 'query/sort', 'header/X-Level', 'query/box/w', 'body/tree/value'],
  ],
  ['additionalProperties', ['body', 'body/extra']],
  ['propertyNames', ['body/labels']],
  ['minProperties', ['body/labels']],
  ['maxProperties', ['body/labels']],
  ['dependentRequired', ['body']],
  ['not', ['body/word']],
  ['oneOf', ['body/pet']],
  ['anyOf', ['body/either']],
  ['if', ['body/payment']],
  ['type', ['body/name', 'body/isOpen', 'body/parts/0/count', 'query/limit', 'query/ids/0', 'body/pair/0']],
];

/** Rules that stand inside a keyword's schemas, or that nobody can look at who does not look at it. */
const within: Readonly<Record<string, RegExp>> = {
  pattern: /^body\/labels propertyNames$/,
  const: /^body\/numbers contains$/,
  items: /^(?:body\/(?:parts|tags)|query\/ids)\/0/,
  required: /^body\/payment if$/,
  additionalProperties: /^body\/labels\/\w+ type$/,
  oneOf: /^body\/pet/,
  anyOf: /^body\/either/,
  // Text is read as a number where a type says so.
  type: /^(?:body\/either|body\/age maximum|query\/limit m|header\/X-Level multipleOf)/,
};

/** The rules that a server lets pass though the keyword that it does not look at is not theirs. */
export function unexplained(found: readonly string[], keyword: string): readonly string[] {
  const explained = within[keyword];
  return found.filter((rule) => !rule.endsWith(` ${keyword}`) && explained?.test(rule) !== true);
}
