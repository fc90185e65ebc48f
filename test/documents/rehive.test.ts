import { describe, expect, it } from 'vitest';
import {
  isObject,
  type JsonObject,
  nodeAt,
  objectAt,
  operationsOf,
  schemaCompiler,
  sourceDocument,
} from './documents.ts';

const { root } = sourceDocument('rehive');
const extension = objectAt(root, 'x-sparring');
const webhooks = operationsOf(root, 'webhooks');
const compile = schemaCompiler(root);

/** The page's table of events. */
const events = [
  ...['currency.create', 'currency.update', 'user.create', 'user.update', 'user.password.reset'],
  ...['user.email.verify', 'user.mobile.verify', 'mfa.sms.verify', 'email.create', 'email.update'],
  ...[
    'mobile.create',
    'mobile.update',
    'address.create',
    'address.update',
    'document.create',
    'document.update',
  ],
  ...['bank_account.create', 'bank_account.update', 'crypto_account.create', 'crypto_account.update'],
  ...['account.create', 'account.update', 'transaction.create', 'transaction.update', 'transaction.initiate'],
  'transaction.execute',
];

function example(event: string): JsonObject {
  return objectAt(root, 'components', 'examples', event, 'value');
}

function accepts(event: string, payload: unknown): boolean {
  const pointer = `#/webhooks/${event}/post/requestBody/content/application~1json/schema`;
  return compile(pointer)(payload) === true;
}

describe('the events of Rehive', () => {
  it('are the 26 of its page, in its order, each fired by a resource or control', () => {
    expect(webhooks.map(({ path }) => path)).toEqual(events);
    const fired = Object.values(objectAt(extension, 'resources')).flatMap((resource) => {
      const { emits } = objectAt(resource);
      return Array.isArray(emits) ? emits.map((rule: unknown) => objectAt(rule).event) : [];
    });
    expect([...new Set(fired)].sort()).toEqual(events.toSorted());
  });

  it('can all be subscribed to', () => {
    const names = nodeAt(root, '#/components/schemas/EventName/enum');
    expect(names).toEqual(expect.arrayContaining(events));
  });

  it('have the envelope of the page: id, event, company, data', () => {
    for (const event of events) {
      const payload = example(event);
      expect([event, Object.keys(payload)]).toEqual([event, ['id', 'event', 'company', 'data']]);
      expect(accepts(event, payload)).toBe(true);
      for (const name of Object.keys(payload)) {
        const { [name]: _, ...rest } = payload;
        expect([event, name, accepts(event, rest)]).toEqual([event, name, false]);
      }
      expect(accepts(event, { ...payload, event: 'another.event' })).toBe(false);
      expect(accepts(event, { ...payload, id: '1' })).toBe(false);
      expect(accepts(event, { ...payload, later: 'more' })).toBe(true);
    }
  });

  it('of changes hold the resource as it was as well', () => {
    for (const event of events.filter((name) => name.endsWith('.update'))) {
      const payload = example(event);
      const data = objectAt(payload, 'data');
      const original = `original_${event.split('.')[0]}`;
      expect(Object.keys(objectAt(data, original))).toEqual(
        Object.keys(data).filter((name) => name !== original),
      );
      expect(objectAt(data, original)).not.toEqual(data);
    }
    const { original_user, ...user } = objectAt(example('user.update'), 'data');
    expect(isObject(original_user)).toBe(true);
    expect(accepts('user.update', { ...example('user.update'), data: user })).toBe(false);
  });

  it('rest on the page in their envelope, and on the public lists in their data', () => {
    for (const { definition, path } of webhooks) {
      expect([path, definition['x-provenance']]).toEqual([path, 'document']);
      const reference = nodeAt(
        root,
        `#/webhooks/${path}/post/requestBody/content/application~1json/schema/properties/data/$ref`,
      );
      const mark = objectAt(nodeAt(root, String(reference)))['x-provenance'];
      expect([path, mark]).toEqual([path, /^(currency|account)\./.test(path) ? 'inferred' : 'public']);
    }
  });
});

describe('the deliveries of Rehive', () => {
  it('are those of the page: three statuses, seven retries, the secret and the platform in the headers', () => {
    expect(extension.delivery).toMatchObject({
      success: [200, 201, 202],
      timeout: '5s',
      schedule: ['60s', '120s', '240s', '480s', '960s', '1920s', '3600s'],
      redirects: 0,
      signature: {
        scheme: 'secret-header',
        options: { header: 'Authorization', template: 'Secret {secret}' },
      },
      'x-provenance': 'document',
    });
    for (const { definition, path } of webhooks) {
      expect([path, Object.keys(objectAt(definition, 'responses'))]).toEqual([path, ['200', '201', '202']]);
      expect(definition.parameters).toEqual([{ $ref: '#/components/parameters/UserAgent' }]);
    }
    expect(nodeAt(root, '#/components/parameters/UserAgent/example')).toBe('rehive-platform/3');
  });
});

describe('the operations of Rehive', () => {
  const operations = operationsOf(root);

  it('are those on webhooks and their tasks, with a slash at their end, and rest on public pages', () => {
    expect(operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort()).toEqual([
      'DELETE /3/admin/webhooks/{id}/',
      'GET /3/admin/webhook-tasks/',
      'GET /3/admin/webhook-tasks/{id}/',
      'GET /3/admin/webhook-tasks/{id}/requests/',
      'GET /3/admin/webhook-tasks/{id}/requests/{request_id}/',
      'GET /3/admin/webhooks/',
      'GET /3/admin/webhooks/{id}/',
      'PATCH /3/admin/webhooks/{id}/',
      'POST /3/admin/webhooks/',
      'PUT /3/admin/webhooks/{id}/',
    ]);
    expect(new Set(operations.map(({ definition }) => definition['x-provenance']))).toEqual(
      new Set(['public']),
    );
  });

  it('take a token behind its own word', () => {
    expect(root.security).toEqual([{ token: [] }]);
    expect(objectAt(root, 'components', 'securitySchemes', 'token')).toMatchObject({
      type: 'http',
      scheme: 'Token',
    });
    expect(objectAt(extension, 'credentials', 'token').token).toHaveLength(64);
  });
});
