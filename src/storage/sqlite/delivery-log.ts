import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AttemptEntry } from '../../model/attempt.ts';
import type { DeliveryEntry, DeliveryFilter } from '../../model/delivery.ts';
import type { DeliveryLog } from '../../model/delivery-log.ts';
import { filterFields } from '../deliveries/delivery-facts.ts';
import { fromKey, numberColumn, textColumn, toKey } from './column.ts';

/** The delivery log of any namespace, by name. Each call reads what has been committed; nothing is held. */
export function openDeliveryLog(database: DatabaseSync): (namespace: string) => DeliveryLog {
  const find = createFinder(database);
  const lookUp = prepareLookUps(database);
  return (namespace) => ({
    get(id) {
      const row = lookUp.get.get(namespace, toKey(id));
      return row && readDelivery(row.entry);
    },
    list(filter, { limit, offset }) {
      const { statement, values } = find('entry', filter);
      return statement.all(namespace, ...values, limit, offset).map(({ entry }) => readDelivery(entry));
    },
    count(filter) {
      const { statement, values } = find('count', filter);
      return numberColumn(statement.get(namespace, ...values)?.count);
    },
    attempts: (delivery) =>
      lookUp.attempts.all(namespace, toKey(delivery)).map(({ entry }) => readAttempt(entry)),
    pendingEndpoints: () =>
      lookUp.endpoints.all(namespace).map(({ api, count, due, endpoint }) => ({
        api: textColumn(api),
        endpoint: fromKey(endpoint),
        count: numberColumn(count),
        dueAt: numberColumn(due),
      })),
    pending: (api, endpoint, { limit, offset }) =>
      lookUp.pending
        .all(namespace, api, toKey(endpoint), limit, offset)
        .map(({ entry }) => readDelivery(entry)),
    pendingBytes: () => numberColumn(lookUp.bytes.get(namespace)?.bytes),
  });
}

const inNamespace = 'namespace = (SELECT id FROM namespaces WHERE name = ?)';

function prepareLookUps(database: DatabaseSync) {
  return {
    get: database.prepare(`SELECT entry FROM deliveries WHERE ${inNamespace} AND id = ?`),
    attempts: database.prepare(`SELECT entry FROM attempts WHERE delivery =
      (SELECT rank FROM deliveries WHERE ${inNamespace} AND id = ?) ORDER BY number`),
    endpoints: database.prepare(`SELECT api, endpoint, count, (SELECT min(due_at) FROM deliveries
        WHERE namespace = queues.namespace AND api = queues.api AND endpoint = queues.endpoint AND state = 'pending') AS due
      FROM queues WHERE ${inNamespace} AND count > 0`),
    pending: database.prepare(`SELECT entry FROM deliveries
      WHERE ${inNamespace} AND api = ? AND endpoint = ? AND state = 'pending'
      ORDER BY due_at, number, rank LIMIT ? OFFSET ?`),
    bytes: database.prepare(`SELECT coalesce(sum(bytes), 0) AS bytes FROM queues WHERE ${inNamespace}`),
  };
}

/** The statement for a list or count with such a filter; prepared once for each set of fields that filters name. */
function createFinder(database: DatabaseSync) {
  const statements = new Map<string, StatementSync>();
  return (what: 'entry' | 'count', filter: DeliveryFilter) => {
    const fields = filterFields.filter((field) => filter[field] !== undefined);
    const key = `${what} ${fields}`;
    const statement = statements.get(key) ?? database.prepare(findingText(what, fields));
    statements.set(key, statement);
    return { statement, values: fields.map((field) => toKey(filter[field] ?? '')) };
  };
}

function findingText(what: 'entry' | 'count', fields: readonly string[]): string {
  const where = [inNamespace, ...fields.map((field) => `${field} = ?`)].join(' AND ');
  // By the index that holds all fields: no entry is read but those that are answered.
  const from = `FROM deliveries INDEXED BY deliveries_newest WHERE ${where}`;
  if (what === 'count') return `SELECT count(*) AS count ${from}`;
  return `SELECT entry ${from} ORDER BY rank DESC LIMIT ? OFFSET ?`;
}

function readDelivery(column: Parameters<typeof textColumn>[0]): DeliveryEntry {
  return JSON.parse(textColumn(column));
}

function readAttempt(column: Parameters<typeof textColumn>[0]): AttemptEntry {
  return JSON.parse(textColumn(column));
}
