import type { ApiDocument, Pointer } from './document.ts';
import { isObject, type JsonObject } from './is-object.ts';
import { pointerTo } from './json-pointer.ts';
import { propertiesOf, requiredOf } from './record-schema.ts';
import { textMaker } from './text-of-pattern.ts';

/** Where a sample takes what it cannot read off the schema; see `Derivation` of the state. */
interface SampleSource {
  uuid(field: string): string;
  integer(field: string, min: number, max: number): number;
}

const deepest = 8;

/**
 * A value that the schema at `pointer` allows: what the document shows (`default`, `const`, an example, the first of an
 * `enum`), else the least that its type, format and bounds ask for. Patterns are met where they are simple, else only through examples.
 */
export function sample(
  document: ApiDocument,
  pointer: Pointer,
  source: SampleSource,
  field: string,
  depth = 0,
): unknown {
  const found = document.resolve<JsonObject>(pointer);
  if (!found || !isObject(found.node)) return null;
  const { node } = found;
  const shown = shownValue(node);
  if (shown !== undefined) return shown.value;
  const types: unknown[] = Array.isArray(node.type) ? node.type : node.type === undefined ? [] : [node.type];
  if (types.includes('null') || depth > deepest) return null;
  for (const keyword of ['oneOf', 'anyOf']) {
    if (Array.isArray(node[keyword]))
      return sample(document, pointerTo(found.pointer, keyword, 0), source, field, depth + 1);
  }
  if (types.includes('array')) return sampleArray(document, found.pointer, node, source, field, depth);
  if (types.includes('object') || isObject(node.properties) || Array.isArray(node.allOf)) {
    return sampleObject(document, found.pointer, source, field, depth);
  }
  if (types.includes('boolean')) return false;
  if (types.includes('integer') || types.includes('number')) return sampleNumber(node);
  return sampleText(node, source, field);
}

function shownValue(node: JsonObject): { readonly value: unknown } | undefined {
  for (const key of ['default', 'const', 'example']) if (node[key] !== undefined) return { value: node[key] };
  for (const key of ['examples', 'enum']) {
    const values = node[key];
    if (Array.isArray(values) && values.length > 0) return { value: values[0] };
  }
  return undefined;
}

function sampleArray(
  document: ApiDocument,
  at: Pointer,
  node: JsonObject,
  source: SampleSource,
  field: string,
  depth: number,
): unknown[] {
  const length = typeof node.minItems === 'number' ? Math.min(node.minItems, 100) : 0;
  return Array.from({ length }, (_, index) =>
    sample(document, pointerTo(at, 'items'), source, `${field}.${index}`, depth + 1),
  );
}

function sampleObject(
  document: ApiDocument,
  at: Pointer,
  source: SampleSource,
  field: string,
  depth: number,
): JsonObject {
  const required = requiredOf(document, at);
  const entries = [...propertiesOf(document, at)].filter(([name]) => required.has(name));
  return Object.fromEntries(
    entries.map(([name, pointer]) => [
      name,
      sample(document, pointer, source, `${field}.${name}`, depth + 1),
    ]),
  );
}

function sampleNumber({ exclusiveMinimum, maximum, minimum, multipleOf }: JsonObject): number {
  const least =
    typeof minimum === 'number' ? minimum : typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : 0;
  const step = typeof multipleOf === 'number' && multipleOf > 0 ? multipleOf : 1;
  const value = Math.ceil(least / step) * step;
  return typeof maximum === 'number' && value > maximum ? maximum : value;
}

/** Texts by format (JSON Schema 2020-12 validation section 7.3, and OpenAPI's own). */
const formats: Readonly<Record<string, (source: SampleSource, field: string) => string>> = {
  uuid: (source, field) => source.uuid(field),
  date: () => '2026-01-31',
  time: () => '12:00:00Z',
  'date-time': () => '2026-01-31T12:00:00Z',
  duration: () => 'P1D',
  email: (source, field) => `user${source.integer(field, 1, 9999)}@example.com`,
  uri: () => 'https://example.com/',
  url: () => 'https://example.com/',
  'uri-reference': () => '/',
  hostname: () => 'example.com',
  ipv4: () => '192.0.2.1',
  ipv6: () => '2001:db8::1',
};

function sampleText(
  { format, maxLength, minLength, pattern }: JsonObject,
  source: SampleSource,
  field: string,
): string {
  const make = typeof format === 'string' && Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (make) return make(source, field);
  const byPattern = typeof pattern === 'string' ? textMaker(pattern) : undefined;
  if (byPattern) return byPattern((index, below) => source.integer(`${field}.${index}`, 0, below - 1));
  const text = (field.split('.').at(-1) ?? '').padEnd(typeof minLength === 'number' ? minLength : 0, 'x');
  return typeof maxLength === 'number' ? text.slice(0, maxLength) : text;
}
