import type { ReceiverAnswer } from '../../../receiver/create-receiver.ts';
import type { DeliveryPolicy } from '../../../webhooks/policy.ts';
import { includesStatus } from '../../../webhooks/status-range.ts';
import type { WebhookAim, WebhookMoment } from '../../webhook-types.ts';
import { prepareCause } from './causes/prepare-cause.ts';
import type { PreparedCause } from './causes/prepared-cause.ts';
import type { Letter } from './mailroom.ts';
import { amend, begin, NotPossible, pass, type Stage, settle, words } from './stage.ts';
import { forget, lookAgain, rotate, subscribe, switchTo, unsubscribe, verify } from './subscribe.ts';

const day = 24 * 3_600_000;

/** What a case of each aim does, in order. They throw `NotPossible` where they cannot go on. */
export const courses: Readonly<Record<WebhookAim, (stage: Stage) => Promise<void>>> = {
  delivered,
  retried,
  exhausted,
  inactive,
  disabled,
  handshake,
  rotated,
  any,
};

async function delivered(stage: Stage): Promise<void> {
  const { other, subscription } = stage.script;
  const [first, second, third] = await prepareCauses(stage, subscription ? 3 : 2);
  if (!first || !second) return;
  if (other !== undefined) await subscribe(stage, 'other', other);
  await subscribeAndVerify(stage, stage.script.facts.event);
  await expectDelivery(stage, first);
  await silenceForADay(stage, 'settled');
  await expectDelivery(stage, second);
  await silenceAfterRefusal(stage, second);
  if (third && (await unsubscribe(stage))) await expectSilence(stage, 'unsubscribed', third);
}

/** So many of what causes the event, all made ready before anybody is told of anything. */
async function prepareCauses(stage: Stage, count: number): Promise<readonly PreparedCause[]> {
  const causes: PreparedCause[] = [];
  while (causes.length < count) causes.push(await prepareCause(stage, causes.length + 1));
  return causes;
}

async function any(stage: Stage): Promise<void> {
  const cause = await prepareCause(stage, 1);
  await subscribeAndVerify(stage, stage.script.subscription?.extension.any);
  await expectDelivery(stage, cause);
}

async function rotated(stage: Stage): Promise<void> {
  const cause = await prepareCause(stage, 1);
  await subscribeAndVerify(stage, stage.script.facts.event);
  await rotate(stage);
  await expectDelivery(stage, cause);
}

async function inactive(stage: Stage): Promise<void> {
  const [first, second] = await prepareCauses(stage, 2);
  if (!first || !second) return;
  await subscribeAndVerify(stage, stage.script.facts.event);
  await switchTo(stage, false);
  await expectSilence(stage, 'inactive', first);
  await switchTo(stage, true);
  await expectDelivery(stage, second);
}

async function disabled(stage: Stage): Promise<void> {
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

async function handshake(stage: Stage): Promise<void> {
  const first = await orNone(() => prepareCause(stage, 1));
  const second = first && (await prepareCause(stage, 2));
  await subscribe(stage, 'own', stage.script.facts.event);
  if (first) await expectSilence(stage, 'unverified', first);
  await verify(stage);
  if (second) await expectDelivery(stage, second);
}

/** A subscription can be verified where nothing is known that it could be told of. */
async function orNone<T>(make: () => Promise<T>): Promise<T | undefined> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof NotPossible) return undefined;
    throw error;
  }
}

/** The receiver fails a few times, in ways that the document calls failures, and then takes it in the least usual way. */
async function retried(stage: Stage): Promise<void> {
  const { policy } = stage.script.facts;
  const failures = failuresOf(policy).slice(0, Math.max(1, policy.schedule.length));
  assertInTime(stage, policy.schedule.slice(0, failures.length));
  const cause = await prepareCause(stage, 1);
  await subscribeAndVerify(stage, stage.script.facts.event);
  const start = stage.moments.length;
  stage.box.answer = (text, earlier) => {
    // Among deliveries of what others do, attempts at one have the same body.
    const isOfIt = (letter: Letter) => stage.environment.isLoopback || letter.text === text;
    const attempts = earlier.filter((letter) => letter.moment >= start && isOfIt(letter)).length;
    return answerWith(stage, failures[attempts] ?? successOf(policy));
  };
  const retries = policy.schedule.slice(0, failures.length);
  // Where time is not the run's, all attempts are waited for at once.
  await expectDelivery(stage, cause, stage.environment.controls ? 1 : retries.length + 1);
  for (const [index, delay] of stage.environment.controls ? retries.entries() : []) {
    await awaitAttempt(stage, policy, delay, `after ${failures[index]}, ${words(delay)} passed`);
  }
  const because = policy.schedule.length === 0 ? 'exhausted' : 'settled';
  await silenceForADay(stage, because);
}

/** The receiver fails for good: as many attempts as the schedule has, and none after them. */
async function exhausted(stage: Stage): Promise<void> {
  const { policy } = stage.script.facts;
  const { schedule } = policy;
  if (!stage.environment.controls)
    throw new NotPossible('only a mock lets the time of all retries pass at once');
  if (schedule.length === 0) throw new NotPossible('the document knows of no retries');
  const most = policy.disable.failuresInARow;
  const cause = await prepareCause(stage, 1);
  await subscribeAndVerify(stage, stage.script.facts.event);
  const [status = 500] = failuresOf(policy);
  stage.box.answer = () => ({ status });
  await expectDelivery(stage, cause);
  const whole = schedule.reduce((sum, delay) => sum + delay, 0) * (1 + policy.jitter) + 1000;
  const count = most === null ? schedule.length : Math.min(schedule.length, most - 1);
  begin(stage, { what: `${words(whole)} passed, and each attempt failed`, expect: 'attempts', count });
  await pass(stage, whole);
  await silence(stage, 'exhausted', `${words(10 * day)} passed`, () => pass(stage, 10 * day));
}

async function subscribeAndVerify(stage: Stage, event: string | undefined): Promise<void> {
  await subscribe(stage, 'own', event);
  await verify(stage);
}

async function expectDelivery(stage: Stage, cause: PreparedCause, count = 1): Promise<void> {
  await lookAgain(stage);
  begin(stage, { what: cause.what, expect: 'delivery', count });
  const happened = await cause.act();
  if (happened.exchange >= 0) amend(stage, { exchange: happened.exchange });
  await settle(stage, count);
  const change = await cause.look(happened);
  amend(stage, change ? { change } : {});
  forget(stage);
}

async function expectSilence(
  stage: Stage,
  because: NonNullable<WebhookMoment['because']>,
  cause: PreparedCause,
): Promise<void> {
  begin(stage, { what: cause.what, expect: 'nothing', because });
  const happened = await cause.act();
  if (happened.exchange >= 0) amend(stage, { exchange: happened.exchange });
  await settle(stage);
}

async function silence(
  stage: Stage,
  because: NonNullable<WebhookMoment['because']>,
  what: string,
  act: () => Promise<void>,
): Promise<void> {
  begin(stage, { what, expect: 'nothing', because });
  await act();
}

/** Nothing may come for a day, which only a mock lets pass. */
async function silenceForADay(stage: Stage, because: NonNullable<WebhookMoment['because']>): Promise<void> {
  if (!stage.environment.controls) return;
  await silence(stage, because, `${words(day)} passed`, () => pass(stage, day));
}

async function silenceAfterRefusal(stage: Stage, cause: PreparedCause): Promise<void> {
  begin(stage, {
    what: 'the same was tried in a way that is refused',
    expect: 'nothing',
    because: 'refused',
  });
  const refused = await cause.refuse();
  if (!refused) return amend(stage, { expect: 'any' });
  if (refused.exchange >= 0) amend(stage, { exchange: refused.exchange });
  await settle(stage);
}

/** Lets a delay of the schedule pass: nothing comes before it is over, and then one attempt does. */
async function awaitAttempt(
  stage: Stage,
  policy: DeliveryPolicy,
  delay: number,
  what: string,
): Promise<void> {
  const early = Math.floor(delay * (1 - policy.jitter)) - 1000;
  if (early > 0) await silence(stage, 'not due', `${words(early)} passed`, () => pass(stage, early));
  begin(stage, { what, expect: 'attempts', count: 1 });
  await pass(stage, delay * (1 + policy.jitter) - Math.max(0, early));
}

/** Where time is not the run's, only what comes within its patience can be waited for. */
function assertInTime(stage: Stage, delays: readonly number[]): void {
  const { environment, mailroom } = stage;
  if (environment.controls) return;
  if (delays.length === 0) throw new NotPossible('the document knows of no retries');
  const longest = Math.max(...delays);
  if (longest > mailroom.patience)
    throw new NotPossible(`a retry comes after ${words(longest)}, which is more than is waited for`);
}

/** Answers that the document calls failures, the most telling first. */
function failuresOf({ disable, success }: DeliveryPolicy): readonly number[] {
  const isFailure = (status: number) =>
    !includesStatus(success, status) && !includesStatus(disable.statuses, status);
  return [500, 203, 302, 404].filter(isFailure).slice(0, 3);
}

function successOf({ success }: DeliveryPolicy): number {
  const unusual = [302, 204, 202, 201, 200].find((status) => includesStatus(success, status));
  return unusual ?? success[0]?.from ?? 200;
}

function answerWith(stage: Stage, status: number): ReceiverAnswer {
  const isRedirect = status >= 300 && status < 400;
  return { status, ...(isRedirect && { headers: { location: stage.box.urlOf('redirected') } }) };
}
