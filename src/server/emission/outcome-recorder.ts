import type { Commit } from '../../model/commit.ts';
import type { DeliveryEntry } from '../../model/delivery.ts';
import type { Namespace } from '../../state/namespace.ts';
import type { CommittingUnit } from '../../state/unit-of-work.ts';
import type { DispatcherOutcome } from '../../webhooks/dispatcher.ts';
import type { ServedApi } from '../model/served-api.ts';
import { attemptContext, deliveryContext } from './emission-context.ts';
import { emissionPlanOf } from './emission-plan.ts';
import { writeRecords } from './write-records.ts';

/** The outcomes of one turn of the event loop; they are durable, or lost, together. */
interface Batch {
  readonly outcomes: DispatcherOutcome[];
  readonly recorded: Promise<void>;
}

/**
 * Commits what comes of deliveries, together with the records that their subscriptions say are to be written; fires nothing
 * itself. The outcomes of one turn of the event loop are one unit of work for each API, since there can be many.
 */
export class OutcomeRecorder {
  readonly #namespace: Namespace;
  readonly #apis: ReadonlyMap<string, ServedApi>;
  /** The first deliveries of commits that are under way: a commit from here holds nothing but outcomes, in their order. */
  readonly #recording = new Set<DeliveryEntry>();
  readonly #batches = new Map<string, Batch>();

  constructor(namespace: Namespace, apis: ReadonlyMap<string, ServedApi>) {
    this.#namespace = namespace;
    this.#apis = apis;
  }

  /** Resolves once the outcome is durable. */
  record(outcome: DispatcherOutcome): Promise<void> {
    const { api } = outcome.delivery;
    let batch = this.#batches.get(api);
    if (!batch) {
      const outcomes: DispatcherOutcome[] = [];
      const recorded = new Promise<void>((resolve) =>
        setImmediate(() => resolve(this.#flush(api, outcomes))),
      );
      batch = { outcomes, recorded };
      this.#batches.set(api, batch);
    }
    batch.outcomes.push(outcome);
    return batch.recorded;
  }

  /** Whether a commit comes from here, and not from what caused its deliveries. */
  hasMade({ deliveries: [first] = [] }: Pick<Commit, 'deliveries'>): boolean {
    return first !== undefined && this.#recording.has(first);
  }

  async #flush(name: string, outcomes: readonly DispatcherOutcome[]): Promise<void> {
    this.#batches.delete(name);
    const [first] = outcomes;
    if (first) this.#recording.add(first.delivery);
    try {
      await this.#namespace.run(name, (unit) => {
        unit.isQuiet = true;
        const api = this.#apis.get(name);
        for (const outcome of outcomes) note(api, unit, outcome);
      });
    } finally {
      if (first) this.#recording.delete(first.delivery);
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
  const { onAttempt, onDisable } = rule.writes;
  const rules = [...(attempt ? onAttempt : []), ...(disable === undefined ? [] : onDisable)];
  const subscription = rules.length === 0 ? undefined : unit.collection(rule.collection).get(place.id);
  if (!subscription) return;
  const facts = { ...deliveryContext(delivery), ...(attempt && attemptContext(attempt)) };
  writeRecords(api, unit, { rules, rule, subscription, facts });
}
