import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planRun } from '../../src/contract/run/open-run.ts';
import { operators } from '../../src/mutation/mutants/index.ts';
import type { Family } from '../../src/mutation/mutants/mutant.ts';
import { ownSuite } from '../../src/mutation/own-suite.ts';
import { type MutantResult, mutantsOf, runMutants, score } from '../../src/mutation/run-mutants.ts';
import { surveyApi } from '../../src/mutation/survey.ts';
import { openWitnessWorld, type WitnessWorld } from '../../src/mutation/witness-world.ts';
import { bundledApis } from '../../src/openapi/load/bundled-apis.ts';
import { serveAll } from '../../src/server/serve-sources.ts';

/** How many mutants of an API are shown, of all operators in turn; a whole run takes them all with `MUTANTS=all`. */
const most = process.env.MUTANTS === 'all' ? undefined : 400;

const bars: readonly (readonly [share: number, families: readonly Family[]])[] = [
  [0.95, ['answers', 'authentication', 'validation']],
  [0.85, ['state', 'lists']],
  [0.9, ['webhooks']],
];

let world: WitnessWorld;
const results: MutantResult[] = [];

beforeAll(async () => {
  world = await openWitnessWorld();
});

afterAll(() => world.close());

describe('the contract kit as the suite of mutants', () => {
  it.each(bundledApis().map(({ name }) => name))(
    'is shown the mutants of %s, and passes the healthy one',
    async (name) => {
      const [api] = (await serveAll({ apis: [name] })).values();
      if (!api) throw new Error(`There is no ${name}.`);
      const planned = planRun(api.document, { seed: 1 });
      const { subject } = await surveyApi(world, api, planned, 1);
      const suite = ownSuite(planned, 1);
      expect(await suite.run(api, undefined)).toMatchObject({ failed: false });
      const shown = await runMutants(mutantsOf(operators, subject, { most }), { world, subject, suite });
      results.push(...shown);
      expect(shown.filter(({ fate }) => fate !== 'not applicable').length).toBeGreaterThan(100);
    },
    1_800_000,
  );

  it.each(bars)('catches at least %d of those of %j', (bar, families) => {
    const survivors = results.filter(
      ({ fate, mutant }) => fate === 'survived' && families.includes(mutant.operator.family),
    );
    const { applicable, share } = score(results, families);
    expect(applicable).toBeGreaterThan(100);
    expect(
      share,
      survivors.map(({ because, mutant }) => `${mutant.id}: ${because}`).join('\n'),
    ).toBeGreaterThanOrEqual(bar);
  });
});
