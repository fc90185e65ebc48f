import { isUtf8 } from 'node:buffer';
import type { ClockSetting } from '../../clock.ts';
import { parseExactJson } from '../../json/exact-number.ts';
import type { EventEntry } from '../../model/event.ts';
import type { RecordValue } from '../../model/record.ts';
import {
  type DataFileProblem,
  type JsonPath,
  locateSyntaxProblem,
  problemAt,
  problemAtPath,
} from './locate-syntax-problem.ts';
import { parseDeliveries } from './parse-deliveries.ts';
import { finite, list, object, ordinal, string, UnexpectedStoredValue } from './read-stored-value.ts';
import type { Deliveries } from './stored-deliveries.ts';

/** An entry as a person may write it: the ordinal may be missing, or be one that another entry has too. */
export interface WrittenEntry {
  readonly id: string;
  readonly ordinal: number | undefined;
  readonly record: RecordValue;
}

/** A data file's content as it is written, before ordinals are settled. */
export interface WrittenContent {
  /** Undefined where the text names none: a person wrote it. */
  readonly revision: number | undefined;
  readonly records: ReadonlyMap<string, readonly WrittenEntry[]>;
  readonly events: readonly EventEntry[];
  readonly ordinals: ReadonlyMap<string, number>;
  readonly clock: ClockSetting | undefined;
  readonly deliveries: Deliveries;
  readonly settings: ReadonlyMap<string, RecordValue>;
}

/** Reads a data file's bytes; a file that is not ours, or is no longer, gives the first problem instead. */
export function parseContent(bytes: Buffer): WrittenContent | { readonly problem: DataFileProblem } {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  if (!isUtf8(bytes)) return { problem: problemAt(text, text.indexOf('\uFFFD'), 'text in UTF-8') };
  try {
    return readContent(parseExactJson(text));
  } catch (error) {
    if (error instanceof UnexpectedStoredValue)
      return { problem: problemAtPath(text, error.path, error.expected) };
    const problem = error instanceof SyntaxError ? locateSyntaxProblem(text) : undefined;
    if (problem === undefined) throw error;
    return { problem };
  }
}

function readContent(value: unknown): WrittenContent {
  const root = object(value, [], 'an object with "sparring": 1');
  if (root.sparring !== 1) {
    throw new UnexpectedStoredValue(['sparring'], '"sparring": 1, which marks a data file of this version');
  }
  return {
    revision: root.revision === undefined ? undefined : ordinal(root.revision, ['revision']),
    clock: root.clock === undefined ? undefined : readClock(root.clock),
    ordinals: readOrdinals(root.ordinals ?? {}),
    records: readRecords(root.records ?? {}),
    events: list(root.events ?? [], ['events']).map(readEvent),
    deliveries: parseDeliveries(root.deliveries ?? [], root.attempts ?? []),
    settings: readSettings(root.settings ?? {}),
  };
}

function readClock(value: unknown): ClockSetting {
  const clock = object(value, ['clock'], 'an object');
  const number = (name: string) => finite(clock[name], ['clock', name]);
  return {
    base: number('base'),
    anchor: number('anchor'),
    scale: number('scale'),
    frozenAt: clock.frozenAt === null ? null : number('frozenAt'),
  };
}

function readOrdinals(value: unknown): ReadonlyMap<string, number> {
  const ordinals = new Map<string, number>();
  for (const [key, next] of Object.entries(object(value, ['ordinals'], 'an object'))) {
    ordinals.set(collectionKey(key, ['ordinals', key]), ordinal(next, ['ordinals', key]));
  }
  return ordinals;
}

function readSettings(value: unknown): ReadonlyMap<string, RecordValue> {
  const settings = Object.entries(object(value, ['settings'], 'an object'));
  return new Map(settings.map(([name, each]) => [name, object(each, ['settings', name], 'an object')]));
}

function readRecords(value: unknown): ReadonlyMap<string, readonly WrittenEntry[]> {
  const records = new Map<string, readonly WrittenEntry[]>();
  for (const [key, entries] of Object.entries(object(value, ['records'], 'an object'))) {
    const path = ['records', key];
    const ids = new Set<string>();
    const read = list(entries, path).map((entry, index) => readEntry(entry, [...path, index], ids));
    records.set(collectionKey(key, path), read);
  }
  return records;
}

function readEntry(value: unknown, path: JsonPath, ids: Set<string>): WrittenEntry {
  const entry = object(value, path, 'an entry such as { "id": "1", "record": {} }');
  const id = string(entry.id, [...path, 'id']);
  if (ids.has(id))
    throw new UnexpectedStoredValue([...path, 'id'], `an id other than "${id}", which stands above already`);
  ids.add(id);
  return {
    id,
    ordinal: entry.ordinal === undefined ? undefined : ordinal(entry.ordinal, [...path, 'ordinal']),
    record: object(entry.record, [...path, 'record'], '"record", an object'),
  };
}

function readEvent(value: unknown, index: number): EventEntry {
  const path = ['events', index];
  const event = object(value, path, 'an object');
  return {
    id: string(event.id, [...path, 'id']),
    api: string(event.api, [...path, 'api']),
    name: string(event.name, [...path, 'name']),
    at: finite(event.at, [...path, 'at']),
    payload: event.payload,
  };
}

function collectionKey(key: string, path: JsonPath): string {
  if (/^[^/]+\/./.test(key)) return key;
  throw new UnexpectedStoredValue(path, 'a name such as "api/collection"');
}
