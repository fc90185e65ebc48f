import { fillTemplate } from '../../../openapi/fill-template.ts';
import { isObject, type JsonObject } from '../../../openapi/is-object.ts';
import { baseRequest } from '../../plan/base-request.ts';
import { isTold } from '../../plan/webhooks/conditions.ts';
import {
  bodyProperties,
  fieldOf,
  subscriptionRequest,
  switchesOf,
} from '../../plan/webhooks/subscription-template.ts';
import type { SubscriptionPlan } from '../../webhook-types.ts';
import { makeNeed } from '../make-need.ts';
import {
  amend,
  bare,
  begin,
  callSuccessfully,
  fieldsSent,
  NotPossible,
  readRecord,
  type Stage,
  settle,
  settleUnclaimed,
} from './stage.ts';

/** A secret as a scheme wants it. */
function secretFor({ script }: Stage, text: string): string {
  const isEncoded = script.facts.policy.signature.scheme === 'standard-webhooks';
  return isEncoded ? `whsec_${Buffer.from(text).toString('base64')}` : text;
}

/** Makes a subscription to an event; the one at the own address is the case's. */
export async function subscribe(
  stage: Stage,
  address: 'own' | 'other',
  event: string | undefined,
): Promise<void> {
  const { environment, script } = stage;
  const plan = script.subscription;
  if (!plan) return;
  const request = subscriptionRequest(environment.context, plan, {
    url: stage.box.urlOf(address),
    event,
    secret: secretFor(stage, 'sparring-contract-secret'),
  });
  if (typeof request === 'string') throw new NotPossible(request);
  for (const need of request.needs) {
    const made = await makeNeed(stage, need);
    if (typeof made === 'string') throw new NotPossible(made);
    stage.bindings.set(need.name, made);
  }
  const isAwaited = script.handshake !== undefined;
  begin(stage, {
    what: `${plan.create.id} made a subscription`,
    expect: isAwaited && address === 'own' ? 'handshake' : 'any',
    ...(script.handshake && { facts: script.handshake.facts }),
  });
  const { created, exchange, index } = await callSuccessfully(stage, {
    name: 'subscribe',
    operation: plan.create,
    template: request.template,
    bindings: stage.bindings,
  });
  if (!created) throw new NotPossible(`the answer of ${plan.create.id} does not say which it made`);
  const shown = isObject(created.record) ? created.record : {};
  const record = { ...fieldsSent(exchange), ...shown };
  if (address === 'own') {
    const secrets = secretsOf(plan, record);
    stage.subscribed = { bound: created, record, shown: created.record, secrets, exchange: index };
    amend(stage, { secrets, subscription: created.record, exchange: index });
  }
  if (isAwaited) await settle(stage, 1);
  else await settleUnclaimed(stage);
  if (address === 'other' && script.aim !== 'handshake') await verify(stage, address, record);
}

function secretsOf({ extension }: SubscriptionPlan, record: JsonObject): readonly string[] {
  const filled: unknown = fillTemplate(extension.secret, { subscription: record });
  return [filled].flat().filter((each): each is string => typeof each === 'string' && each !== '');
}

/** Answers the handshake of a subscription with what arrived, where it is not told of anything before. */
export async function verify(
  stage: Stage,
  address: 'own' | 'other' = 'own',
  record: JsonObject | undefined = stage.subscribed?.record,
): Promise<void> {
  const { box, environment, script } = stage;
  const { handshake, subscription } = script;
  if (!handshake || !subscription || !record) return;
  if (isTold(environment.context, subscription, record)) return;
  const letter = box.letters.findLast(
    ({ address: at, json }) =>
      at === address && isObject(json) && handshake.parameters.every((name) => json[name] !== undefined),
  );
  if (!letter || !isObject(letter.json))
    throw new NotPossible('no verification arrived that could be answered');
  const { json } = letter;
  const path = Object.fromEntries(handshake.parameters.map((name) => [name, json[name]]));
  const base = baseRequest(environment.context, handshake.operation);
  begin(stage, { what: `${handshake.operation.id} verified it`, expect: 'any' });
  await callSuccessfully(stage, {
    name: 'verify',
    operation: handshake.operation,
    template: { ...base.template, path },
  });
  forget(stage);
  await settleUnclaimed(stage);
}

/** The subscription may have changed since it was looked at. */
export function forget(stage: Stage): void {
  if (stage.subscribed) stage.subscribed = { ...stage.subscribed, shown: undefined };
}

/** Looks at the subscription again where it may have changed. */
export async function lookAgain(stage: Stage): Promise<void> {
  const { subscribed } = stage;
  if (!subscribed || subscribed.shown !== undefined) return;
  const { collection, id, path } = subscribed.bound;
  stage.subscribed = { ...subscribed, shown: await readRecord(stage, collection, id, path) };
}

/** Deletes the subscription; false where nothing can. */
export async function unsubscribe(stage: Stage): Promise<boolean> {
  const { script, subscribed } = stage;
  const { delete: deletion, idParameter } = script.subscription?.collection ?? {};
  if (!deletion || idParameter === undefined || !subscribed) return false;
  const { id, path } = subscribed.bound;
  const template = bare(deletion, { ...path, [idParameter]: id });
  await callSuccessfully(stage, { name: 'unsubscribe', operation: deletion, template });
  return true;
}

/** Switches the subscription on or off. */
export async function switchTo(stage: Stage, isOn: boolean): Promise<void> {
  const { environment, script } = stage;
  const plan = script.subscription;
  if (!plan) return;
  for (const [field, wanted] of switchesOf(plan)) {
    const update = plan.collection.updates.find((each) =>
      bodyProperties(environment.context, each).has(field),
    );
    if (update) return change(stage, field, isOn ? wanted : !wanted);
  }
  throw new NotPossible('no operation switches it off');
}

/** Gives the subscription another secret. */
export async function rotate(stage: Stage): Promise<void> {
  const field = fieldOf(stage.script.subscription?.extension.secret);
  if (field === undefined || !stage.subscribed) throw new NotPossible('it has no secret');
  const renewed = secretFor(stage, 'sparring-contract-renewed');
  await change(stage, field, renewed);
  if (stage.subscribed) stage.subscribed = { ...stage.subscribed, secrets: [renewed] };
}

async function change(stage: Stage, field: string, value: unknown): Promise<void> {
  const { environment, script, subscribed } = stage;
  const collection = script.subscription?.collection;
  const takes = (collection?.updates ?? []).filter((each) =>
    bodyProperties(environment.context, each).has(field),
  );
  const update = takes.find(({ method }) => method === 'patch') ?? takes[0];
  if (!collection || collection.idParameter === undefined || !update || !subscribed)
    throw new NotPossible(`no operation changes ${field} of it`);
  const { id, path } = subscribed.bound;
  const { template } = baseRequest(environment.context, update);
  const whole = update.method === 'patch' ? {} : sentBody(stage);
  await callSuccessfully(stage, {
    name: 'update',
    operation: update,
    template: {
      ...template,
      path: { ...path, [collection.idParameter]: id },
      ...(template.body && { body: { ...template.body, value: { ...whole, [field]: value } } }),
    },
  });
  forget(stage);
}

/** The body that the subscription was made with. */
function sentBody({ exchanges, subscribed }: Stage): JsonObject {
  const exchange = exchanges[subscribed?.exchange ?? -1];
  return exchange ? fieldsSent(exchange) : {};
}
