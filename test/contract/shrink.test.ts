import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/contract/model/run-report.ts';
import type { Verdict } from '../../src/contract/model/verdict.ts';
import { failedChecks, type Mutation, testBroken } from './broken-server.ts';

const api = 'test/contract/notes.yaml';

/** A server that does something else with new notes that a rule speaks of. */
function notesServer(isOdd: (note: Record<string, unknown>) => boolean, answer: () => Response) {
  const sent: unknown[] = [];
  const mutation: Mutation = async (request, respond) => {
    if (request.method !== 'POST' || !new URL(request.url).pathname.endsWith('/notes'))
      return respond(request);
    const text = await request.clone().text();
    sent.push(text);
    try {
      return isOdd(JSON.parse(text)) ? answer() : respond(request);
    } catch {
      return respond(request);
    }
  };
  return { mutation, sent };
}

function shrunkenOf({ verdicts }: RunReport): readonly Verdict[] {
  return verdicts.filter(({ shrunken }) => shrunken !== undefined);
}

const bodyOf = ({ shrunken }: Verdict) => JSON.parse(String(shrunken?.exchange.request.body));

describe('a failing request', () => {
  it('is shrunk to the smallest that fails in the same way, and stays valid', async () => {
    const { mutation } = notesServer(
      ({ stars }) => typeof stars === 'number' && stars >= 2,
      () => new Response('oops', { status: 500 }),
    );
    const report = await testBroken({ api, shrink: true, mutation, phases: ['examples'] });
    expect(failedChecks(report)).toEqual(['no-server-error']);
    const [verdict, ...others] = shrunkenOf(report);
    expect(others).toEqual([]);
    expect(verdict && bodyOf(verdict)).toEqual({ title: 'a', stars: 2 });
    expect(verdict?.shrunken?.curl).toMatch(/^curl -i -X POST .*--data-binary '\{"title":"a","stars":2\}'/);
    expect(verdict?.shrunken?.requests).toBeLessThanOrEqual(30);
    expect(report.leftovers).toEqual([]);
  });

  it('breaks the same rule alone when it was a broken one', async () => {
    const { mutation } = notesServer(
      ({ title }) => typeof title === 'string' && title.length > 20,
      () => Response.json({ id: 'x', title: 'x' }, { status: 201 }),
    );
    const report = await testBroken({ api, shrink: true, mutation, phases: ['negatives'] });
    expect(failedChecks(report)).toContain('negative-refused');
    const verdict = shrunkenOf(report).find(({ check }) => check === 'negative-refused');
    expect(verdict?.evidence?.location).toBe('body/title');
    expect(verdict && bodyOf(verdict)).toEqual({ title: 'a'.repeat(21) });
  });

  it('loses only what is optional when it should have been accepted', async () => {
    const { mutation } = notesServer(
      ({ title }) => typeof title === 'string' && title.length === 20,
      () =>
        Response.json(
          { status: 422 },
          { status: 422, headers: { 'content-type': 'application/problem+json' } },
        ),
    );
    const report = await testBroken({ api, shrink: true, mutation, phases: ['positives'] });
    const [verdict] = shrunkenOf(report);
    expect(verdict && Object.keys(bodyOf(verdict))).toEqual(['title']);
  });

  it('is shrunk in the same way every time, with a bounded number of requests', async () => {
    const run = async () => {
      const { mutation, sent } = notesServer(
        ({ tags }) => Array.isArray(tags) && tags.length > 0,
        () => new Response('oops', { status: 500 }),
      );
      const report = await testBroken({ api, shrink: true, mutation, phases: ['positives'], seed: 4 });
      return { sent, bodies: shrunkenOf(report).map(bodyOf), cases: report.counts.cases };
    };
    const [one, other] = [await run(), await run()];
    expect(one.bodies).toEqual([{ title: 'a', tags: [''] }]);
    expect(one.sent).toEqual(other.sent);
    expect(one.sent.length).toBeLessThanOrEqual(one.cases * 2 + 30);
  });

  it('is left alone where nothing fails', async () => {
    expect(shrunkenOf(await testBroken({ api, shrink: true, phases: ['fuzzing'] }))).toEqual([]);
  });
});
