import { objectOrEmpty } from '../../json/is-object.ts';
import { schemaWithDefinitions } from '../../openapi/document/schema-with-definitions.ts';
import { isCallback, type WebhookDefinition } from '../../openapi/webhooks/webhooks.ts';
import type { DeliveryPolicy } from '../../webhooks/policy.ts';
import { emissionPlanOf } from '../emission/emission-plan.ts';
import { fireEvent } from '../emission/fire-event.ts';
import type { FireOptions } from '../model/fire-options.ts';
import type { ServedApi } from '../model/served-api.ts';
import { type AdminBehaviour, optionalText } from './admin-behaviour.ts';
import { findServedApi } from './find-api.ts';
import { viewDelivery } from './view-delivery.ts';

/** The webhooks of the served APIs: seen, and fired by hand. */
export const eventBehaviours: Readonly<Record<string, AdminBehaviour>> = {
  listEvents({ query, server }) {
    const apis =
      typeof query.api === 'string' ? [findServedApi(server, query.api)] : [...server.apis.values()];
    const events = apis.flatMap((api) =>
      emissionPlanOf(api).webhooks.map((webhook) => viewEvent(api, webhook)),
    );
    return { status: 200, body: events };
  },
  getEvent({ path, server }) {
    const api = findServedApi(server, optionalText(path.api));
    const plan = emissionPlanOf(api);
    const webhook = plan.webhook(optionalText(path.event));
    const { description, event, examples, schema } = webhook;
    return {
      status: 200,
      body: {
        ...viewEvent(api, webhook),
        description,
        schema: schema === undefined ? null : schemaWithDefinitions(api.document, schema),
        payloads: Object.fromEntries(examples.map((example) => [example.name, example.value])),
        delivery: viewPolicy(plan.policyOf({ event, subscription: null })),
      },
    };
  },
  async fireEvent({ body, path, served, server }) {
    const api = findServedApi(server, optionalText(path.api));
    const { emitter, namespace } = served;
    const options: FireOptions = objectOrEmpty(body);
    const deliveries = await fireEvent(api, namespace, optionalText(path.event), options, emitter.admits);
    return { status: 202, body: deliveries.map((delivery) => viewDelivery(delivery)) };
  },
};

function viewEvent(api: ServedApi, webhook: WebhookDefinition) {
  const { event, examples, mediaType, method, summary } = webhook;
  return {
    api: api.name,
    event,
    summary,
    ...(isCallback(webhook) && { callback: webhook.url }),
    method: method.toUpperCase(),
    contentType: mediaType?.name ?? 'application/json',
    examples: examples.map((example) => example.name),
  };
}

function viewPolicy({ signature, ...policy }: DeliveryPolicy) {
  return { ...policy, signature: signature.scheme };
}
