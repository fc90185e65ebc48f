import { isObject } from '../../../json/is-object.ts';
import { childOf } from '../../../json/json-pointer.ts';
import { withValueAt } from '../../../json/with-value-at.ts';
import { seededSource } from '../../../openapi/sample/seeded-source.ts';
import type { ReceiverSubject } from './receiver-subject.ts';

/** A payload whose ids no receiver has seen before, and these ids. */
export interface FreshPayload {
  readonly payload: unknown;
  readonly tokens: readonly (string | number)[];
}

const ofEvent = /^(?:id|uuid|(?:event|delivery|message|notification|request)_?id)$/i;
const ofOthers =
  /webhook|hook|subscription|user|actor|sender|owner|account|company|organi[sz]ation|org|merchant|client|tenant|project/i;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What makes ids: a text that is the same in no two runs but for those of one seed. */
export interface FreshKeys {
  /** Of the event. */
  readonly event: string;
  /** Of the thing that it is about; several events may be about one. */
  readonly record: string;
}

/** The payload with other ids of the event and of the thing that it is about; those of others, which a receiver may look up, stay. */
export function freshPayload(
  subject: Pick<ReceiverSubject, 'record' | 'allows'>,
  payload: unknown,
  keys: FreshKeys,
): FreshPayload {
  const { record } = subject;
  const rootIds = isObject(payload) ? Object.keys(payload).filter((key) => ofEvent.test(key)) : [];
  const places: (readonly [readonly string[], string])[] = rootIds
    .filter((key) => record?.length !== 0 || key !== 'id')
    .map((key) => [[key], keys.event]);
  if (record) places.push([[...record, 'id'], keys.record]);
  if (places.length === 0) {
    const own = isObject(payload)
      ? Object.keys(payload).find((key) => /id$|code$/i.test(key) && !ofOthers.test(key))
      : undefined;
    if (own !== undefined) places.push([[own], keys.record]);
  }
  let fresh = payload;
  const tokens: (string | number)[] = [];
  for (const [at, key] of places) {
    const value = at.reduce<unknown>(childOf, payload);
    const next = idsLike(value, key).find((id) => subject.allows(withValueAt(fresh, at, id)));
    if (next === undefined) continue;
    fresh = withValueAt(fresh, at, next);
    tokens.push(next);
  }
  return { payload: fresh, tokens };
}

/** Ids of the same kind as one, the preferred first. */
function idsLike(value: unknown, key: string): readonly (string | number)[] {
  const source = seededSource('receiver', key);
  const number = source.integer('number', 100_000_000, 999_999_999);
  if (typeof value === 'number') return [number, number % 10_000];
  const fresh = source.uuid('id');
  if (typeof value !== 'string' || uuid.test(value)) return [fresh, number];
  const letters = fresh.replaceAll('-', '');
  const start = value.slice(0, Math.max(value.lastIndexOf('_'), value.lastIndexOf('-')) + 1);
  const digits = `${number}${source.integer('more', 100_000_000, 999_999_999)}`;
  return [
    ...(/^\d+$/.test(value) ? [digits.slice(0, value.length), digits] : []),
    `${start}${letters}`,
    letters,
    letters.slice(0, value.length),
    digits.slice(0, value.length),
  ];
}
