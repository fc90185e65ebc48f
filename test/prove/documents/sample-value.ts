import * as fc from 'fast-check';
import { type Json, type PlainDocument, resolve } from './plain-document.ts';

/** A value that a client makes up for a schema, from its example where it has one; what is read-only is left out. */
export function sampleValue({ root }: PlainDocument, schema: Json, name: string): Json {
  return sample(root, schema, name, 0);
}

function sample(root: Json, written: Json, name: string, depth: number): Json {
  const schema = flatten(root, written, depth);
  const { example, examples } = schema;
  if (example !== undefined) return example;
  if (Array.isArray(examples) && examples.length > 0) return examples[0];
  if (schema.const !== undefined) return schema.const;
  // Generators give `{}` as the default of objects that have required fields.
  if (schema.default !== undefined && typeof schema.default !== 'object') return schema.default;
  if (Array.isArray(schema.enum))
    return schema.enum.find((one: Json) => one !== null && one !== '') ?? schema.enum[0];
  switch (typeOf(schema)) {
    case 'object':
      return sampleObject(root, schema, depth);
    case 'array':
      return sampleArray(root, schema, name, depth);
    case 'integer':
    case 'number':
      return sampleNumber(schema);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return sampleString(schema, name);
  }
}

function typeOf(schema: Json): string {
  if (Array.isArray(schema.type)) return schema.type.find((one: string) => one !== 'null') ?? 'null';
  if (typeof schema.type === 'string') return schema.type;
  if (schema.properties !== undefined || schema.additionalProperties !== undefined) return 'object';
  return schema.items === undefined ? 'string' : 'array';
}

/** One schema for a reference, all its parts of allOf, and the first alternative of oneOf and anyOf that is not null. */
function flatten(root: Json, written: Json, depth: number): Json {
  const schema = resolve(root, written) ?? {};
  if (depth > 12 || typeof schema !== 'object') return {};
  const { allOf = [], oneOf, anyOf, ...own } = schema;
  const parts = allOf.map((part: Json) => flatten(root, part, depth + 1));
  for (const options of [oneOf, anyOf]) {
    const flat = (options ?? []).map((option: Json) => flatten(root, option, depth + 1));
    const chosen = flat.find((option: Json) => option.type !== 'null' && option.enum?.[0] !== '') ?? flat[0];
    if (chosen) parts.push(chosen);
  }
  const all = [...parts, own];
  const properties = all.flatMap((part) => Object.entries<Json>(part.properties ?? {}));
  // A property that several parts speak of keeps to all of them.
  const byName = Map.groupBy(properties, ([name]) => name);
  const required = all.flatMap((part) => part.required ?? []);
  return {
    ...Object.assign({}, ...all),
    ...(byName.size > 0 ? { properties: Object.fromEntries([...byName].map(together)) } : {}),
    ...(required.length > 0 ? { required } : {}),
  };
}

function together([name, entries]: [string, [string, Json][]]): [string, Json] {
  const schemas = entries.map(([, schema]) => schema);
  return [name, schemas.length === 1 ? schemas[0] : { allOf: schemas }];
}

function sampleObject(root: Json, schema: Json, depth: number): Json {
  const required = new Set(schema.required ?? []);
  const entries = Object.entries<Json>(schema.properties ?? {})
    .filter(([name, property]) => required.has(name) || (depth < 3 && resolve(root, property) !== undefined))
    .filter(([, property]) => resolve(root, property)?.readOnly !== true && property?.readOnly !== true)
    .filter(() => depth < 8)
    .map(([name, property]) => [name, sample(root, property, name, depth + 1)]);
  const more = schema.additionalProperties;
  if (entries.length === 0 && typeof more === 'object' && depth < 6) {
    entries.push(['note', sample(root, more, 'note', depth + 1)]);
  }
  return Object.fromEntries(entries);
}

function sampleArray(root: Json, schema: Json, name: string, depth: number): Json[] {
  if (depth > 6) return [];
  const length = Math.min(Math.max(1, schema.minItems ?? 1), schema.maxItems ?? 100);
  return Array.from({ length }, () => sample(root, schema.items ?? {}, name, depth + 1));
}

function sampleNumber(schema: Json): number {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf } = schema;
  const step = multipleOf ?? 1;
  const least = minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + step);
  const most = maximum ?? (exclusiveMaximum === undefined ? undefined : exclusiveMaximum - step);
  const wanted = Math.min(Math.max(step, least ?? step), most ?? Number.POSITIVE_INFINITY);
  return multipleOf === undefined ? wanted : Math.ceil(wanted / step) * step;
}

const formats: Readonly<Record<string, string>> = {
  'date-time': '2026-01-15T09:30:00Z',
  date: '2026-01-15',
  time: '09:30:00Z',
  duration: 'P1D',
  uuid: '5b8c7f0e-2f5d-4b5e-9f3a-6f1d2c3b4a59',
  email: 'ann@example.com',
  uri: 'https://example.com/made-up',
  url: 'https://example.com/made-up',
  'uri-reference': '/made-up',
  hostname: 'made-up.example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  byte: 'bWFkZSB1cA==',
};

function sampleString({ format, pattern, minLength = 0, maxLength = 10_000 }: Json, name: string): string {
  if (format in formats) return formats[format] ?? '';
  if (typeof pattern === 'string') {
    const matching = fc.sample(
      fc
        .stringMatching(new RegExp(pattern))
        .filter((one) => one.length >= Math.max(minLength, 1) && one.length <= maxLength),
      { numRuns: 1, seed: 1 },
    );
    return matching[0] ?? '';
  }
  return `made-up-${name.replace(/\W+/g, '-')}`.padEnd(minLength, 'x').slice(0, maxLength);
}
