import type { Precondition } from '../../model/case.ts';
import type { BoundRecord } from '../environment/environment.ts';
import { establishPrecondition } from '../records/establish-precondition.ts';
import { NotPossible, type WebhookCaseContext } from './webhook-case-context.ts';

/** The records that a request needs, by their names. Throws `NotPossible`. */
export async function establishPreconditions(
  stage: WebhookCaseContext,
  needs: readonly Precondition[],
): Promise<Map<string, BoundRecord>> {
  const bindings = new Map<string, BoundRecord>();
  for (const need of needs) {
    const made = await establishPrecondition(stage, need);
    if (typeof made === 'string') throw new NotPossible(made);
    bindings.set(need.name, made);
  }
  return bindings;
}
