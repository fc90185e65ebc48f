import type { Precondition } from '../../model/case.ts';
import type { BoundRecord } from '../environment/environment.ts';
import { establishPrecondition } from '../records/establish-precondition.ts';
import { NotPossible, type WebhookCaseContext } from './webhook-case-context.ts';

/** The records that a request needs, by their names. Throws `NotPossible`. */
export async function establishPreconditions(
  caseContext: WebhookCaseContext,
  preconditions: readonly Precondition[],
): Promise<Map<string, BoundRecord>> {
  const bindings = new Map<string, BoundRecord>();
  for (const precondition of preconditions) {
    const made = await establishPrecondition(caseContext, precondition);
    if (typeof made === 'string') throw new NotPossible(made);
    bindings.set(precondition.name, made);
  }
  return bindings;
}
