import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planRun } from '../../../src/contract/run/open-run.ts';
import { operators } from '../../../src/mutation/mutants/index.ts';
import { families } from '../../../src/mutation/mutants/mutant.ts';
import { isApplicable, mutantsOf } from '../../../src/mutation/run-mutants.ts';
import { type Survey, surveyApi } from '../../../src/mutation/survey.ts';
import {
  openWitnessWorld,
  type WitnessedMock,
  type WitnessWorld,
} from '../../../src/mutation/witness-world.ts';
import { serveAll } from '../../../src/server/serve-sources.ts';
import { arena } from './arena.ts';

/** What only a provider's own code does: its lists sort, and link to the next page. */
const elsewhere = ['order-ignored', 'order-reversed', 'next-missing'];

let world: WitnessWorld;
let healthy: WitnessedMock;
let survey: Survey;

beforeAll(async () => {
  world = await openWitnessWorld();
  const [api] = (await serveAll({ apis: [{ name: 'arena', document: arena }] })).values();
  if (!api) throw new Error('There is no arena.');
  survey = await surveyApi(world, api, planRun(api.document, { phases: [] }), 1);
  healthy = await world.start(api, 1);
});

afterAll(async () => {
  await healthy.close();
  await world.close();
});

describe('the operators of mutants', () => {
  it('are known by unique ids, at least forty of them, and of every family', () => {
    expect(new Set(operators.map(({ id }) => id)).size).toBe(operators.length);
    expect(operators.length).toBeGreaterThanOrEqual(40);
    expect(new Set(operators.map(({ family }) => family))).toEqual(new Set(families));
  });

  it('find a granted request of every operation, and a cause of every event', () => {
    expect(survey.unknown).toEqual([]);
    expect(survey.silent).toEqual([]);
  });

  it.each(operators.filter(({ id }) => !elsewhere.includes(id)))(
    '$id: its witness tells a mutant from a healthy mock',
    async ({ id }) => {
      const operator = operators.filter((each) => each.id === id);
      const told: string[] = [];
      for (const mutant of mutantsOf(operator, survey.subject)) {
        if (await isApplicable(world, healthy, survey.subject, mutant)) told.push(mutant.id);
        if (told.length > 0) break;
      }
      expect(told).toHaveLength(1);
    },
  );

  it('leave a mock without a fault as it is: two healthy mocks are not told apart', async () => {
    const other = await world.start(survey.subject.api, 1);
    for (const { mutation } of mutantsOf(operators, survey.subject, { most: 60 })) {
      const { failures, witness } = mutation;
      const [one, two] = [await healthy.observe(witness, failures), await other.observe(witness, failures)];
      expect(two).toEqual(one);
    }
    await other.close();
  });
});
