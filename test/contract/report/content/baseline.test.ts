import { beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../../../../src/contract/model/run-report.ts';
import {
  applyBaseline,
  type KnownFailure,
  updatedBaseline,
} from '../../../../src/contract/report/content/baseline.ts';
import { changed, type Mutation, testBroken } from '../../broken-server.ts';

const only = ['listNotes', 'createNote/negatives', 'readNote/examples'];

/** Takes titles that are too long, and says a total that is no number. */
const defects: Mutation = async (request, respond) => {
  const isLong = request.method === 'POST' && (await request.clone().text()).length > 40;
  const response = await respond(request);
  if (isLong && response.status === 422)
    return changed(response, {
      status: 201,
      body: () => ({ id: '1', title: 'x' }),
      headers: { 'content-type': 'application/json' },
    });
  return request.method === 'GET' ? changed(response, { headers: { 'x-total': 'many' } }) : response;
};

function run(seed: number, mutation: Mutation): Promise<RunReport> {
  return testBroken({ api: 'test/contract/notes.yaml', seed, mutation, only });
}

describe('a baseline', () => {
  let first: RunReport;
  let baseline: readonly KnownFailure[];
  beforeAll(async () => {
    first = await run(1, defects);
    baseline = updatedBaseline(applyBaseline(first, []).comparison);
  });

  it('names failures by what stays the same: check, operation, place, what was asked and answered', () => {
    expect(first.counts.fatal).toBeGreaterThan(2);
    expect(baseline).toContainEqual({
      check: 'response-headers',
      operation: 'listNotes',
      request: 'accepted',
      answer: 200,
      location: 'header/x-total',
    });
    expect(baseline).toContainEqual({
      check: 'negative-refused',
      operation: 'createNote',
      request: 'refused',
      answer: 201,
      location: 'body/title',
    });
  });

  it('takes known failures of any seed out of what fails the run', async () => {
    const { comparison, report } = applyBaseline(await run(2, defects), baseline);
    expect(report.counts.fatal).toBe(0);
    expect(report.counts.failed).toBeGreaterThan(2);
    expect(comparison).toMatchObject({ fresh: [], vanished: [], unseen: [] });
  });

  it('lets new ones fail it, and names what vanished', async () => {
    const broken: Mutation = async (request, respond) =>
      request.method === 'GET' && request.url.endsWith('/notes')
        ? new Response('oops', { status: 500 })
        : respond(request);
    const { comparison, report } = applyBaseline(await run(1, broken), baseline);
    expect(report.counts.fatal).toBeGreaterThan(0);
    expect(comparison.fresh.map(({ check }) => check)).toContain('no-server-error');
    expect(comparison.vanished.map(({ check }) => check)).toContain('negative-refused');
  });

  it('keeps what a narrower run did not look at', async () => {
    const narrow = await testBroken({
      api: 'test/contract/notes.yaml',
      mutation: defects,
      only: ['listNotes'],
    });
    const { comparison } = applyBaseline(narrow, baseline);
    expect(comparison.vanished).toEqual([]);
    expect(updatedBaseline(comparison)).toEqual(baseline);
  });
});

describe('a run that is to end with the first failure', () => {
  it('does, and has cleaned up', async () => {
    let made = 0;
    const mutation: Mutation = async (request, respond) => {
      const response = await defects(request, respond);
      if (request.method === 'POST' && response.status === 201) made += 1;
      if (request.method === 'DELETE' && response.status === 204) made -= 1;
      return response;
    };
    const report = await testBroken({
      api: 'test/contract/notes.yaml',
      mutation,
      bail: true,
      workers: 1,
      phases: ['sequences', 'examples'],
    });
    expect(report).toMatchObject({ aborted: true, isBailed: true });
    expect(new Set(report.verdicts.filter(({ fatal }) => fatal).map((verdict) => verdict.case)).size).toBe(1);
    expect(made).toBe(0);
  });
});
