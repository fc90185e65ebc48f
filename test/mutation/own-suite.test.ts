import { afterAll, beforeAll, expect, it } from 'vitest';
import { planRun } from '../../src/contract/run/open-run.ts';
import { operators } from '../../src/mutation/mutants/index.ts';
import { families } from '../../src/mutation/mutants/mutant.ts';
import { ownSuite } from '../../src/mutation/own-suite.ts';
import { mutantsOf, runMutants, score } from '../../src/mutation/run-mutants.ts';
import { surveyApi } from '../../src/mutation/survey.ts';
import { openWitnessWorld, type WitnessWorld } from '../../src/mutation/witness-world.ts';
import { serveAll } from '../../src/server/serve-sources.ts';

let world: WitnessWorld;

beforeAll(async () => {
  world = await openWitnessWorld();
});

afterAll(() => world.close());

/** The short form of test/prove/mutate.prove.ts. */
it('the contract kit passes a healthy mock, and fails most of those that are wrong in one thing', async () => {
  const [api] = (await serveAll({ apis: ['authentic'] })).values();
  if (!api) throw new Error('There is no such API.');
  const planned = planRun(api.document, { seed: 1 });
  const { subject } = await surveyApi(world, api, planned, 1);
  const suite = ownSuite(planned, 1);
  expect(await suite.run(api, undefined)).toMatchObject({ failed: false });
  const mutants = mutantsOf(operators, subject, { only: ['answers', 'authentication'], most: 24 });
  const results = await runMutants(mutants, { world, subject, suite });
  const survivors = results.filter(({ fate }) => fate === 'survived').map(({ mutant }) => mutant.id);
  expect(score(results, families).applicable).toBeGreaterThan(15);
  expect(score(results, families).share, survivors.join('\n')).toBeGreaterThanOrEqual(0.85);
});
