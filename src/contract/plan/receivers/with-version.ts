import { isObject } from '../../../json/is-object.ts';
import { childOf } from '../../../json/json-pointer.ts';
import { withValueAt } from '../../../json/with-value-at.ts';
import type { ReceiverSubject } from './receiver-subject.ts';

const ofRecord = /^(?:_?updated|modified|changed|last_?modified|last_?updated|version|revision|sequence)/i;
const ofEvent = /^(?:timestamp|time|occurred|sent|event_?time|published|created|date)/i;
const hour = 3_600_000;

/** The fields that say when a thing was changed last, or when the event happened. */
function versionPlaces({ payload, record = [] }: ReceiverSubject): readonly (readonly string[])[] {
  const thing = record.reduce<unknown>(childOf, payload);
  const named = (value: unknown, at: readonly string[], pattern: RegExp) =>
    (isObject(value) ? Object.keys(value) : [])
      .filter((key) => pattern.test(key))
      .map((key) => [...at, key])
      .filter((keys) => shifted(keys.reduce<unknown>(childOf, payload), 1) !== undefined);
  return [...named(thing, record, ofRecord), ...(record.length > 0 ? named(payload, [], ofEvent) : [])];
}

/** Whether the payload says which of two changes of a thing is the newer one. */
export function hasVersion(subject: ReceiverSubject): boolean {
  return versionPlaces(subject).length > 0;
}

/** The payload as of so many hours later. */
export function withVersion(subject: ReceiverSubject, payload: unknown, later: number, from: Date): unknown {
  return versionPlaces(subject).reduce((changed, keys) => {
    const value = keys.reduce<unknown>(childOf, payload);
    return withValueAt(changed, keys, shifted(value, later, from));
  }, payload);
}

/** A moment or a number of the same form, so many hours after another one. */
function shifted(value: unknown, hours: number, from = new Date('2026-01-01T00:00:00Z')): unknown {
  const at = from.getTime() + hours * hour;
  if (typeof value === 'number') {
    if (value > 1e12) return at;
    return value > 1e9 ? Math.floor(at / 1000) : value + hours;
  }
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/.test(value)) return undefined;
  const moment = new Date(at).toISOString().slice(0, 19);
  return `${moment.slice(0, 10)}${value[10]}${moment.slice(11)}${value.slice(19)}`;
}
