import { emissionPlanOf } from '../emission/emission-plan.ts';
import { fireEvent, previewEvent } from '../emission/fire-event.ts';
import type { MockWebhooks } from '../model/mock.ts';
import type { ServedApi } from '../model/served-api.ts';
import type { ServedNamespace } from '../model/served-namespace.ts';

/** The webhooks of a namespace as a library user sees them. */
export function mockWebhooks(
  { emitter, namespace }: ServedNamespace,
  apiNamed: (name: string) => ServedApi,
): MockWebhooks {
  return {
    fire: async (api, event, options = {}) =>
      fireEvent(apiNamed(api), namespace, event, options, emitter.admits),
    async preview(api, event, options = {}) {
      const deliveries = await previewEvent(apiNamed(api), namespace, event, options);
      return deliveries.map((delivery) => emitter.prepare(delivery));
    },
    subscriptions: (api) => emissionPlanOf(apiNamed(api)).subscriptions.map(({ collection }) => collection),
    count: (filter = {}) => emitter.log.count(filter),
    deliveries: (filter = {}) => emitter.log.list(filter, { limit: Number.MAX_SAFE_INTEGER, offset: 0 }),
    attempts: (delivery) => emitter.log.attempts(delivery),
    resend: async (delivery) => emitter.dispatcher.resend(delivery),
    cancel: async (delivery) => emitter.dispatcher.cancel(delivery),
    whenIdle: () => emitter.dispatcher.whenIdle(),
    drain: () => emitter.dispatcher.drain(),
    on: (_, listener) => emitter.on(listener),
    get faults() {
      return emitter.dispatcher.faults;
    },
  };
}
