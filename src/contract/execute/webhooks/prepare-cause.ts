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
export async function prepareCause(stage: WebhookCaseContext, turn: number): Promise<PreparedCause> {
  const reasons: string[] = [];
  for (const cause of stage.script.causes) {
    try {
      return await prepare(stage, cause, `${stage.key} ${turn}`);
    } catch (error) {
      if (!(error instanceof NotPossible)) throw error;
      reasons.push(error.message);
    }
  }
  throw new NotPossible(reasons[0] ?? `nothing is known that causes ${stage.script.facts.event}`);
}

function prepare(stage: WebhookCaseContext, cause: WebhookCause, key: string): Promise<PreparedCause> {
  if (cause.by === 'hand') return prepareByHand(stage);
  if (cause.by === 'record') return prepareRecord(stage, cause, key);
  if (cause.by === 'time') return prepareInTime(stage, cause, key);
  if (cause.change === 'update' || cause.change === 'delete') return prepareChange(stage, cause, key);
  return prepareCall(stage, cause.operation, key);
}
