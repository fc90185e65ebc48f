import { SparringError } from '../../../errors.ts';
import { isObject } from '../../../json/is-object.ts';
import type { Verification } from '../../../webhooks/signers/signer.ts';
import { type ReceivedWebhook, verifyWebhook } from '../../../webhooks/verify-webhook.ts';
import type { Arrival } from '../../model/webhook-run.ts';
import type { ArrivedWebhook } from '../environment/webhook-receiver.ts';
import { isToHandshake } from './is-to-handshake.ts';
import type { WebhookCaseContext } from './webhook-case-context.ts';

/** What of a case's webhooks is its own, each with what its signature is worth. */
export function examineWebhooks(
  webhooks: readonly ArrivedWebhook[],
  caseContext: WebhookCaseContext,
): readonly Arrival[] {
  return ownOf(webhooks, caseContext).map((webhook) => examined(webhook, caseContext));
}

/** On a server that others use too, only what speaks of records that the case made is taken for its own. */
function ownOf(
  webhooks: readonly ArrivedWebhook[],
  { environment, owned, script }: WebhookCaseContext,
): readonly ArrivedWebhook[] {
  if (environment.isLoopback) return webhooks;
  const ids = new Set(owned.map(({ id }) => id));
  const { find } = environment.context.collections;
  const names = new Set(owned.map(({ collection }) => find(collection)?.id));
  const isId = (name: string) => names.has(name) || /id$/i.test(name);
  return webhooks.filter((webhook) => isToHandshake(webhook, script) || speaksOf(webhook.json, ids, isId));
}

/** Whether a field that holds an id holds one of these, at any depth. */
function speaksOf(value: unknown, ids: ReadonlySet<string>, isId: (name: string) => boolean): boolean {
  if (Array.isArray(value)) return value.some((item) => speaksOf(item, ids, isId));
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    ([name, part]) => (isId(name) && ids.has(String(part))) || speaksOf(part, ids, isId),
  );
}

/** A webhook with what its signature is worth, by the secrets of the checkpoint it belongs to. */
function examined(webhook: ArrivedWebhook, { checkpoints, script, subscribed }: WebhookCaseContext): Arrival {
  const checkpoint = checkpoints[webhook.checkpoint];
  const facts = isToHandshake(webhook, script) ? script.handshake?.facts : checkpoint?.facts;
  const { options, scheme } = facts?.policy.signature ?? { scheme: 'none', options: {} };
  const secrets = checkpoint?.secrets ?? [];
  if (scheme === 'none' || secrets.length === 0 || webhook.address !== 'own')
    return { ...webhook, verification: undefined };
  const { at, body, headers, method, url } = webhook;
  const verification = verified(scheme, {
    headers,
    body,
    method,
    url,
    secrets,
    now: Math.floor(at / 1000),
    options,
    ...(subscribed && { subscriptionId: subscribed.boundRecord.id }),
  });
  return { ...webhook, verification };
}

function verified(scheme: string, webhook: ReceivedWebhook): Verification {
  try {
    return verifyWebhook(scheme, webhook);
  } catch (error) {
    if (!(error instanceof SparringError)) throw error;
    return { valid: false, reason: 'signature-mismatch', message: error.message };
  }
}
