import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { RunReport } from '../../../src/contract/model/run-report.ts';
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

const note = {
  type: 'object',
  required: ['name'],
  properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string', maxLength: 20 } },
};
const document = documentOf({
  'GET /notes': { operationId: 'list', responses: { 200: json({ type: 'array', items: note }) } },
  'POST /notes': {
    operationId: 'make',
    requestBody: { required: true, ...json(note) },
    responses: { 201: json(note), 400: nothing },
  },
  'GET /notes/{id}': { operationId: 'show', responses: { 200: json(note), 404: nothing } },
  'DELETE /notes/{id}': { operationId: 'drop', responses: { 204: nothing, 404: nothing } },
  'POST /upkeep': { operationId: 'upkeep', responses: { 204: nothing } },
  'GET /health': { operationId: 'health', responses: { 200: json({ type: 'object' }) } },
});

/** A server that somebody starts again, a little after it ended. */
function revived(isFatal: (asked: Asked, ends: number) => 'cut' | 'late' | undefined, comesBack = true) {
  const notes = new Map<string, { id: number; name: string }>([['1', { id: 1, name: 'mine' }]]);
  let current: Stranger | undefined;
  let last = 1;
  let ends = 0;
  let isMaintained = false;
  let isDying = false;
  async function end(port: number): Promise<void> {
    ends += 1;
    await current?.close();
    // Whoever watches over it needs a moment.
    await new Promise((resolve) => setTimeout(resolve, 400));
    if (comesBack) current = await startStranger(answer, port);
  }
  function answer(asked: Asked): Answer {
    const port = Number(new URL(current?.url ?? 'http://127.0.0.1:1').port);
    const way = isFatal(asked, ends);
    if (way === 'cut' || isDying) {
      isDying = false;
      void end(port);
      return undefined;
    }
    isDying = way === 'late';
    if (isMaintained) return [503, {}];
    const { body, method, path } = asked;
    if (path === '/health') return [200, {}];
    if (path === '/upkeep') {
      isMaintained = way === undefined;
      return [204];
    }
    if (path === '/notes' && method === 'GET') return [200, [...notes.values()]];
    if (path === '/notes') {
      const { name } = Object(body);
      if (method !== 'POST' || typeof name !== 'string' || name.length > 20) return [400, {}];
      last += 1;
      notes.set(String(last), { id: last, name });
      return [201, notes.get(String(last))];
    }
    const id = path.split('/').at(-1) ?? '';
    const found = notes.get(id);
    if (!found) return [404, {}];
    if (method === 'DELETE') notes.delete(id);
    return method === 'DELETE' ? [204] : [200, found];
  }
  return {
    notes,
    ends: () => ends,
    async start() {
      current = await startStranger(answer);
      return current;
    },
    close: () => current?.close(),
  };
}

const failuresOf = ({ verdicts }: RunReport) =>
  verdicts
    .filter(({ fatal }) => fatal)
    .map(({ check, evidence, operation }) => `${check} ${operation}: ${evidence?.seen}`);

describe('a server that dies', () => {
  let server: ReturnType<typeof revived> | undefined;
  afterEach(() => server?.close());

  it('of one request again and again is waited for each time: one finding, and the rest is tested', async () => {
    server = revived(({ body, method }) =>
      method === 'POST' && Object(body).name === '' ? 'cut' : undefined,
    );
    const report = await testStranger(await server.start(), document, {
      phases: ['positives', 'sequences'],
      workers: 1,
      minCoverage: 0,
    });
    expect(server.ends()).toBeGreaterThan(1);
    expect(new Set(failuresOf(report).map((text) => text.replace(/ \(.*/, '')))).toEqual(
      new Set(['answers make: the server went away, and did so again when it was sent once more']),
    );
    expect(report.ended).toBeUndefined();
    expect([...server.notes.keys()]).toEqual(['1']);
    expect(report.leftovers).toEqual([]);
  });

  it('once, and not when the same is sent again, is told and no finding', async () => {
    server = revived(({ method, path }, ends) =>
      method === 'GET' && path === '/notes' && ends === 0 ? 'cut' : undefined,
    );
    const report = await testStranger(await server.start(), document, {
      phases: ['examples', 'sequences'],
      minCoverage: 0,
    });
    expect(server.ends()).toBe(1);
    expect(failuresOf(report)).toEqual([]);
    expect(report.notices.join()).toMatch(/the server went away after GET \/notes/);
    expect([...server.notes.keys()]).toEqual(['1']);
  });

  it('a little after it answered is known by the request it answered', async () => {
    server = revived(({ path }) => (path === '/upkeep' ? 'late' : undefined));
    const report = await testStranger(await server.start(), document, {
      only: ['/examples', 'list/methods/accept', 'show/methods/accept', 'health/methods/accept'],
      workers: 1,
      dangerous: true,
      allowLeftovers: 5,
      minCoverage: 0,
    });
    expect(failuresOf(report)).toEqual([
      'answers upkeep: the server went away, and did so again when it was sent once more',
    ]);
  });

  it('and stays away ends the run with what it saw, and what is left', async () => {
    server = revived(({ method }) => (method === 'DELETE' ? 'cut' : undefined), false);
    const report = await testStranger(await server.start(), document, {
      phases: ['sequences'],
      workers: 1,
      patience: 300,
    });
    expect(failuresOf(report)).toEqual([]);
    expect(report.ended).toMatchObject({ isGone: true });
    expect(report.leftovers).toHaveLength(server.notes.size - 1);
  });
});

describe('a state that the run brought about', () => {
  let server: ReturnType<typeof revived> | undefined;
  afterEach(() => server?.close());

  it('is one finding, and the rest is not run because of it', async () => {
    server = revived(() => undefined);
    const report = await testStranger(await server.start(), document, {
      workers: 1,
      allow: ['upkeep'],
      allowLeftovers: true,
    });
    expect(failuresOf(report)).toEqual(['answers upkeep: everything is answered 503 since POST /upkeep']);
    const because = report.notRun.filter(
      ({ reason }) => reason === 'everything is answered 503 since POST /upkeep',
    );
    expect(because.length).toBeGreaterThan(10);
  });
});

it('what was deleted is noted on disk only once it was seen to be gone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sparring-manners-'));
  const server = revived(() => undefined);
  try {
    const ledger = join(folder, 'run.jsonl');
    await testStranger(await server.start(), document, { only: ['make/sequences'], ledger });
    const lines = (await readFile(ledger, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const idsOf = (kind: string) => lines.filter((line) => line.kind === kind).map(({ id }) => id);
    expect(idsOf('created').length).toBeGreaterThan(0);
    expect(new Set(idsOf('deleted'))).toEqual(new Set(idsOf('created')));
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
});
