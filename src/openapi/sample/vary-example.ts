import { isObject } from '../../json/is-object.ts';
import { pointerTo } from '../../json/json-pointer.ts';
import type { SampleSource } from './sample.ts';

/** What becomes of all leaves of one example alike, so that sums and orders in it still hold. */
interface Changes {
  readonly source: SampleSource;
  /** By how many whole seconds all times are moved. */
  readonly seconds: number;
  /** What all amounts are multiplied by. */
  readonly factor: number;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const dateTime = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?$/;
const day = /^\d{4}-\d\d-\d\d$/;
const idName = /(?:^|[_-])(?:id|ids|uuid|guid|reference|token)$|(?:Id|Ids|ID|UUID|Token)$/;
const momentName =
  /(?:^|_)(?:at|time|timestamp|date|created|updated|completed|expires|iat|exp)$|(?:At|Time|Date)$/;
const amountName =
  /(?:^|_)(?:amount|total|subtotal|balance|price|fee|cost|tax|net|gross)s?$|(?:Amount|Total|Balance|Price|Fee)$/;
const firstName = /^(?:first|given)_?name$/i;
const lastName = /^(?:last|family|sur)_?name$/i;
const firstNames = ['Ada', 'Grace', 'Alan', 'Katherine', 'Edsger', 'Barbara', 'Dennis', 'Radia'];
const lastNames = ['Lovelace', 'Hopper', 'Turing', 'Johnson', 'Dijkstra', 'Liskov', 'Ritchie', 'Perlman'];

/**
 * An example with other ids, e-mails, names, amounts and times, as the source has it. Equal values stay equal, times keep
 * their distances and amounts their proportions; all else is left alone.
 *
 * @param isKept says of the pointer of a leaf that it is to stay as it is
 */
export function varyExample(
  example: unknown,
  source: SampleSource,
  isKept: (pointer: string) => boolean,
): unknown {
  const changes: Changes = {
    source,
    seconds: 86_400 * source.integer('days', 1, 200) + source.integer('seconds', 1, 86_399),
    factor: source.integer('factor', 2, 9),
  };
  return vary(example, '', '');

  function vary(value: unknown, name: string, pointer: string): unknown {
    if (Array.isArray(value)) return value.map((item, index) => vary(item, name, pointerTo(pointer, index)));
    if (isObject(value)) {
      const entries = Object.entries(value).filter(([key]) => key !== '__proto__');
      return Object.fromEntries(
        entries.map(([key, part]) => [key, vary(part, key, pointerTo(pointer, key))]),
      );
    }
    if (isKept(pointer)) return value;
    if (typeof value === 'string') return variedText(value, name, changes);
    return typeof value === 'number' ? variedNumber(value, name, changes) : value;
  }
}

function variedText(text: string, name: string, { seconds, source }: Changes): string {
  if (uuid.test(text)) return source.uuid(text);
  if (email.test(text)) return text.replace(/^[^@]+/, `user${source.integer(text, 1, 99_999)}`);
  if (dateTime.test(text)) return movedMoment(text, seconds);
  if (day.test(text) && momentName.test(name)) return movedDay(text, seconds);
  if (firstName.test(name)) return pick(source, text, firstNames);
  if (lastName.test(name)) return pick(source, text, lastNames);
  if (name === 'name' && /^[A-Z][a-z]+ [A-Z][a-z]+$/.test(text))
    return `${pick(source, `${text} first`, firstNames)} ${pick(source, `${text} last`, lastNames)}`;
  return idName.test(name) && /\d/.test(text) ? variedId(text, source) : text;
}

/** Other characters of the same kinds; what stands before the last `_` or `-`, such as `cus_`, is left. */
function variedId(text: string, source: SampleSource): string {
  const start = Math.max(text.lastIndexOf('_'), text.lastIndexOf('-')) + 1;
  const isHex = /^[0-9a-f]+$/.test(text.slice(start));
  const changed = [...text.slice(start)].map((letter, index) => {
    const turn = (below: number) => source.integer(`${text} ${index}`, 0, below - 1);
    if (/\d/.test(letter)) return index === 0 ? String(1 + turn(9)) : String(turn(10));
    if (/[a-z]/.test(letter)) return String.fromCharCode(97 + turn(isHex ? 6 : 26));
    return /[A-Z]/.test(letter) ? String.fromCharCode(65 + turn(26)) : letter;
  });
  return text.slice(0, start) + changed.join('');
}

function variedNumber(value: number, name: string, { factor, seconds, source }: Changes): number {
  if (momentName.test(name) && Number.isInteger(value)) {
    if (value > 1e9 && value < 4e9) return value + seconds;
    if (value > 1e12 && value < 4e12) return value + seconds * 1000;
  }
  if (amountName.test(name)) return Number((value * factor).toPrecision(15));
  if (!idName.test(name) || !Number.isSafeInteger(value) || value < 1) return value;
  const digits = String(value).length;
  return source.integer(
    `id ${value}`,
    10 ** (digits - 1),
    Math.min(10 ** digits - 1, Number.MAX_SAFE_INTEGER),
  );
}

/** The same form of a date and time, moved; the offset, and how finely seconds are written, stay. */
function movedMoment(text: string, seconds: number): string {
  const [, start = '', gap = 'T', clock = '', rest = ''] =
    /^(\d{4}-\d\d-\d\d)([T ])(\d\d:\d\d(?::\d\d)?)(.*)$/.exec(text) ?? [];
  const time = Date.parse(`${start}T${clock}Z`);
  if (Number.isNaN(time)) return text;
  const [date = '', moved = ''] = new Date(time + seconds * 1000).toISOString().split('T');
  return `${date}${gap}${moved.slice(0, clock.length)}${rest}`;
}

function movedDay(text: string, seconds: number): string {
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) ? text : new Date(time + seconds * 1000).toISOString().slice(0, 10);
}

function pick(source: SampleSource, key: string, choices: readonly string[]): string {
  return choices[source.integer(key, 0, choices.length - 1)] ?? key;
}
