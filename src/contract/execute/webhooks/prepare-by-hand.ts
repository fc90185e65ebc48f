import type { PreparedCause } from './prepared-cause.ts';
import { NotPossible, type WebhookCaseContext } from './webhook-case-context.ts';

/** An event that a mock is about to be told to fire. */
export async function prepareByHand(caseContext: WebhookCaseContext): Promise<PreparedCause> {
  const { controls } = caseContext.environment;
  const { namespace, script } = caseContext;
  const { event } = script.facts;
  if (!controls || namespace === undefined)
    throw new NotPossible(
      `the document does not say what causes ${event}; only a mock can be told to fire it`,
    );
  return {
    what: `the mock was told to fire ${event}`,
    async act() {
      if (!(await controls.fire(namespace, event))) throw new NotPossible(`the mock cannot fire ${event}`);
      return { change: undefined, exchange: -1 };
    },
    look: async () => undefined,
    refuse: async () => undefined,
  };
}
