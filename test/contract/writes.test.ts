import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/contract/model/run-report.ts';
import { changed, failedChecks, type Json, type Mutation, testBroken } from './broken-server.ts';
import { writeMutants } from './library-mutants.ts';
import { type Library, testLibrary } from './library-server.ts';

const options = { phases: ['sequences', 'writes'] as const };

describe('a server whose writes have one defect', () => {
  it.each(writeMutants)('$check finds one that $what', async ({ check, defect }) => {
    expect(failedChecks(await testLibrary(defect, options))).toContain(check);
  });
});

/** What a healthy server may do, too. */
const habits: readonly { readonly what: string; readonly habit: Partial<Library> }[] = [
  { what: 'does as its document says', habit: {} },
  {
    what: 'trims texts',
    habit: {
      insert: (shelf, book) =>
        void shelf.set(book.id, { ...book, title: String(book.title).trim(), extra: { seen: 1 } }),
    },
  },
  {
    what: 'counts how often a record is read',
    habit: {
      read(shelf, id) {
        const book = shelf.get(id);
        if (!book) return undefined;
        const counted = { ...book, views: Number(book.views ?? 0) + 1 };
        shelf.set(id, counted);
        return counted;
      },
    },
  },
];

/** What a healthy server may do, though it is worth a note. */
const oddities: typeof habits = [
  {
    what: 'gives the highest number again after a deletion',
    habit: { nextId: (shelf) => Math.max(0, ...shelf.keys()) + 1 },
  },
  {
    what: 'keeps what is deleted, and says so',
    habit: {
      remove(shelf, id) {
        const book = shelf.get(id);
        if (book) shelf.set(id, { ...book, deleted: true });
        return book !== undefined;
      },
    },
  },
];

describe('a server whose records are switched off by a yes or no', () => {
  /** Sends what is for one webhook to all others, too. */
  const spreading: Mutation = async (request, respond) => {
    if (request.method !== 'PATCH') return respond(request);
    const headers = new Headers(request.headers);
    headers.delete('content-length');
    const body = await request.clone().text();
    const [list = ''] = request.url.split(/\/[^/]+$/);
    const { data } = await (await respond(new Request(list, { headers: request.headers }))).json();
    for (const { id } of data)
      await respond(new Request(`${list}/${id}`, { method: 'PATCH', headers, body }));
    return respond(request);
  };

  it('is found where it switches others off as well', async () => {
    const report = await testBroken({
      phases: ['writes'],
      only: ['updateWebhook/writes/update'],
      mutation: spreading,
    });
    expect(failedChecks(report)).toEqual(['bystander-kept']);
  });
});

describe('a server whose creations wrap their fields', () => {
  it('is held to what it answered itself', async () => {
    const report = await testBroken({
      api: 'hover',
      phases: ['sequences', 'writes'],
      async mutation(request, respond) {
        const response = await respond(request);
        if (request.method !== 'GET' || !request.url.includes('/webhooks')) return response;
        const shouted = (each: Json) => ({ ...each, content_type: 'JSON' });
        return changed(response, { body: (list) => ({ ...list, results: list.results.map(shouted) }) });
      },
    });
    expect(failedChecks(report)).toEqual(['created-readable']);
  });
});

describe('a server whose writes are as they should be', () => {
  it.each(oddities)('fails no run when it $what', async ({ habit }) => {
    expect(failedChecks(await testLibrary(habit, options))).toEqual([]);
  });

  it.each(habits)('raises no alarm when it $what', async ({ habit }) => {
    const report: RunReport = await testLibrary(habit, options);
    expect(report.verdicts.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(report.counts.notRun).toBe(0);
    const seen = new Set(report.verdicts.map(({ check }) => check));
    expect(writeMutants.map(({ check }) => check).filter((check) => !seen.has(check))).toEqual([]);
  });
});
