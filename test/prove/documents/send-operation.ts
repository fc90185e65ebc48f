import {
  type Json,
  type PlainBody,
  type PlainDocument,
  type PlainOperation,
  resolve,
} from './plain-document.ts';
import { sampleValue } from './sample-value.ts';

/** What a client already knows by name, such as ids of what it created; by path parameter, and by field of a body. */
export interface Known {
  readonly path?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, Json>>;
}

export interface Answer {
  readonly status: number;
  readonly mediaType: string;
  readonly text: string;
  /** What the server says is wrong with the request, for whoever reads the findings. */
  readonly violations: string;
  readonly sent: { readonly url: string; readonly body: Json; readonly pointer: string | undefined };
}

/** A request that nobody answered whole, or in time. */
export class NoAnswer extends Error {}

/** Sends the one request that a client makes who knows nothing but the document, and what it was told before. */
export async function sendOperation(
  document: PlainDocument,
  operation: PlainOperation,
  base: string,
  known: Known = {},
): Promise<Answer> {
  const url = new URL(base);
  const headers = new Headers();
  let path = operation.path;
  for (const parameter of operation.parameters) {
    if (!parameter.required) continue;
    const made = () => parameter.example ?? sampleValue(document, parameter.schema, parameter.name);
    if (parameter.in === 'path') {
      const value = known.path?.[parameter.name] ?? plain(made());
      path = path.replaceAll(`{${parameter.name}}`, encodeURIComponent(value));
    } else if (parameter.in === 'query') {
      for (const [name, value] of serialize(parameter, made())) url.searchParams.append(name, value);
    } else if (parameter.in === 'header') headers.set(parameter.name, plain(made()));
    else headers.append('cookie', `${parameter.name}=${encodeURIComponent(plain(made()))}`);
  }
  authenticate(document, operation, headers, url);
  headers.set('accept', acceptOf(operation));
  const body = ['get', 'head'].includes(operation.method) ? undefined : chooseBody(operation);
  const wanted = body && (operation.bodyRequired || operation.method !== 'delete') ? body : undefined;
  const value = wanted
    ? fill(wanted.example ?? sampleValue(document, wanted.schema ?? {}, 'body'), known)
    : undefined;
  const address = `${base.replace(/\/$/, '')}${path}${url.search}`;
  const request = new Request(address, {
    method: operation.method.toUpperCase(),
    headers,
    body: wanted ? encode(document, wanted, value, headers) : null,
    redirect: 'manual',
    signal: AbortSignal.timeout(20_000),
  });
  const { response, text } = await fetchWhole(request);
  const violations = decodeURIComponent(response.headers.get('sparring-violations') ?? '');
  const sent = { url: address, body: value, pointer: wanted?.pointer };
  const mediaType = response.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
  return { status: response.status, mediaType, text, violations, sent };
}

async function fetchWhole(request: Request): Promise<{ response: Response; text: string }> {
  try {
    const response = await fetch(request);
    return { response, text: await response.text() };
  } catch (error) {
    throw new NoAnswer(`no answer: ${error instanceof Error ? (error.cause ?? error) : error}`);
  }
}

function plain(value: Json): string {
  if (Array.isArray(value)) return value.map(plain).join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function serialize(
  { name, style, explode }: PlainOperation['parameters'][number],
  value: Json,
): [string, string][] {
  if (style === 'content') return [[name, JSON.stringify(value)]];
  if (style === 'deepObject') return [...flatFields(value, name)];
  if (Array.isArray(value)) return explode ? value.map((one) => [name, plain(one)]) : [[name, plain(value)]];
  if (typeof value !== 'object' || value === null) return [[name, plain(value)]];
  return Object.entries(value).flatMap(([key, one]) =>
    Array.isArray(one) ? one.map((item): [string, string] => [key, plain(item)]) : [[key, plain(one)]],
  );
}

/** The fields of a form, nested ones in brackets. */
function* flatFields(value: Json, name: string): Generator<[string, string]> {
  if (typeof value !== 'object' || value === null) yield [name, String(value)];
  else {
    for (const [key, one] of Object.entries(value)) {
      yield* flatFields(one, Array.isArray(value) ? name : name === '' ? key : `${name}[${key}]`);
    }
  }
}

/** Well-formed credentials that the client made up, for the first alternative that the operation names. */
function authenticate(document: PlainDocument, operation: PlainOperation, headers: Headers, url: URL): void {
  for (const name of operation.security[0] ?? []) {
    const scheme = resolve(document.root, document.schemes[name]);
    if (scheme?.type === 'apiKey') {
      const { key } = document.credentials;
      if (scheme.in === 'query') url.searchParams.set(scheme.name, key);
      else if (scheme.in === 'cookie') headers.append('cookie', `${scheme.name}=${key}`);
      else headers.set(scheme.name, key);
    } else if (scheme?.type === 'basic' || scheme?.scheme?.toLowerCase() === 'basic') {
      headers.set('authorization', `Basic ${Buffer.from(document.credentials.basic).toString('base64')}`);
    } else headers.set('authorization', `Bearer ${document.credentials.token}`);
  }
}

/** What to accept: the JSON that is declared for a success, else all that is. */
function acceptOf({ responses }: PlainOperation): string {
  const declared = [...responses]
    .filter(([status]) => /^2/.test(status))
    .flatMap(([, bodies]) => bodies.map(({ mediaType }) => mediaType));
  const json = declared.find((one) => /json/.test(one) && !/stream/.test(one));
  return json ?? (declared.length === 0 ? '*/*' : declared.join(', '));
}

const preferred = [
  /^application\/json\b/,
  /merge-patch\+json/,
  /json/,
  /urlencoded/,
  /multipart/,
  /^\*\/\*/,
  /./,
];

function chooseBody({ bodies }: PlainOperation): PlainBody | undefined {
  for (const pattern of preferred) {
    const found = bodies.find(({ mediaType }) => pattern.test(mediaType));
    if (found) return found;
  }
  return undefined;
}

function fill(value: Json, known: Known): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, known.body?.[key] ?? one]));
}

function encode(document: PlainDocument, body: PlainBody, value: Json, headers: Headers): string | FormData {
  const { mediaType } = body;
  if (/multipart/.test(mediaType)) {
    const form = new FormData();
    const properties = resolve(document.root, body.schema)?.properties ?? {};
    for (const [name, one] of Object.entries<Json>(value ?? {})) {
      const binary = /binary|octet/.test(JSON.stringify(resolve(document.root, properties[name]) ?? ''));
      if (binary) form.append(name, new Blob(['made up']), 'made-up.bin');
      else form.append(name, plain(one));
    }
    return form;
  }
  headers.set('content-type', mediaType === '*/*' ? 'application/json' : mediaType);
  if (/urlencoded/.test(mediaType)) return new URLSearchParams([...flatFields(value, '')]).toString();
  return typeof value === 'string' && !/json|^\*/.test(mediaType) ? value : JSON.stringify(value);
}
