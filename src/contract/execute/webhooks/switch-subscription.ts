import type { JsonObject } from '../../../json/is-object.ts';
import { baseRequest } from '../../plan/requests/base-request.ts';
import { bodyProperties, fieldOf, switchesOf } from '../../plan/webhooks/subscription-template.ts';
import { forget, secretFor } from './subscribe.ts';
import {
  bare,
  callSuccessfully,
  fieldsSent,
  NotPossible,
  type WebhookCaseContext,
} from './webhook-case-context.ts';

/** Deletes the subscription; false where nothing can. */
export async function unsubscribe(caseContext: WebhookCaseContext): Promise<boolean> {
  const { script, subscribed } = caseContext;
  const { delete: deletion, idParameter } = script.subscription?.collection ?? {};
  if (!deletion || idParameter === undefined || !subscribed) return false;
  const { id, path } = subscribed.boundRecord;
  const template = bare(deletion, { ...path, [idParameter]: id });
  await callSuccessfully(caseContext, { name: 'unsubscribe', operation: deletion, template });
  return true;
}

/** Switches the subscription on or off. */
export async function switchSubscription(caseContext: WebhookCaseContext, isOn: boolean): Promise<void> {
  const { environment, script } = caseContext;
  const plan = script.subscription;
  if (!plan) return;
  for (const [field, wanted] of switchesOf(plan)) {
    const update = plan.collection.updates.find((each) =>
      bodyProperties(environment.context, each).has(field),
    );
    if (update) return change(caseContext, field, isOn ? wanted : !wanted);
  }
  throw new NotPossible('no operation switches it off');
}

/** Gives the subscription another secret. */
export async function rotate(caseContext: WebhookCaseContext): Promise<void> {
  const field = fieldOf(caseContext.script.subscription?.extension.secret);
  if (field === undefined || !caseContext.subscribed) throw new NotPossible('it has no secret');
  const renewed = secretFor(caseContext, 'sparring-contract-renewed');
  await change(caseContext, field, renewed);
  if (caseContext.subscribed) caseContext.subscribed = { ...caseContext.subscribed, secrets: [renewed] };
}

async function change(caseContext: WebhookCaseContext, field: string, value: unknown): Promise<void> {
  const { environment, script, subscribed } = caseContext;
  const collection = script.subscription?.collection;
  const takes = (collection?.updates ?? []).filter((each) =>
    bodyProperties(environment.context, each).has(field),
  );
  const update = takes.find(({ method }) => method === 'patch') ?? takes[0];
  if (!collection || collection.idParameter === undefined || !update || !subscribed)
    throw new NotPossible(`no operation changes ${field} of it`);
  const { id, path } = subscribed.boundRecord;
  const { template } = baseRequest(environment.context, update);
  const whole = update.method === 'patch' ? {} : sentBody(caseContext);
  await callSuccessfully(caseContext, {
    name: 'update',
    operation: update,
    template: {
      ...template,
      path: { ...path, [collection.idParameter]: id },
      ...(template.body && { body: { ...template.body, value: { ...whole, [field]: value } } }),
    },
  });
  forget(caseContext);
}

/** The body that the subscription was made with. */
function sentBody({ exchanges, subscribed }: WebhookCaseContext): JsonObject {
  const exchange = exchanges[subscribed?.exchange ?? -1];
  return exchange ? fieldsSent(exchange) : {};
}
