import type { Operation } from '../../../openapi/document/document.ts';
import type { RequestTemplate } from '../../model/request-template.ts';
import { negativeCases } from '../../plan/cases/negative-cases.ts';
import type { BoundRecord } from '../environment/environment.ts';
import type { Happened } from './prepared-cause.ts';
import { call, NotPossible, type WebhookCaseContext } from './webhook-case-context.ts';

/** An operation as it is called: with whom, and for which records. */
interface Called {
  readonly operation: Operation;
  readonly template: RequestTemplate;
  readonly bindings: ReadonlyMap<string, BoundRecord>;
}

/** Calls an operation with one rule of its body broken. */
export async function refuseCall(
  caseContext: WebhookCaseContext,
  { bindings, operation, template }: Called,
): Promise<Pick<Happened, 'exchange'> | undefined> {
  const { addressed } = caseContext.script;
  const own = caseContext.inbox.urlOf('own');
  for (const { steps } of negativeCases(caseContext.environment.context, operation, {
    generated: 1,
    onGap() {},
  })) {
    const [step] = steps;
    if (!step?.broken?.location.startsWith('body/')) continue;
    const request = addressed ? addressed(step.request, own) : step.request;
    const about = Object.keys(template.path).length > 0 ? { ...request, path: template.path } : request;
    try {
      const calling = { name: 'refused', operation, template: about, bindings, broken: step.broken };
      const { exchange, index } = await call(caseContext, { ...calling, expect: 'refused' });
      return (exchange.response?.status ?? 0) >= 400 ? { exchange: index } : undefined;
    } catch (error) {
      if (!(error instanceof NotPossible)) throw error;
    }
  }
  return undefined;
}
