import { isObject, type JsonObject } from '../../../json/is-object.ts';
import { fillTemplate } from '../../../openapi/expressions/fill-template.ts';
import type { SubscriptionPlan } from '../../model/webhook-script.ts';
import { type BaseRequest, baseRequest } from '../../plan/requests/base-request.ts';
import { isNotified } from '../../plan/webhooks/is-firing.ts';
import { subscriptionTemplate } from '../../plan/webhooks/subscription-template.ts';
import { establishPreconditions } from './establish-preconditions.ts';
import {
  amend,
  awaitCheckpoint,
  begin,
  callSuccessfully,
  fieldsSent,
  NotPossible,
  readRecordAgain,
  settleUnclaimed,
  type WebhookCaseContext,
} from './webhook-case-context.ts';

/** A secret as a scheme wants it. */
export function secretFor({ script }: WebhookCaseContext, text: string): string {
  const isEncoded = script.facts.policy.signature.scheme === 'standard-webhooks';
  return isEncoded ? `whsec_${Buffer.from(text).toString('base64')}` : text;
}

/** Makes a subscription to an event; the one at the own address is the case's. */
export async function subscribe(
  caseContext: WebhookCaseContext,
  address: 'own' | 'other',
  event: string | undefined,
): Promise<void> {
  const { script } = caseContext;
  const plan = script.subscription;
  if (!plan) return;
  const { preconditions, template } = requestFor(caseContext, plan, address, event);
  const bindings = await establishPreconditions(caseContext, preconditions);
  const isAwaited = script.handshake !== undefined;
  begin(caseContext, {
    what: `${plan.create.id} made a subscription`,
    expect: isAwaited && address === 'own' ? 'handshake' : 'any',
    ...(script.handshake && { facts: script.handshake.facts }),
  });
  const { created, exchange, index } = await callSuccessfully(caseContext, {
    name: 'subscribe',
    operation: plan.create,
    template,
    bindings,
  });
  if (!created) throw new NotPossible(`the answer of ${plan.create.id} does not say which it made`);
  const shown = isObject(created.record) ? created.record : {};
  const record = { ...fieldsSent(exchange), ...shown };
  if (address === 'own') {
    const secrets = secretsOf(plan, record);
    caseContext.subscribed = {
      boundRecord: created,
      record,
      shown: created.record,
      secrets,
      exchange: index,
    };
    amend(caseContext, { secrets, subscription: created.record, exchange: index });
  }
  if (isAwaited) await awaitCheckpoint(caseContext, 1);
  else await settleUnclaimed(caseContext);
  if (address === 'other' && script.aim !== 'handshake') await verify(caseContext, address, record);
}

function requestFor(
  caseContext: WebhookCaseContext,
  plan: SubscriptionPlan,
  address: 'own' | 'other',
  event: string | undefined,
): BaseRequest {
  const secret = secretFor(caseContext, 'sparring-contract-secret');
  const wish = { url: caseContext.inbox.urlOf(address), event, secret };
  const request = subscriptionTemplate(caseContext.environment.context, plan, wish);
  if (typeof request === 'string') throw new NotPossible(request);
  return request;
}

function secretsOf({ extension }: SubscriptionPlan, record: JsonObject): readonly string[] {
  const filled: unknown = fillTemplate(extension.secret, { subscription: record });
  return [filled].flat().filter((each): each is string => typeof each === 'string' && each !== '');
}

/** Answers the handshake of a subscription with what arrived, where it is not told of anything before. */
export async function verify(
  caseContext: WebhookCaseContext,
  address: 'own' | 'other' = 'own',
  record: JsonObject | undefined = caseContext.subscribed?.record,
): Promise<void> {
  const { inbox, environment, script } = caseContext;
  const { handshake, subscription } = script;
  if (!handshake || !subscription || !record) return;
  if (isNotified(environment.context, subscription, record)) return;
  const webhook = inbox.webhooks.findLast(
    ({ address: at, json }) =>
      at === address && isObject(json) && handshake.parameters.every((name) => json[name] !== undefined),
  );
  if (!webhook || !isObject(webhook.json))
    throw new NotPossible('no verification arrived that could be answered');
  const { json } = webhook;
  const path = Object.fromEntries(handshake.parameters.map((name) => [name, json[name]]));
  const base = baseRequest(environment.context, handshake.operation);
  begin(caseContext, { what: `${handshake.operation.id} verified it`, expect: 'any' });
  await callSuccessfully(caseContext, {
    name: 'verify',
    operation: handshake.operation,
    template: { ...base.template, path },
  });
  forget(caseContext);
  await settleUnclaimed(caseContext);
}

/** The subscription may have changed since it was looked at. */
export function forget(caseContext: WebhookCaseContext): void {
  if (caseContext.subscribed) caseContext.subscribed = { ...caseContext.subscribed, shown: undefined };
}

/** Looks at the subscription again where it may have changed. */
export async function lookAgain(caseContext: WebhookCaseContext): Promise<void> {
  const { subscribed } = caseContext;
  if (!subscribed || subscribed.shown !== undefined) return;
  const { collection, id, path } = subscribed.boundRecord;
  caseContext.subscribed = { ...subscribed, shown: await readRecordAgain(caseContext, collection, id, path) };
}
