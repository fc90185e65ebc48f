import type { CommittingUnit } from '../../state/unit-of-work.ts';
import type { DeliveryLog } from '../../storage/storage.ts';
import type { ServedApi } from '../served-api.ts';
import { emissionPlanOf } from './emission-plan.ts';

const everything = { limit: Number.MAX_SAFE_INTEGER, offset: 0 };

/** Cancels, in the unit that deletes a subscription, what waits for it: who has unsubscribed is told of nothing more. */
export function cancelDeliveries(api: ServedApi, unit: CommittingUnit, log: DeliveryLog): void {
  const plan = emissionPlanOf(api);
  if (plan.subscriptions.length === 0) return;
  for (const { after, collection, id } of unit.changes()) {
    if (after || !plan.subscriptionOf(collection)) continue;
    for (const delivery of log.pending(api.name, `${collection}/${id}`, everything)) {
      unit.deliver({ ...delivery, state: 'cancelled', dueAt: null, reason: 'The subscription was deleted.' });
    }
  }
}
