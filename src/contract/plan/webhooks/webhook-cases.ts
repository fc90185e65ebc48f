import type { Case } from '../../model/case.ts';
import type { Gap } from '../../model/plan.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { callbackCases } from './callback-cases.ts';
import { subscriptionCases } from './subscription-cases.ts';

/** Cases about what an API sends by itself: to those who subscribe, and to who called an operation. */
export function webhookCases(context: PlanContext): {
  readonly cases: readonly Case[];
  readonly gaps: readonly Gap[];
} {
  const told = [
    subscriptionCases(context),
    ...context.document.operations.map((operation) => callbackCases(context, operation)),
  ];
  return { cases: told.flatMap(({ cases }) => cases), gaps: told.flatMap(({ gaps }) => gaps) };
}
