import type { RequestHeaders } from '../message/api-message.ts';
import type { Exchange } from '../message/exchange.ts';
import { readableBody } from '../message/readable-body.ts';

/** Which exchanges to find; what is absent does not matter. */
export interface ExchangeFilter {
  readonly api?: string | undefined;
  /** `operationId`. */
  readonly operation?: string | undefined;
  readonly method?: string | undefined;
  /** Exact path below the mount, or with `*` for any run of characters. */
  readonly path?: string | undefined;
  /** `200`, or a class such as `2xx`. */
  readonly status?: number | string | undefined;
  /** Only exchanges that were recorded after the one with this id. */
  readonly since?: string | undefined;
  /** Whether the request broke the document. */
  readonly violations?: boolean | undefined;
  /** Header fields the request must have, by name in any case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** JSON that the request's body, or the fields of its form, must contain. */
  readonly body?: unknown;
}

/** Whether an exchange fits; `since` is about its place in the journal and is left to that. */
export function exchangeMatcher(filter: ExchangeFilter): (exchange: Exchange) => boolean {
  const { api, body, operation, path, violations } = filter;
  const method = filter.method?.toUpperCase();
  const status = filter.status === undefined ? undefined : String(filter.status).toLowerCase();
  const headers = Object.entries(filter.headers ?? {});
  return (exchange) =>
    (api === undefined || api === exchange.api) &&
    (operation === undefined || operation === exchange.operationId) &&
    (method === undefined || method === exchange.method) &&
    (path === undefined || fitsPath(exchange.url.split('?', 1)[0] ?? '', path)) &&
    (status === undefined || fitsStatus(exchange.status, status)) &&
    (violations === undefined || violations === exchange.violations.length > 0) &&
    headers.every(([name, value]) => hasHeader(exchange.requestHeaders, name, value)) &&
    (body === undefined || contains(readableBody(exchange.requestBody, exchange.requestHeaders), body));
}

/** Each part between stars is looked for once, so that no pattern takes longer than the path is long. */
function fitsPath(path: string, pattern: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  const end = rest.pop();
  if (end === undefined) return path === pattern;
  if (!path.startsWith(start)) return false;
  let from = start.length;
  for (const part of rest) {
    const index = path.indexOf(part, from);
    if (index < 0) return false;
    from = index + part.length;
  }
  return path.length - end.length >= from && path.endsWith(end);
}

function fitsStatus(status: number, wanted: string): boolean {
  return wanted === String(status) || wanted === `${Math.floor(status / 100)}xx`;
}

function hasHeader(headers: RequestHeaders, name: string, wanted: string): boolean {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value.includes(wanted) : value === wanted;
}

/** Whether a value has at least what `part` has. */
function contains(value: unknown, part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return value === part;
  if (typeof value !== 'object' || value === null || Array.isArray(value) !== Array.isArray(part))
    return false;
  return Object.entries(part).every(
    ([key, wanted]) => Object.hasOwn(value, key) && contains(Reflect.get(value, key), wanted),
  );
}
