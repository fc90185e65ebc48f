import type { Family, Ground, Mutation, Operator } from '../../server/mutants/mutant.ts';
import { pickSome } from '../../server/mutants/pick.ts';
import type { Suite } from './suite.ts';
import { differ, type WitnessedMock, type WitnessWorld } from './witness-world.ts';

/** An operator at one place. */
export interface Mutant {
  /** `<operator> <place>`. */
  readonly id: string;
  readonly operator: Operator;
  readonly mutation: Mutation;
}

/** What became of a mutant. */
export interface MutantResult {
  readonly mutant: Mutant;
  readonly fate: 'caught' | 'survived' | 'not applicable';
  /** What caught it, or why it survived. */
  readonly because: string;
}

export interface MutantChoice {
  /** Parts of ids, or families; absent: all. */
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  /** At most so many, spread over the operators; absent: all. */
  readonly most?: number | undefined;
}

/** The mutants of an API, operator by operator. */
export function mutantsOf(
  operators: readonly Operator[],
  ground: Ground,
  { most, only, skip }: MutantChoice = {},
): readonly Mutant[] {
  const isNamed = ({ id, operator }: Mutant, parts: readonly string[]) =>
    parts.some((part) => id.includes(part) || operator.family === part);
  const all = operators
    .flatMap((operator) =>
      operator.mutations(ground).map((mutation) => ({
        id: `${operator.id} ${mutation.place}`,
        operator,
        mutation,
      })),
    )
    .filter((mutant) => !only || only.length === 0 || isNamed(mutant, only))
    .filter((mutant) => !skip || !isNamed(mutant, skip));
  return most === undefined ? all : spread(all, most, ground.seed);
}

/** One of each operator in turn, by the seed's choice, up to a number. */
function spread(all: readonly Mutant[], most: number, seed: number): readonly Mutant[] {
  const groups = Map.groupBy(all, ({ operator }) => operator);
  const shuffled = [...groups].map(([{ id }, group]) =>
    // In an order of the seed's own.
    group.toSorted((one, other) => rank(one) - rank(other)),
  );
  function rank({ id }: Mutant): number {
    return pickSome([...Array(1000).keys()], 1, seed, id)[0] ?? 0;
  }
  const kept = new Set<Mutant>();
  for (let turn = 0; kept.size < Math.min(most, all.length); turn += 1) {
    for (const group of shuffled) {
      const next = group[turn];
      if (next && kept.size < most) kept.add(next);
    }
  }
  return all.filter((mutant) => kept.has(mutant));
}

/** Whether a mutant's witness tells it from a healthy mock. */
export async function isApplicable(
  world: WitnessWorld,
  healthy: WitnessedMock,
  { api, seed }: Ground,
  { mutation }: Mutant,
): Promise<boolean> {
  const { failures, plant, witness } = mutation;
  const sick = await world.start(plant(api), seed);
  try {
    return differ(await healthy.observe(witness, failures), await sick.observe(witness, failures));
  } finally {
    await sick.close();
  }
}

export interface RunMeans {
  readonly world: WitnessWorld;
  readonly ground: Ground;
  readonly suite: Suite;
  readonly signal?: AbortSignal | undefined;
  readonly onResult?: ((result: MutantResult, done: number) => void) | undefined;
}

/** Shows each mutant that applies to the suite, one at a time. */
export async function runMutants(
  mutants: readonly Mutant[],
  { ground, onResult, signal, suite, world }: RunMeans,
): Promise<readonly MutantResult[]> {
  const healthy = await world.start(ground.api, ground.seed);
  const results: MutantResult[] = [];
  try {
    for (const mutant of mutants) {
      if (signal?.aborted) break;
      const result = (await isApplicable(world, healthy, ground, mutant))
        ? await show(mutant, ground, suite)
        : ({ mutant, fate: 'not applicable', because: 'its witness is answered the same' } as const);
      results.push(result);
      onResult?.(result, results.length);
    }
  } finally {
    await healthy.close();
  }
  return results;
}

async function show(mutant: Mutant, { api }: Ground, suite: Suite): Promise<MutantResult> {
  const { because, failed } = await suite.run(mutant.mutation.plant(api), mutant.mutation);
  return { mutant, fate: failed ? 'caught' : 'survived', because };
}

/** Caught and applicable mutants of some families. */
export function score(results: readonly MutantResult[], families: readonly Family[]) {
  const own = results.filter(
    ({ fate, mutant }) => fate !== 'not applicable' && families.includes(mutant.operator.family),
  );
  const caught = own.filter(({ fate }) => fate === 'caught').length;
  return { caught, applicable: own.length, share: own.length === 0 ? 1 : caught / own.length };
}
