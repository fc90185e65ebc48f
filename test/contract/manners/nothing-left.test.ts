import { afterEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  type Asked,
  documentOf,
  json,
  nothing,
  type Stranger,
  startStranger,
  testStranger,
} from './strangers.ts';

const text = { type: 'string', minLength: 1, maxLength: 40 };
const booking = { type: 'object', required: ['name'], properties: { id: { type: 'integer' }, name: text } };

/** Keeps records by their ids, and answers creations as it is told. */
function shop(created: (record: { id: number; name: unknown }) => Answer, deletes = true) {
  const records = new Map<string, { id: number; name: unknown }>([['1', { id: 1, name: 'mine' }]]);
  let last = 1;
  const answer = ({ body, method, path }: Asked): Answer => {
    const [, id] = /^\/bookings?\/([^/]+)$/.exec(path) ?? [];
    if (id === undefined) {
      if (method === 'GET') return [200, [...records.values()]];
      const name = typeof body === 'object' && body !== null && 'name' in body ? body.name : undefined;
      if (method !== 'POST' || typeof name !== 'string' || name === '' || name.length > 40) return [400, {}];
      last += 1;
      const record = { id: last, name };
      records.set(String(last), record);
      return created(record);
    }
    const record = records.get(id);
    if (!record) return [404, {}];
    if (method === 'GET') return [200, record];
    if (method === 'DELETE' && deletes) records.delete(id);
    return method === 'DELETE' ? [204] : [405, {}];
  };
  return { records, answer };
}

const operations = (item: string, made: object = booking) => ({
  'GET /bookings': { operationId: 'list', responses: { 200: json({ type: 'array', items: booking }) } },
  'POST /bookings': {
    operationId: 'make',
    requestBody: { required: true, ...json(booking) },
    responses: { 200: json(made), 400: nothing },
  },
  [`GET ${item}`]: { operationId: 'show', responses: { 200: json(booking), 404: nothing } },
  [`DELETE ${item}`]: { operationId: 'drop', responses: { 204: nothing, 404: nothing } },
});

describe('what a run makes at a server that it did not start', () => {
  let stranger: Stranger | undefined;
  afterEach(() => stranger?.close());

  it.each<[string, string, object, (record: { id: number; name: unknown }) => Answer]>([
    ['its items are named in the singular', '/booking/{id}', booking, (record) => [200, record]],
    [
      'the answer says the id under the name of the parameter',
      '/booking/{bookingId}',
      { type: 'object', properties: { bookingID: { type: 'integer' } } },
      ({ id }) => [200, { bookingID: id }],
    ],
    [
      'the answer shows another record first',
      '/bookings/{id}',
      { type: 'object' },
      (record) => [200, { owner: { id: 1, name: 'mine' }, booking: record }],
    ],
    [
      'the answer has records in a list',
      '/bookings/{id}',
      { type: 'object' },
      (record) => [200, { result: [{ id: 1 }, record] }],
    ],
    ['the answer says nothing, and only the list shows it', '/bookings/{id}', {}, () => [200, undefined]],
    ['Location says it', '/bookings/{id}', {}, ({ id }) => [201, undefined, { location: `/bookings/${id}` }]],
  ])('is deleted, and nothing else, where %s', async (_, item, made, created) => {
    const { answer, records } = shop(created);
    stranger = await startStranger(answer);
    const report = await testStranger(stranger, documentOf(operations(item, made)));
    expect(stranger.writes.filter((line) => line.startsWith('POST')).length).toBeGreaterThan(5);
    expect([...records.values()]).toEqual([{ id: 1, name: 'mine' }]);
    expect(report.leftovers).toEqual([]);
    expect(stranger.writes).not.toContain('DELETE /bookings/1');
    expect(stranger.writes).not.toContain('DELETE /booking/1');
  });

  it('is not what was there before, though the answer to a creation is a record that was', async () => {
    const { answer, records } = shop(() => [200, { id: 1, name: 'mine' }]);
    stranger = await startStranger((asked) =>
      asked.method === 'POST' ? [200, { id: 1, name: 'mine' }] : answer(asked),
    );
    await testStranger(stranger, documentOf(operations('/bookings/{id}')));
    expect(stranger.writes.filter((line) => line.startsWith('POST')).length).toBeGreaterThan(5);
    expect([...records.values()]).toEqual([{ id: 1, name: 'mine' }]);
  });

  it('is made by another path than its own only where its own list and deletion are known, and deleted too', async () => {
    const ref = { $ref: '#/components/schemas/Booking' };
    const { answer, records } = shop((record) => [201, record]);
    stranger = await startStranger((asked) =>
      answer({ ...asked, path: asked.path.replace('/reserve', '/bookings') }),
    );
    const document = documentOf(
      {
        'GET /bookings': { operationId: 'list', responses: { 200: json({ type: 'array', items: ref }) } },
        'POST /reserve': {
          operationId: 'reserve',
          requestBody: { required: true, ...json(ref) },
          responses: { 201: json(ref), 400: nothing },
        },
        'GET /bookings/{id}': { operationId: 'show', responses: { 200: json(ref), 404: nothing } },
        'DELETE /bookings/{id}': { operationId: 'drop', responses: { 204: nothing, 404: nothing } },
      },
      { Booking: booking },
    );
    const report = await testStranger(stranger, document);
    expect(stranger.writes.filter((line) => line === 'POST /reserve').length).toBeGreaterThan(3);
    expect([...records.values()]).toEqual([{ id: 1, name: 'mine' }]);
    expect(report.leftovers).toEqual([]);
  });

  it('is deleted by a key of two parts', async () => {
    const mine = { ip: '10.0.0.1', name: 'mine' };
    const kept = [mine];
    stranger = await startStranger(({ body, method, path }) => {
      const [, ip, name] = /^\/primaries\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
      if (method === 'GET') return [200, kept];
      if (method === 'POST') {
        const { ip: at, name: called } = Object(body);
        if (typeof at !== 'string' || typeof called !== 'string' || !at || !called) return [422, {}];
        kept.push({ ip: at, name: called });
        return [201];
      }
      const index = kept.findIndex((each) => each.ip === ip && each.name === name);
      if (index < 0) return [404, {}];
      kept.splice(index, 1);
      return [204];
    });
    const primary = { type: 'object', required: ['ip', 'name'], properties: { ip: text, name: text } };
    const document = documentOf({
      'GET /primaries': { operationId: 'list', responses: { 200: json({ type: 'array', items: primary }) } },
      'POST /primaries': {
        operationId: 'add',
        requestBody: { required: true, ...json(primary) },
        responses: { 201: nothing, 422: nothing },
      },
      'DELETE /primaries/{ip}/{name}': { operationId: 'drop', responses: { 204: nothing, 404: nothing } },
    });
    const report = await testStranger(stranger, document, { workers: 1 });
    expect(stranger.writes.filter((line) => line.startsWith('POST')).length).toBeGreaterThan(5);
    expect(kept).toEqual([mine]);
    expect(report.leftovers).toEqual([]);
  });

  it('is told where its deletion is let in and does nothing', async () => {
    const { answer, records } = shop((record) => [200, record], false);
    stranger = await startStranger(answer);
    const report = await testStranger(stranger, documentOf(operations('/bookings/{id}')), {
      only: ['make/examples'],
    });
    expect(records.size).toBeGreaterThan(1);
    expect(report.leftovers.map(({ reason }) => reason)).toEqual(
      report.leftovers.map(() => 'deleting it was let in, and it is still there by GET /bookings/{id}'),
    );
    expect(report.leftovers).toHaveLength(records.size - 1);
  });

  it('is not made at all where nothing can delete it, unless so many are allowed, and then told with how to find it', async () => {
    const events: unknown[] = [];
    const answer = ({ body, method }: Asked): Answer => {
      if (method === 'GET') return [200, events];
      if (typeof Object(body).name !== 'string') return [400, {}];
      events.push({ ...Object(body), id: events.length + 1 });
      return [200];
    };
    const document = documentOf({
      'GET /events': { operationId: 'list', responses: { 200: json({ type: 'array', items: booking }) } },
      'POST /events': {
        operationId: 'add',
        requestBody: { required: true, ...json(booking) },
        responses: { 200: nothing, 400: nothing },
      },
    });
    stranger = await startStranger(answer);
    const refused = await testStranger(stranger, document, { exclusive: true });
    expect(stranger.writes).toEqual([]);
    expect(refused.leftOut).toContainEqual(
      expect.objectContaining({ request: 'POST /events', include: '--allow-leftovers' }),
    );

    const allowed = await testStranger(stranger, document, { allowLeftovers: true });
    expect(events).toHaveLength(3);
    expect(allowed.leftovers).toHaveLength(3);
    expect(allowed.leftovers[0]?.reason).toContain('find it by GET /events');

    events.length = 0;
    await testStranger(stranger, document, { allowLeftovers: 1 });
    expect(events).toHaveLength(1);
  });
});

it('a server error to what a case needs, or cleans up, is a finding', async () => {
  for (const failing of ['POST', 'DELETE']) {
    const { answer } = shop((record) => [200, record]);
    const stranger = await startStranger((asked) => (asked.method === failing ? [500, {}] : answer(asked)));
    const report = await testStranger(stranger, documentOf(operations('/bookings/{id}')), {
      only: ['show/examples', 'make/examples'],
    });
    await stranger.close();
    const operation = failing === 'POST' ? 'make' : 'drop';
    expect(report.verdicts).toContainEqual(
      expect.objectContaining({ check: 'no-server-error', operation, outcome: 'failed', fatal: true }),
    );
  }
});
