import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { undiciTransport } from '../../src/contract/execute/transport/undici-transport.ts';
import type { Verdict } from '../../src/contract/model/verdict.ts';
import { type ContractOptions, runContract } from '../../src/contract/run/run-contract.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';
import { notesApp } from './notes-app.ts';

describe('a healthy server of its own kind', () => {
  const { app, notes } = notesApp();
  const server = createServer(app);
  let url = '';
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  });
  afterAll(() => void server.close());

  async function test(options: ContractOptions = {}): Promise<readonly Verdict[]> {
    const transport = await undiciTransport(url);
    const report = await runContract(await loadDocument('test/contract/notes.yaml'), transport, {
      ownServer: true,
      ...options,
    });
    await transport.close();
    expect(report.counts.notRun).toBe(0);
    expect(report.leftovers).toEqual([]);
    return report.verdicts;
  }

  it.each([1, 2, 3])('raises no alarm (seed %i), and is left empty', async (seed) => {
    const verdicts = await test({ seed });
    expect(verdicts.filter(({ fatal }) => fatal)).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(150);
    // That an undeclared method is answered 404 rather than 405 is worth a note, and no more.
    const noted = verdicts.filter(({ outcome }) => outcome === 'failed');
    expect(new Set(noted.map(({ check, grade }) => `${check} ${grade}`))).toEqual(
      new Set(['method-not-allowed convention']),
    );
    expect(notes.size).toBe(0);
  });

  it('gets the same verdicts by many cases at once as by one after the other', async () => {
    const brief = (verdicts: readonly Verdict[]) =>
      verdicts.map(({ case: id, check, outcome }) => `${check} ${id} ${outcome}`);
    expect(brief(await test({ workers: 8 }))).toEqual(brief(await test({ workers: 1 })));
  });
});
