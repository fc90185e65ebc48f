import { createDerivation } from '../../state/derivation.ts';

/** The seed's choice among several. */
export function pick<T>(all: readonly T[], seed: number, key: string): T | undefined {
  if (all.length === 0) return undefined;
  return all[createDerivation(seed, '_mutants', key, 0).integer('pick', 0, all.length - 1)];
}

/** At most so many, by the seed's choice, in their order. */
export function pickSome<T>(all: readonly T[], most: number, seed: number, key: string): readonly T[] {
  const left = all.map((_, index) => index);
  const chosen = new Set<number>();
  while (chosen.size < most && left.length > 0) {
    const index = pick(left, seed, `${key} ${chosen.size}`) ?? 0;
    chosen.add(index);
    left.splice(left.indexOf(index), 1);
  }
  return all.filter((_, index) => chosen.has(index));
}
