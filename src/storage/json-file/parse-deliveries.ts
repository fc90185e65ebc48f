import type { AttemptEntry } from '../../model/attempt.ts';
import type { DeliveryEntry, DeliveryState } from '../../model/delivery.ts';
import type { RecordValue } from '../../model/record.ts';
import type { JsonPath } from './locate-syntax-problem.ts';
import {
  boolean,
  finite,
  list,
  object,
  ordinal,
  string,
  UnexpectedStoredValue,
} from './read-stored-value.ts';
import type { Deliveries, KeptDelivery } from './stored-deliveries.ts';

const states: readonly DeliveryState[] = [
  'pending',
  'delivered',
  'exhausted',
  'disabled',
  'blocked',
  'cancelled',
  'dropped',
];

/**
 * Reads the file's lists of deliveries and of attempts. An attempt at a delivery that somebody took out of the file is left
 * out. Throws `Unexpected`.
 */
export function parseDeliveries(deliveries: unknown, attempts: unknown): Deliveries {
  const kept = new Map<string, KeptDelivery & { readonly attempts: AttemptEntry[] }>();
  for (const [index, value] of list(deliveries, ['deliveries']).entries()) {
    const path = ['deliveries', index];
    const entry = readDelivery(object(value, path, 'an object'), path);
    if (kept.has(entry.id)) {
      throw new UnexpectedStoredValue(
        [...path, 'id'],
        `an id other than "${entry.id}", which stands above already`,
      );
    }
    kept.set(entry.id, { entry, attempts: [] });
  }
  for (const [index, value] of list(attempts, ['attempts']).entries()) {
    const path = ['attempts', index];
    const attempt = readAttempt(object(value, path, 'an object'), path);
    kept.get(attempt.delivery)?.attempts.push(attempt);
  }
  return kept;
}

function readDelivery(value: RecordValue, path: JsonPath): DeliveryEntry {
  const { text, number, count, field } = fieldsOf(value, path);
  const { dueAt, eventId, secrets, subscription } = value;
  return {
    id: text('id'),
    api: text('api'),
    event: text('event'),
    eventId: eventId === null ? null : text('eventId'),
    number: count('number'),
    endpoint: text('endpoint'),
    subscription: subscription === null ? null : readSubscription(subscription, field('subscription')),
    url: text('url'),
    secrets: list(secrets, field('secrets')).map((secret, index) =>
      string(secret, [...field('secrets'), index]),
    ),
    body: text('body'),
    createdAt: number('createdAt'),
    state: readState(value.state, field('state')),
    attempts: count('attempts'),
    ...(value.attemptsBefore !== undefined && { attemptsBefore: count('attemptsBefore') }),
    dueAt: dueAt === null ? null : number('dueAt'),
    ...(value.reason !== undefined && { reason: text('reason') }),
  };
}

function readSubscription(value: unknown, path: JsonPath): DeliveryEntry['subscription'] {
  const { text } = fieldsOf(object(value, path, 'an object or null'), path);
  return { collection: text('collection'), id: text('id') };
}

function readState(value: unknown, path: JsonPath): DeliveryState {
  const state = states.find((known) => known === value);
  if (state !== undefined) return state;
  throw new UnexpectedStoredValue(path, `"state", one of ${states.join(', ')}`);
}

function readAttempt(value: RecordValue, path: JsonPath): AttemptEntry {
  const { text, number, count, field } = fieldsOf(value, path);
  return {
    delivery: text('delivery'),
    number: count('number'),
    at: number('at'),
    startedAt: number('startedAt'),
    milliseconds: number('milliseconds'),
    request: readRequest(value.request, field('request')),
    response: value.response === null ? null : readResponse(value.response, field('response')),
    ...(value.error !== undefined && { error: readError(value.error, field('error')) }),
    ...(value.flag !== undefined && { flag: text('flag') }),
    succeeded: boolean(value.succeeded, field('succeeded')),
    ...(value.fault !== undefined && { fault: text('fault') }),
  };
}

function readRequest(value: unknown, path: JsonPath): AttemptEntry['request'] {
  const request = object(value, path, 'an object');
  const { text, field } = fieldsOf(request, path);
  return {
    method: text('method'),
    url: text('url'),
    headers: readHeaders(request.headers, field('headers')),
    ...(request.body !== undefined && { body: text('body') }),
  };
}

function readResponse(value: unknown, path: JsonPath): AttemptEntry['response'] {
  const response = object(value, path, 'an object or null');
  const { text, count, field } = fieldsOf(response, path);
  return {
    status: count('status'),
    headers: readHeaders(response.headers, field('headers')),
    body: text('body'),
    truncated: boolean(response.truncated, field('truncated')),
  };
}

function readHeaders(value: unknown, path: JsonPath): Readonly<Record<string, string>> {
  const headers = Object.entries(object(value, path, 'an object'));
  return Object.fromEntries(headers.map(([name, text]) => [name, string(text, [...path, name])]));
}

function readError(value: unknown, path: JsonPath): { readonly code: string; readonly message: string } {
  const { text } = fieldsOf(object(value, path, 'an object'), path);
  return { code: text('code'), message: text('message') };
}

/** Readers of an object's fields by name. */
function fieldsOf(value: RecordValue, path: JsonPath) {
  return {
    field: (name: string): JsonPath => [...path, name],
    text: (name: string) => string(value[name], [...path, name]),
    number: (name: string) => finite(value[name], [...path, name]),
    count: (name: string) => ordinal(value[name], [...path, name]),
  };
}
