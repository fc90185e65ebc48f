import type { ReceiverAnswer } from '../../../receiver/create-receiver.ts';
import type { DeliveryPolicy } from '../../../webhooks/policy.ts';
import { includesStatus } from '../../../webhooks/status-range.ts';
import type { ArrivedWebhook } from '../environment/webhook-receiver.ts';
import { day, expectDelivery, silence, silenceForADay, subscribeAndVerify } from './expect-delivery.ts';
import { prepareCause } from './prepare-cause.ts';
import { begin, NotPossible, pass, type WebhookCaseContext, words } from './webhook-case-context.ts';

/** The receiver fails a few times, in ways that the document calls failures, and then takes it in the least usual way. */
export async function retryScenario(caseContext: WebhookCaseContext): Promise<void> {
  const { policy } = caseContext.script.facts;
  const failures = failuresOf(policy).slice(0, Math.max(1, policy.schedule.length));
  assertInTime(caseContext, policy.schedule.slice(0, failures.length));
  const cause = await prepareCause(caseContext, 1);
  await subscribeAndVerify(caseContext, caseContext.script.facts.event);
  const start = caseContext.checkpoints.length;
  caseContext.inbox.answer = (text, earlier) => {
    // Among deliveries of what others do, attempts at one have the same body.
    const isOfIt = (webhook: ArrivedWebhook) => caseContext.environment.isLoopback || webhook.text === text;
    const attempts = earlier.filter((webhook) => webhook.checkpoint >= start && isOfIt(webhook)).length;
    return answerWith(caseContext, failures[attempts] ?? successOf(policy));
  };
  const retries = policy.schedule.slice(0, failures.length);
  // Where time is not the run's, all attempts are waited for at once.
  await expectDelivery(caseContext, cause, caseContext.environment.controls ? 1 : retries.length + 1);
  for (const [index, delay] of caseContext.environment.controls ? retries.entries() : []) {
    await awaitAttempt(caseContext, policy, delay, `after ${failures[index]}, ${words(delay)} passed`);
  }
  const because = policy.schedule.length === 0 ? 'exhausted' : 'settled';
  await silenceForADay(caseContext, because);
}

/** The receiver fails for good: as many attempts as the schedule has, and none after them. */
export async function exhaustedScenario(caseContext: WebhookCaseContext): Promise<void> {
  const { policy } = caseContext.script.facts;
  const { schedule } = policy;
  if (!caseContext.environment.controls)
    throw new NotPossible('only a mock lets the time of all retries pass at once');
  if (schedule.length === 0) throw new NotPossible('the document knows of no retries');
  const most = policy.disable.failuresInARow;
  const cause = await prepareCause(caseContext, 1);
  await subscribeAndVerify(caseContext, caseContext.script.facts.event);
  const [status = 500] = failuresOf(policy);
  caseContext.inbox.answer = () => ({ status });
  await expectDelivery(caseContext, cause);
  const whole = schedule.reduce((sum, delay) => sum + delay, 0) * (1 + policy.jitter) + 1000;
  const count = most === null ? schedule.length : Math.min(schedule.length, most - 1);
  begin(caseContext, { what: `${words(whole)} passed, and each attempt failed`, expect: 'attempts', count });
  await pass(caseContext, whole);
  await silence(caseContext, 'exhausted', `${words(10 * day)} passed`, () => pass(caseContext, 10 * day));
}

/** Lets a delay of the schedule pass: nothing comes before it is over, and then one attempt does. */
export async function awaitAttempt(
  caseContext: WebhookCaseContext,
  policy: DeliveryPolicy,
  delay: number,
  what: string,
): Promise<void> {
  const early = Math.floor(delay * (1 - policy.jitter)) - 1000;
  if (early > 0)
    await silence(caseContext, 'not due', `${words(early)} passed`, () => pass(caseContext, early));
  begin(caseContext, { what, expect: 'attempts', count: 1 });
  await pass(caseContext, delay * (1 + policy.jitter) - Math.max(0, early));
}

/** Where time is not the run's, only what comes within its patience can be waited for. */
function assertInTime(caseContext: WebhookCaseContext, delays: readonly number[]): void {
  const { environment, webhookReceiver } = caseContext;
  if (environment.controls) return;
  if (delays.length === 0) throw new NotPossible('the document knows of no retries');
  const longest = Math.max(...delays);
  if (longest > webhookReceiver.patience)
    throw new NotPossible(`a retry comes after ${words(longest)}, which is more than is waited for`);
}

/** Answers that the document calls failures, the most telling first. */
export function failuresOf({ disable, success }: DeliveryPolicy): readonly number[] {
  const isFailure = (status: number) =>
    !includesStatus(success, status) && !includesStatus(disable.statuses, status);
  return [500, 203, 302, 404].filter(isFailure).slice(0, 3);
}

function successOf({ success }: DeliveryPolicy): number {
  const unusual = [302, 204, 202, 201, 200].find((status) => includesStatus(success, status));
  return unusual ?? success[0]?.from ?? 200;
}

function answerWith(caseContext: WebhookCaseContext, status: number): ReceiverAnswer {
  const isRedirect = status >= 300 && status < 400;
  return { status, ...(isRedirect && { headers: { location: caseContext.inbox.urlOf('redirected') } }) };
}
