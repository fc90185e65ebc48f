import type { OpenAPIV3_1 } from 'openapi-types';
import { isObject, type JsonObject } from '../../../json/is-object.ts';
import type { Pointer } from '../../../json/json-pointer.ts';
import type { ApiDocument, Operation, Parameter } from '../../../openapi/document/document.ts';
import { isJsonType, parseMediaType } from '../../../openapi/document/media-type.ts';
import { plainMediaType } from '../../../openapi/document/plain-media-type.ts';
import { recordPropertiesOf } from '../../../openapi/document/record-properties.ts';
import type { BodyTemplate, RequestTemplate } from '../../model/request-template.ts';

/** A request as it goes out, but for its credentials. */
export interface WrittenRequest {
  readonly method: string;
  /** Path and query below the API's base. */
  readonly target: string;
  readonly path: string;
  readonly query: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

/** Writes values as the document's parameters and media types ask for (OpenAPI 3.1, sections 4.8.12 and 4.8.14). */
export function serialise(
  document: ApiDocument,
  operation: Operation,
  template: RequestTemplate,
): WrittenRequest {
  const parameterOf = (place: string, name: string) =>
    operation.parameters.find(
      (parameter) =>
        parameter.in === place &&
        (place === 'header' ? parameter.name.toLowerCase() === name.toLowerCase() : parameter.name === name),
    );
  const path = operation.path.replaceAll(/\{([^{}]+)\}/g, (_, name: string) =>
    writePath(parameterOf('path', name), name, template.path[name]),
  );
  const query = Object.entries(template.query)
    .flatMap(([name, value]) => writeQuery(parameterOf('query', name), name, value))
    .join('&');
  const headers: Record<string, string> = { accept: acceptOf(operation) };
  for (const [name, value] of Object.entries(template.headers))
    headers[name.toLowerCase()] = writeSimple(parameterOf('header', name), value, (text) => text);
  const cookies = Object.entries(template.cookies).map(
    ([name, value]) => `${name}=${encodeURIComponent(textOf(value))}`,
  );
  if (cookies.length > 0) headers.cookie = cookies.join('; ');
  const body = template.body && writeBody(document, operation, template.body);
  if (body?.contentType !== undefined) headers['content-type'] = plainMediaType(body.contentType);
  return {
    method: template.method,
    target: query === '' ? path : `${path}?${query}`,
    path,
    query,
    headers,
    body: body?.content,
  };
}

function acceptOf(operation: Operation): string {
  const success = operation.responses.find(({ status }) => /^2(\d\d|XX)$/i.test(status));
  const names = success?.mediaTypes.map(({ name }) => plainMediaType(name)) ?? [];
  return names.length === 0 ? '*/*' : `${names.join(', ')}, */*;q=0.5`;
}

function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

function writePath(parameter: Parameter | undefined, name: string, value: unknown): string {
  const encoded = writeSimple(parameter, value, encodeURIComponent);
  if (parameter?.style === 'label') return `.${encoded}`;
  return parameter?.style === 'matrix' ? `;${name}=${encoded}` : encoded;
}

/** `a,b`; objects `k,v`, or exploded `k=v`. */
function writeSimple(
  parameter: Parameter | undefined,
  value: unknown,
  encode: (text: string) => string,
): string {
  if (parameter?.mediaType !== undefined) return encode(JSON.stringify(value));
  if (Array.isArray(value)) return value.map((item) => encode(textOf(item))).join(',');
  if (!isObject(value)) return encode(textOf(value));
  return Object.entries(value)
    .map(([key, part]) => `${encode(key)}${parameter?.explode ? '=' : ','}${encode(textOf(part))}`)
    .join(',');
}

function writeQuery(parameter: Parameter | undefined, name: string, value: unknown): readonly string[] {
  const pair = (key: string, part: unknown) =>
    `${encodeURIComponent(key)}=${encodeURIComponent(textOf(part))}`;
  if (parameter?.mediaType !== undefined) return [pair(name, JSON.stringify(value))];
  if (Array.isArray(value)) {
    if (parameter === undefined || parameter.explode) return value.map((item) => pair(name, item));
    const delimiter = { spaceDelimited: '%20', pipeDelimited: '|' }[parameter.style] ?? ',';
    return [
      `${encodeURIComponent(name)}=${value.map((item) => encodeURIComponent(textOf(item))).join(delimiter)}`,
    ];
  }
  if (!isObject(value)) return [pair(name, value)];
  const entries = Object.entries(value);
  if (parameter?.style === 'deepObject') return entries.map(([key, part]) => pair(`${name}[${key}]`, part));
  if (parameter?.explode) return entries.map(([key, part]) => pair(key, part));
  return [
    `${encodeURIComponent(name)}=${entries.map(([key, part]) => `${encodeURIComponent(key)},${encodeURIComponent(textOf(part))}`).join(',')}`,
  ];
}

interface WrittenBody {
  readonly contentType: string | undefined;
  readonly content: string | Uint8Array | undefined;
}

function writeBody(document: ApiDocument, operation: Operation, body: BodyTemplate): WrittenBody {
  const { isCutOff, mediaType, writtenAs, ...rest } = body;
  if (writtenAs !== undefined) {
    const { content } = writeBody(document, operation, { ...rest, mediaType: writtenAs });
    return { contentType: mediaType, content };
  }
  if (isCutOff) {
    const { content, contentType } = writeBody(document, operation, { ...rest, mediaType });
    return { contentType, content: content?.slice(0, -1) };
  }
  return writeWhole(document, operation, body);
}

function writeWhole(document: ApiDocument, operation: Operation, body: BodyTemplate): WrittenBody {
  const { mediaType, raw, value } = body;
  if (raw !== undefined) return { contentType: mediaType, content: raw };
  if (mediaType === undefined) return { contentType: undefined, content: undefined };
  const essence = parseMediaType(mediaType)?.essence ?? mediaType;
  if (isJsonType(essence)) return { contentType: mediaType, content: JSON.stringify(value) };
  const declared = operation.requestBody?.mediaTypes.find(({ name }) => name === mediaType);
  const encodings = declared?.encoding ?? {};
  if (essence === 'application/x-www-form-urlencoded') {
    const pairs = Object.entries(isObject(value) ? value : {}).flatMap(([name, part]) =>
      formPairs(name, part, delimiterOf(encodings[name])),
    );
    return { contentType: mediaType, content: new URLSearchParams(pairs).toString() };
  }
  if (essence === 'multipart/form-data') {
    const files = declared?.schema === undefined ? new Set<string>() : filesIn(document, declared.schema);
    return writeMultipart(value, files, encodings);
  }
  return { contentType: mediaType, content: typeof value === 'string' ? value : JSON.stringify(value) };
}

/** What joins a list that is not repeated; undefined where it is (OpenAPI 3.1, section 4.8.15). */
function delimiterOf(encoding: OpenAPIV3_1.EncodingObject | undefined): string | undefined {
  if (encoding?.explode !== false) return undefined;
  return { spaceDelimited: ' ', pipeDelimited: '|' }[encoding.style ?? ''] ?? ',';
}

/** Lists are repeated or joined, objects are `name[key]`. */
function formPairs(name: string, value: unknown, delimiter?: string): [string, string][] {
  if (Array.isArray(value)) {
    if (delimiter !== undefined) return [[name, value.map(textOf).join(delimiter)]];
    return value.flatMap((item, index) =>
      isObject(item) ? formPairs(`${name}[${index}]`, item) : [[name, textOf(item)]],
    );
  }
  if (!isObject(value)) return [[name, value === null ? '' : textOf(value)]];
  return Object.entries(value).flatMap(([key, part]) => formPairs(`${name}[${key}]`, part));
}

const boundary = 'sparring-boundary-7f3a91c2';

/** Names of the properties that are files. */
function filesIn(document: ApiDocument, schema: Pointer): ReadonlySet<string> {
  const isFile = (pointer: Pointer) => {
    const node = document.resolve<JsonObject>(pointer)?.node;
    return isObject(node) && (node.format === 'binary' || node.contentMediaType !== undefined);
  };
  return new Set(
    [...recordPropertiesOf(document, schema)].flatMap(([name, at]) => (isFile(at) ? [name] : [])),
  );
}

/** A multipart form (RFC 7578): a part for each item of a list, objects as JSON (OpenAPI 3.1, section 4.8.14.3). */
function writeMultipart(
  value: unknown,
  files: ReadonlySet<string>,
  encodings: Readonly<Record<string, OpenAPIV3_1.EncodingObject>>,
): WrittenBody {
  const parts = Object.entries(isObject(value) ? value : {}).flatMap(([name, part]) => {
    const delimiter = delimiterOf(encodings[name]);
    const isWhole = /\bjson\b/.test(encodings[name]?.contentType ?? '');
    if (!Array.isArray(part) || isWhole) return [[name, part] as const];
    if (delimiter !== undefined) return [[name, part.map(textOf).join(delimiter)] as const];
    return part.map((item) => [name, item] as const);
  });
  const lines = parts.flatMap(([name, part]) => {
    const isJson = typeof part === 'object' && part !== null;
    const file = files.has(name) ? '; filename="sample.bin"' : '';
    return [
      `--${boundary}`,
      `Content-Disposition: form-data; name="${name.replaceAll('"', '%22')}"${file}`,
      ...(isJson ? ['Content-Type: application/json'] : []),
      '',
      isJson ? JSON.stringify(part) : String(part),
    ];
  });
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    content: [...lines, `--${boundary}--`, ''].join('\r\n'),
  };
}
