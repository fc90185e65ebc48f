import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { ClockSetting } from '../../clock.ts';
import { parseExactJson } from '../../json/exact-number.ts';
import { objectOrEmpty } from '../../json/is-object.ts';
import type { StoredNamespace } from '../../model/commit.ts';
import type { EventEntry } from '../../model/event.ts';
import type { RecordValue } from '../../model/record.ts';
import { fromKey, numberColumn, textColumn } from './column.ts';

/** Events of each namespace that are read back: the newest ones, as many as a JSON data file keeps. */
export const loadedEvents = 1000;

/** Every namespace as it was last stored, deliveries and attempts left out. Throws when a row does not read. */
export function readNamespaces(database: DatabaseSync): readonly StoredNamespace[] {
  const namespaces = database.prepare('SELECT id, name, clock FROM namespaces ORDER BY id').all();
  const readRecords = createRecordReader(database);
  const ordinals = database.prepare('SELECT key, next FROM ordinals WHERE namespace = ?');
  const settings = database.prepare('SELECT name, value FROM settings WHERE namespace = ?');
  const events = database.prepare('SELECT entry FROM events WHERE namespace = ? ORDER BY rank DESC LIMIT ?');
  return namespaces.map(({ id: column, name, clock }) => {
    const id = numberColumn(column);
    return {
      namespace: textColumn(name),
      records: readRecords(id),
      events: events
        .all(id, loadedEvents)
        .map(({ entry }) => readEvent(textColumn(entry)))
        .reverse(),
      ordinals: Object.fromEntries(
        ordinals.all(id).map(({ key, next }) => [textColumn(key), numberColumn(next)]),
      ),
      ...readSettings(settings.all(id)),
      ...(clock !== null && { clock: readClock(textColumn(clock)) }),
    };
  });
}

/** Nothing at all where there are none. */
function readSettings(rows: readonly Record<string, SQLOutputValue>[]): Pick<StoredNamespace, 'settings'> {
  if (rows.length === 0) return {};
  const settings = rows.map(({ name, value }) => [textColumn(name), readValue(textColumn(value))]);
  return { settings: Object.fromEntries(settings) };
}

/** In order of creation, collection by collection. */
function createRecordReader(database: DatabaseSync) {
  const select = database.prepare(
    'SELECT api, collection, id, ordinal, value FROM records WHERE namespace = ?',
  );
  return (namespace: number): StoredNamespace['records'] => {
    const records = select.all(namespace).map(({ api, collection, id, ordinal, value }) => ({
      api: textColumn(api),
      collection: textColumn(collection),
      id: fromKey(id),
      ordinal: numberColumn(ordinal),
      value: readValue(textColumn(value)),
    }));
    return records.sort((left, right) => left.ordinal - right.ordinal);
  };
}

function readValue(text: string): RecordValue {
  return objectOrEmpty(parseExactJson(text));
}

function readEvent(text: string): EventEntry {
  return JSON.parse(text);
}

function readClock(text: string): ClockSetting {
  return JSON.parse(text);
}
