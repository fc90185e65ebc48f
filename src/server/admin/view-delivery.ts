import { toDateTime } from '../../clock.ts';
import type { AttemptEntry } from '../../model/attempt.ts';
import type { DeliveryEntry } from '../../model/delivery.ts';

/** A delivery as the admin API shows it: times in words, no secrets, and its attempts where they are given. */
export function viewDelivery(
  { createdAt, dueAt, eventId: _, secrets: __, ...delivery }: DeliveryEntry,
  attempts?: readonly AttemptEntry[],
) {
  return {
    ...delivery,
    createdAt: toDateTime(createdAt),
    dueAt: dueAt === null ? null : toDateTime(dueAt),
    ...(attempts && { history: attempts.map(viewAttempt) }),
  };
}

function viewAttempt({ at, delivery: _, startedAt, ...attempt }: AttemptEntry) {
  return { ...attempt, at: toDateTime(at), startedAt: toDateTime(startedAt) };
}
