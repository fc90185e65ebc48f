import type { TimeSource } from '../../clock.ts';
import type { Commit } from '../../model/commit.ts';
import type { DeliveryEntry } from '../../model/delivery.ts';
import type { DeliveryLog } from '../../model/delivery-log.ts';
import type { Namespace } from '../../state/namespace.ts';
import { sendAttempt } from '../../webhooks/attempt.ts';
import type { Connections } from '../../webhooks/connections.ts';
import { Dispatcher } from '../../webhooks/dispatcher.ts';
import type { EmitterFaults } from '../../webhooks/emitter-faults.ts';
import { makeAttempt } from '../../webhooks/make-attempt.ts';
import { type DeliveryPolicy, defaultPolicy } from '../../webhooks/policy.ts';
import { signAttempt } from '../../webhooks/prepare-attempt.ts';
import type { TargetGuard } from '../../webhooks/target-guard.ts';
import type { DeliveryListener } from '../model/delivery-listener.ts';
import type { NamespaceEmitter } from '../model/namespace-emitter.ts';
import type { ServedApi } from '../model/served-api.ts';
import { cancelDeliveries } from './cancel-deliveries.ts';
import { emissionPlanOf } from './emission-plan.ts';
import { OutcomeRecorder } from './outcome-recorder.ts';

/** What the emitters of a server have in common. */
export interface EmitterMeans {
  readonly apis: ReadonlyMap<string, ServedApi>;
  readonly time: TimeSource;
  readonly guard: TargetGuard;
  readonly connections: Connections;
  readonly adjustPolicy: ((policy: DeliveryPolicy) => DeliveryPolicy) | undefined;
  readonly onError: (error: unknown) => void;
  readonly onDelivery: DeliveryListener | undefined;
}

/** Fires the webhooks of one namespace: adds deliveries to its units of work, and sends them once they are durable. */
export class Emitter implements NamespaceEmitter {
  readonly #namespace: Namespace;
  readonly #means: EmitterMeans;
  readonly #listeners = new Set<DeliveryListener>();
  readonly #outcomes: OutcomeRecorder;
  readonly #faults: EmitterFaults;
  readonly #adjusted = new WeakMap<DeliveryPolicy, DeliveryPolicy>();
  #dispatcher: Dispatcher;

  constructor(namespace: Namespace, faults: EmitterFaults, means: EmitterMeans) {
    this.#namespace = namespace;
    this.#means = means;
    this.#faults = faults;
    this.#outcomes = new OutcomeRecorder(namespace, means.apis);
    if (means.onDelivery) this.#listeners.add(means.onDelivery);
    this.#dispatcher = this.#createDispatcher();
    namespace.beforeCommit = (unit) => {
      const api = means.apis.get(unit.api);
      if (!api) return;
      api.emit(unit, this.admits);
      cancelDeliveries(api, unit);
    };
    namespace.onCommit((commit) => this.#committed(commit));
    this.#dispatcher.resume();
  }

  /** Whether a delivery of so many bytes may wait beside those that do. */
  readonly admits = (bytes: number): boolean => this.#namespace.admits(bytes);

  get dispatcher(): Dispatcher {
    return this.#dispatcher;
  }

  get log(): DeliveryLog {
    return this.#namespace.deliveries;
  }

  /** What an attempt at a delivery would send now. Throws `usage` for a secret that its scheme cannot use. */
  prepare(delivery: DeliveryEntry) {
    const policy = this.#policyOf(delivery);
    const { body, event, id, secrets, subscription, url } = delivery;
    const bytes = Buffer.from(body);
    const input = {
      body: bytes,
      url,
      id,
      event,
      attempt: 1,
      secrets,
      subscriptionId: subscription?.id ?? '',
    };
    const signed = signAttempt(policy, input, this.#means.time.now());
    const sent = signed.body === bytes ? body : Buffer.from(signed.body).toString('utf8');
    return { method: policy.method, url: signed.url, headers: signed.headers, body: sent };
  }

  on(listener: DeliveryListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Lets attempts under way end, and starts no more. */
  close(): Promise<void> {
    return this.#dispatcher.close();
  }

  #committed(commit: Commit): void {
    const { cancellations = [], clear, deliveries = [], keepDeliveries } = commit;
    if (clear && !keepDeliveries) {
      void this.#dispatcher.close();
      this.#dispatcher = this.#createDispatcher();
    }
    for (const cancellation of cancellations) this.#dispatcher.drop(cancellation);
    if (deliveries.length === 0 || this.#outcomes.hasMade(commit)) return;
    this.#dispatcher.take(deliveries.filter(({ state }) => state === 'pending'));
  }

  #createDispatcher(): Dispatcher {
    const { apis, connections, guard, onError, time } = this.#means;
    const namespace = this.#namespace;
    const dispatcher: Dispatcher = new Dispatcher({
      clock: namespace.clock,
      time,
      log: namespace.deliveries,
      seed: namespace.seed,
      policyOf: (delivery) => this.#policyOf(delivery),
      send: (request) => sendAttempt(request, { guard, connections, time }),
      attempt: (plan) => (apis.get(plan.delivery.api)?.attempt ?? makeAttempt)(plan),
      faults: this.#faults,
      // What ends after the namespace has been reset is of no concern to it any more.
      record: (outcome) =>
        dispatcher === this.#dispatcher ? this.#outcomes.record(outcome) : Promise.resolve(),
      onError,
    });
    dispatcher.on((delivery, attempt) => {
      for (const listener of this.#listeners) listener(delivery, attempt);
    });
    return dispatcher;
  }

  /** Of an API that is served no more, what is left is delivered as anything is. The same object for the same policy. */
  #policyOf(delivery: DeliveryEntry): DeliveryPolicy {
    const api = this.#means.apis.get(delivery.api);
    const policy = api ? emissionPlanOf(api).policyOf(delivery) : defaultPolicy;
    const { adjustPolicy } = this.#means;
    if (!adjustPolicy) return policy;
    const adjusted = this.#adjusted.get(policy) ?? adjustPolicy(policy);
    this.#adjusted.set(policy, adjusted);
    return adjusted;
  }
}
