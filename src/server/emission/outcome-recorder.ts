import type { Namespace } from '../../state/namespace.ts';
import type { CommittingUnit } from '../../state/unit-of-work.ts';
import type { DeliveryEntry } from '../../storage/storage.ts';
import type { DispatcherOutcome } from '../../webhooks/dispatcher.ts';
import type { ServedApi } from '../served-api.ts';
import { attemptFacts, deliveryFacts } from './emission-context.ts';
import { emissionPlanOf } from './emission-plan.ts';
import { writeRecords } from './write-records.ts';

interface Waiting {
  readonly outcome: DispatcherOutcome;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Commits what comes of deliveries, together with the records that their subscriptions say are to be written; fires nothing
 * itself. The outcomes of one turn of the event loop are one unit of work, since there can be many.
 */
export class OutcomeRecorder {
  readonly #namespace: Namespace;
  readonly #apis: ReadonlyMap<string, ServedApi>;
  readonly #recorded = new WeakSet<DeliveryEntry>();
  #waiting: Waiting[] = [];

  constructor(namespace: Namespace, apis: ReadonlyMap<string, ServedApi>) {
    this.#namespace = namespace;
    this.#apis = apis;
  }

  /** Resolves once the outcome is durable. */
  record(outcome: DispatcherOutcome): Promise<void> {
    this.#recorded.add(outcome.delivery);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ outcome, resolve, reject });
      if (this.#waiting.length === 1) setImmediate(() => this.#flush());
    });
  }

  /** Whether a delivery was committed here, and not by what caused it. */
  has(delivery: DeliveryEntry): boolean {
    return this.#recorded.has(delivery);
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const [api, group] of Map.groupBy(waiting, ({ outcome }) => outcome.delivery.api)) {
      void this.#commit(api, group);
    }
  }

  async #commit(name: string, group: readonly Waiting[]): Promise<void> {
    try {
      await this.#namespace.run(name, (unit) => {
        unit.isQuiet = true;
        for (const { outcome } of group) note(this.#apis.get(name), unit, outcome);
      });
      for (const { resolve } of group) resolve();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

function note(
  api: ServedApi | undefined,
  unit: CommittingUnit,
  { attempt, delivery, disable }: DispatcherOutcome,
): void {
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
}
