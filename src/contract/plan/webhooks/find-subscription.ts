import type { SubscriptionPlan } from '../../model/webhook-script.ts';
import type { PlanContext } from '../requests/plan-context.ts';

/** The first kind of subscription that an operation of the API creates. */
export function findSubscription({ collections, document }: PlanContext): SubscriptionPlan | undefined {
  for (const [index, extension] of (document.extension.subscriptions ?? []).entries()) {
    const collection = collections.find(extension.collection);
    const create = collection?.create;
    if (create) return { pointer: `#/x-sparring/subscriptions/${index}`, extension, collection, create };
  }
  return undefined;
}
