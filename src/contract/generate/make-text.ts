import type { Arbitrary } from 'fast-check';
import { type BoundedPattern, boundedPattern } from '../../json/patterns/bounded-pattern.ts';
import { textOfPattern } from '../../openapi/sample/text-of-pattern.ts';
import type { MergedSchema } from '../../openapi/schema/merge-schema.ts';
import { fastCheck } from './fast-check.ts';
import { type GeneratorContext, strictest, textsOf, type ValuePlace } from './generator-context.ts';
import { isHumanText } from './human-text.ts';

/** Beyond the webhooks: accents in one and in two characters, other scripts, written from the right, and beyond the first plane. */
const rare = ['é', 'e\u0301', 'ß', 'Ω', 'ñ', '名', 'م', 'ק', '🙂', '𝔘', "'", '"', '&', '<', '%', '/', '\\'];
const plain = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_.'];
const tries = 30;
const longest = 5000;

/** A text that its schemas allow: by format, else by pattern, else of any characters but control characters. */
export function makeText(generator: GeneratorContext, merged: MergedSchema): string {
  const least = Math.min(strictest(merged, 'minLength') ?? 0, longest);
  const most = Math.min(strictest(merged, 'maxLength') ?? longest, longest);
  const [format] = textsOf(merged, 'format');
  const [pattern] = textsOf(merged, 'pattern');
  const known = format === undefined ? undefined : formats()[format];
  if (known) return generator.draw(known);
  if (pattern !== undefined) return ofPattern(generator, pattern, least, most);
  return cut(generator.draw(words(least, Math.min(most, least + 24))), least, most);
}

/** Words in any script, for people to read: nothing at the ends that a server could trim. */
export function makeWords(
  generator: GeneratorContext,
  merged: MergedSchema,
  { name }: ValuePlace,
): string | undefined {
  const isPlain = ['format', 'pattern', 'contentEncoding'].every(
    (keyword) => textsOf(merged, keyword).length === 0,
  );
  if (!isPlain || !isHumanText(name)) return undefined;
  const least = strictest(merged, 'minLength') ?? 1;
  const most = strictest(merged, 'maxLength') ?? Math.max(24, least);
  if (most < 1 || least > longest) return undefined;
  const { constantFrom, string } = fastCheck();
  const unit = constantFrom(...plain.slice(0, -3), 'é', 'ß', 'Ω', '名', '🙂');
  const to = Math.min(most, Math.max(least, 1) + 20);
  const text = generator.draw(string({ unit, minLength: least, maxLength: to }));
  return [...`a${text.trim()}`].slice(0, to).join('').trim().padEnd(least, 'a');
}

function words(least: number, most: number): Arbitrary<string> {
  const { constantFrom, oneof, string } = fastCheck();
  const unit = oneof(
    { arbitrary: constantFrom(...plain), weight: 6 },
    { arbitrary: constantFrom(...rare), weight: 1 },
  );
  return string({ unit, minLength: Math.min(least, most), maxLength: most });
}

/** JSON Schema counts characters, of which some parts have two. */
function cut(text: string, least: number, most: number): string {
  return [...text].slice(0, most).join('').padEnd(least, 'a');
}

/** Texts of a pattern as fast-check reads it; where it cannot, as the samples of the mock do. */
function ofPattern(generator: GeneratorContext, pattern: string, least: number, most: number): string {
  const matching = matcherOf(pattern);
  for (let turn = 0; matching && turn < tries; turn += 1) {
    const text = generator.draw(matching.arbitrary);
    if (isLong(text, least, most) && !/\p{C}/u.test(text) && matching.whole.test(text)) return text;
  }
  const made = textOfPattern(pattern, Math.max(1, Math.min(least || 4, most)));
  return made?.((_, below) => generator.draw(fastCheck().integer({ min: 0, max: below - 1 }))) ?? '';
}

interface Matcher {
  readonly whole: BoundedPattern;
  /** fast-check does not look ahead or behind; what it makes without that is looked at afterwards. */
  readonly arbitrary: Arbitrary<string>;
}

/** By pattern: taking one apart takes milliseconds. */
const matchers = new Map<string, Matcher | undefined>();

/** Undefined for a pattern with groups or classes that fast-check does not know. */
function matcherOf(pattern: string): Matcher | undefined {
  if (!matchers.has(pattern)) matchers.set(pattern, readMatcher(pattern));
  return matchers.get(pattern);
}

function readMatcher(pattern: string): Matcher | undefined {
  try {
    const plainer = new RegExp(pattern.replaceAll(/\(\?<?[=!][^()]*\)/g, ''));
    return {
      whole: boundedPattern(pattern),
      arbitrary: fastCheck().stringMatching(plainer, { size: 'small' }),
    };
  } catch {
    return undefined;
  }
}

function isLong(text: string, least: number, most: number): boolean {
  const { length } = [...text];
  return length >= least && length <= most;
}

let kept: Readonly<Record<string, Arbitrary<string>>> | undefined;

/** Texts by format (JSON Schema 2020-12 validation section 7.3); addresses are of reserved names (RFC 2606). */
function formats(): Readonly<Record<string, Arbitrary<string>>> {
  const { base64String, constantFrom, integer, ipV4, ipV6, string, tuple, uuid } = fastCheck();
  if (kept) return kept;
  const word = string({
    unit: constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'),
    minLength: 1,
    maxLength: 12,
  });
  const checkpoint = integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2099, 11, 31) }).map((time) =>
    new Date(time - (time % 1000)).toISOString(),
  );
  const email = word.map((name) => `${name}@example.com`);
  const address = word.map((path) => `https://example.com/${path}`);
  const host = word.map((name) => `x${name}.example.com`);
  kept = {
    'date-time': checkpoint.map((text) => text.replace('.000', '')),
    date: checkpoint.map((text) => text.slice(0, 10)),
    time: checkpoint.map((text) => `${text.slice(11, 19)}Z`),
    duration: tuple(integer({ min: 0, max: 400 }), integer({ min: 0, max: 23 })).map(
      ([days, hours]) => `P${days}DT${hours}H`,
    ),
    email,
    'idn-email': email,
    hostname: host,
    'idn-hostname': host,
    ipv4: ipV4(),
    ipv6: ipV6(),
    uri: address,
    url: address,
    iri: address,
    'uri-reference': word.map((path) => `/${path}`),
    'iri-reference': word.map((path) => `/${path}`),
    'uri-template': word.map((path) => `https://example.com/${path}/{id}`),
    uuid: uuid(),
    'json-pointer': word.map((key) => `/${key}`),
    'relative-json-pointer': integer({ min: 0, max: 9 }).map(String),
    regex: word.map((text) => `^${text}$`),
    byte: base64String({ minLength: 4, maxLength: 40 }),
  };
  return kept;
}
