import type { WebhookAim } from '../../model/webhook-script.ts';
import { rotate, switchTo, unsubscribe } from './change-subscription.ts';
import {
  expectDelivery,
  expectSilence,
  prepareCauses,
  silenceAfterRefusal,
  silenceForADay,
  subscribeAndVerify,
} from './checkpoints.ts';
import { handshakeScenario } from './handshake-scenario.ts';
import { prepareCause } from './prepare-cause.ts';
import { exhausted, retried } from './retry-scenarios.ts';
import { subscribe } from './subscribe.ts';
import type { WebhookCaseContext } from './webhook-case-context.ts';

/** What a case of each aim does, in order. They throw `NotPossible` where they cannot go on. */
export const scenarios: Readonly<Record<WebhookAim, (stage: WebhookCaseContext) => Promise<void>>> = {
  delivered,
  retried,
  exhausted,
  inactive,
  disabled,
  handshake: handshakeScenario,
  rotated,
  any,
};

async function delivered(stage: WebhookCaseContext): Promise<void> {
  const { other, subscription } = stage.script;
  const [first, second, third] = await prepareCauses(stage, subscription ? 3 : 2);
  if (!first || !second) return;
  if (other !== undefined) await subscribe(stage, 'other', other);
  await subscribeAndVerify(stage, stage.script.facts.event);
  await expectDelivery(stage, first);
  await silenceForADay(stage, 'settled');
  await expectDelivery(stage, second);
  await silenceAfterRefusal(stage, second.refuse);
  if (third && (await unsubscribe(stage))) await expectSilence(stage, 'unsubscribed', third);
}

async function any(stage: WebhookCaseContext): Promise<void> {
  const cause = await prepareCause(stage, 1);
  await subscribeAndVerify(stage, stage.script.subscription?.extension.any);
  await expectDelivery(stage, cause);
}

async function rotated(stage: WebhookCaseContext): Promise<void> {
  const cause = await prepareCause(stage, 1);
  await subscribeAndVerify(stage, stage.script.facts.event);
  await rotate(stage);
  await expectDelivery(stage, cause);
}

async function inactive(stage: WebhookCaseContext): Promise<void> {
  const [first, second] = await prepareCauses(stage, 2);
  if (!first || !second) return;
  await subscribeAndVerify(stage, stage.script.facts.event);
  await switchTo(stage, false);
  await expectSilence(stage, 'inactive', first);
  await switchTo(stage, true);
  await expectDelivery(stage, second);
}

async function disabled(stage: WebhookCaseContext): Promise<void> {
  const { statuses } = stage.script.facts.policy.disable;
  const status = statuses[0]?.from ?? 410;
  const [first, second] = await prepareCauses(stage, 2);
  if (!first || !second) return;
  await subscribeAndVerify(stage, stage.script.facts.event);
  stage.box.answer = () => ({ status });
  await expectDelivery(stage, first);
  stage.box.answer = () => ({});
  await expectSilence(stage, 'disabled', second);
}
