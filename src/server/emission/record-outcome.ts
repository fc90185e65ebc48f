import type { Namespace } from '../../state/namespace.ts';
import type { AttemptEntry, DeliveryEntry } from '../../storage/storage.ts';
import type { ServedApi } from '../served-api.ts';
import { attemptFacts, deliveryFacts } from './emission-context.ts';
import { emissionPlanOf } from './emission-plan.ts';
import { writeRecords } from './write-records.ts';

/** A delivery as it stands after an attempt, or after it was settled without one. */
export interface Outcome {
  readonly delivery: DeliveryEntry;
  readonly attempt?: AttemptEntry;
  /** Why the subscription is disabled, when this outcome disables it. */
  readonly disable?: string;
}

/** Commits an outcome together with the records its subscription says are to be written; fires nothing itself. */
export async function recordOutcome(
  api: ServedApi | undefined,
  namespace: Namespace,
  { attempt, delivery, disable }: Outcome,
): Promise<void> {
  await namespace.run(delivery.api, (unit) => {
    unit.isQuiet = true;
    unit.deliver(delivery);
    if (attempt) unit.attempted(attempt);
    const { subscription: place } = delivery;
    const rule = api && place && emissionPlanOf(api).subscriptionOf(place.collection);
    if (!rule) return;
    const rules = [
      ...(attempt ? rule.writes.onAttempt : []),
      ...(disable === undefined ? [] : rule.writes.onDisable),
    ];
    const subscription = rules.length === 0 ? undefined : unit.collection(rule.collection).get(place.id);
    if (!subscription) return;
    const facts = { ...deliveryFacts(delivery), ...(attempt && attemptFacts(attempt)) };
    writeRecords(api, unit, { rules, rule, subscription, facts });
  });
}
