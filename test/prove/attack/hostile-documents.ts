type Schema = Readonly<Record<string, unknown>>;

/** A document with a list and a creation of things whose schemas are given, the first of them being a thing's. */
export function documentOf(schemas: Readonly<Record<string, Schema>>): unknown {
  const content = (schema: Schema) => ({ content: { 'application/json': { schema } } });
  const thing = { $ref: `#/components/schemas/${Object.keys(schemas)[0]}` };
  return {
    openapi: '3.1.0',
    info: { title: 'Hostile', version: '1' },
    paths: {
      '/things': {
        get: { responses: { 200: { description: 'x', ...content({ type: 'array', items: thing }) } } },
        post: {
          requestBody: { required: true, ...content(thing) },
          responses: { 201: { description: 'x', ...content(thing) } },
        },
      },
    },
    components: { schemas },
  };
}

const ref = (index: number): Schema => ({ $ref: `#/components/schemas/S${index}` });
const numbered = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const named = (count: number, make: (index: number) => Schema): Readonly<Record<string, Schema>> =>
  Object.fromEntries(numbered(count, (index) => [`S${index}`, make(index)]));

/** A document of so many schemas that refer to each other, and of two operations for each of some paths. */
export function largeDocument(schemas: number, paths: number): unknown {
  const media = (index: number) => ({ content: { 'application/json': { schema: ref(index) } } });
  const operationsAt = (index: number) => ({
    get: { responses: { 200: { description: 'x', ...media(index) } } },
    post: {
      requestBody: { required: true, ...media(index) },
      responses: { 201: { description: 'x', ...media(index) } },
    },
  });
  const made = named(schemas, (index) => ({
    type: 'object',
    required: ['p0'],
    properties: {
      ...Object.fromEntries(
        numbered(8, (at) => [`p${at}`, { type: at % 2 ? 'integer' : 'string', maxLength: 40 }]),
      ),
      ...Object.fromEntries(numbered(3, (at) => [`r${at}`, ref((index * 7 + at * 13 + 1) % schemas)])),
    },
  }));
  return {
    openapi: '3.1.0',
    info: { title: 'Large', version: '1' },
    paths: Object.fromEntries(numbered(paths, (index) => [`/things${index || ''}`, operationsAt(index)])),
    components: { schemas: made },
  };
}

const patterns = [
  '^(\\w+\\s?)*$',
  '^([a-z]+)*$',
  '^(a+)+$',
  '^(https?:\\/\\/)?([\\da-z\\.-]+)\\.([a-z\\.]{2,6})([\\/\\w \\.-]*)*\\/?$',
  '(x+x+)+y',
  '^(?=(a+)+$)a',
  '(.+)+\\1$',
  '^((a{1,30}){1,30}){1,30}$',
];

/** Documents that ask for more time or memory than anybody has. */
export const hostileDocuments: readonly (readonly [name: string, document: unknown])[] = [
  [
    'patterns that go back',
    documentOf({
      S0: {
        type: 'object',
        properties: Object.fromEntries(
          patterns.map((pattern, index) => [`p${index}`, { type: 'string', pattern }]),
        ),
      },
    }),
  ],
  ...[9, 12, 20].map((count): readonly [string, unknown] => [
    `${count} schemas that refer to each other`,
    documentOf(
      named(count, () => ({
        type: 'object',
        properties: Object.fromEntries(numbered(count, (index) => [`p${index}`, ref(index)])),
      })),
    ),
  ]),
  [
    '400 chained references',
    documentOf(named(400, (index) => (index < 399 ? ref(index + 1) : { type: 'string' }))),
  ],
  [
    '400 schemas in each other',
    documentOf(
      named(400, (index) => ({
        type: 'object',
        properties: { next: index < 399 ? ref(index + 1) : { type: 'string' } },
      })),
    ),
  ],
  [
    'an enum of 5,000',
    documentOf({
      S0: {
        type: 'object',
        required: ['e'],
        properties: { e: { type: 'string', enum: numbered(5000, (index) => `value${index}`) } },
      },
    }),
  ],
  [
    'a million items',
    documentOf({
      S0: {
        type: 'object',
        required: ['l'],
        properties: { l: { type: 'array', minItems: 1_000_000, items: { type: 'string' } } },
      },
    }),
  ],
  [
    'lists of lists of lists',
    documentOf({
      S0: {
        type: 'array',
        minItems: 1000,
        items: {
          type: 'array',
          minItems: 1000,
          items: { type: 'array', minItems: 1000, items: { type: 'string' } },
        },
      },
    }),
  ],
  ['a million properties', documentOf({ S0: { type: 'object', minProperties: 1_000_000 } })],
];

/** Bodies that make whoever reads them go back, or deep; of about a size in bytes. */
export function hostileBodies(size: number): readonly string[] {
  const text = 'a'.repeat(size);
  return [
    ...numbered(patterns.length, (index) => JSON.stringify({ [`p${index}`]: `${'a'.repeat(28)}!` })),
    ...numbered(patterns.length, (index) => JSON.stringify({ [`p${index}`]: `${text}!` })),
    '['.repeat(6000) + ']'.repeat(6000),
    `${'{"a":'.repeat(6000)}1${'}'.repeat(6000)}`,
    JSON.stringify(numbered(Math.floor(size / 2), () => 1)),
    JSON.stringify({ e: text, l: text }),
    '{'.repeat(size),
    '"'.repeat(size),
  ];
}
