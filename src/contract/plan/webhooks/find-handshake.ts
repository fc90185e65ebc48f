import { isObject } from '../../../json/is-object.ts';
import type { Handshake, SubscriptionPlan } from '../../model/webhook-script.ts';
import { isSafe } from '../requests/is-safe.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { shownPayload } from './shown-payload.ts';
import { definitionOf, emitRulesOf, webhookFacts } from './webhook-facts.ts';

/**
 * What a new subscription is sent itself, and the operation that shows it has arrived: one below the subscriptions' path whose
 * path parameters are all fields of that payload.
 */
export function findHandshake(context: PlanContext, subscription: SubscriptionPlan): Handshake | undefined {
  const { document } = context;
  const rule = emitRulesOf(document).find(({ extension }) => extension.to === 'self');
  const definition = rule && definitionOf(document, rule.extension.event);
  if (!rule || !definition) return undefined;
  const payload = shownPayload(context, definition);
  const { collection } = subscription;
  const roles = [collection.read, collection.delete, ...collection.updates];
  for (const operation of document.operations) {
    const parameters = [...operation.path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
    const isBelow = operation.path.startsWith(`${collection.path}/`) && !roles.includes(operation);
    if (!isBelow || isSafe(operation.method) || parameters.length === 0) continue;
    if (!isObject(payload) || !parameters.every((name) => Object.hasOwn(payload, name))) continue;
    const index = (document.extension.subscriptions ?? []).findIndex(
      (each) => each.collection === rule.collection,
    );
    const extension = document.extension.subscriptions?.[index];
    const told = extension && {
      ...subscription,
      extension,
      pointer: `#/x-sparring/subscriptions/${index}`,
    };
    const facts = webhookFacts(document, rule.extension.event, [definition], told ?? subscription, rule);
    return { facts, operation, parameters };
  }
  return undefined;
}
