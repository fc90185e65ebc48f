import { isObject, type JsonObject } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';
import type { ApiDocument, Operation, Parameter } from '../document/document.ts';
import { findResponse } from '../document/find-response.ts';
import { framingFields } from '../document/framing-fields.ts';
import { resolverOf } from '../document/resolver-of.ts';
import { type SampleSource, sample } from '../sample/sample.ts';
import { typesAt } from '../schema/schema-shape.ts';
import type { Validators } from '../schema/validators.ts';

/** What values of header fields are made from, of one request and the answer to it. */
export interface HeaderSource {
  readonly source: SampleSource;
  readonly status: number;
  /** Milliseconds since the Unix epoch, on the clock of the namespace. */
  readonly now: number;
  /** The whole URL that was asked. */
  readonly url: string;
  /** The first value of a header field of the request. */
  sent(name: string): string | undefined;
  /** A text that is the same for the same body. */
  digest(): string;
}

/** A header field that an answer is to have. */
export interface DeclaredHeader {
  /** Lower-case. */
  readonly name: string;
  /** Its value, or for `set-cookie` its values; undefined where nothing true can be said and the document does not insist. */
  valueFor(source: HeaderSource): string | readonly string[] | undefined;
}

/** Fields that are the server's to write, whatever a document says (OpenAPI 3.1, section 4.8.17; RFC 9110, section 6.6.1). */
const ours: ReadonlySet<string> = new Set(['content-type', 'date']);

/** The header fields that a document declares for a status. */
export function declaredHeaders(
  document: ApiDocument,
  validators: Validators,
  operation: Operation,
  status: number,
): readonly DeclaredHeader[] {
  const headers = findResponse(operation, status)?.headers ?? [];
  return headers
    .filter(({ name }) => !ours.has(name.toLowerCase()))
    .map((header) => prepare(document, validators, header));
}

function prepare(document: ApiDocument, validators: Validators, header: Parameter): DeclaredHeader {
  const name = header.name.toLowerCase();
  const { schema } = header;
  const shown = shownIn(document, header);
  const isValid = (value: unknown) =>
    schema === undefined || validators.validate(schema, value, 'response', name).length === 0;
  const types = schema === undefined ? undefined : typesAt(resolverOf(document), schema);
  const isText = types === undefined || types.size === 0 || types.has('string');
  return {
    name,
    valueFor(from) {
      const echoed =
        isText && /(?:request|correlation|trace|interaction|idempotency)/.test(name)
          ? from.sent(name)
          : undefined;
      if (echoed !== undefined && isValid(echoed)) return echoed;
      if (shown !== undefined) return write(header, shown.value);
      if (framingFields.has(name)) return undefined;
      const known = isText ? madeByName(name, header.required, from) : undefined;
      if (known !== undefined && isValid(known)) return known;
      if (!header.required && untrue.has(name)) return undefined;
      if (schema === undefined) return isText ? 'sample' : undefined;
      return write(header, sample(document, schema, from.source, name, { validators, full: true }));
    },
  };
}

/** Fields that tell of what else there is: a made-up value would send clients astray. */
const untrue: ReadonlySet<string> = new Set([
  'link',
  'location',
  'content-location',
  'content-range',
  'retry-after',
  'sunset',
  'allow',
]);

/** Values of fields whose meaning is standardised. */
function madeByName(name: string, required: boolean, from: HeaderSource): string | undefined {
  if (name === 'etag') return `"${from.digest()}"`;
  if (name === 'last-modified' || name === 'expires' || (name === 'sunset' && required))
    return new Date(from.now).toUTCString();
  if (name === 'cache-control') return 'no-store';
  if (name === 'accept-ranges') return 'none';
  if (name === 'vary') return 'Accept';
  if (name === 'content-language') return 'en';
  if (name === 'content-disposition') return 'attachment';
  if (name === 'retry-after') return '1';
  // Of a redirection it would lead in a circle.
  if ((name === 'location' || name === 'content-location') && required && from.status < 300) return from.url;
  if (name === 'link' && required) return `<${from.url}>; rel="self"`;
  if (name === 'set-cookie') return `session=${from.source.uuid(name).replaceAll('-', '')}; Path=/; HttpOnly`;
  return undefined;
}

/** What the document shows for a header: its example, else that of its schema or its content. */
function shownIn(
  document: ApiDocument,
  { mediaType, schema }: Parameter,
): { readonly value: unknown } | undefined {
  if (schema === undefined) return undefined;
  const own: Pointer = schema.replace(/\/(?:schema|content\/.*)$/, '');
  const places = [own, ...(mediaType === undefined ? [] : [schema.replace(/\/schema$/, '')]), schema];
  for (const place of places) {
    const node = document.resolve<JsonObject>(place)?.node;
    if (!isObject(node)) continue;
    const value = node.example ?? firstExample(document, node, place) ?? node.const ?? node.default;
    if (value !== undefined) return { value };
  }
  return undefined;
}

function firstExample(document: ApiDocument, { examples }: JsonObject, pointer: Pointer): unknown {
  if (Array.isArray(examples)) return examples[0];
  for (const name of Object.keys(isObject(examples) ? examples : {})) {
    const example = document.resolve<JsonObject>(pointerTo(pointer, 'examples', name))?.node;
    if (!isObject(example)) continue;
    const value = example.value ?? example.dataValue ?? example.serializedValue;
    if (value !== undefined) return value;
  }
  return undefined;
}

/** A value in `simple` style, the only one of headers, or as JSON where that is their content; cookies each on their own. */
function write({ explode, mediaType, name }: Parameter, value: unknown): string | readonly string[] {
  if (mediaType !== undefined && /[/+]json\b/.test(mediaType)) return JSON.stringify(value);
  const text = (part: unknown) =>
    typeof part === 'object' && part !== null ? JSON.stringify(part) : String(part);
  if (Array.isArray(value))
    return name.toLowerCase() === 'set-cookie' ? value.map(text) : value.map(text).join(',');
  if (!isObject(value)) return text(value);
  const separator = explode ? '=' : ',';
  return Object.entries(value)
    .map(([key, part]) => `${key}${separator}${text(part)}`)
    .join(',');
}
