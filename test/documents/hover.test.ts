import { describe, expect, it } from 'vitest';
import { nodeAt, objectAt, operationsOf, schemaCompiler, sourceDocument } from './documents.ts';
import { examplesOf } from './examples.ts';

const { root } = sourceDocument('hover');
const compile = schemaCompiler(root);
const accepts = (schema: string, value: unknown): boolean =>
  compile(`#/components/schemas/${schema}`)(value) === true;
const operations = operationsOf(root);
const webhooks = operationsOf(root, 'webhooks');

describe('the operations of Hover', () => {
  it('are registration, what verifies a webhook, and the way to a token', () => {
    const table = operations.map(({ id, method, path }) => `${id} ${method.toUpperCase()} ${path}`);
    expect(table.sort()).toEqual(
      [
        'registerWebhook POST /api/v2/webhooks',
        'listWebhooks GET /api/v2/webhooks',
        'verifyWebhook PUT /api/v2/webhooks/{code}/verify',
        'requestVerification POST /api/v2/webhooks/{id}/request_verification',
        'deleteWebhook DELETE /api/v2/webhooks/{id}',
        'authorize GET /oauth/authorize',
        'createToken POST /oauth/token',
      ].sort(),
    );
  });

  it('rest on public pages, but for the one that the page describes', () => {
    const marks = Object.fromEntries(
      operations.map(({ id, definition }) => [id, definition['x-provenance']]),
    );
    const { registerWebhook, ...others } = marks;
    expect(registerWebhook).toBe('document');
    expect(new Set(Object.values(others))).toEqual(new Set(['public']));
    expect(nodeAt(root, '#/paths/~1api~1v2~1webhooks/post/requestBody/x-provenance')).toBe('public');
  });

  it('ask for a token of OAuth 2.0, where they are not the way to one', () => {
    expect(root.security).toEqual([{ oauth: ['all'] }]);
    const own = operations.filter(({ definition }) => definition.security !== undefined);
    expect(Object.fromEntries(own.map(({ id, definition }) => [id, definition.security]))).toEqual({
      authorize: [],
      createToken: [],
      verifyWebhook: [{}, { oauth: ['all'] }],
    });
  });

  it('declare the rate limit', () => {
    const limited = operations.filter(({ definition }) => '429' in objectAt(definition, 'responses'));
    expect(limited.map(({ path }) => path).filter((path) => !path.startsWith('/api/v2/'))).toEqual([]);
    expect(limited).toHaveLength(5);
  });
});

describe('the schemas of Hover', () => {
  const webhook = objectAt(root, 'components', 'examples', 'webhook', 'value');

  it('nest what is registered, in either spelling of the content type', () => {
    const { url } = webhook;
    expect(accepts('Registration', { webhook: { url } })).toBe(true);
    expect(accepts('Registration', { webhook: { url, content_type: 'json' } })).toBe(true);
    expect(accepts('Registration', { webhook: { url, 'content-type': 'json' } })).toBe(true);
    expect(accepts('Registration', { webhook: { url, 'content-type': 'xml' } })).toBe(false);
    expect(accepts('Registration', { url })).toBe(false);
    expect(accepts('Registration', { webhook: { url: 'ftp://127.0.0.1/' } })).toBe(false);
  });

  it('have every field of the page in a webhook, verified or not', () => {
    for (const name of Object.keys(webhook)) {
      const { [name]: _, ...rest } = webhook;
      expect([name, accepts('Webhook', rest)]).toEqual([name, false]);
    }
    expect(
      accepts('Webhook', { ...webhook, verified_at: webhook.created_at, last_error: 'Bad Gateway' }),
    ).toBe(true);
  });

  it('leave the states of jobs open', () => {
    const event = objectAt(root, 'webhooks', 'job-state-changed', 'post', 'requestBody', 'content');
    const { value } = objectAt(event, 'application/json', 'examples', 'complete');
    expect(accepts('JobStateChanged', { ...objectAt(value), state: 'something_else' })).toBe(true);
  });
});

describe('the events of Hover', () => {
  it('are the code and those that its pages name', () => {
    expect(webhooks.map(({ path }) => path)).toEqual([
      'webhook-verification-code',
      'job-state-changed',
      'job-state-changed-v2',
      'model-created',
      'model-state-changed',
      'capture-request-state-changed',
      'inspection-state-changed',
      'deliverable-change-request-state-changed',
      'project-management-production-list-created',
      'instant-design-image-created',
      'instant-design-lead-form-submitted',
    ]);
    for (const { definition, path } of webhooks) {
      const mark = path === 'webhook-verification-code' ? 'document' : 'public';
      expect([path, definition['x-provenance']]).toEqual([path, mark]);
    }
  });

  it('name themselves and the webhook in every example', () => {
    const bodies = examplesOf(root).filter(({ pointer }) => pointer.startsWith('#/webhooks/'));
    for (const { path } of webhooks) {
      const own = bodies.filter(({ pointer }) => pointer.startsWith(`#/webhooks/${path}/post/requestBody/`));
      expect([path, own.map(({ value }) => value)]).toMatchObject([
        path,
        [{ event: path, webhook_id: expect.any(Number) }],
      ]);
    }
  });

  it('are signed in two headers, and dated', () => {
    for (const { definition, path } of webhooks) {
      const names = [definition.parameters].flat().map((reference) => {
        return objectAt(nodeAt(root, String(objectAt(reference).$ref))).name;
      });
      expect([path, names]).toEqual([path, ['Hover-Signature-256', 'Hover-Signature', 'Date']]);
    }
    // What a header shows is sent as it stands.
    expect(objectAt(root, 'components', 'parameters', 'Date')).not.toHaveProperty('example');
  });

  it('are delivered with three retries, which is a choice of the document', () => {
    const delivery = objectAt(root, 'x-sparring', 'delivery');
    expect(delivery).toMatchObject({
      success: '2xx',
      timeout: '10s',
      signature: { scheme: 'hover' },
      'x-provenance': 'default',
    });
    expect(delivery.schedule).toHaveLength(3);
  });
});

it('every sample of the page is an example', () => {
  const shown = examplesOf(root).map(
    ({ schema, value }) => `${schema.split('/').at(-1)} ${JSON.stringify(value)}`,
  );
  const samples = [
    {
      id: 12343,
      owner_type: 'Org',
      owner_id: 492855,
      url: 'https://yourwebhook.com/hoverwebhook',
      created_at: '2023-09-11T16:39:01.906Z',
      updated_at: '2023-09-11T16:39:01.906Z',
      verified_at: null,
      hmac_secret: 'NDYBduht2zrCg6fMXFWadfsT8fT3gQskoFPmRen7KcksDQBqmrpHqcGdgN70ObRqLLjQxBxrTol/lia3WRHtQA==',
      last_error: null,
      content_type: 'json',
    },
    {
      event: 'webhook-verification-code',
      code: '4addd2b9-5cd7-497f-9f32-52ff0718ddbb',
      webhook_id: 12344,
    },
  ];
  for (const sample of samples)
    expect(shown.filter((line) => line.endsWith(` ${JSON.stringify(sample)}`)).length).toBeGreaterThan(0);
});
