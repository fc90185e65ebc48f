import type { DatabaseSync } from 'node:sqlite';
import type { AttemptEntry } from '../../model/attempt.ts';
import type { Commit, EndpointCancellation } from '../../model/commit.ts';
import type { DeliveryEntry } from '../../model/delivery.ts';
import type { EventEntry } from '../../model/event.ts';
import { deliveryBytes, dueTime } from '../deliveries/delivery-facts.ts';
import { numberColumn, toKey } from './column.ts';

/** How much of what is over stays, of all namespaces together. */
export interface Bounds {
  readonly events: number;
  readonly settledDeliveries: number;
}

/** Settled deliveries that are written between two looks at their bound. */
const sweepEvery = 1000;

/** Writes commits within the caller's transaction; `finish` ends each transaction's writes by letting go of what is too old. */
export interface CommitWriter {
  write(commit: Commit): void;
  finish(): void;
}

export function createWriter(database: DatabaseSync, bounds: Bounds): CommitWriter {
  const writeRecords = createRecordWriter(database);
  const writeEvents = createEventWriter(database);
  const writeDeliveries = createDeliveryWriter(database);
  const cancel = createCanceller(database);
  const findNamespace = database.prepare('SELECT id FROM namespaces WHERE name = ?');
  const addNamespace = database.prepare('INSERT INTO namespaces (name) VALUES (?) RETURNING id');
  const dropNamespace = database.prepare('DELETE FROM namespaces WHERE name = ?');
  const setClock = database.prepare('UPDATE namespaces SET clock = ? WHERE id = ?');
  const putSetting = database.prepare(
    'INSERT INTO settings VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  );
  const removeSetting = database.prepare('DELETE FROM settings WHERE namespace = ? AND name = ?');
  const clearing = ['records', 'ordinals', 'events'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE namespace = ?`),
  );
  const sweep = createSweeper(database, bounds);

  function write(commit: Commit): void {
    const { clear, clock, events, keepDeliveries, namespace } = commit;
    if (clear && !keepDeliveries) {
      // All of its rows go with it; a commit that brings nothing leaves no namespace behind.
      dropNamespace.run(namespace);
      if (bringsNothing(commit)) return;
    }
    const found = findNamespace.get(namespace) ?? addNamespace.get(namespace);
    const id = numberColumn(found?.id);
    if (clear && keepDeliveries) {
      for (const statement of clearing) statement.run(id);
      setClock.run(null, id);
    }
    writeRecords(id, commit);
    writeEvents(id, events);
    for (const cancellation of commit.cancellations ?? []) cancel(id, cancellation);
    writeDeliveries(id, commit.deliveries ?? [], commit.attempts ?? []);
    if (clock) setClock.run(JSON.stringify(clock), id);
    for (const [name, value] of Object.entries(commit.settings ?? {})) {
      if (value === null) removeSetting.run(id, name);
      else putSetting.run(id, name, JSON.stringify(value));
    }
    sweep.count(commit);
  }

  return { write, finish: sweep.run };
}

function bringsNothing({
  attempts,
  changes,
  clock,
  deliveries,
  events,
  ordinals,
  settings,
}: Commit): boolean {
  const names = [...Object.keys(ordinals), ...Object.keys(settings ?? {})];
  const lists = [changes, events, names, deliveries ?? [], attempts ?? []];
  return clock === undefined && lists.every(({ length }) => length === 0);
}

function createRecordWriter(database: DatabaseSync) {
  const put = database.prepare(`INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET ordinal = excluded.ordinal, value = excluded.value`);
  const remove = database.prepare(
    'DELETE FROM records WHERE namespace = ? AND api = ? AND collection = ? AND id = ?',
  );
  const raise = database.prepare(
    'INSERT INTO ordinals VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET next = max(next, excluded.next)',
  );
  return (namespace: number, { changes, ordinals }: Commit): void => {
    const counters = new Map(Object.entries(ordinals));
    for (const { api, collection, id, ordinal, value } of changes) {
      if (value === null) remove.run(namespace, api, collection, toKey(id));
      else put.run(namespace, api, collection, toKey(id), ordinal, JSON.stringify(value));
      // A counter never falls behind an ordinal in use.
      const key = `${api}/${collection}`;
      counters.set(key, Math.max(counters.get(key) ?? 0, ordinal + 1));
    }
    for (const [key, next] of counters) raise.run(namespace, key, next);
  };
}

function createEventWriter(database: DatabaseSync) {
  const insert = database.prepare('INSERT INTO events (namespace, entry) VALUES (?, ?)');
  return (namespace: number, events: readonly EventEntry[]): void => {
    for (const event of events) insert.run(namespace, JSON.stringify(event));
  };
}

/** Within the database: what waits can be more than fits into memory. */
function createCanceller(database: DatabaseSync) {
  const cancel = database.prepare(`UPDATE deliveries SET state = 'cancelled',
      due_at = json_extract(entry, '$.createdAt'),
      entry = json_set(entry, '$.state', 'cancelled', '$.dueAt', NULL, '$.reason', ?)
    WHERE namespace = ? AND api = ? AND endpoint = ? AND state = 'pending'`);
  return (namespace: number, { api, endpoint, reason }: EndpointCancellation): void => {
    cancel.run(reason, namespace, api, toKey(endpoint));
  };
}

function createDeliveryWriter(database: DatabaseSync) {
  const put = database.prepare(`INSERT INTO deliveries
    (namespace, id, api, event, state, endpoint, url, number, due_at, bytes, entry)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET api = excluded.api, event = excluded.event, state = excluded.state,
      endpoint = excluded.endpoint, url = excluded.url, number = excluded.number, due_at = excluded.due_at,
      bytes = excluded.bytes, entry = excluded.entry`);
  // Nothing where the delivery is not known, or no longer.
  const putAttempt = database.prepare(`INSERT OR REPLACE INTO attempts
    SELECT rank, ?, ? FROM deliveries WHERE namespace = ? AND id = ?`);
  return (
    namespace: number,
    deliveries: readonly DeliveryEntry[],
    attempts: readonly AttemptEntry[],
  ): void => {
    for (const entry of deliveries) {
      const { api, endpoint, event, id, number, state, url } = entry;
      const keys = [toKey(event), state, toKey(endpoint), toKey(url)] as const;
      const facts = [number, dueTime(entry), deliveryBytes(entry), JSON.stringify(entry)] as const;
      put.run(namespace, toKey(id), api, ...keys, ...facts);
    }
    for (const attempt of attempts) {
      putAttempt.run(attempt.number, JSON.stringify(attempt), namespace, toKey(attempt.delivery));
    }
  };
}

function createSweeper(database: DatabaseSync, bounds: Bounds) {
  const sweepEvents = database.prepare('DELETE FROM events WHERE rank <= (SELECT max(rank) FROM events) - ?');
  const sweepDeliveries = database.prepare(`DELETE FROM deliveries WHERE state <> 'pending' AND rank <=
    (SELECT rank FROM deliveries WHERE state <> 'pending' ORDER BY rank DESC LIMIT 1 OFFSET ?)`);
  const sweepQueues = database.prepare('DELETE FROM queues WHERE count = 0');
  let events = 0;
  // The first one makes up for the process before.
  let settled = sweepEvery;
  return {
    count(commit: Commit): void {
      events += commit.events.length;
      for (const { state } of commit.deliveries ?? []) if (state !== 'pending') settled += 1;
      // However many they were: they are looked at once more than need be.
      if (commit.cancellations?.length) settled += sweepEvery;
    },
    run(): void {
      if (events > 0) sweepEvents.run(bounds.events);
      events = 0;
      if (settled <= sweepEvery) return;
      sweepDeliveries.run(bounds.settledDeliveries);
      sweepQueues.run();
      settled = 0;
    },
  };
}
