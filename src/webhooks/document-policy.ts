import type { ApiDocument } from '../openapi/document/document.ts';
import type { SubscriptionExtension } from '../openapi/document/extension.ts';
import type { WebhookDefinition } from '../openapi/webhooks/webhooks.ts';
import { parsePolicy } from './parse-policy.ts';
import { type DeliveryPolicy, resolvePolicy } from './policy.ts';

/**
 * How a document says a webhook is delivered: the document's settings, then the webhook's, then the subscription's. Without a
 * webhook, how any of them is.
 *
 * @throws SparringError `document-invalid` for settings that make no sense
 */
export function documentPolicyOf(
  document: ApiDocument,
  webhook?: WebhookDefinition,
  subscription?: SubscriptionExtension,
): DeliveryPolicy {
  const layers = [
    [document.extension.delivery, 'x-sparring/delivery'],
    [webhook?.extension.delivery, `webhooks/${webhook?.name}/x-sparring/delivery`],
    [subscription?.delivery, `x-sparring/subscriptions/${subscription?.collection}/delivery`],
  ] as const;
  const own = {
    method: webhook?.method.toUpperCase(),
    contentType: webhook?.mediaType?.name,
    headers: headersOf(webhook),
  };
  return resolvePolicy(own, ...layers.map(([layer, at]) => layer && parsePolicy(withoutMarks(layer), at)));
}

/** The headers a webhook is documented to carry, as shown there; those that prove who sends it are the signature's matter. */
function headersOf(webhook: WebhookDefinition | undefined): Record<string, string> {
  const shown = (webhook?.headers ?? []).filter(
    ({ example, name }) => example !== undefined && !isProof(name),
  );
  return Object.fromEntries(shown.map(({ example, name }) => [name, String(example)]));
}

function isProof(name: string): boolean {
  return /signature|authorization|hmac|token|secret|content-type/i.test(name);
}

/** Delivery settings without `x-provenance` and `x-source`. */
function withoutMarks(layer: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(layer).filter(([name]) => !name.startsWith('x-')));
}
