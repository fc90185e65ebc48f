import type { Operation, Parameter } from '../../openapi/document/document.ts';
import { shellWord } from '../../shell-word.ts';
import type { ServedApi } from '../model/served-api.ts';
import { type BodyFlags, bodyFlagsFor } from './body-flags.ts';
import { sampleValueOf } from './sample-value.ts';
import { tokenLine } from './token-line.ts';

/**
 * A line to paste that works as it is: where exact credentials are asked for the operation that issues tokens, else the simplest
 * operation that there is, with what it requires filled in as the document shows it.
 */
export function curlLine(api: ServedApi, url: string): string {
  if (api.auth === 'strict') {
    const token = tokenLine(api, url);
    if (token !== undefined) return token;
    const issuer = issuerOf(api);
    const line = issuer && lineFor(api, url, issuer);
    if (line !== undefined) return line;
  }
  const ranked = api.document.operations
    .filter(({ extension }) => extension.action !== 'token')
    .map((operation) => ({ operation, rank: rankOf(operation) }))
    .sort((one, other) => one.rank - other.rank);
  for (const { operation } of ranked.slice(0, mostTried)) {
    const line = lineFor(api, url, operation);
    if (line !== undefined) return line;
  }
  return `curl ${shellWord(url)}`;
}

/** Operations for which values are looked for: a start does not wait for thousands. */
const mostTried = 50;

function issuerOf(api: ServedApi): Operation | undefined {
  const ids = [...api.credentials.values()].map(({ issuedBy }) => issuedBy);
  return api.document.operations.find(({ id, method }) => method === 'get' && ids.includes(id));
}

/** The lower, the more likely it is that nothing has to be known beforehand. */
function rankOf({ method, parameters, path }: Operation): number {
  const needsRecord = path.includes('{');
  const needsMore = parameters.some(({ in: place, required }) => required && place !== 'path');
  if (method === 'get') return needsRecord ? 4 : needsMore ? 1 : 0;
  if (method === 'post') return needsRecord ? 5 : 2;
  return needsRecord ? 6 : 3;
}

function lineFor(api: ServedApi, url: string, operation: Operation): string | undefined {
  const parts = requiredParts(api, operation);
  const body = bodyFlagsFor(api, operation);
  if (!parts || body === 'unknown') return undefined;
  const { cookies, headers, path, query } = parts;
  const access = accessFor(api, operation);
  const target = withQuery(`${url}${path}`, [...query, ...access.query]);
  const allCookies = [...cookies, ...access.cookies];
  return [
    'curl',
    ...methodFlags(operation, body),
    ...access.flags,
    ...headers.map((header) => `-H ${shellWord(header)}`),
    ...(allCookies.length === 0 ? [] : [`-b ${shellWord(allCookies.join('; '))}`]),
    ...(body?.flags ?? []),
    shellWord(target),
  ].join(' ');
}

function methodFlags({ method }: Operation, body: BodyFlags | undefined): readonly string[] {
  if (method === 'head') return ['--head'];
  const implied = body ? 'post' : 'get';
  return method === implied ? [] : ['-X', method.toUpperCase()];
}

interface RequestParts {
  readonly path: string;
  /** Percent-encoded `name=value`. */
  readonly query: readonly string[];
  readonly headers: readonly string[];
  readonly cookies: readonly string[];
}

/** What a request must carry; undefined where a value can't be had, or can't be written in a line. */
function requiredParts(api: ServedApi, operation: Operation): RequestParts | undefined {
  const query: string[] = [];
  const headers: string[] = [];
  const cookies: string[] = [];
  const path = new Map<string, string>();
  for (const parameter of operation.parameters) {
    const { in: place, name } = parameter;
    if (!parameter.required && place !== 'path') continue;
    if (place === 'header' && /^(?:accept|content-type|authorization)$/i.test(name)) continue;
    const texts = textsOf(parameter, sampleValueOf(api, operation, parameter));
    if (!texts) return undefined;
    const joined = texts.join(',');
    if (place === 'path') path.set(name, texts.map(encodeURIComponent).join(','));
    else if (place === 'header') headers.push(`${name}: ${joined}`);
    else if (place === 'cookie') cookies.push(`${name}=${encodeURIComponent(joined)}`);
    else query.push(...queryFields(parameter, texts));
  }
  const filled = operation.path.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => path.get(name) ?? '');
  const isWhole = !/[\r\n]/.test(headers.join('')) && ![...path.values()].includes('');
  return isWhole ? { path: filled, query, headers, cookies } : undefined;
}

function queryFields({ explode, name, style }: Parameter, texts: readonly string[]): readonly string[] {
  const key = encodeURIComponent(name);
  const values = texts.map(encodeURIComponent);
  if (explode || texts.length === 1) return values.map((value) => `${key}=${value}`);
  const delimiters: Readonly<Record<string, string>> = { spaceDelimited: '%20', pipeDelimited: '%7C' };
  return [`${key}=${values.join(delimiters[style] ?? ',')}`];
}

/** A value, or the items of a list, as text; undefined for what has parts of its own and for nothing. */
function textsOf({ mediaType }: Parameter, value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (mediaType !== undefined) return [JSON.stringify(value)];
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const isPlain = items.every((item) => typeof item !== 'object' || item === null);
  return isPlain && items.length > 0 ? items.map(String) : undefined;
}

function withQuery(url: string, query: readonly string[]): string {
  return query.length === 0 ? url : `${url}?${query.join('&')}`;
}

interface Access {
  readonly flags: readonly string[];
  readonly query: readonly string[];
  readonly cookies: readonly string[];
}

/** The demo credentials of the first alternative of an operation's security. */
function accessFor(api: ServedApi, operation: Operation): Access {
  const names = api.auth === 'off' ? [] : (operation.security[0] ?? []).map(({ scheme }) => scheme);
  const parts = names.map((name) => accessBy(api, name));
  return {
    flags: parts.flatMap(({ flags }) => flags),
    query: parts.flatMap(({ query }) => query),
    cookies: parts.flatMap(({ cookies }) => cookies),
  };
}

const noAccess: Access = { flags: [], query: [], cookies: [] };

function accessBy(api: ServedApi, scheme: string): Access {
  const definition = api.schemes[scheme];
  const credential = api.credentials.get(scheme);
  if (!definition || !credential) return noAccess;
  const { password = '', token, username } = credential;
  if (definition.type === 'apiKey') {
    const { in: place, name } = definition;
    if (token === undefined) return noAccess;
    if (place === 'header') return { ...noAccess, flags: [`-H '${name}: ${token}'`] };
    const pair = `${place === 'query' ? encodeURIComponent(name) : name}=${encodeURIComponent(token)}`;
    return place === 'query' ? { ...noAccess, query: [pair] } : { ...noAccess, cookies: [pair] };
  }
  const isBasic = definition.type === 'http' && definition.scheme.toLowerCase() === 'basic';
  if (isBasic && username !== undefined)
    return { ...noAccess, flags: [`-u ${shellWord(`${username}:${password}`)}`] };
  const isOther = definition.type === 'http' && !/^(?:basic|bearer)$/i.test(definition.scheme);
  const word = isOther ? definition.scheme : 'Bearer';
  return token === undefined ? noAccess : { ...noAccess, flags: [`-H 'Authorization: ${word} ${token}'`] };
}
