import type { WebhookCause } from '../../model/webhook-script.ts';
import { prepareByHand } from './prepare-by-hand.ts';
import { prepareCall } from './prepare-call.ts';
import { prepareChange } from './prepare-change.ts';
import { prepareInTime } from './prepare-in-time.ts';
import { prepareRecord } from './prepare-record.ts';
import type { PreparedCause } from './prepared-cause.ts';
import { NotPossible, type WebhookCaseContext } from './webhook-case-context.ts';

/**
 * Gets ready the first of the case's causes that this server lets happen, with records of its own for each turn. Throws
 * `NotPossible` where there is none.
 */
export async function prepareCause(caseContext: WebhookCaseContext, turn: number): Promise<PreparedCause> {
  const reasons: string[] = [];
  for (const cause of caseContext.script.causes) {
    try {
      return await prepare(caseContext, cause, `${caseContext.key} ${turn}`);
    } catch (error) {
      if (!(error instanceof NotPossible)) throw error;
      reasons.push(error.message);
    }
  }
  throw new NotPossible(reasons[0] ?? `nothing is known that causes ${caseContext.script.facts.event}`);
}

function prepare(caseContext: WebhookCaseContext, cause: WebhookCause, key: string): Promise<PreparedCause> {
  if (cause.by === 'hand') return prepareByHand(caseContext);
  if (cause.by === 'record') return prepareRecord(caseContext, cause, key);
  if (cause.by === 'time') return prepareInTime(caseContext, cause, key);
  if (cause.change === 'update' || cause.change === 'delete') return prepareChange(caseContext, cause, key);
  return prepareCall(caseContext, cause.operation, key);
}
