import type { AttemptEntry } from '../../src/model/attempt.ts';
import type { Commit } from '../../src/model/commit.ts';
import type { DeliveryEntry } from '../../src/model/delivery.ts';
import { commitOf } from './data-folder.ts';

/** The delivery `d<number>`, pending and due at its number. */
export function delivery(number: number, rest: Partial<DeliveryEntry> = {}): DeliveryEntry {
  return {
    id: `d${number}`,
    api: 'hive',
    event: 'user.created',
    eventId: `e${number}`,
    number,
    endpoint: 'webhooks/w1',
    subscription: { collection: 'webhooks', id: 'w1' },
    url: 'http://127.0.0.1:9/hook',
    secrets: ['s1', 's0'],
    body: `{"number":${number}}`,
    createdAt: number,
    state: 'pending',
    attempts: 0,
    dueAt: number,
    ...rest,
  };
}

export function settled(number: number, rest: Partial<DeliveryEntry> = {}): DeliveryEntry {
  return delivery(number, { state: 'delivered', attempts: 1, dueAt: null, ...rest });
}

export function attempt(delivery: string, number: number, rest: Partial<AttemptEntry> = {}): AttemptEntry {
  return {
    delivery,
    number,
    at: number,
    startedAt: 1000 + number,
    milliseconds: 3,
    request: {
      method: 'POST',
      url: 'http://127.0.0.1:9/hook',
      headers: { 'content-type': 'application/json' },
    },
    response: { status: 500, headers: {}, body: 'no', truncated: false },
    succeeded: false,
    ...rest,
  };
}

export function deliveriesCommit(
  deliveries: readonly DeliveryEntry[],
  attempts: readonly AttemptEntry[] = [],
  rest: Partial<Commit> = {},
): Commit {
  return commitOf([], { deliveries, attempts, ...rest });
}

export function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
