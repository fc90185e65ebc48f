import type { Case } from '../model/case.ts';
import { type Phase, phases } from '../model/phase.ts';

/** Which cases of a plan are wanted. */
export interface Narrowing {
  /** Parts of case ids: `createCustomer`, `negatives`, `body/email`; a case is kept when one is in its id. */
  readonly only?: readonly string[] | undefined;
  /** Parts of ids of cases to leave out. */
  readonly skip?: readonly string[] | undefined;
}

/** Whether a case is wanted. */
export function isWanted(id: string, { only, skip }: Narrowing): boolean {
  if (skip?.some((part) => id.includes(part))) return false;
  return only === undefined || only.length === 0 || only.some((part) => id.includes(part));
}

const withPhase = new RegExp(`^(.*?)/(${phases.join('|')})(?:/|$)`);

/**
 * Whether any case of a phase can be wanted; making those that cannot takes time for nothing.
 *
 * @param operation id of the operation that the cases are about; undefined: any
 */
export function mayBeWanted(operation: string | undefined, phase: Phase, { only, skip }: Narrowing): boolean {
  if (skip?.some((part) => `${operation ?? ''}/${phase}/`.includes(part))) return false;
  if (only === undefined || only.length === 0) return true;
  return only.some((part) => {
    const [, start = '', named] = withPhase.exec(part) ?? [];
    return named === undefined || (named === phase && operation?.endsWith(start) !== false);
  });
}

/** Takes cases in turns from each operation and phase, so that a short run still sees all of them. */
export function narrowPlan(cases: readonly Case[], most: number | undefined): readonly Case[] {
  if (most === undefined || cases.length <= most) return cases;
  const groups = Map.groupBy(cases, ({ operation, phase }) => `${phase} ${operation.id}`);
  const kept = new Set<Case>();
  for (let turn = 0; kept.size < most; turn += 1) {
    for (const group of groups.values()) {
      const next = group[turn];
      if (next && kept.size < most) kept.add(next);
    }
  }
  return cases.filter((each) => kept.has(each));
}
