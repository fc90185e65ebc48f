import type { Need } from '../../model/case.ts';
import type { Bound } from '../environment/environment.ts';
import { makeNeed } from '../records/establish-precondition.ts';
import { NotPossible, type Stage } from './webhook-case-context.ts';

/** The records that a request needs, by their names. Throws `NotPossible`. */
export async function needsOf(stage: Stage, needs: readonly Need[]): Promise<Map<string, Bound>> {
  const bindings = new Map<string, Bound>();
  for (const need of needs) {
    const made = await makeNeed(stage, need);
    if (typeof made === 'string') throw new NotPossible(made);
    bindings.set(need.name, made);
  }
  return bindings;
}
