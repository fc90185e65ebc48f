import type { EndpointCancellation } from '../../model/commit.ts';
import type { DeliveryEntry, DeliveryFilter, DeliveryState } from '../../model/delivery.ts';

/** When the next attempt at a pending delivery is due; one that does not say is due since it was made. */
export function dueTime({ createdAt, dueAt }: DeliveryEntry): number {
  return dueAt ?? createdAt;
}

/** What a delivery's body takes on the wire and in a queue: its UTF-8 bytes. */
export function deliveryBytes({ body }: DeliveryEntry): number {
  return Buffer.byteLength(body);
}

/** What is bounded by itself among deliveries that are over, so that none of them pushes out the others. */
export type SettledKind = 'delivered' | 'dropped' | 'failed';

export function settledKind(state: DeliveryState): SettledKind {
  return state === 'delivered' || state === 'dropped' ? state : 'failed';
}

/** A delivery that is attempted no more. */
export function cancelled(
  delivery: DeliveryEntry,
  { reason }: Pick<EndpointCancellation, 'reason'>,
): DeliveryEntry {
  return { ...delivery, state: 'cancelled', dueAt: null, reason };
}

export const filterFields = ['api', 'event', 'state', 'endpoint', 'url'] as const;

export function matchesFilter(delivery: DeliveryEntry, filter: DeliveryFilter): boolean {
  return filterFields.every((field) => filter[field] === undefined || filter[field] === delivery[field]);
}
