import { SparringError } from '../../../errors.ts';
import { examplePayload } from '../../../openapi/webhooks/webhook-payload.ts';
import type { WebhookDefinition } from '../../../openapi/webhooks/webhooks.ts';
import type { PlanContext } from '../requests/plan-context.ts';

/** What the document shows of a webhook's payload, or what its schema allows; undefined where nothing can be made. */
export function shownPayload({ document, validators }: PlanContext, definition: WebhookDefinition): unknown {
  try {
    return examplePayload(document, validators, definition);
  } catch (error) {
    if (error instanceof SparringError) return undefined;
    throw error;
  }
}
