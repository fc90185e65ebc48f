import { describe, expect, it } from 'vitest';
import { isObject, nodeAt, objectAt, operationsOf, schemaCompiler, sourceDocument } from './documents.ts';
import { examplesOf } from './examples.ts';

const { root } = sourceDocument('apitree');
const compile = schemaCompiler(root);
const accepts = (schema: string, value: unknown): boolean =>
  compile(`#/components/schemas/${schema}`)(value) === true;
const operations = operationsOf(root);

describe('the operations of ApiTree', () => {
  it('are those of its reference, an update by either method, and the token endpoint', () => {
    const table = operations.map(({ id, method, path }) => `${id} ${method.toUpperCase()} ${path}`);
    expect(table.sort()).toEqual(
      [
        'deleteWebhook DELETE /webhooks/{id}',
        'getWebhook GET /webhooks/{id}',
        'updateWebhook PUT /webhooks/{id}',
        'patchWebhook PATCH /webhooks/{id}',
        'listWebhooks GET /webhooks',
        'createWebhook POST /webhooks',
        'createToken POST /oauth2/token',
      ].sort(),
    );
  });

  it('rest on inference, as the reference names no path, method or status', () => {
    for (const { id, definition } of operations)
      expect([id, definition['x-provenance']]).toEqual([id, 'inferred']);
  });

  it('ask for the scope that writes, or for one of both to read', () => {
    const scopes = Object.fromEntries(
      operations.map(({ id, definition }) => [id, new Set([definition.security].flat().flatMap(scopesIn))]),
    );
    const [both, write] = [new Set(['webhook', 'webhook.readonly']), new Set(['webhook'])];
    expect(scopes).toEqual({
      ...{ listWebhooks: both, getWebhook: both, createToken: new Set() },
      ...{ createWebhook: write, updateWebhook: write, patchWebhook: write, deleteWebhook: write },
    });
  });

  it('answer an ErrorResponse for every error', () => {
    for (const { definition } of operations) {
      const errors = Object.entries(objectAt(definition, 'responses')).filter(([status]) => status >= '400');
      expect(errors.length).toBeGreaterThan(0);
      for (const [, response] of errors) {
        const target = objectAt(nodeAt(root, String(objectAt(response).$ref)));
        const { schema } = objectAt(target, 'content', 'application/json');
        expect(schema).toEqual({ $ref: '#/components/schemas/ErrorResponse' });
      }
    }
  });

  it('are on two hosts', () => {
    expect(nodeAt(root, '#/servers/0/url')).toBe('https://event-api.apitree.com');
    const token = '#/paths/~1oauth2~1token/post/servers/0/url';
    const { tokenUrl } = objectAt(root, 'components', 'securitySchemes', 'oauth2', 'flows', 'password');
    expect(`${nodeAt(root, token)}/oauth2/token`).toBe(tokenUrl);
  });
});

describe('the schemas of ApiTree', () => {
  const webhook = objectAt(root, 'components', 'examples', 'webhook', 'value');

  it('refuse long URLs, two targets at once, and secrets of another form', () => {
    const made = { url: webhook.url, events: webhook.events };
    expect(accepts('WebhookCreate', made)).toBe(true);
    expect(accepts('WebhookCreate', { ...made, url: `https://example.com/${'x'.repeat(980)}` })).toBe(true);
    expect(accepts('WebhookCreate', { ...made, url: `https://example.com/${'x'.repeat(981)}` })).toBe(false);
    expect(accepts('WebhookCreate', { ...made, userId: '1', apiId: webhook.id })).toBe(false);
    expect(accepts('WebhookUpdate', { userId: '1', apiId: webhook.id })).toBe(false);
    expect(accepts('Webhook', { ...webhook, secret: 'F0DA7E08F20DFFB9194D65D5B950CDA8' })).toBe(false);
  });

  it('leave the names of events open', () => {
    expect(accepts('Webhook', { ...webhook, events: [{ name: 'something.else' }] })).toBe(true);
  });
});

it('every sample of the reference is an example', () => {
  const shown = examplesOf(root).map(
    ({ schema, value }) => `${schema.split('/').at(-1)} ${JSON.stringify(value)}`,
  );
  const lastDelivery = { success: true, statusCode: 200, response: 'OK', timestamp: '2019-04-17T11:25:37Z' };
  const samples = [
    { code: 401, message: 'Access denied' },
    {
      id: 'd679ce92-572a-4dcd-b5a1-c72fc449b61e',
      user: { id: '10123' },
      userId: '10123',
      url: 'https://hooks.slack.com/services/123456',
      events: [{ name: 'api.created' }, { name: 'release.released' }, { name: 'release.deprecated' }],
      secret: 'f0da7e08f20dffb9194d65d5b950cda8',
      active: true,
      createdAt: '2019-03-27T17:50:23Z',
      updatedAt: '2019-04-01T09:53:22Z',
      lastDelivery,
    },
    lastDelivery,
    { id: '100005', nickname: 'john-doe' },
    {
      name: 'webhook.created',
      timestamp: '2018-03-18T13:33:11+00:00',
      user: { id: '816253', nickname: 'john-doe' },
      resourceType: 'Webhook',
      resource: {
        id: 'd679ce92-572a-4dcd-b5a1-c72fc449b61e',
        url: 'https://hooks.slack.com/services/1873521983/127863123/28713687126387126387',
        events: [{ name: 'api.created' }, { name: 'plan.subscribed' }, { name: 'user.created' }],
        active: true,
        createdAt: '2019-09-27T17:50:23+00:00',
      },
    },
  ];
  for (const sample of samples)
    expect(shown.filter((line) => line.endsWith(` ${JSON.stringify(sample)}`)).length).toBeGreaterThan(0);
});

function scopesIn(alternative: unknown): unknown[] {
  return isObject(alternative) ? Object.values(alternative).flat() : [];
}
