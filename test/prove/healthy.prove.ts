import { describe, expect, it } from 'vitest';
import { undiciTransport } from '../../src/contract/execute/transport/undici-transport.ts';
import { openRun, planRun } from '../../src/contract/run/open-run.ts';
import { createMock } from '../../src/index.ts';
import { bundledApis } from '../../src/openapi/load/bundled-apis.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';

type State = Readonly<Record<string, Readonly<Record<string, readonly { id?: unknown }[]>>>>;

const seeds = Array.from({ length: 20 }, (_, index) => index + 1);

/** The records of one state that another one does not have, by collection. */
function addedTo(before: State, after: State): readonly string[] {
  const idsOf = (state: State) =>
    Object.entries(state).flatMap(([api, collections]) =>
      Object.entries(collections).flatMap(([name, records]) =>
        records.map((record) => `${api} ${name} ${String(record.id ?? JSON.stringify(record))}`),
      ),
    );
  const known = new Set(idsOf(before));
  return idsOf(after).filter((id) => !known.has(id));
}

describe.each(bundledApis())('the healthy mock of $name', async ({ file, name }) => {
  const document = await loadDocument(file);

  it.each(seeds)('keeps its document in every phase, and nothing is left (seed %i)', async (seed) => {
    const mock = await createMock({ apis: [name], port: 0, seed, now: '2026-01-01T00:00:00Z' });
    const transport = await undiciTransport(mock.apis[0]?.url ?? mock.url);
    const namespace = `proof-${seed}`;
    const state = async (of: string): Promise<State> =>
      (await fetch(`${mock.url}/_sparring/state`, { headers: { 'sparring-namespace': of } })).json();
    const planned = planRun(document, { seed });
    const run = await openRun(planned, transport, { seed, namespace });
    try {
      const before = await state('default');
      const own = await state(namespace);
      const { aborted, runs } = await run.execute(planned.plan.cases);
      const verdicts = run.judge(runs);
      expect(aborted).toBe(false);
      const failures = verdicts.filter(({ outcome }) => outcome === 'failed');
      expect(failures.filter(({ grade }) => grade !== 'convention')).toEqual([]);
      expect(verdicts.length).toBeGreaterThan(150);
      expect(run.leftovers).toEqual([]);
      // In the run's own namespace, which is dropped afterwards, each record that it made was deleted already.
      expect(addedTo(own, await state(namespace))).toEqual([]);
      await run.close();
      expect(await state('default')).toEqual(before);
    } finally {
      await transport.close();
      await mock.close();
    }
  });
});
