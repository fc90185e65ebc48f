import { describe, expect, it } from 'vitest';
import { inferResources } from '../../../src/openapi/infer/infer-resources.ts';
import { loadDocument } from '../../../src/openapi/load/load-document.ts';
import { inPath, json, ref } from '../infer-client.ts';
import { documentFile, loadParts, must } from '../inline-document.ts';

/** What each operation of some paths is taken for, as `action collection`, or `nothing`. */
async function taken(
  paths: Readonly<Record<string, unknown>>,
  schemas: Readonly<Record<string, unknown>> = {},
): Promise<Record<string, string>> {
  const document = await loadParts({ paths, components: { schemas } });
  const model = inferResources(document);
  return Object.fromEntries(
    document.operations.map((operation) => {
      const action = model.actionOf(operation);
      return [operation.id, action ? `${action.action} ${action.resource.collection}` : 'nothing'];
    }),
  );
}

/** Paths of a collection and its items. */
function collection(item: unknown, parameter = 'id'): Record<string, unknown> {
  return {
    '/things': { get: { operationId: 'list', responses: { 200: json({ type: 'array', items: item }) } } },
    [`/things/{${parameter}}`]: {
      parameters: [inPath(parameter)],
      get: { operationId: 'read', responses: { 200: json(item) } },
    },
  };
}

describe('what is inferred', () => {
  it('takes a collection for what it is where most can be done with it, whichever path comes first', async () => {
    const attempt = { type: 'object', required: ['at'], properties: { at: { type: 'string' } } };
    const item = { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } };
    const attempts = { operationId: 'attempts', responses: { 200: json({ type: 'array', items: attempt }) } };
    const paths = {
      '/attempts/things/{id}': { parameters: [inPath('id')], get: attempts },
      ...collection(item),
    };
    expect(await taken(paths)).toEqual({ attempts: 'nothing', list: 'list things', read: 'read things' });
  });

  it('needs no component schemas', async () => {
    const item = { type: 'object', properties: { id: { type: 'integer' } } };
    expect(await taken(collection(item))).toEqual({ list: 'list things', read: 'read things' });
  });

  it.each([
    ['id', { id: {} }, 'id'],
    ['thing_id', { thing_id: {}, id: {} }, 'thing_id'],
    ['thingId', { id: {} }, 'id'],
    ['thing_key', { key: {} }, 'key'],
    ['slug', { slug: {} }, 'slug'],
  ])('takes a field for the id: {%s} of %o is %s', async (parameter, properties, expected) => {
    const document = await loadParts({
      paths: collection(ref('Thing'), parameter),
      components: { schemas: { Thing: { type: 'object', properties } } },
    });
    expect(inferResources(document).resources.get('things')?.id).toBe(expected);
  });

  it('is nothing where a closed schema has no place for an id', async () => {
    const item = { type: 'object', properties: { name: {} }, additionalProperties: false };
    expect(await taken(collection(item))).toEqual({ list: 'nothing', read: 'nothing' });
  });

  it('is nothing for calls of procedures, and for documents whose parts disagree', async () => {
    const result = { type: 'object', properties: { ok: { type: 'boolean' } } };
    expect(
      await taken({
        '/users/login': { post: { operationId: 'login', responses: { 200: json(result) } } },
        '/status': { get: { operationId: 'status', responses: { 200: json(result) } } },
        '/{tenant}/{id}': {
          parameters: [inPath('tenant'), inPath('id')],
          get: { operationId: 'any', responses: { 200: json(result) } },
        },
      }),
    ).toEqual({ login: 'nothing', status: 'nothing', any: 'nothing' });
  });

  it('is nothing for a list that holds two kinds of records', async () => {
    const list = {
      type: 'object',
      properties: {
        some: { type: 'array', items: ref('Thing') },
        others: { type: 'array', items: ref('Thing') },
      },
    };
    const paths = {
      ...collection(ref('Thing')),
      '/things': { get: { operationId: 'list', responses: { 200: json(list) } } },
    };
    expect(await taken(paths, { Thing: { type: 'object', properties: { id: {} } } })).toEqual({
      list: 'nothing',
      read: 'read things',
    });
  });

  it.each(['customerId', 'customer_id', 'customer'])('finds the field of a parent: %s', async (field) => {
    const order = { type: 'object', properties: { id: {}, [field]: {} } };
    const document = await loadParts({
      paths: {
        '/customers/{id}/orders': {
          parameters: [inPath('id')],
          get: { responses: { 200: json({ type: 'array', items: order }) } },
        },
        '/customers/{id}/orders/{order}': {
          parameters: [inPath('id'), inPath('order')],
          get: { responses: { 200: json(order) } },
        },
      },
    });
    const action = inferResources(document).actionOf(must(document.operations[0]));
    expect(action?.parents).toEqual([{ parameter: 'id', field, collection: undefined }]);
  });

  it('sees through the envelope of a record', async () => {
    const document = await loadDocument(documentFile('infer-shop.yaml'));
    const model = inferResources(document);
    expect(model.resources.get('customers')).toMatchObject({
      id: 'id',
      schema: '#/components/schemas/Customer',
      timestamps: { created: 'created_at', updated: 'updated_at', unit: 'date-time' },
    });
    const list = model.actionOf(must(document.operationsById.get('listCustomers')))?.list;
    expect(list).toEqual({
      itemsAt: ['data'],
      totalAt: ['meta', 'total'],
      totalHeader: undefined,
      paging: { by: 'page', start: 'page', size: 'per_page', defaultSize: 2, first: 1 },
      facts: [],
      filters: [{ name: 'city', at: ['city'] }],
      sorts: [],
    });
  });
});
