import { describe, expect, it } from 'vitest';
import { fetchTransport } from '../../src/contract/execute/transport/transport.ts';
import { runContract } from '../../src/contract/run/run-contract.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';

const note = {
  type: 'object',
  required: ['id', 'text', 'created_at'],
  properties: {
    id: { type: 'integer', readOnly: true },
    text: { type: 'string' },
    stars: { type: 'integer' },
    created_at: { type: 'string', format: 'date-time', readOnly: true },
  },
};
const schema = { $ref: '#/components/schemas/Note' };
const json = { 'application/json': { schema } };
const answer = { description: 'A note.', content: json };
const path = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];
const wrong = {
  '401': { description: 'Who?' },
  '404': { description: 'No such note.' },
  '422': { description: 'No.' },
};
const sent = {
  type: 'object',
  required: ['text'],
  properties: { text: { type: 'string', minLength: 1 }, stars: { type: 'integer', minimum: 1, maximum: 5 } },
};
const body = {
  required: true,
  content: { 'application/json': { schema: sent, example: { text: 'a note', stars: 2 } } },
};

const document = {
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1' },
  security: [{ key: [] }],
  paths: {
    '/notes': {
      get: {
        operationId: 'listNotes',
        responses: {
          ...wrong,
          '200': {
            description: 'All.',
            content: { 'application/json': { schema: { type: 'array', items: schema } } },
          },
        },
      },
      post: { operationId: 'createNote', requestBody: body, responses: { ...wrong, '201': answer } },
    },
    '/notes/{id}': {
      parameters: path,
      get: { operationId: 'readNote', responses: { ...wrong, '200': answer } },
      patch: { operationId: 'updateNote', requestBody: body, responses: { ...wrong, '200': answer } },
      delete: { operationId: 'deleteNote', responses: { ...wrong, '204': { description: 'Gone.' } } },
    },
  },
  components: {
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-key' } },
    schemas: { Note: note },
  },
};

/** What the server does carelessly. */
interface Careless {
  /** It answers any JSON as if it were whole. */
  readonly reading?: boolean;
  readonly absent?: boolean;
  readonly challenge?: boolean;
  readonly list?: boolean;
  readonly creation?: boolean;
  readonly stale?: boolean;
}

/** A server of notes that is right in all but what it is careless about. */
function notes(careless: Careless) {
  const kept = new Map<number, Record<string, unknown>>();
  const former = new Map<number, Record<string, unknown>>();
  let last = 0;
  let time = 0;
  const now = () => {
    time += 1000;
    return new Date(1_700_000_000_000 + time).toISOString();
  };
  const reply = (status: number, value?: unknown, headers = {}) =>
    value === undefined
      ? new Response(null, { status, headers })
      : new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } });
  const read = async (request: Request): Promise<unknown> => {
    const text = await request.text();
    if (careless.reading) return JSON.parse(text.endsWith('}') ? text : `${text}}`);
    if (request.headers.get('content-type') !== 'application/json') throw new Error('what is this?');
    return JSON.parse(text);
  };
  return async (request: Request): Promise<Response> => {
    const named = /\/notes\/([^/]+)$/.exec(new URL(request.url).pathname)?.[1];
    const id = Number(named);
    const { method } = request;
    const isItem = named !== undefined;
    if (!new URL(request.url).pathname.startsWith('/notes')) return reply(404);
    const allow = isItem ? ['GET', 'PATCH', 'DELETE'] : ['GET', 'POST'];
    if (!allow.includes(method)) return reply(405, undefined, { allow: allow.join(', ') });
    if (request.headers.get('x-key') !== 'right') {
      const isTold = !(careless.challenge && method === 'DELETE');
      return reply(401, undefined, isTold ? { 'www-authenticate': 'Key' } : {});
    }
    if (method === 'GET' && !isItem) {
      const all = careless.stale ? [...kept].map(([key, one]) => former.get(key) ?? one) : [...kept.values()];
      return reply(200, careless.list ? all.map((one) => ({ ...one, text: `${one.text}!` })) : all);
    }
    const one = kept.get(id);
    if (isItem && !one)
      return careless.absent
        ? reply(
            method === 'DELETE' ? 204 : 200,
            method === 'DELETE' ? undefined : { id, text: 'none', created_at: now() },
          )
        : reply(404);
    if (method === 'GET') return reply(200, one);
    if (method === 'DELETE') {
      kept.delete(id);
      return reply(204);
    }
    const given = await read(request).catch(() => undefined);
    const text = typeof given === 'object' && given !== null ? Reflect.get(given, 'text') : undefined;
    const stars =
      typeof given === 'object' && given !== null ? (Reflect.get(given, 'stars') ?? one?.stars) : 1;
    const isFine = stars === undefined || [1, 2, 3, 4, 5].includes(stars);
    if (typeof text !== 'string' || text === '' || !isFine) return reply(422);
    if (method === 'POST') last += 1;
    const key = isItem ? id : last;
    if (one) former.set(key, one);
    const created = one && !careless.creation ? one.created_at : now();
    kept.set(key, { id: key, text, created_at: created, ...(stars !== undefined && { stars }) });
    return reply(method === 'POST' ? 201 : 200, kept.get(key));
  };
}

async function failures(careless: Careless): Promise<readonly string[]> {
  const loaded = await loadDocument({ name: 'notes', document });
  const transport = fetchTransport(notes(careless), 'http://127.0.0.1');
  const { verdicts } = await runContract(loaded, transport, {
    credentials: { apiKeys: { 'x-key': 'right' } },
    generated: 1,
    strict: true,
  });
  return [...new Set(verdicts.filter(({ fatal }) => fatal).map(({ check }) => check))];
}

describe('a server that is careless in one thing', () => {
  it.each<readonly [Careless, readonly string[]]>([
    [{}, []],
    [{ reading: true }, ['negative-refused', 'unsupported-media-type']],
    [{ absent: true }, ['absent-not-found']],
    [{ challenge: true }, ['challenge-sent']],
    [{ list: true }, ['listed-as-read']],
    [{ creation: true }, ['other-fields-kept']],
    [{ stale: true }, ['read-after-update']],
  ])('%j is found out by %j', async (careless, expected) => {
    expect(await failures(careless)).toEqual(expect.arrayContaining([...expected]));
    if (expected.length === 0) expect(await failures(careless)).toEqual([]);
  });
});
