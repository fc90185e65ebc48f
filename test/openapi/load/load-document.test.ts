import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundledApis } from '../../../src/openapi/load/bundled-apis.ts';
import { loadDocument } from '../../../src/openapi/load/load-document.ts';
import { createValidators } from '../../../src/openapi/schema/validators.ts';
import { documentFile, loadParts, must, writeDocument } from '../inline-document.ts';

describe('a document of 3.1', () => {
  const loading = loadDocument(documentFile('pets.yaml'));
  const operation = async (id: string) => must((await loading).operationsById.get(id));

  it('is named for its file and described by its info', async () => {
    const pets = await loading;
    expect(pets).toMatchObject({
      name: 'pets',
      title: 'Pets',
      version: '1.2.3',
      file: documentFile('pets.yaml'),
    });
    expect(pets.files).toEqual([documentFile('pets.yaml')]);
  });

  it('lists its operations in order, with method and path where there is no operationId', async () => {
    const ids = (await loading).operations.map(({ id }) => id);
    expect(ids).toEqual(['listPets', 'createPet', 'readPet', 'get /health']);
  });

  it('fills variables of server URLs and tells host and base path', async () => {
    expect((await loading).servers).toEqual([
      { url: 'https://eu.pets.test/v1/', hostname: 'eu.pets.test', basePath: '/v1' },
      { url: '/relative', hostname: '', basePath: '/relative' },
    ]);
  });

  it('merges parameters of path and operation, the latter winning, with default styles', async () => {
    expect((await operation('listPets')).parameters).toEqual([
      {
        name: 'trace',
        in: 'header',
        required: false,
        style: 'simple',
        explode: false,
        allowReserved: false,
        schema: '#/paths/~1pets/parameters/0/schema',
      },
      {
        name: 'limit',
        in: 'query',
        required: false,
        style: 'form',
        explode: true,
        allowReserved: false,
        schema: '#/components/parameters/Limit/schema',
      },
    ]);
  });

  it('follows $refs of path items, bodies, answers and security schemes', async () => {
    const pets = await loading;
    expect((await operation('readPet')).pointer).toBe('#/components/pathItems/Pet/get');
    expect((await operation('readPet')).parameters.map(({ name }) => name)).toEqual(['id']);
    expect((await operation('createPet')).requestBody).toMatchObject({
      required: true,
      mediaTypes: [
        {
          name: 'application/json',
          schema: '#/components/requestBodies/Pet/content/application~1json/schema',
        },
      ],
    });
    expect((await operation('listPets')).responses.map(({ pointer, status }) => [status, pointer])).toEqual([
      ['2XX', '#/components/responses/Pets'],
      ['default', '#/paths/~1pets/get/responses/default'],
    ]);
    expect(pets.securitySchemes.oauth).toEqual({ type: 'http', scheme: 'bearer' });
  });

  it('lower-cases media types and lists headers of answers', async () => {
    const [created] = (await operation('createPet')).responses;
    expect(created?.mediaTypes.map(({ name }) => name)).toEqual(['application/json']);
    expect(created?.headers).toMatchObject([{ name: 'Location', required: true }]);
  });

  it('inherits security, unless the operation has its own', async () => {
    expect((await operation('readPet')).security).toEqual([[{ scheme: 'token', scopes: [] }]]);
    expect((await operation('listPets')).security).toEqual([]);
    expect((await operation('createPet')).security).toEqual([
      [],
      [
        { scheme: 'token', scopes: [] },
        { scheme: 'oauth', scopes: ['write'] },
      ],
    ]);
  });

  it("names the hosts of an operation's own servers that are not the document's", async () => {
    expect((await operation('createPet')).hosts).toEqual(['upload.pets.test']);
    expect((await operation('listPets')).hosts).toEqual([]);
  });

  it('allows an operation without answers', async () => {
    expect((await operation('get /health')).responses).toEqual([]);
  });

  it('resolves pointers through $refs on the way and at the end', async () => {
    const pets = await loading;
    expect(pets.resolve('#/paths/~1pets~1{id}/get/operationId')?.node).toBe('readPet');
    expect(pets.resolve('#/paths/~1pets~1%7Bid%7D/get/operationId')?.node).toBe('readPet');
    expect(pets.resolve('#/components/schemas/Pet/properties/parent/properties/parent')?.pointer).toBe(
      '#/components/schemas/Pet',
    );
    expect(pets.resolve('#/components/schemas/Nothing')).toBeUndefined();
    expect(pets.resolve('#/components/constructor')).toBeUndefined();
  });

  it('says where a node stands', async () => {
    const pets = await loading;
    expect(pets.position('#/paths/~1pets/post/operationId')).toEqual({
      file: documentFile('pets.yaml'),
      line: 23,
      column: 7,
    });
    expect(pets.position('#')).toMatchObject({ line: 1, column: 1 });
  });
});

describe('names', () => {
  it.for([
    ['My API.v2.yaml', 'my-api-v2'],
    ['Ünïcode.yml', '-n-code'],
    ['petstore.JSON', 'petstore'],
  ] as const)('%s becomes %s', async ([file, name]) => {
    const path = writeDocument(file, '{ "openapi": "3.1.0", "paths": {} }');
    expect((await loadDocument(path)).name).toBe(name);
  });

  it('are the given ones of inline documents', async () => {
    const document = await loadDocument({ name: 'Mine', document: { openapi: '3.1.0', paths: {} } });
    expect(document).toMatchObject({ name: 'mine', title: 'mine', file: '<inline>', files: ['<inline>'] });
    expect(document.position('#/paths')).toBeUndefined();
  });
});

describe('a document given as an object', () => {
  it('is copied, so that later changes do not reach it', async () => {
    const document = { openapi: '3.1.0', info: { title: 'Before', version: '1' }, paths: {} };
    const loaded = await loadDocument({ name: 'copy', document });
    document.info.title = 'After';
    expect(loaded.root.info.title).toBe('Before');
  });

  it('is refused when it is circular', async () => {
    const document: Record<string, unknown> = { openapi: '3.1.0', paths: {} };
    document.self = document;
    await expect(loadDocument({ name: 'loop', document })).rejects.toMatchObject({
      code: 'document-invalid',
    });
  });

  it('is refused when it refers to files and no folder is given', async () => {
    const refused = loadParts({ components: { schemas: { A: { $ref: 'a.yaml' } } } });
    await expect(refused).rejects.toMatchObject({
      code: 'document-invalid',
      message: expect.stringContaining('other files'),
    });
  });

  it('finds files in the folder that is given', async () => {
    const document = {
      openapi: '3.1.0',
      paths: {},
      components: { schemas: { A: { $ref: 'schemas/order.yaml#/Order' } } },
    };
    const loaded = await loadDocument({ name: 'inline', document }, { root: documentFile('split') });
    expect(loaded.resolve('#/components/schemas/A')?.node).toMatchObject({ required: ['customer'] });
  });
});

describe('a document of several files', () => {
  const loading = loadDocument(documentFile('split/openapi.yaml'));

  it('becomes one, its parts components named for what they were called', async () => {
    const split = await loading;
    const [list] = split.operations;
    expect(list?.id).toBe('listCustomers');
    expect(list?.parameters).toMatchObject([
      { name: 'limit', schema: '#/components/parameters/Limit/schema' },
    ]);
    expect(list?.responses[0]?.pointer).toBe('#/components/responses/Customers');
    expect(Object.keys(split.root.components?.schemas ?? {})).toEqual([
      'Address',
      'Example',
      'customer',
      'Order',
    ]);
  });

  it('keeps circular references between files, and those back into the root', async () => {
    const split = await loading;
    const order = '#/components/schemas/customer/properties/orders/items';
    expect(split.resolve(order)?.pointer).toBe('#/components/schemas/Order');
    expect(split.resolve(`${order}/properties/customer`)?.pointer).toBe('#/components/schemas/customer');
    expect(split.resolve(`${order}/properties/previous`)?.pointer).toBe('#/components/schemas/Order');
    expect(split.resolve('#/components/schemas/customer/properties/address')?.pointer).toBe(
      '#/components/schemas/Address',
    );
  });

  it('puts operations that are references in their place', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sparring-'));
    writeFileSync(
      join(folder, 'read.yaml'),
      'operationId: read\nresponses:\n  "200": { $ref: "answer.yaml" }\n',
    );
    writeFileSync(join(folder, 'answer.yaml'), 'description: It\n');
    const file = join(folder, 'api.yaml');
    writeFileSync(file, 'openapi: 3.1.0\npaths:\n  /a:\n    get: { $ref: read.yaml }\n');
    const document = await loadDocument(file);
    expect(document.operations).toMatchObject([{ id: 'read', responses: [{ status: '200' }] }]);
    expect(document.root.components).not.toHaveProperty('schemas');
    expect(document.position('#/paths/~1a/get/responses')).toMatchObject({
      file: join(realpathSync(folder), 'read.yaml'),
      line: 2,
    });
  });

  it('leaves $ref in data alone', async () => {
    expect((await loading).resolve('#/components/schemas/Example/example')?.node).toBeUndefined();
    expect((await loading).root.components?.schemas?.Example).toMatchObject({
      example: { $ref: 'not/a/reference.yaml' },
    });
  });

  it('names all its files, root first, and knows in which a node stands', async () => {
    const split = await loading;
    expect(split.files[0]).toBe(documentFile('split/openapi.yaml'));
    expect(split.files.toSorted()).toEqual(
      ['openapi.yaml', 'parameters.json', 'paths.yaml', 'schemas/customer.yaml', 'schemas/order.yaml'].map(
        (file) => documentFile(`split/${file}`),
      ),
    );
    expect(split.position('#/components/schemas/Order/properties/customer')).toEqual({
      file: documentFile('split/schemas/order.yaml'),
      line: 5,
      column: 5,
    });
    expect(split.position('#/paths/~1customers/get/operationId')).toMatchObject({
      file: documentFile('split/paths.yaml'),
      line: 3,
    });
  });

  it.for([
    ['https://example.com/schema.yaml', 'remote documents are not fetched'],
    ['file:///etc/hostname', 'remote documents are not fetched'],
    ['//example.com/schema.yaml', 'remote documents are not fetched'],
    ['../outside.yaml', 'it leaves the folder of the document'],
    ['/etc/hostname', 'it leaves the folder of the document'],
    ['%2e%2e/outside.yaml', 'it leaves the folder of the document'],
    ['missing.yaml', 'there is no such file'],
    ['link.yaml', 'it leaves the folder of the document'],
    ['there.yaml#/nothing', 'nothing stands at #/nothing'],
  ] as const)('refuses $ref %s', async ([reference, why]) => {
    const outer = realpathSync(mkdtempSync(join(tmpdir(), 'sparring-')));
    const folder = join(outer, 'api');
    mkdirSync(folder);
    writeFileSync(join(outer, 'outside.yaml'), 'type: string');
    writeFileSync(join(folder, 'there.yaml'), 'type: string');
    symlinkSync(join(outer, 'outside.yaml'), join(folder, 'link.yaml'));
    const file = join(folder, 'api.yaml');
    writeFileSync(
      file,
      `openapi: 3.1.0\npaths: {}\ncomponents:\n  schemas:\n    A:\n      $ref: "${reference}"\n`,
    );
    await expect(loadDocument(file)).rejects.toMatchObject({
      code: 'document-invalid',
      message: expect.stringMatching(new RegExp(`^${file}:6:7: .*${why}`)),
    });
  });

  it('may reach further where its root is said to be further up', async () => {
    const outer = realpathSync(mkdtempSync(join(tmpdir(), 'sparring-')));
    mkdirSync(join(outer, 'api'));
    writeFileSync(join(outer, 'shared.yaml'), 'type: string');
    const below = join(outer, 'api', 'api.yaml');
    writeFileSync(
      below,
      'openapi: 3.1.0\npaths: {}\ncomponents: { schemas: { A: { $ref: ../shared.yaml } } }',
    );
    await expect(loadDocument(below)).rejects.toMatchObject({ code: 'document-invalid' });
    expect((await loadDocument(below, { root: outer })).resolve('#/components/schemas/A')?.node).toEqual({
      type: 'string',
    });
  });
});

describe('an older document', () => {
  it('of 3.0 is upgraded, and null stays allowed where nullable stands beside an enum', async () => {
    const old = await loadDocument(documentFile('old-3.0.yaml'));
    expect(old.root.openapi).toMatch(/^3\.1/);
    expect(old.resolve('#/components/schemas/Thing/properties/size')?.node).toEqual({
      type: ['string', 'null'],
      enum: ['small', 'large', null],
    });
    expect(old.resolve('#/paths/~1things~1{id}/get/parameters/0/schema')?.node).toEqual({
      type: 'integer',
      exclusiveMinimum: 1,
    });
  });

  it('of 3.0 is checked as it was written', async () => {
    const file = writeDocument('old.yaml', 'openapi: 3.0.0\npaths:\n  /a/{id}:\n    get: []\n');
    await expect(loadDocument(file)).rejects.toMatchObject({
      message: `${file}:4:5: expected an object, found an array.`,
    });
  });

  it('of 2.0 is upgraded', async () => {
    const older = await loadDocument(documentFile('old-2.0.json'));
    const [replace] = older.operations;
    expect(older.servers).toMatchObject([{ hostname: 'older.test', basePath: '/v2' }]);
    expect(replace?.parameters.map(({ explode, name }) => [name, explode])).toEqual([
      ['id', false],
      ['tags', false],
    ]);
    expect(replace?.requestBody?.mediaTypes.map(({ name }) => name)).toEqual(['application/json']);
    expect(
      older.resolve('#/paths/~1things~1{id}/put/responses/200/content/application~1json/schema')?.pointer,
    ).toBe('#/components/schemas/Thing');
  });
});

describe('depth', () => {
  it('a chain of 10,000 $refs is followed', async () => {
    const schemas: Record<string, unknown> = { S10000: { type: 'string' } };
    for (let index = 0; index < 10_000; index += 1)
      schemas[`S${index}`] = { $ref: `#/components/schemas/S${index + 1}` };
    const document = await loadParts({ components: { schemas } });
    expect(document.resolve('#/components/schemas/S0')).toEqual({
      node: { type: 'string' },
      pointer: '#/components/schemas/S10000',
    });
  });

  it('$refs that only lead to each other are refused, at load and by resolve', async () => {
    const schemas = { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } };
    await expect(loadParts({ components: { schemas } })).rejects.toMatchObject({
      code: 'document-invalid',
      message: expect.stringContaining('lead only to each other'),
    });
  });

  it('a document nested 20,000 levels deep is refused, and never overflows the stack', async () => {
    const deep = `${'{"items":'.repeat(20_000)}{}${'}'.repeat(20_000)}`;
    const json = writeDocument(
      'deep.json',
      `{"openapi":"3.1.0","paths":{},"components":{"schemas":{"Deep":${deep}}}}`,
    );
    await expect(loadDocument(json)).rejects.toMatchObject({
      code: 'document-invalid',
      message: expect.stringContaining('nested more than 1000 levels deep'),
    });
    const yaml = writeDocument('deep.yaml', `openapi: 3.1.0\npaths: {}\nx-deep: ${'['.repeat(20_000)}`);
    await expect(loadDocument(yaml)).rejects.toMatchObject({
      code: 'document-invalid',
      message: expect.stringContaining('nesting'),
    });
  });

  it('YAML aliases of aliases that multiply are refused', async () => {
    const levels = Array.from(
      { length: 40 },
      (_, index) => `  a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`,
    );
    const file = writeDocument(
      'laughs.yaml',
      `openapi: 3.1.0\npaths: {}\nx-laughs:\n  a0: &a0 [ha]\n${levels.join('\n')}\n`,
    );
    await expect(loadDocument(file)).rejects.toMatchObject({
      code: 'document-invalid',
      message: expect.stringContaining('aliases that stand for more than'),
    });
  });

  it.runIf(process.platform !== 'win32')('a $ref to a pipe is refused rather than waited for', async () => {
    const file = writeDocument('piped.yaml', 'openapi: 3.1.0\npaths:\n  /a: { $ref: "./pipe.yaml#/a" }\n');
    execFileSync('mkfifo', [join(dirname(file), 'pipe.yaml')]);
    await expect(loadDocument(file)).rejects.toMatchObject({
      code: 'document-invalid',
      message: expect.stringContaining('it is no file'),
    });
  });
});

describe('the bundled documents', () => {
  it.for(bundledApis().map(({ file, name }) => [name, file] as const))(
    '%s passes all checks that other documents pass',
    async ([, file]) => {
      const document = await loadDocument(file);
      const copy = await loadDocument({ name: 'copy', document: document.root });
      expect(copy.operations.length).toBeGreaterThan(0);
      expect(copy.operations.map(({ id }) => id)).toEqual(document.operations.map(({ id }) => id));
    },
  );
});

describe('a pattern that nobody knows', () => {
  it('is told with its place, and judges nothing', async () => {
    const pattern = '(?x) a b';
    const document = await loadDocument(
      writeDocument(
        'odd.yaml',
        `openapi: 3.1.0\ninfo: { title: t, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    A: { type: string, pattern: '${pattern}' }\n    B: { type: string, pattern: '(?i)b' }\n    C: { type: string, pattern: '(?i)^a$', example: { pattern: '(?x)' } }\n`,
      ),
    );
    expect(document.warnings()).toEqual([
      expect.stringMatching(/odd\.yaml:6:\d+: the pattern "\(\?x\) a b" is no/),
    ]);
    const { validate } = createValidators(document);
    expect(validate('#/components/schemas/A', 'anything', 'request', 'body')).toEqual([]);
    expect(validate('#/components/schemas/C', 'A', 'request', 'body')).toEqual([]);
    expect(validate('#/components/schemas/C', 'b', 'request', 'body')).toHaveLength(1);
  });
});
