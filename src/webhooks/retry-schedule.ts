import { hash } from 'node:crypto';
import type { DeliveryPolicy } from './policy.ts';
import { parseRetryAfter } from './retry-after.ts';

/** A failed attempt, as far as the next delay depends on it. */
export interface FailedAttempt {
  /** Counted from 1. */
  readonly attempt: number;
  /** The receiver's `Retry-After`, if it sent one. */
  readonly retryAfter?: string;
  /** Real time in milliseconds since the Unix epoch, which a `Retry-After` date is compared with. */
  readonly now: number;
  /** What jitter is derived from, so that the same delivery strays the same way in every run. */
  readonly seed: number;
  readonly deliveryId: string;
}

/** A number in [0, 1) that depends on seed, delivery and attempt alone. */
function fractionOf({ seed, deliveryId, attempt }: FailedAttempt): number {
  return (
    hash('sha256', JSON.stringify(['jitter', seed, deliveryId, attempt]), 'buffer').readUInt32BE(0) / 2 ** 32
  );
}

/**
 * Milliseconds until the next attempt, or null when the schedule is used up. Jitter moves a delay by up to its part of
 * it, either way. A `Retry-After` can only lengthen the delay, up to the policy's maximum (RFC 9110, 10.2.3).
 */
export function nextDelay(policy: DeliveryPolicy, failed: FailedAttempt): number | null {
  const scheduled = policy.schedule[failed.attempt - 1];
  if (scheduled === undefined) return null;
  const stray = policy.jitter === 0 ? 0 : policy.jitter * (2 * fractionOf(failed) - 1);
  const delay = Math.max(0, Math.round(scheduled * (1 + stray)));
  if (!policy.retryAfter.honour || failed.retryAfter === undefined) return delay;
  const asked = parseRetryAfter(failed.retryAfter, failed.now) ?? 0;
  return Math.max(delay, Math.min(asked, policy.retryAfter.max));
}

/**
 * The policy with its retries drawn together, in proportion, so that all waiting between the first attempt and the last
 * stays under `within` milliseconds, jitter at its worst. Where `Retry-After` is honoured it gets half of that time. A
 * schedule that fits is left as it is.
 */
export function compressSchedule(policy: DeliveryPolicy, within = 30_000): DeliveryPolicy {
  const { schedule, retryAfter } = policy;
  const total = schedule.reduce((sum, delay) => sum + delay, 0) * (1 + policy.jitter);
  const share = retryAfter.honour ? within / 2 : within;
  const factor = total > share ? share / total : 1;
  return {
    ...policy,
    schedule: schedule.map((delay) => Math.floor(delay * factor)),
    retryAfter: {
      ...retryAfter,
      max: Math.min(retryAfter.max, Math.floor(share / Math.max(1, schedule.length))),
    },
  };
}
