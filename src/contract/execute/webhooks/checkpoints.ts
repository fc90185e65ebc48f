import type { WebhookCheckpoint } from '../../model/webhook-run.ts';
import { prepareCause } from './prepare-cause.ts';
import type { PreparedCause } from './prepared-cause.ts';
import { forget, lookAgain, subscribe, verify } from './subscribe.ts';
import {
  amend,
  awaitCheckpoint,
  begin,
  pass,
  type WebhookCaseContext,
  words,
} from './webhook-case-context.ts';

/** Milliseconds. */
export const day = 24 * 3_600_000;

/** So many of what causes the event, all made ready before anybody is told of anything. */
export async function prepareCauses(
  stage: WebhookCaseContext,
  count: number,
): Promise<readonly PreparedCause[]> {
  const causes: PreparedCause[] = [];
  while (causes.length < count) causes.push(await prepareCause(stage, causes.length + 1));
  return causes;
}

export async function subscribeAndVerify(
  stage: WebhookCaseContext,
  event: string | undefined,
): Promise<void> {
  await subscribe(stage, 'own', event);
  await verify(stage);
}

export async function expectDelivery(
  stage: WebhookCaseContext,
  cause: PreparedCause,
  count = 1,
): Promise<void> {
  await lookAgain(stage);
  begin(stage, { what: cause.what, expect: 'delivery', count });
  const happened = await cause.act();
  if (happened.exchange >= 0) amend(stage, { exchange: happened.exchange });
  await awaitCheckpoint(stage, count);
  const change = await cause.look(happened);
  amend(stage, change ? { change } : {});
  forget(stage);
}

export async function expectSilence(
  stage: WebhookCaseContext,
  because: NonNullable<WebhookCheckpoint['because']>,
  cause: PreparedCause,
): Promise<void> {
  begin(stage, { what: cause.what, expect: 'nothing', because });
  const happened = await cause.act();
  if (happened.exchange >= 0) amend(stage, { exchange: happened.exchange });
  await awaitCheckpoint(stage);
}

export async function silence(
  stage: WebhookCaseContext,
  because: NonNullable<WebhookCheckpoint['because']>,
  what: string,
  act: () => Promise<void>,
): Promise<void> {
  begin(stage, { what, expect: 'nothing', because });
  await act();
}

/** Nothing may come for a day, which only a mock lets pass. */
export async function silenceForADay(
  stage: WebhookCaseContext,
  because: NonNullable<WebhookCheckpoint['because']>,
): Promise<void> {
  if (!stage.environment.controls) return;
  await silence(stage, because, `${words(day)} passed`, () => pass(stage, day));
}

export async function silenceAfterRefusal(
  stage: WebhookCaseContext,
  refuse: PreparedCause['refuse'],
): Promise<void> {
  begin(stage, {
    what: 'the same was tried in a way that is refused',
    expect: 'nothing',
    because: 'refused',
  });
  const refused = await refuse();
  if (!refused) return amend(stage, { expect: 'any' });
  if (refused.exchange >= 0) amend(stage, { exchange: refused.exchange });
  await awaitCheckpoint(stage);
}
