import { describe, expect, it } from 'vitest';
import { nodeAt, objectAt, operationsOf, schemaCompiler, sourceDocument } from './documents.ts';
import { examplesOf } from './examples.ts';

const { root } = sourceDocument('authentic');
const extension = objectAt(root, 'x-sparring');
const compile = schemaCompiler(root);
const accepts = (schema: string, value: unknown): boolean =>
  compile(`#/components/schemas/${schema}`)(value) === true;
const operations = operationsOf(root);
const webhooks = operationsOf(root, 'webhooks');
const byId = (part: 'responses' | 'security') =>
  Object.fromEntries(operations.map(({ id, definition }) => [id, definition[part]]));

describe('the operations of authentic.network', () => {
  it('are the three of its documentation', () => {
    expect(operations.map(({ id, method, path }) => `${id} ${method.toUpperCase()} ${path}`)).toEqual([
      'getHooks GET /api/v2/producers/hooks',
      'createHook POST /api/v2/producers/hooks',
      'deleteHook DELETE /api/v2/producers/hooks/{idwebhook}',
    ]);
    for (const { definition, id } of operations)
      expect([id, definition['x-provenance']]).toEqual([id, 'document']);
  });

  it('answer the statuses that it lists; that creating answers 200 is a choice', () => {
    const statuses = Object.entries(byId('responses')).map(([id, all]) => [id, Object.keys(objectAt(all))]);
    expect(Object.fromEntries(statuses)).toEqual({
      createHook: ['200', '400', '403', '404', '500'],
      getHooks: ['200', '403', '404', '500'],
      deleteHook: ['200', '403', '404', '500'],
    });
    const created = '#/paths/~1api~1v2~1producers~1hooks/post/responses/200';
    expect(nodeAt(root, `${created}/x-provenance`)).toBe('default');
    expect(nodeAt(root, `${created}/content/application~1json/x-provenance`)).toBe('document');
  });

  it('take the key of the owner to create, and the token', () => {
    expect(root.security).toEqual([{ token: [] }]);
    expect(byId('security')).toEqual({
      createHook: [{ ownerKey: [] }, { token: [] }],
      getHooks: undefined,
      deleteHook: undefined,
    });
    expect(objectAt(root, 'components', 'securitySchemes')).toMatchObject({
      ownerKey: { type: 'apiKey', in: 'header', name: 'an-api-key-owner' },
      token: { type: 'apiKey', in: 'header', name: 'an-api-token' },
    });
  });

  it('have the path parameter alone, without the item id of a copied table', () => {
    const names = operations.flatMap(({ definition }) =>
      [definition.parameters ?? []].flat().map((parameter) => objectAt(parameter).name),
    );
    expect(names).toEqual(['idwebhook']);
  });
});

describe('the schemas of authentic.network', () => {
  const hook = { events: 'itemScanned', url: 'https://wh-echo.dev.authentic.network/webhook-endpoint' };

  it('have one event in a text, of any name', () => {
    expect(accepts('NewHook', { ...hook, data: { key: 'value' } })).toBe(true);
    expect(accepts('NewHook', { ...hook, events: '*' })).toBe(true);
    expect(accepts('NewHook', { ...hook, events: 'somethingNew' })).toBe(true);
    expect(accepts('NewHook', { ...hook, events: '' })).toBe(false);
    expect(accepts('NewHook', { ...hook, events: ['itemScanned'] })).toBe(false);
    expect(accepts('NewHook', { url: hook.url })).toBe(false);
    expect(accepts('NewHook', { events: '*' })).toBe(false);
    expect(accepts('NewHook', { ...hook, data: 'text' })).toBe(false);
  });

  it('leave open what kind of thing a list of hooks is of', () => {
    expect(accepts('HookList', { id: '0001', type: 'producer', hooks: [] })).toBe(true);
  });
});

describe('the events of authentic.network', () => {
  it('are the twelve of its public page; the names that it shows only in words are inferred', () => {
    const marks = Object.fromEntries(
      webhooks.map(({ path, definition }) => [path, definition['x-provenance']]),
    );
    expect(marks).toEqual({
      itemScanned: 'document',
      contentCreated: 'public',
      contentDeleted: 'public',
      groupCreated: 'inferred',
      groupDeleted: 'inferred',
      groupModified: 'inferred',
      itemAddedToGroup: 'inferred',
      itemCreated: 'inferred',
      itemDeletedFromGroup: 'inferred',
      itemDeleted: 'inferred',
      itemInvalidated: 'inferred',
      itemModified: 'inferred',
    });
  });

  it('are fired by changes of what they tell of, but for three', () => {
    const fired = Object.values(objectAt(extension, 'resources')).flatMap((resource) => {
      const { emits } = objectAt(resource);
      return Array.isArray(emits) ? emits.map((rule: unknown) => objectAt(rule).event) : [];
    });
    const names = new Set(webhooks.map(({ path }) => path));
    expect(fired.filter((event) => !names.has(String(event)))).toEqual([]);
    expect([...names].filter((name) => !fired.includes(name))).toEqual([
      'itemAddedToGroup',
      'itemDeletedFromGroup',
      'itemInvalidated',
    ]);
  });

  it('name themselves, the producer and the hook in every example', () => {
    for (const { path } of webhooks) {
      const content = objectAt(root, 'webhooks', path, 'post', 'requestBody', 'content', 'application/json');
      expect([path, objectAt(content, 'examples', 'example', 'value')]).toMatchObject([
        path,
        { event: { type: path }, producer: { id: '0001' }, hook: { data: { type: 'httprequest' } } },
      ]);
    }
  });

  it('are delivered as the public page says: below 400 is a success, else again', () => {
    expect(extension.delivery).toMatchObject({
      success: '<400',
      timeout: '10s',
      headers: { 'User-Agent': 'Go-http-client/1.1', Accept: 'application/json', 'Accept-Encoding': 'gzip' },
      'x-provenance': 'public',
    });
    const { schedule, signature } = objectAt(extension.delivery);
    expect(schedule).toHaveLength(3);
    expect(signature).toBeUndefined();
  });
});

it('every sample of the documentation is an example', () => {
  const shown = examplesOf(root).map(({ value }) => JSON.stringify(value));
  const url = 'https://wh-echo.dev.authentic.network/webhook-endpoint';
  const hook = {
    id: 'Fgs4kG0bORWyfiI71hkV',
    data: {
      _updated: 1592991983387,
      url,
      _created: 1592991983387,
      type: 'httprequest',
      events: 'itemScanned',
      executed: 0,
      data: { key: 'value' },
    },
  };
  const samples = [
    { events: 'itemScanned', url, data: { key: 'value' } },
    hook,
    { id: '0001', type: 'item', hooks: [hook] },
  ];
  for (const sample of samples) expect(shown).toContain(JSON.stringify(sample));
});
