import type { JsonObject } from '../../json/is-object.ts';
import { boundedPattern } from '../../json/patterns/bounded-pattern.ts';
import { translatePattern } from '../schema/translate-pattern.ts';
import { plausibleText, plausibleTime } from './plausible-text.ts';
import type { SampleSource } from './sample-source.ts';
import { textOfPattern, withoutLooking } from './text-of-pattern.ts';

type Make = (source: SampleSource, field: string) => string;

/** Texts by format (JSON Schema 2020-12 validation section 7.3, and OpenAPI's own). */
const formats: Readonly<Record<string, Make>> = {
  uuid: (source, field) => source.uuid(field),
  date: () => '2026-01-31',
  time: () => '12:00:00Z',
  'date-time': () => '2026-01-31T12:00:00Z',
  duration: () => 'P1D',
  email,
  'idn-email': email,
  uri: () => 'https://example.com/',
  url: () => 'https://example.com/',
  iri: () => 'https://example.com/',
  'uri-reference': () => '/',
  'iri-reference': () => '/',
  'uri-template': () => 'https://example.com/{id}',
  hostname: () => 'example.com',
  'idn-hostname': () => 'example.com',
  ipv4: () => '192.0.2.1',
  ipv6: () => '2001:db8::1',
  'json-pointer': () => '/a',
  'relative-json-pointer': () => '0',
  regex: () => '^a$',
  byte: () => 'c2FtcGxl',
};

/** Texts of full samples by format, where they differ from sample to sample. */
const varied: Readonly<Record<string, Make>> = {
  date: (source, field) => dayOf(source, field),
  'date-time': (source, field) => `${dayOf(source, field)}T${clockOf(source, field)}Z`,
  time: (source, field) => `${clockOf(source, field)}Z`,
  uri: address,
  url: address,
  iri: address,
  ipv4: (source, field) => `192.0.2.${source.integer(field, 1, 254)}`,
};

/** Texts of full samples by the name of their field, where nothing else says what they are. */
const named: readonly (readonly [RegExp, Make])[] = [
  [/^(?:uu|gu)id$/i, (source, field) => source.uuid(field)],
  [/e-?mail/i, email],
  [/(?:^|_)(?:ur[il]|link|href|website)s?$|(?:Ur[il]|URL|Link)$/, address],
  [/(?:^|_)(?:created|updated|deleted|completed|expires|timestamp|time)(?:_at)?$|(?:_at|At)$/, moment],
  [/(?:^|_)(?:date|day|dob)$|Date$/, (source, field) => dayOf(source, field)],
  [
    /^(?:first|given)_?name$/i,
    (source, field) => oneOf(source, field, ['Ada', 'Grace', 'Alan', 'Katherine']),
  ],
  [
    /^(?:last|family|sur)_?name$/i,
    (source, field) => oneOf(source, field, ['Lovelace', 'Hopper', 'Turing', 'Johnson']),
  ],
  [/phone|mobile/i, (source, field) => `+1555010${source.integer(field, 1000, 9999)}`],
  [/currency/i, (source, field) => oneOf(source, field, ['USD', 'EUR', 'GBP', 'ZAR'])],
  [/country/i, (source, field) => oneOf(source, field, ['US', 'DE', 'GB', 'ZA'])],
  [/(?:^|_)(?:ids?|reference|token|key|code)$|(?:Id|Key|Token)$/, identifier],
];

/** What a text must be like: the keywords of all schemas that speak of it. */
export interface TextFacts {
  readonly formats: readonly string[];
  readonly patterns: readonly string[];
  readonly minLength: number;
  readonly maxLength: number;
}

export function textFactsOf(nodes: readonly JsonObject[]): TextFacts {
  const texts = (key: string) =>
    nodes.flatMap(({ [key]: value }) => (typeof value === 'string' ? [value] : []));
  const numbers = (key: string) =>
    nodes.flatMap(({ [key]: value }) => (typeof value === 'number' ? [value] : []));
  return {
    formats: texts('format'),
    patterns: texts('pattern').flatMap((pattern) => translatePattern(pattern) ?? []),
    minLength: Math.max(0, ...numbers('minLength')),
    maxLength: Math.min(Number.POSITIVE_INFINITY, ...numbers('maxLength')),
  };
}

/** A text by its format, else its pattern, else its bounds; the first of these that fits them all. */
export function sampleText(
  facts: TextFacts,
  source: SampleSource,
  field: string,
  full: boolean,
  plausible?: number,
): string {
  const usual = candidatesFor(facts, source, field, full || plausible !== undefined);
  const candidates =
    plausible === undefined ? usual : [...plausibleFor(facts, source, field, plausible), ...usual];
  let first: string | undefined;
  for (const make of candidates) {
    const text = make();
    if (text === undefined) continue;
    if (fits(text, facts)) return text;
    first ??= text;
  }
  return first ?? '';
}

/** Texts like those of real records, by the format or the name of the field. */
function plausibleFor(
  { formats: wanted, patterns }: TextFacts,
  source: SampleSource,
  field: string,
  now: number,
): readonly (() => string | undefined)[] {
  const [format] = wanted;
  if (format === 'date' || format === 'date-time')
    return [() => plausibleTime(field, source, now, format === 'date')];
  const isMoment = /(?:_at|At)$/.test(field) && format === undefined && patterns.length === 0;
  if (isMoment) return [() => plausibleTime(field, source, now, false)];
  const isFree =
    format === undefined || format === 'email' || /^ur[il]/.test(format) || !Object.hasOwn(formats, format);
  return isFree ? [() => plausibleText(field, source, now)] : [];
}

/** Texts of a pattern that looks around are tried until one matches. */
const mostTries = 30;

function candidatesFor(
  facts: TextFacts,
  source: SampleSource,
  field: string,
  full: boolean,
): readonly (() => string | undefined)[] {
  const { maxLength, minLength } = facts;
  const name = field.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';
  const byFormat = facts.formats.map((format) => () => {
    if (format === 'byte') return 'c2FtcGxl'.repeat(Math.max(1, Math.ceil(minLength / 8)));
    const make = (full ? own(varied, format) : undefined) ?? own(formats, format);
    return make?.(source, field);
  });
  const opens = [undefined, minLength, 1, 4, 64].filter((open) => open !== 0);
  const byPattern = facts.patterns.flatMap((pattern) =>
    opens.map(
      (open) => () =>
        textOfPattern(pattern, open)?.((index, below) => source.integer(`${field}.${index}`, 0, below - 1)),
    ),
  );
  const byPlainPattern = facts.patterns.flatMap((pattern) => {
    const make = textOfPattern(withoutLooking(pattern) ?? '(');
    if (!make) return [];
    return Array.from(
      { length: mostTries },
      (_, turn) => () => make((index, below) => source.integer(`${field}.${turn}.${index}`, 0, below - 1)),
    );
  });
  const byName = () => named.find(([expression]) => expression.test(name))?.[1](source, field);
  const plain = () =>
    bounded(full ? `${name || 'text'} ${source.integer(field, 100, 999)}` : lastPart(field), facts);
  const short = () => bounded(String(source.integer(field, 0, 10 ** Math.min(9, maxLength) - 1)), facts);
  return [...byFormat, ...byPattern, ...byPlainPattern, ...(full ? [byName] : []), plain, short];
}

function bounded(text: string, { maxLength, minLength }: TextFacts): string {
  return text.padEnd(Math.min(minLength, 100_000), 'x').slice(0, maxLength);
}

function fits(text: string, { formats: wanted, maxLength, minLength, patterns }: TextFacts): boolean {
  if (wanted.some((format) => /^ur[il]$/.test(format)) && !/^[a-z]+:/.test(text)) return false;
  return (
    text.length >= minLength && text.length <= maxLength && patterns.every((one) => matchesPattern(text, one))
  );
}

/** Whether a text matches a pattern of a schema; one that is no pattern is matched by all. */
export function matchesPattern(text: string, pattern: string): boolean {
  try {
    return boundedPattern(pattern).test(text);
  } catch {
    return true;
  }
}

function email(source: SampleSource, field: string): string {
  return `user${source.integer(field, 1, 9999)}@example.com`;
}

function address(source: SampleSource, field: string): string {
  return `https://example.com/${source.integer(field, 1000, 9999)}`;
}

function dayOf(source: SampleSource, field: string): string {
  return new Date(Date.UTC(2026, 0, 1 + source.integer(`${field} day`, 0, 300))).toISOString().slice(0, 10);
}

function clockOf(source: SampleSource, field: string): string {
  const parts = [23, 59, 59].map((most, index) => source.integer(`${field} clock ${index}`, 0, most));
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

function moment(source: SampleSource, field: string): string {
  return `${dayOf(source, field)}T${clockOf(source, field)}Z`;
}

function identifier(source: SampleSource, field: string): string {
  return source.uuid(field).replaceAll('-', '').slice(0, 16);
}

function oneOf(source: SampleSource, field: string, choices: readonly string[]): string {
  return choices[source.integer(field, 0, choices.length - 1)] ?? '';
}

function lastPart(field: string): string {
  return field.split('.').at(-1) ?? '';
}

function own<T>(entries: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}
