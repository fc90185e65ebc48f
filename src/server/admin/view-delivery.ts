import { toDateTime } from '../../clock.ts';
import { withoutUrlPasswords } from '../../json/secret-names.ts';
import type { AttemptEntry } from '../../model/attempt.ts';
import type { DeliveryEntry } from '../../model/delivery.ts';
import { redacted } from './redact.ts';

/** A delivery as the admin API shows it: times in words, no secrets, and its attempts where they are given. */
export function viewDelivery(
  { createdAt, dueAt, eventId: _, secrets: __, ...delivery }: DeliveryEntry,
  attempts?: readonly AttemptEntry[],
) {
  return {
    ...delivery,
    endpoint: withoutUrlPasswords(delivery.endpoint, redacted),
    url: withoutUrlPasswords(delivery.url, redacted),
    createdAt: toDateTime(createdAt),
    dueAt: dueAt === null ? null : toDateTime(dueAt),
    ...(attempts && { history: attempts.map(viewAttempt) }),
  };
}

function viewAttempt({ at, delivery: _, request, startedAt, ...attempt }: AttemptEntry) {
  const shown = { ...request, url: withoutUrlPasswords(request.url, redacted) };
  return { ...attempt, request: shown, at: toDateTime(at), startedAt: toDateTime(startedAt) };
}
