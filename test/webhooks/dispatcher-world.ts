import { Clock, systemTime } from '../../src/clock.ts';
import type { AttemptEntry } from '../../src/model/attempt.ts';
import type { DeliveryEntry } from '../../src/model/delivery.ts';
import { MemoryDeliveryLog } from '../../src/storage/deliveries/memory-delivery-log.ts';
import { sendAttempt } from '../../src/webhooks/attempt.ts';
import { Connections } from '../../src/webhooks/connections.ts';
import { Dispatcher, type DispatcherOptions } from '../../src/webhooks/dispatcher.ts';
import { EmitterFaults } from '../../src/webhooks/emitter-faults.ts';
import { type PolicySettings, resolvePolicy } from '../../src/webhooks/policy.ts';
import { createTargetGuard } from '../../src/webhooks/target-guard.ts';

export const noon = Date.UTC(2026, 0, 31, 12);

export interface World {
  readonly clock: Clock;
  readonly log: MemoryDeliveryLog;
  readonly dispatcher: Dispatcher;
  /** Commits a delivery and tells the dispatcher of it. */
  deliver(fields: Partial<DeliveryEntry> & { url: string }): DeliveryEntry;
  /** When each attempt was due, in seconds since noon. */
  attemptTimes(): readonly number[];
  readonly attempts: readonly AttemptEntry[];
  readonly disabled: readonly string[];
}

/** A dispatcher over a log in memory, a clock that stands still at noon, and real sockets. */
export function createWorld(policy: PolicySettings = {}, options: Partial<DispatcherOptions> = {}): World {
  const clock = new Clock(systemTime, { base: noon, anchor: Date.now(), scale: 1, frozenAt: noon });
  const log = options.log instanceof MemoryDeliveryLog ? options.log : new MemoryDeliveryLog();
  const means = { guard: createTargetGuard(), connections: new Connections(), time: systemTime };
  const resolved = resolvePolicy({ timeout: 2000 }, policy);
  const attempts: AttemptEntry[] = [];
  const disabled: string[] = [];
  const dispatcher = new Dispatcher({
    clock,
    time: systemTime,
    log,
    seed: 1,
    faults: new EmitterFaults(1),
    policyOf: () => resolved,
    send: (request) => sendAttempt(request, means),
    async record({ attempt, delivery, disable }) {
      log.apply({ deliveries: [delivery], attempts: attempt ? [attempt] : [] });
      if (attempt) attempts.push(attempt);
      if (disable !== undefined) disabled.push(disable);
    },
    onError(error) {
      throw error;
    },
    ...options,
  });
  let number = 0;
  return {
    clock,
    log,
    dispatcher,
    attempts,
    disabled,
    attemptTimes() {
      return attempts.map(({ at }) => (at - noon) / 1000);
    },
    deliver(fields) {
      number += 1;
      const entry: DeliveryEntry = {
        id: `d${number}`,
        api: 'shop',
        event: 'order.created',
        eventId: null,
        number,
        endpoint: fields.url,
        subscription: null,
        secrets: [],
        body: `{"n":${number}}`,
        createdAt: clock.now(),
        state: 'pending',
        attempts: 0,
        dueAt: clock.now(),
        ...fields,
      };
      log.apply({ deliveries: [entry] });
      dispatcher.take([entry]);
      return entry;
    },
  };
}
