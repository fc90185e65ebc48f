import type { CommittingUnit } from '../../state/unit-of-work.ts';
import type { ServedApi } from '../model/served-api.ts';
import { emissionPlanOf } from './emission-plan.ts';

/** Cancels, in the unit that deletes a subscription, what waits for it: who has unsubscribed is told of nothing more. */
export function cancelDeliveries(api: ServedApi, unit: CommittingUnit): void {
  const plan = emissionPlanOf(api);
  if (plan.subscriptions.length === 0) return;
  for (const { after, collection, id } of unit.changes()) {
    if (after || !plan.subscriptionOf(collection)) continue;
    unit.cancelWaiting(`${collection}/${id}`, 'The subscription was deleted.');
  }
}
