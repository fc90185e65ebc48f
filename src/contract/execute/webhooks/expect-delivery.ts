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
  caseContext: WebhookCaseContext,
  count: number,
): Promise<readonly PreparedCause[]> {
  const causes: PreparedCause[] = [];
  while (causes.length < count) causes.push(await prepareCause(caseContext, causes.length + 1));
  return causes;
}

export async function subscribeAndVerify(
  caseContext: WebhookCaseContext,
  event: string | undefined,
): Promise<void> {
  await subscribe(caseContext, 'own', event);
  await verify(caseContext);
}

export async function expectDelivery(
  caseContext: WebhookCaseContext,
  cause: PreparedCause,
  count = 1,
): Promise<void> {
  await lookAgain(caseContext);
  begin(caseContext, { what: cause.what, expect: 'delivery', count });
  const happened = await cause.act();
  if (happened.exchange >= 0) amend(caseContext, { exchange: happened.exchange });
  await awaitCheckpoint(caseContext, count);
  const change = await cause.look(happened);
  amend(caseContext, change ? { change } : {});
  forget(caseContext);
}

export async function expectSilence(
  caseContext: WebhookCaseContext,
  because: NonNullable<WebhookCheckpoint['because']>,
  cause: PreparedCause,
): Promise<void> {
  begin(caseContext, { what: cause.what, expect: 'nothing', because });
  const happened = await cause.act();
  if (happened.exchange >= 0) amend(caseContext, { exchange: happened.exchange });
  await awaitCheckpoint(caseContext);
}

export async function silence(
  caseContext: WebhookCaseContext,
  because: NonNullable<WebhookCheckpoint['because']>,
  what: string,
  act: () => Promise<void>,
): Promise<void> {
  begin(caseContext, { what, expect: 'nothing', because });
  await act();
}

/** Nothing may come for a day, which only a mock lets pass. */
export async function silenceForADay(
  caseContext: WebhookCaseContext,
  because: NonNullable<WebhookCheckpoint['because']>,
): Promise<void> {
  if (!caseContext.environment.controls) return;
  await silence(caseContext, because, `${words(day)} passed`, () => pass(caseContext, day));
}

export async function silenceAfterRefusal(
  caseContext: WebhookCaseContext,
  refuse: PreparedCause['refuse'],
): Promise<void> {
  begin(caseContext, {
    what: 'the same was tried in a way that is refused',
    expect: 'nothing',
    because: 'refused',
  });
  const refused = await refuse();
  if (!refused) return amend(caseContext, { expect: 'any' });
  if (refused.exchange >= 0) amend(caseContext, { exchange: refused.exchange });
  await awaitCheckpoint(caseContext);
}
