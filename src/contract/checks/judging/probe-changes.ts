import { isObject } from '../../../json/is-object.ts';
import { pointerTo } from '../../../json/json-pointer.ts';
import type { ReceiverArm } from '../../model/receiver-run.ts';

/** One thing that is otherwise than before: where, and how. */
export interface ProbeChange {
  /** A pointer; what is new has `*` for its key. */
  readonly place: string;
  readonly what: string;
}

/**
 * What changed between two readings of a probe, in a form that is the same for two deliveries that did the same: ids that only
 * one has are written by their place among its ids, numbers by how much they grew, new members of objects and lists by `*`.
 */
export function probeChanges(
  before: unknown,
  after: unknown,
  { tokens }: ReceiverArm,
): readonly ProbeChange[] {
  const changes: ProbeChange[] = [];
  const add = (place: string, what: string) => void changes.push({ place, what });
  compare(without(tokens, before), without(tokens, after), '', add);
  return changes.toSorted((one, other) => compareTexts(textOf(one), textOf(other)));
}

/** The changes of an arm that those of two equal arms would have too: where these differ from each other, only the places count. */
export function comparableChanges(
  changes: readonly ProbeChange[],
  restless: ReadonlySet<string>,
): readonly string[] {
  return changes
    .map(({ place, what }) => (restless.has(place) ? `${place} changed` : `${place} ${what}`))
    .toSorted(compareTexts);
}

/** Places where two arms that did the same changed something otherwise, such as times. */
export function restlessPlaces(
  one: readonly ProbeChange[],
  other: readonly ProbeChange[],
): ReadonlySet<string> {
  const [left, right] = [one, other].map((changes) => Map.groupBy(changes, ({ place }) => place));
  const places = new Set([...(left?.keys() ?? []), ...(right?.keys() ?? [])]);
  const valuesAt = (groups: typeof left, place: string) =>
    (groups?.get(place) ?? [])
      .map(({ what }) => what)
      .toSorted(compareTexts)
      .join('\n');
  return new Set([...places].filter((place) => valuesAt(left, place) !== valuesAt(right, place)));
}

type Add = (place: string, what: string) => void;

function compare(before: unknown, after: unknown, place: string, add: Add): void {
  if (isObject(before) && isObject(after)) {
    for (const [key, value] of Object.entries(after)) {
      if (Object.hasOwn(before, key)) compare(before[key], value, pointerTo(place, key), add);
      else spread(value, pointerTo(place, '*'), '+', add);
    }
    for (const [key, value] of Object.entries(before))
      if (!Object.hasOwn(after, key)) spread(value, pointerTo(place, '*'), '-', add);
  } else if (Array.isArray(before) && Array.isArray(after)) {
    const left = before.map((item) => JSON.stringify(item));
    for (const item of after) {
      const at = left.indexOf(JSON.stringify(item));
      if (at < 0) spread(item, pointerTo(place, '*'), '+', add);
      else left.splice(at, 1);
    }
    for (const item of left) spread(JSON.parse(item), pointerTo(place, '*'), '-', add);
  } else if (typeof before === 'number' && typeof after === 'number') {
    if (before !== after) add(place, `grew by ${after - before}`);
  } else if (JSON.stringify(before) !== JSON.stringify(after)) {
    spread(after, place, '=', add);
  }
}

/** A new value leaf by leaf, so that one that is never the same does not hide the others. */
function spread(value: unknown, place: string, sign: string, add: Add): void {
  if (isObject(value) && Object.keys(value).length > 0)
    for (const [key, part] of Object.entries(value)) spread(part, pointerTo(place, key), sign, add);
  else if (Array.isArray(value) && value.length > 0)
    for (const part of value) spread(part, pointerTo(place, '*'), sign, add);
  else add(place, `${sign} ${JSON.stringify(value)}`);
}

/** A value with each of the tokens written by its number. */
function without(tokens: ReceiverArm['tokens'], value: unknown): unknown {
  if (typeof value === 'string') return renamed(tokens, value);
  if (typeof value === 'number') {
    const index = tokens.indexOf(value);
    return index < 0 ? value : `«${index + 1}»`;
  }
  if (Array.isArray(value)) return value.map((part) => without(tokens, part));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [renamed(tokens, key), without(tokens, part)]),
  );
}

function renamed(tokens: ReceiverArm['tokens'], text: string): string {
  return tokens.reduce<string>(
    (changed, token, index) => changed.replaceAll(String(token), `«${index + 1}»`),
    text,
  );
}

function textOf({ place, what }: ProbeChange): string {
  return `${place} ${what}`;
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
