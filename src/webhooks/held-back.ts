import type { Clock } from '../clock.ts';
import type { DeliveryEntry } from '../model/delivery.ts';
import type { EmitterFaults } from './emitter-faults.ts';
import type { EndpointQueue } from './endpoint-queue.ts';
import { type AttemptPlan, struckBy } from './make-attempt.ts';

/** How long `reorder` and `delay` hold a delivery back where the rule does not say. */
const heldBackFor = 1000;

/** Strikes attempts with the emitter's faults, and holds those back that are to be late or overtaken. */
export class HeldBack {
  readonly #faults: EmitterFaults;
  readonly #clock: Clock;
  /** Attempts that were held back already, as `<delivery>/<attempt>`, and the other faults that struck them. */
  readonly #struck = new Map<string, AttemptPlan['faults']>();

  constructor(faults: EmitterFaults, clock: Clock) {
    this.#faults = faults;
    this.#clock = clock;
  }

  /** The faults that strike an attempt; undefined where one holds it back for now: it is in its queue again, and due later. */
  strike(queue: EndpointQueue, delivery: DeliveryEntry, number: number): AttemptPlan['faults'] | undefined {
    const key = () => `${delivery.id}/${number}`;
    const left = this.#struck.size > 0 ? this.#struck.get(key()) : undefined;
    if (left) {
      this.#struck.delete(key());
      return left;
    }
    const faults = this.#faults.strike(delivery, number);
    if (faults.length === 0) return faults;
    const delay = struckBy(faults, 'delay') ?? struckBy(faults, 'reorder');
    if (!delay) return faults;
    const now = this.#clock.now();
    // Overtaken by whatever else is due; where nothing is, by what comes within a while.
    const isOvertaken = delay.kind === 'reorder' && queue.hasOther(delivery.id, now);
    const others = faults.filter(({ kind }) => kind !== 'delay' && kind !== 'reorder');
    this.#struck.set(key(), others);
    queue.put({ ...delivery, dueAt: now + (isOvertaken ? 1 : (delay.milliseconds ?? heldBackFor)) });
    return undefined;
  }
}
