import { readSelector, type Selector } from '../contract/plan/selector.ts';
import { SparringError } from '../errors.ts';
import type { Family, MutantOperator, Mutation, MutationSubject } from './mutants/mutant.ts';
import { pickSome } from './mutants/pick.ts';
import type { Suite } from './suite.ts';
import { differ, type WitnessedMock, type WitnessWorld } from './witness-world.ts';

/** An operator at one place. */
export interface Mutant {
  /** `<operator> <place>`. */
  readonly id: string;
  readonly operator: MutantOperator;
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

/**
 * The mutants of an API, operator by operator.
 *
 * @throws SparringError `usage` for a selector that means none
 */
export function mutantsOf(
  operators: readonly MutantOperator[],
  subject: MutationSubject,
  { most, only, skip }: MutantChoice = {},
): readonly Mutant[] {
  const wanted = (only ?? []).map(readSelector);
  const unwanted = (skip ?? []).map(readSelector);
  const matched = new Set<Selector>();
  // All are asked, so that each is known to mean something.
  const isNamed = ({ id, mutation, operator }: Mutant, selectors: readonly Selector[]) =>
    selectors.filter((selector) => {
      const { operation } = mutation;
      const isMeant =
        selector.meansId(id) ||
        operator.family === selector.text ||
        (operation !== undefined && selector.meansOperation?.(operation) === true);
      if (isMeant) matched.add(selector);
      return isMeant;
    }).length > 0;
  const all = operators
    .flatMap((operator) =>
      operator.mutations(subject).map((mutation) => ({
        id: `${operator.id} ${mutation.place}`,
        operator,
        mutation,
      })),
    )
    .filter((mutant) => {
      const isSkipped = isNamed(mutant, unwanted);
      return (isNamed(mutant, wanted) || wanted.length === 0) && !isSkipped;
    });
  const unmatched = [...wanted, ...unwanted].find((selector) => !matched.has(selector));
  if (unmatched)
    throw new SparringError('usage', `No mutant is meant by "${unmatched.text}".`, {
      next: 'Run with --list and without --only and --skip to see all there are.',
    });
  return most === undefined ? all : spread(all, most, subject.seed);
}

/** One of each operator in turn, by the seed's choice, up to a number. */
function spread(all: readonly Mutant[], most: number, seed: number): readonly Mutant[] {
  const groups = Map.groupBy(all, ({ operator }) => operator);
  const shuffled = [...groups.values()].map((group) =>
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
  { api, seed }: MutationSubject,
  { mutation }: Mutant,
): Promise<boolean> {
  const { failures, grants, plant, witness } = mutation;
  const sick = await world.start(plant(api), seed);
  try {
    const seen = await sick.observe(witness, failures);
    const last = seen.answers.at(-1)?.status ?? 0;
    if (grants && last >= 400 && last < 500) return false;
    return differ(await healthy.observe(witness, failures), seen);
  } finally {
    await sick.close();
  }
}

export interface RunMeans {
  readonly world: WitnessWorld;
  readonly subject: MutationSubject;
  readonly suite: Suite;
  /** Runs of the suite at a time; default 1. */
  readonly workers?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onResult?: ((result: MutantResult, done: number) => void) | undefined;
}

/** Shows each mutant that applies to the suite; the results are in the mutants' order. */
export async function runMutants(
  mutants: readonly Mutant[],
  means: RunMeans,
): Promise<readonly MutantResult[]> {
  const { subject, onResult, signal, workers = 1, world } = means;
  const healthy = await world.start(subject.api, subject.seed);
  const results = new Map<Mutant, MutantResult>();
  const waiting = mutants.values();
  // The witnesses of all mutants have one receiver of webhooks.
  let turn = Promise.resolve(false);
  async function work(): Promise<void> {
    for (const mutant of waiting) {
      if (signal?.aborted) return;
      const applies = turn.then(() => isApplicable(world, healthy, subject, mutant));
      turn = applies.catch(() => false);
      const result = (await applies) ? await show(mutant, means) : notApplicable(mutant);
      results.set(mutant, result);
      onResult?.(result, results.size);
    }
  }
  try {
    await Promise.all(Array.from({ length: workers }, work));
  } finally {
    await healthy.close();
  }
  return mutants.flatMap((mutant) => results.get(mutant) ?? []);
}

function notApplicable(mutant: Mutant): MutantResult {
  return { mutant, fate: 'not applicable', because: 'its witness is answered the same' };
}

async function show(mutant: Mutant, { subject, suite }: RunMeans): Promise<MutantResult> {
  const { because, failed } = await suite.run(mutant.mutation.plant(subject.api), mutant.mutation);
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
