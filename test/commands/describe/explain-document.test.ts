import { describe, expect, it } from 'vitest';
import { explainDocument, formatExplanation } from '../../../src/commands/describe/explain-document.ts';
import { inferResources } from '../../../src/openapi/infer/infer-resources.ts';
import { findApi } from '../../../src/openapi/load/bundled-apis.ts';
import { loadDocument } from '../../../src/openapi/load/load-document.ts';
import { json } from '../../openapi/infer-client.ts';
import { documentFile, loadParts } from '../../openapi/inline-document.ts';

async function explained(file: string, own: readonly string[] = []) {
  const document = await loadDocument(file);
  return explainDocument(document, inferResources(document), own);
}

describe('an explanation', () => {
  it('has a row for every operation, saying why', async () => {
    const { operations } = await explained(documentFile('infer-shop.yaml'));
    const rows = Object.fromEntries(operations.map((row) => [row.operation, row]));
    expect(Object.keys(rows)).toHaveLength(9);
    expect(rows.createCustomer).toMatchObject({
      method: 'POST',
      action: 'create',
      resource: 'customers',
      why: 'POST on /customers with Customer is create',
      provenance: 'inferred',
    });
    expect(rows.listOrders).toMatchObject({ action: 'list', resource: 'orders' });
  });

  it('says which operations are answered from examples', async () => {
    const get = (schema: unknown) => ({ responses: { 200: json(schema) } });
    const pet = { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } };
    const document = await loadParts({
      paths: {
        '/pets': { get: { operationId: 'list', ...get({ type: 'array', items: pet }) } },
        '/health': { get: { operationId: 'health', ...get({ type: 'object', properties: { up: {} } }) } },
        '/ping': { get: { operationId: 'ping', responses: { 204: { description: 'Here.' } } } },
      },
    });
    const { operations } = explainDocument(document, inferResources(document));
    const said = (id: string) => operations.find(({ operation }) => operation === id);
    expect(said('list')).toMatchObject({ action: 'list', resource: 'pets' });
    expect(said('health')).toMatchObject({ action: 'example', resource: '' });
    expect(said('health')?.why).toContain('nothing writes to what it shows');
    expect(said('ping')?.why).toContain('it shows nothing');
  });

  it('says what of Hive is inferred, stated and own', async () => {
    const { operations, resources, title } = await explained(findApi('hive'), ['createToken']);
    expect(title).toBe('Hive.id Identity API');
    expect(operations.find(({ operation }) => operation === 'createToken')).toMatchObject({
      action: 'own',
      provenance: 'document',
    });
    const customers = operations
      .filter(({ resource }) => resource === 'customers')
      .map(({ action }) => action);
    expect(new Set(customers)).toEqual(new Set(['list', 'create', 'read', 'update', 'delete']));
    expect(resources.find(({ collection }) => collection === 'customers')?.facts).toContain(
      'sorted by -created_at',
    );
  });

  it('says which webhooks and callbacks there are, what fires them and who is told', async () => {
    const { callbacks, webhooks } = await explained(documentFile('webhooks.yaml'));
    expect(webhooks.map(({ method, webhook }) => [method, webhook])).toEqual([
      ['POST', 'push'],
      ['POST', 'star'],
      ['PUT', 'both'],
      ['POST', 'both'],
    ]);
    expect(webhooks[0]).toMatchObject({
      mediaTypes: ['application/json', 'application/x-www-form-urlencoded'],
      examples: ['broken', 'first', 'second'],
      emittedBy: [],
      summary: 'Commits were pushed',
    });
    expect(callbacks).toMatchObject([
      { operation: 'createPayment', callback: 'paid', method: 'POST' },
      { operation: 'createPayment', callback: 'closed', url: '$request.query.hook' },
    ]);
  });

  it('says what emits a webhook, and what of a subscription holds what', async () => {
    const document = await loadParts({
      webhooks: { 'user.update': { post: { summary: 'A user changed' } } },
      paths: {
        '/users': {
          post: { operationId: 'addUser', 'x-sparring': { emits: [{ event: 'user.update' }] } },
        },
      },
      'x-sparring': {
        resources: { users: { emits: [{ event: 'user.update' }] } },
        subscriptions: [
          {
            collection: 'hooks',
            url: '$subscription#/url',
            events: '$subscription#/event',
            any: '*',
            secret: 's',
          },
        ],
      },
    });
    const explanation = explainDocument(document, inferResources(document));
    expect(explanation.webhooks).toMatchObject([{ emittedBy: ['users', 'addUser'] }]);
    expect(explanation.subscriptions).toEqual([
      {
        collection: 'hooks',
        url: '$subscription#/url',
        facts: ['told of $subscription#/event', '* stands for all events', 'signed with s'],
      },
    ]);
    const text = formatExplanation(explanation, { color: false, width: Number.POSITIVE_INFINITY });
    expect(text).toMatch(
      /Webhooks\n {2}POST {2}user\.update {2}no body {2}by users, addUser {2}A user changed\n/,
    );
  });

  it('loses no word where its rows are wrapped', async () => {
    const explanation = await explained(findApi('hive'));
    const whole = formatExplanation(explanation, { color: false, width: Number.POSITIVE_INFINITY });
    const words = (text: string) => text.split(/\s+/);
    expect(Math.max(...whole.split('\n').map((line) => line.length))).toBeGreaterThan(120);
    for (const width of [60, 90, 120])
      expect(words(formatExplanation(explanation, { color: false, width }))).toEqual(words(whole));
  });

  it('is printed within the width, coloured only when asked', async () => {
    const explanation = await explained(findApi('hive'));
    const text = formatExplanation(explanation, { color: false, width: 90 });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(90);
    expect(text).toContain('/customers');
    expect(text).not.toContain('\u001b');
    expect(formatExplanation(explanation, { color: true, width: 90 })).toContain('\u001b[1m');
  });
});
