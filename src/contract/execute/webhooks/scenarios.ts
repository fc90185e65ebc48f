import type { WebhookAim } from '../../model/webhook-script.ts';
import {
  expectDelivery,
  expectSilence,
  prepareCauses,
  silenceAfterRefusal,
  silenceForADay,
  subscribeAndVerify,
} from './expect-delivery.ts';
import { handshakeScenario } from './handshake-scenario.ts';
import { prepareCause } from './prepare-cause.ts';
import { exhaustedScenario, retryScenario } from './retry-scenarios.ts';
import { subscribe } from './subscribe.ts';
import { rotate, switchSubscription, unsubscribe } from './switch-subscription.ts';
import type { WebhookCaseContext } from './webhook-case-context.ts';

/** What a case of each aim does, in order. They throw `NotPossible` where they cannot go on. */
export const scenarios: Readonly<Record<WebhookAim, (caseContext: WebhookCaseContext) => Promise<void>>> = {
  delivered,
  retried: retryScenario,
  exhausted: exhaustedScenario,
  inactive,
  disabled,
  handshake: handshakeScenario,
  rotated,
  any,
};

async function delivered(caseContext: WebhookCaseContext): Promise<void> {
  const { other, subscription } = caseContext.script;
  const [first, second, third] = await prepareCauses(caseContext, subscription ? 3 : 2);
  if (!first || !second) return;
  if (other !== undefined) await subscribe(caseContext, 'other', other);
  await subscribeAndVerify(caseContext, caseContext.script.facts.event);
  await expectDelivery(caseContext, first);
  await silenceForADay(caseContext, 'settled');
  await expectDelivery(caseContext, second);
  await silenceAfterRefusal(caseContext, second.refuse);
  if (third && (await unsubscribe(caseContext))) await expectSilence(caseContext, 'unsubscribed', third);
}

async function any(caseContext: WebhookCaseContext): Promise<void> {
  const cause = await prepareCause(caseContext, 1);
  await subscribeAndVerify(caseContext, caseContext.script.subscription?.extension.any);
  await expectDelivery(caseContext, cause);
}

async function rotated(caseContext: WebhookCaseContext): Promise<void> {
  const cause = await prepareCause(caseContext, 1);
  await subscribeAndVerify(caseContext, caseContext.script.facts.event);
  await rotate(caseContext);
  await expectDelivery(caseContext, cause);
}

async function inactive(caseContext: WebhookCaseContext): Promise<void> {
  const [first, second] = await prepareCauses(caseContext, 2);
  if (!first || !second) return;
  await subscribeAndVerify(caseContext, caseContext.script.facts.event);
  await switchSubscription(caseContext, false);
  await expectSilence(caseContext, 'inactive', first);
  await switchSubscription(caseContext, true);
  await expectDelivery(caseContext, second);
}

async function disabled(caseContext: WebhookCaseContext): Promise<void> {
  const { statuses } = caseContext.script.facts.policy.disable;
  const status = statuses[0]?.from ?? 410;
  const [first, second] = await prepareCauses(caseContext, 2);
  if (!first || !second) return;
  await subscribeAndVerify(caseContext, caseContext.script.facts.event);
  caseContext.inbox.answer = () => ({ status });
  await expectDelivery(caseContext, first);
  caseContext.inbox.answer = () => ({});
  await expectSilence(caseContext, 'disabled', second);
}
