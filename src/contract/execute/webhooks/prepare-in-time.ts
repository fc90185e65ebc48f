import type { WebhookChange } from '../../model/webhook-run.ts';
import type { WebhookCause } from '../../model/webhook-script.ts';
import { isFiring } from '../../plan/webhooks/is-firing.ts';
import { prepareCall } from './prepare-call.ts';
import type { PreparedCause } from './prepared-cause.ts';
import { NotPossible, pass, readRecordAgain, type WebhookCaseContext } from './webhook-case-context.ts';

/** How far a mock's clock is moved on, in minutes, until it has happened. */
const steps = [1, 60, 24 * 60];

/** A record that the API creates, to which the rest happens by itself: on a mock when its clock moves on. */
export async function prepareInTime(
  caseContext: WebhookCaseContext,
  { operation }: Extract<WebhookCause, { by: 'time' }>,
  key: string,
): Promise<PreparedCause> {
  const { context, controls } = caseContext.environment;
  const { facts } = caseContext.script;
  const called = await prepareCall(caseContext, operation, key);

  async function changeSince(before: unknown): Promise<WebhookChange | undefined> {
    const made = called.made();
    const after = made && (await readRecordAgain(caseContext, made.collection, made.id, made.path));
    return isFiring(context, facts, { before, after }) ? { before, after } : undefined;
  }

  return {
    what: `${called.what}, and time passed`,
    async act() {
      const { change, exchange } = await called.act();
      const before = change?.after;
      for (const minutes of controls ? steps : []) {
        await pass(caseContext, minutes * 60_000);
        const fired = await changeSince(before);
        if (fired) return { change: fired, exchange };
      }
      return { change: { before, after: null }, exchange };
    },
    async look({ change }) {
      const fired = await changeSince(change?.before);
      if (!fired) throw new NotPossible(`what fires ${facts.event} did not happen in time`);
      return fired;
    },
    refuse: called.refuse,
  };
}
