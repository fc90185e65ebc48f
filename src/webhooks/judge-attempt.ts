import type { AttemptEntry } from '../model/attempt.ts';
import type { DeliveryEntry } from '../model/delivery.ts';
import type { DeliveryPolicy } from './policy.ts';
import { nextDelay } from './retry-schedule.ts';
import { includesStatus } from './status-range.ts';

/** A delivery after an attempt at it. */
export interface Judgement {
  readonly delivery: DeliveryEntry;
  /** Why its endpoint's subscription is disabled by this attempt; absent: it is not. */
  readonly disable?: string;
}

/** What an attempt is judged by beside itself. */
export interface Standing {
  readonly policy: DeliveryPolicy;
  readonly seed: number;
  /** Failed attempts at the endpoint in a row, this one included. */
  readonly failuresInARow: number;
}

/** Errors that no repetition mends. */
const final = ['blocked', 'invalid-url', 'invalid-header', 'invalid-secret'];

/** Where a delivery stands after an attempt: done, to be tried again, blocked, disabled, or at its end. */
export function judgeAttempt(delivery: DeliveryEntry, attempt: AttemptEntry, standing: Standing): Judgement {
  const { policy, seed } = standing;
  const { number } = attempt;
  if (attempt.succeeded) {
    return { delivery: { ...delivery, attempts: number, state: 'delivered', dueAt: null } };
  }
  const attempted = { ...delivery, attempts: number };
  if (attempt.error && final.includes(attempt.error.code)) {
    return { delivery: { ...attempted, state: 'blocked', dueAt: null, reason: reasonOf(attempt) } };
  }
  const disable = whyDisabled(attempt, standing);
  if (disable !== undefined) {
    return { delivery: { ...attempted, state: 'disabled', dueAt: null, reason: disable }, disable };
  }
  const retryAfter = attempt.response?.headers['retry-after'];
  const delay = nextDelay(policy, {
    attempt: attempt.number - (delivery.attemptsBefore ?? 0),
    ...(retryAfter !== undefined && { retryAfter }),
    now: attempt.startedAt + attempt.milliseconds,
    seed,
    deliveryId: delivery.id,
  });
  if (delay === null) return { delivery: { ...attempted, state: 'exhausted', dueAt: null } };
  return { delivery: { ...attempted, dueAt: attempt.at + delay } };
}

function reasonOf({ error, flag }: AttemptEntry): string {
  const message = error?.message ?? '';
  return flag === undefined ? message : `${message} ${flag} would allow it.`;
}

function whyDisabled(attempt: AttemptEntry, { failuresInARow, policy }: Standing): string | undefined {
  const status = attempt.response?.status;
  if (status !== undefined && includesStatus(policy.disable.statuses, status)) {
    return `The receiver answered ${status}, which disables the subscription.`;
  }
  const most = policy.disable.failuresInARow;
  if (most === null || failuresInARow < most) return undefined;
  return `${failuresInARow} attempts in a row have failed, which disables the subscription.`;
}
