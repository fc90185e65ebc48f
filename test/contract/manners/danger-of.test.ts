import { describe, expect, it } from 'vitest';
import { dangerOf } from '../../../src/contract/plan/manners/danger-of.ts';
import { leftOutBy, saidOfLeftOut } from '../../../src/contract/plan/manners/manners.ts';
import { staysBehind } from '../../../src/contract/plan/manners/stays-behind.ts';
import { findApiCollections } from '../../../src/openapi/infer/api-collections.ts';
import { inferResources } from '../../../src/openapi/infer/infer-resources.ts';
import { loadDocument } from '../../../src/openapi/load/load-document.ts';

type Words = {
  readonly id?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly answer?: string;
};

const item = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string' }, name: { type: 'string' } },
};
const shown = (schema: object) => ({ description: 'ok', content: { 'application/json': { schema } } });

/** One operation in a document that can list, create, read and delete notes. */
async function found(request: string, { answer, description, id, summary }: Words = {}) {
  const [method = '', path = ''] = request.split(' ');
  const parameters = (at: string) =>
    [...at.matchAll(/\{([^}]+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }));
  const body = { content: { 'application/json': { schema: item } } };
  const paths: Record<string, Record<string, unknown>> = {
    '/notes': {
      get: { operationId: 'listNotes', responses: { 200: shown({ type: 'array', items: item }) } },
      post: { operationId: 'createNote', requestBody: body, responses: { 201: shown(item) } },
    },
    '/notes/{id}': {
      parameters: parameters('/notes/{id}'),
      get: { operationId: 'readNote', responses: { 200: shown(item) } },
      delete: { operationId: 'deleteNote', responses: { 204: { description: 'gone' } } },
    },
  };
  paths[path] = {
    parameters: parameters(path),
    ...paths[path],
    [method.toLowerCase()]: {
      ...(id !== undefined && { operationId: id }),
      ...(summary !== undefined && { summary }),
      ...(description !== undefined && { description }),
      ...(/^(?:POST|PUT|PATCH)$/.test(method) && { requestBody: body }),
      responses: { 200: { ...shown(item), ...(answer !== undefined && { description: answer }) } },
    },
  };
  const document = await loadDocument({
    name: 'notes',
    document: { openapi: '3.1.0', info: { title: 'Notes', version: '1' }, paths },
  });
  const operation = document.operations.find(
    (each) => each.path === path && each.method === method.toLowerCase(),
  );
  if (!operation) throw new Error(`${request} is not there.`);
  return { collections: findApiCollections(document, inferResources(document)), operation };
}

async function kindOf(request: string, words?: Words) {
  const { collections, operation } = await found(request, words);
  return dangerOf(collections, operation)?.kind;
}

describe('a write about no single record', () => {
  it.each([
    'DELETE /notes',
    'PATCH /notes',
    'PUT /notes',
    'PUT /settings',
    'PATCH /me',
    'DELETE /users/me/avatar',
    'DELETE /v{version}/notes',
  ])('%s is dangerous', async (request) => expect(await kindOf(request)).toBe('whole'));

  it.each([
    'POST /system/shutdown',
    'POST /reset',
    'POST /cache/purge',
    'POST /notes/bulk',
    'POST /notes:batchDelete',
    'POST /notes/import',
    'POST /imports',
    'POST /power/off',
    'POST /keys/rotate',
    'POST /maintenance',
    'POST /v{version}/factory-reset',
    'GET /system/reboot',
  ])('%s is a process', async (request) => expect(await kindOf(request)).toBe('process'));

  it.each<[string, Words]>([
    ['POST /a', { id: 'disableEverything' }],
    ['POST /a', { id: 'rotateKeys' }],
    ['POST /a', { description: 'Deletes all notes.' }],
    ['POST /a', { summary: 'Switches the server off' }],
    ['POST /a', { answer: 'All notes were deleted.' }],
    ['POST /a', { summary: 'Puts the shop into maintenance mode' }],
  ])('%s with %j is a process', async (request, words) =>
    expect(await kindOf(request, words)).toBe('process'),
  );
});

describe('what reaches people, money or the outside', () => {
  it.each([
    'POST /notes/{id}/send',
    'POST /notes/{id}/publish',
    'PUT /notes/{id}/publish',
    'POST /notes/{id}/pay',
    'POST /notes/{id}/email',
    'POST /invitations',
    'POST /sms',
    'POST /payments',
    'POST /refunds',
    'POST /transfers',
    'POST /notes/{id}/payouts',
    'POST /deployments',
    'POST /webhooks/{id}/test',
    'POST /notes/{id}/execute',
    'POST /notes/{id}:notify',
  ])('%s does', async (request) => expect(await kindOf(request)).toBe('outside'));

  it.each<[string, Words]>([
    ['POST /orders', { id: 'chargeOrder' }],
    ['POST /orders', { description: 'Creates an order and charges the customer’s card.' }],
    ['POST /orders', { description: 'Creates an order. A confirmation e-mail is sent to the buyer.' }],
    ['POST /users', { summary: 'Create a user and send an invitation' }],
    ['POST /users', { answer: 'Invitation sent' }],
    ['PATCH /notes/{id}', { description: 'Changes a note and notifies its watchers.' }],
    ['POST /orders', { description: 'The amount will be debited at once.' }],
    ['PUT /notes/{id}/state', { summary: 'Publishes the note' }],
  ])('%s with %j does', async (request, words) => expect(await kindOf(request, words)).toBe('outside'));
});

describe('what is no danger', () => {
  it.each([
    'POST /notes',
    'PATCH /notes/{id}',
    'PUT /notes/{id}',
    'POST /orders',
    'POST /notes/{id}/comments',
    'POST /notes/{id}/off',
    'GET /notes/{id}/emails',
    'GET /payments',
    'POST /posts',
    'POST /webhooks',
    'POST /offers',
    'DELETE /payments/{id}',
  ])('%s', async (request) => expect(await kindOf(request)).toBeUndefined());

  it.each<[string, Words]>([
    ['POST /orders', { description: 'Send a JSON body with a name. Returns the order.' }],
    ['POST /orders', { description: 'Creates an order. No e-mail is sent.' }],
    ['POST /orders', { description: 'Post a new order or update an existing one' }],
    [
      'POST /orders',
      { description: 'Creates an order; the buyer is not notified and the card is not charged.' },
    ],
    ['POST /webhooks', { id: 'createWebhook', description: 'Notifications will be sent to its URL.' }],
    ['POST /orders', { summary: 'Create an order', answer: 'The order that was created' }],
  ])('%s with %j', async (request, words) => expect(await kindOf(request, words)).toBeUndefined());
});

describe('what may be sent all the same', () => {
  it('is what the configuration names, by id, by path or by method and path, and nothing else', async () => {
    const { collections, operation } = await found('POST /system/shutdown', { id: 'shutDown' });
    const isLeftOut = (...allow: string[]) => leftOutBy({ allow }, collections, operation) !== undefined;
    expect(
      ['shutDown', 'POST /system/shutdown', '/system/*', 'post /SYSTEM/*'].map((name) => isLeftOut(name)),
    ).toEqual([false, false, false, false]);
    expect(['shut', 'GET /system/shutdown', '/system', 'DELETE *'].map((name) => isLeftOut(name))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it('is all of it with --dangerous, and at a server of the run’s own', async () => {
    const { collections, operation } = await found('DELETE /notes');
    expect(leftOutBy({ dangerous: true }, collections, operation)).toBeUndefined();
    expect(leftOutBy({ ownServer: true }, collections, operation)).toBeUndefined();
    const leftOut = leftOutBy({}, collections, operation);
    expect(leftOut && saidOfLeftOut(leftOut)).toBe(
      'DELETE /notes is left out: DELETE on /notes is about no single record: it would change what was there before; include it with --dangerous, or "DELETE /notes" among the configuration\'s test.allow',
    );
  });
});

describe('what would stay', () => {
  it.each(['POST /alerts', 'POST /v{version}/events', 'POST /users/register'])('%s', async (request) => {
    const { collections, operation } = await found(request);
    expect(staysBehind(collections, operation)).toBe('nothing undoes what it does');
  });

  it.each([
    'POST /notes',
    'POST /notes/{id}/comments',
    'POST /notes/search',
    'POST /validate',
    'PUT /notes/{id}',
  ])('%s does not', async (request) => {
    const { collections, operation } = await found(request);
    expect(staysBehind(collections, operation)).toBeUndefined();
  });
});
