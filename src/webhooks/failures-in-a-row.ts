import type { DeliveryEntry } from '../model/delivery.ts';
import type { DeliveryLog } from '../model/delivery-log.ts';

/** Deliveries of an endpoint that are looked at, the newest ones. */
const mostRead = 1000;

/**
 * How many recorded attempts at an endpoint have failed in a row, the latest ones, also of a process before this one. What
 * had failed before the endpoint was disabled, or before a delivery was sent again by hand, counts no more.
 */
export function failuresInARow(log: DeliveryLog, api: string, endpoint: string): number {
  const latestFirst = log
    .list({ api, endpoint }, { limit: mostRead, offset: 0 })
    .flatMap((delivery) => log.attempts(delivery.id).map((attempt) => ({ attempt, delivery })))
    .sort(
      (left, right) =>
        right.attempt.startedAt - left.attempt.startedAt || right.attempt.number - left.attempt.number,
    );
  const end = latestFirst.findIndex(
    ({ attempt, delivery }) => attempt.succeeded || isOver(delivery, attempt.number),
  );
  return end < 0 ? latestFirst.length : end;
}

function isOver({ attempts, attemptsBefore = 0, state }: DeliveryEntry, number: number): boolean {
  return number <= attemptsBefore || (state === 'disabled' && number === attempts);
}
