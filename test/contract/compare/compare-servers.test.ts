import { createMock, type Mock } from 'sparring';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CompareReport } from '../../../src/contract/compare/compare-report.ts';
import { type CompareOptions, compareServers } from '../../../src/contract/compare/compare-servers.ts';
import { fetchTransport } from '../../../src/contract/execute/transport/transport.ts';
import { findApi } from '../../../src/openapi/load/bundled-apis.ts';
import { loadDocument } from '../../../src/openapi/load/load-document.ts';
import { changed, type Json, type Mutation } from '../broken-server.ts';

const notes = 'test/contract/notes.yaml';

/** What is told of each cause: kind, subject, and how each side is. */
function told({ groups }: CompareReport): readonly string[] {
  return groups.map(({ first: { kind, left, right, subject } }) => `${kind}: ${subject}: ${left} | ${right}`);
}

describe('two servers', () => {
  let mocks: readonly Mock[];
  beforeAll(async () => {
    const start = (seed: number, now: string) => createMock({ apis: [notes, 'hive'], port: 0, seed, now });
    mocks = await Promise.all([
      start(1, '2026-01-01T00:00:00Z'),
      start(2, '2026-02-03T04:05:06Z'),
      start(3, '2027-08-09T10:11:12Z'),
    ]);
  });
  afterAll(() => Promise.all(mocks.map((mock) => mock.close())));

  async function compare(api: string, mutation: Mutation | undefined, options: Partial<CompareOptions> = {}) {
    const document = await loadDocument(findApi(api));
    const respond = (request: Request) => fetch(request, { redirect: 'manual' });
    const broken = (request: Request) =>
      mutation && !request.url.includes('/_sparring/') ? mutation(request, respond) : respond(request);
    const [left, again, right] = mocks.map(({ url }, index) => ({
      transport: fetchTransport(index === 2 ? broken : respond, `${url}/${document.name}`),
    }));
    if (!left || !right) throw new Error('There are no servers.');
    return compareServers(document, { left, again, right, ...options });
  }

  it.each([
    [notes, 1],
    [notes, 2],
    ['hive', 3],
  ])(
    'that do the same differ in nothing, whatever their seeds and times (%s, seed %i)',
    async (api, seed) => {
      const report = await compare(api, undefined, { seed, maxCases: 60 });
      expect(told(report)).toEqual([]);
      expect(report.counts.answers).toBeGreaterThan(40);
      expect(report.leftovers).toEqual([]);
    },
  );

  const isTo = ({ method, url }: Request, verb: string, path: RegExp) =>
    method === verb && path.test(new URL(url).pathname);
  const isBody = (value: Json) => typeof value === 'object' && value !== null;
  /** Changes each record of an answer, alone or in a list. */
  const ofRecords =
    (change: (record: Json) => Json): Mutation =>
    async (request, respond) => {
      const response = await respond(request);
      if (response.status >= 300 || response.status === 204) return response;
      return changed(response, {
        body: (value) => (Array.isArray(value) ? value.map(change) : isBody(value) ? change(value) : value),
      });
    };

  it.each<[string, string, Mutation, string, only?: readonly string[]]>([
    [
      'has a header field less',
      notes,
      async (request, respond) => {
        const response = await respond(request);
        if (!isTo(request, 'GET', /\/notes$/)) return response;
        const headers = new Headers(response.headers);
        headers.delete('x-total');
        return new Response(response.body, { status: response.status, headers });
      },
      'header: the header field x-total: 0 | nothing',
      ['listNotes/'],
    ],
    [
      'lacks a field',
      notes,
      ofRecords(({ stars: _, ...record }) => record),
      'field: Note.stars: 3 | nothing',
    ],
    [
      'has a field of its own',
      notes,
      ofRecords((record) => ({ ...record, secret_extra: true })),
      'field: Note.secret_extra: nothing | true',
    ],
    [
      'has a field of another type',
      notes,
      ofRecords((record) => ({ ...record, title: [record.title] })),
      'type: Note.title: ',
    ],
    ['changes what it was sent', notes, ofRecords((record) => ({ ...record, stars: 0 })), 'Note.stars: '],
    [
      'refuses with another status',
      notes,
      async (request, respond) => {
        const response = await respond(request);
        return response.status === 422
          ? changed(response, { status: 400, body: (value) => ({ ...value, status: 400 }) })
          : response;
      },
      'status: the status of requests that break a rule: 422 | 400',
    ],
    [
      'does not look at a bound',
      notes,
      async (request, respond) => {
        const text = await request.clone().text();
        if (!/"stars":6/.test(text)) return respond(request);
        const { headers, method, url } = request;
        return respond(new Request(url, { method, headers, body: text.replace('"stars":6', '"stars":5') }));
      },
      'status: the status of requests whose body/stars breaks maximum: 422 | 201',
    ],
    [
      'answers a creation with another status',
      notes,
      async (request, respond) => {
        const response = await respond(request);
        return response.status === 201 ? changed(response, { status: 200 }) : response;
      },
      'status: the status of createNote, where the left answers 201: 201 | 200',
    ],
    [
      'calls JSON text',
      notes,
      async (request, respond) => {
        const response = await respond(request);
        return isTo(request, 'GET', /\/notes\/notes\/./) && response.status === 200
          ? changed(response, { headers: { 'content-type': 'application/vnd.note+json' } })
          : response;
      },
      'header: the header field content-type: application/json | application/vnd.note+json',
    ],
    [
      'closes the connection',
      notes,
      async (request, respond) => {
        if (isTo(request, 'GET', /\/notes\/notes\/./)) throw new Error('socket hang up');
        return respond(request);
      },
      'answer: the status of requests to readNote: 200 | no answer: socket hang up',
    ],
    [
      'deletes nothing',
      notes,
      async (request, respond) => {
        const path = isTo(request, 'DELETE', /\/notes\/notes\/./);
        if (!path) return respond(request);
        const found = await respond(new Request(request.url, { headers: request.headers }));
        return found.status === 200 ? new Response(null, { status: 204 }) : found;
      },
      'status: the status of requests for what was deleted: 404 | 20',
    ],
    [
      'lets everybody in',
      'hive',
      async (request, respond) => {
        const response = await respond(request);
        return response.status === 401 ? Response.json({ data: [], meta: { total: 0 } }) : response;
      },
      'status: the status of requests without good credentials: 401 | 200',
      ['Customers/', 'Customer/authentication'],
    ],
    [
      'writes times another way',
      'hive',
      async (request, respond) => {
        const response = await respond(request);
        return isTo(request, 'GET', /\/customers\/./) && response.status === 200
          ? changed(response, { body: (value) => ({ ...value, created_at: '2026-01-01T00:00:00Z' }) })
          : response;
      },
      'type: Customer.created_at: 17',
      ['getCustomer/'],
    ],
  ])('of which one %s differ in exactly that', async (_, api, mutation, expected, only = ['Note/']) => {
    const report = await compare(api, mutation, { only, maxCases: 80 });
    expect(told(report)).toEqual([expect.stringContaining(expected)]);
    expect(report.counts.answers).toBeGreaterThan(5);
  });
});
