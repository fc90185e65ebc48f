import { describe, expect, it, onTestFinished } from 'vitest';
import { loadDocument } from '../../src/openapi/load/load-document.ts';
import { createValidators } from '../../src/openapi/schema/validators.ts';
import { createMock } from '../../src/server/create-mock.ts';
import { writeDocument } from './inline-document.ts';

const head = 'openapi: 3.1.0\n';

/** Text, where the error is, and what it says. */
/** A document with one webhook, whose operation may go on. */
const hooked = `${head}webhooks:\n  user.update:\n    post:\n      summary: A user changed\n`;

/** An extension whose resource emits what is given. */
function emitting(emit: string): string {
  return `x-sparring:\n  resources:\n    users: {\n      emits: [{ ${emit} }] }\n`;
}

const broken: readonly (readonly [name: string, text: string, at: string, message: string])[] = [
  [
    'YAML that does not parse',
    'openapi: 3.1.0\npaths: [a, b\nx: 1\n',
    '3:1',
    'not valid YAML, deficient indentation',
  ],
  [
    'a key that comes twice',
    'openapi: 3.1.0\npaths: {}\npaths: {}\n',
    '3:1',
    'not valid YAML, duplicated mapping key',
  ],
  ['an empty file', '', '1:1', 'not valid YAML'],
  ['a list', '- a\n', '1:1', 'expected an object, found an array'],
  ['no version', 'info: {}\npaths: {}\n', '1:1', 'there is no field "openapi"'],
  [
    'a version that is not known',
    'openapi: 4.0.0\npaths: {}\n',
    '1:1',
    'expected openapi: "3.1.0" (or 3.0, 3.2, or swagger: "2.0"), found "4.0.0"',
  ],
  ['a version that is a number', 'openapi: 3.1\npaths: {}\n', '1:1', 'found 3.1'],
  ['neither paths nor webhooks', `${head}components: {}\n`, '1:1', 'expected paths or webhooks'],
  ['paths that are a list', `${head}paths: []\n`, '2:1', 'expected an object, found an array'],
  ['a path item that is null', `${head}paths:\n  /a: null\n`, '3:3', 'expected an object, found null'],
  [
    'an operation that is text',
    `${head}paths:\n  /a:\n    get: hello\n`,
    '4:5',
    'expected an object, found a string',
  ],
  [
    'an operationId that is a number',
    `${head}paths:\n  /a:\n    get: { operationId: 5 }\n`,
    '4:12',
    'expected a string, found a number',
  ],
  [
    'parameters that are an object',
    `${head}paths:\n  /a:\n    get:\n      parameters: {}\n`,
    '5:7',
    'expected an array, found an object',
  ],
  [
    'a parameter without a name',
    `${head}paths:\n  /a:\n    get:\n      parameters:\n        - in: query\n`,
    '6:11',
    'expected a string, found nothing',
  ],
  [
    'a parameter in no place',
    `${head}paths:\n  /a:\n    get:\n      parameters:\n        - name: a\n          in: body\n`,
    '7:11',
    'expected path, query, header or cookie',
  ],
  [
    'a status that is none',
    `${head}paths:\n  /a:\n    get:\n      responses:\n        ok: {}\n`,
    '6:9',
    'expected a status such as 200, 2XX or default, found "ok"',
  ],
  ['security that is an object', `${head}paths: {}\nsecurity: {}\n`, '3:1', 'expected an array'],
  [
    'a server without a URL',
    `${head}paths: {}\nservers:\n  - description: none\n`,
    '4:5',
    'expected a string, found nothing',
  ],
  [
    'a $ref that leads nowhere',
    `${head}paths:\n  /a:\n    get:\n      responses:\n        '200':\n          $ref: '#/components/responses/Gone'\n`,
    '7:11',
    'the $ref "#/components/responses/Gone" leads nowhere',
  ],
  [
    'an operation that refers to text',
    `${head}paths:\n  /a:\n    get: { $ref: '#/x-text' }\nx-text: hello\n`,
    '4:5',
    'expected an object, found a string',
  ],
  [
    'an unknown field of x-sparring',
    `${head}x-sparring:\n  setings: {}\npaths: {}\n`,
    '3:3',
    'x-sparring has no field "setings" here; did you mean settings?',
  ],
  [
    'a wrong value in x-sparring',
    `${head}paths:\n  /a:\n    get:\n      x-sparring:\n        action: destroy\n`,
    '6:9',
    'must be equal to one of the allowed values',
  ],
  [
    'an alias of an undocumented path',
    `${head}x-sparring:\n  aliases:\n    /b: /c\npaths:\n  /a: {}\n`,
    '4:5',
    'expected one of the documented paths',
  ],
  [
    'an unknown field of x-sparring on a webhook',
    `${hooked}      x-sparring: { delivry: {} }\n`,
    '6:21',
    'x-sparring has no field "delivry" here; did you mean delivery?',
  ],
  [
    'an unknown field of x-sparring beside the methods of a webhook that is referred to',
    `${head}webhooks:\n  a: { $ref: '#/components/pathItems/a' }\ncomponents:\n  pathItems:\n    a:\n      x-sparring: { emits: [] }\n`,
    '7:21',
    'x-sparring has no field "emits" here',
  ],
  [
    'an unknown field of x-sparring on a callback',
    `${head}paths:\n  /a:\n    post:\n      callbacks:\n        told:\n          $url:\n            post:\n              x-sparring: { retries: 5 }\n`,
    '9:29',
    'x-sparring has no field "retries" here',
  ],
  [
    'a resource that emits no webhook of the document',
    `${hooked}${emitting('event: user.updat')}`,
    '9:17',
    'there is no webhook named "user.updat"; did you mean user.update?',
  ],
  [
    'an operation that emits no webhook of the document',
    `${head}paths:\n  /a:\n    get:\n      x-sparring:\n        emits: [{ event: gone }]\n`,
    '6:19',
    'there is no webhook named "gone", nor any other',
  ],
  [
    'a payload with a malformed expression',
    `${hooked}${emitting('event: user.update, payload: { data: [$aftr] }')}`,
    '9:55',
    '"$aftr" is no runtime expression: expected $after',
  ],
  [
    'a payload that speaks of the attempt',
    `${hooked}${emitting('event: user.update, payload: $attempt.number')}`,
    '9:37',
    '$attempt has no value here',
  ],
  [
    'a payload with a setting that there is not',
    `${hooked}${emitting('event: user.update, payload: $setting.company')}`,
    '9:37',
    'there is no setting named "company"',
  ],
  [
    'a when that is no schema',
    `${hooked}${emitting('event: user.update, when: { properties: { after: { type: objekt } } }')}`,
    '9:68',
    'no JSON Schema',
  ],
  [
    'a when that refers to nothing',
    `${hooked}${emitting("event: user.update, when: { $ref: '#/components/schemas/Gone' }")}`,
    '9:37',
    'this schema cannot be compiled',
  ],
  [
    'a subscription whose writes are malformed',
    `${hooked}x-sparring:\n  subscriptions:\n    - collection: hooks\n      url: $subscription#/url\n      onAttempt:\n        - set:\n            tries: { $add: [$attempt.number, one] }\n`,
    '12:46',
    'expected a number or an expression, found a string',
  ],
];

describe('a broken document is refused with file, line, column and what was expected', () => {
  it.for(broken)('%s', async ([, text, at, message]) => {
    const file = writeDocument('broken.yaml', text);
    await expect(loadDocument(file)).rejects.toMatchObject({
      name: 'SparringError',
      code: 'document-invalid',
      message: expect.stringContaining(`${file}:${at}: ${message}`.replace(`: ${message}`, ': ')),
    });
    await expect(loadDocument(file)).rejects.toThrow(message);
  });

  it('JSON that does not parse', async () => {
    const file = writeDocument('broken.json', '{\n  "openapi": "3.1.0",\n  "paths": {},\n}\n');
    await expect(loadDocument(file)).rejects.toThrow(
      `${file}:4:1: not valid JSON, expected a property name in double quotes.`,
    );
  });

  it('several problems at once, each a violation', async () => {
    const file = writeDocument('broken.yaml', `${head}paths:\n  /a: null\n  /b: null\n`);
    const failure = await loadDocument(file).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      message: expect.stringContaining('(and 1 more)'),
      violations: [{ location: `${file}:3:3` }, { location: `${file}:4:3` }],
    });
  });

  it('a file that is not there', async () => {
    await expect(loadDocument('/nowhere/api.yaml')).rejects.toMatchObject({
      code: 'document-unreadable',
      message: '/nowhere/api.yaml cannot be read: there is no such file.',
    });
  });

  it('a folder', async () => {
    await expect(loadDocument(import.meta.dirname)).rejects.toMatchObject({ code: 'document-unreadable' });
  });
});

const slips: readonly (readonly [name: string, text: string, at: string, message: string])[] = [
  [
    'a path without a slash',
    `${head}paths:\n  pets: {}\n`,
    '3:3',
    'expected a path that starts with "/"; it is read as "/pets".',
  ],
  [
    'an operationId that comes twice',
    `${head}paths:\n  /a:\n    get: { operationId: same }\n  /b:\n    put: { operationId: same }\n`,
    '6:12',
    'the operationId "same" is already that of GET /a; here it is "put /b".',
  ],
  [
    'an operationId that comes twice in an older document',
    'openapi: 3.0.3\npaths:\n  /a:\n    get: { operationId: same }\n  /b:\n    put: { operationId: same }\n',
    '6:12',
    'the operationId "same" is already that of GET /a; here it is "put /b".',
  ],
  [
    'a path parameter that is not declared',
    `${head}paths:\n  /a/{id}:\n    get: {}\n`,
    '4:5',
    'expected a path parameter named "id", which GET /a/{id} does not declare; it is taken for any text.',
  ],
  [
    'a version of the API that is a number',
    `${head}info:\n  version: 2.5\npaths: {}\n`,
    '3:3',
    'expected a string, found a number; it is read as "2.5".',
  ],
  [
    'a type that there is not',
    `${head}paths: {}\ncomponents:\n  schemas:\n    One:\n      properties:\n        name: { type: strng }\n`,
    '7:17',
    'there is no type "strng"; it is taken for any.',
  ],
  [
    'a type that there is not, of several',
    `${head}paths: {}\ncomponents:\n  schemas:\n    One: { type: [string, nil] }\n`,
    '5:12',
    'there is no type "nil"; it is taken for any.',
  ],
  [
    'a type of a parameter of Swagger 2.0',
    `swagger: '2.0'\ninfo: { title: One, version: '1' }\npaths:\n  /a:\n    get:\n      parameters:\n        - { name: day, in: query, type: date }\n      responses: {}\n`,
    '7:35',
    'there is no type "date"; it is taken for any.',
  ],
  [
    'a list of schemas for items',
    `${head}paths: {}\ncomponents:\n  schemas:\n    One: { type: array, items: [{ type: string }, { type: integer }] }\n`,
    '5:25',
    'expected a schema, found a list of them; each item is taken for any of these.',
  ],
];

describe('what is wrong and can be read in one way only is read so, and told with file, line and column', () => {
  it.for(slips)('%s', async ([, text, at, message]) => {
    const file = writeDocument('slip.yaml', text);
    const document = await loadDocument(file);
    expect(document.warnings()).toEqual([`${file}:${at}: ${message}`]);
  });

  it('a value is judged by what is left of its schema', async () => {
    const schemas = {
      Pair: { type: 'array', items: [{ type: 'string' }, { type: 'integer' }] },
      Odd: { type: 'objekt' },
    };
    const given = { openapi: '3.1.0', paths: {}, components: { schemas } };
    const document = await loadDocument({ name: 'inline', document: given });
    const { validate } = createValidators(document);
    const violations = (name: string, value: unknown) =>
      validate(`#/components/schemas/${name}`, value, 'response', 'body').length;
    expect(violations('Pair', ['a', 1])).toBe(0);
    expect(violations('Pair', ['a', true])).toBeGreaterThan(0);
    expect(violations('Odd', 'anything')).toBe(0);
    expect(given.components.schemas.Odd.type).toBe('objekt');
  });

  it('leaves alone what is no schema', async () => {
    const example = { type: 'circle', items: [1, 2], schema: { type: 'round' } };
    const text = `${head}paths:
  /a:
    post:
      requestBody: { content: { application/json: { schema: { default: ${JSON.stringify(example)} }, example: ${JSON.stringify(example)} } } }
      responses: {}
components: { securitySchemes: { one: { type: apiKey, in: header, name: X } } }
`;
    const { warnings } = await loadDocument(writeDocument('examples.yaml', text));
    expect(warnings()).toEqual([]);
  });

  it('leaves alone the types of security schemes, of Swagger 2.0 too', async () => {
    const text = `swagger: '2.0'
info: { title: Keys, version: '1' }
paths: {}
securityDefinitions:
  key: { type: apiKey, in: header, name: X-Key }
  flow: { type: oauth2, flow: implicit, authorizationUrl: 'https://example.com', scopes: {} }
`;
    const document = await loadDocument(writeDocument('keys.yaml', text));
    expect(document.warnings()).toEqual([]);
    expect(Object.values(document.securitySchemes).map(({ type }) => type)).toEqual(['apiKey', 'oauth2']);
  });

  it('only the first of many', async () => {
    const operations = Array.from({ length: 30 }, (_, index) => `  /${index}/{id}:\n    get: {}\n`);
    const file = writeDocument('slips.yaml', `${head}paths:\n${operations.join('')}`);
    const { warnings } = await loadDocument(file);
    expect(warnings()).toHaveLength(21);
    expect(warnings().at(-1)).toBe(`${file}:1:1: and 10 more like these.`);
  });

  it('serves them: an id and a parameter for each operation', async () => {
    const notices: unknown[] = [];
    const text = `${head}info: { title: Slips, version: 1 }
paths:
  pets/{id}:
    get: &show
      operationId: same
      responses: { '200': { description: One, content: { application/json: { example: { id: a } } } } }
    put: *show
  /pets:
    get: *show
  /referred:
    get: { $ref: '#/paths/~1pets/get' }
  /told/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get: *show
`;
    const file = writeDocument('served.yaml', text);
    const mock = await createMock({ apis: [file], onNotice: (notice) => notices.push(notice) });
    onTestFinished(() => mock.close());
    const statuses = await Promise.all(
      ['/pets/1', '/pets', '/referred', '/told/1', '/told/one'].map(
        async (path) => (await mock.fetch(`/served${path}`)).status,
      ),
    );
    expect(statuses).toEqual([200, 200, 200, 200, 400]);
    expect(notices).toContainEqual({
      level: 'warning',
      message: `${file}:12:5: the operationId "same" is already that of GET /pets/{id}; here it is "get /referred".`,
    });
    const { operations } = await loadDocument(file);
    expect(operations.map(({ id }) => id)).toEqual([
      'same',
      'put /pets/{id}',
      'get /pets',
      'get /referred',
      'get /told/{id}',
    ]);
  });
});
