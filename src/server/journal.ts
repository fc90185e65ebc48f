import type { Violation } from '../errors.ts';
import type { RequestHeaders } from './api-message.ts';

/** One request and its answer, as they went by: references only, nothing is copied or rendered. */
export interface Exchange {
  readonly id: string;
  /** Milliseconds since the Unix epoch on the namespace's clock. */
  readonly at: number;
  readonly api: string;
  readonly operationId: string | undefined;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: RequestHeaders;
  readonly requestBody: unknown;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string | Uint8Array | undefined;
  readonly violations: readonly Violation[];
  readonly milliseconds: number;
  readonly principal: string | undefined;
  readonly fault: string | undefined;
}

/** Which exchanges to find; what is absent does not matter. */
export interface ExchangeFilter {
  readonly api?: string | undefined;
  readonly operation?: string | undefined;
  readonly method?: string | undefined;
  /** Exact path, or with `*` for any run of characters. */
  readonly path?: string | undefined;
  /** `200`, or a class such as `2xx`. */
  readonly status?: number | string | undefined;
  /** Only exchanges after the one with this id. */
  readonly since?: string | undefined;
  /** Whether the request broke the document. */
  readonly violations?: boolean | undefined;
  /** JSON that the request's body must contain. */
  readonly body?: unknown;
}

const mostExchanges = 1000;
const mostBodyBytes = 8 * 1024 * 1024;

/** The last exchanges of a namespace, bounded in number and in bytes of bodies. */
export class Journal {
  #exchanges: Exchange[] = [];
  #bytes = 0;
  #count = 0;

  /** The id of the next exchange: the number of exchanges so far, from 1. */
  nextId(): string {
    this.#count += 1;
    return String(this.#count);
  }

  record(exchange: Exchange): void {
    this.#exchanges.push(exchange);
    this.#bytes += bytesOf(exchange);
    // Trimmed in large steps, so that a full journal does not shift its list with every request.
    if (this.#exchanges.length >= mostExchanges * 2 || this.#bytes > mostBodyBytes) this.#trim();
  }

  /** Exchanges that fit the filter, oldest first. */
  list(filter: ExchangeFilter = {}): readonly Exchange[] {
    this.#trim();
    return this.#exchanges.filter(matcher(filter));
  }

  /** The first exchange that fits the filter. */
  find(filter: ExchangeFilter = {}): Exchange | undefined {
    return this.list(filter)[0];
  }

  count(filter: ExchangeFilter = {}): number {
    return this.list(filter).length;
  }

  get(id: string): Exchange | undefined {
    return this.#exchanges.find((exchange) => exchange.id === id);
  }

  clear(): void {
    this.#exchanges = [];
    this.#bytes = 0;
  }

  #trim(): void {
    let from = Math.max(0, this.#exchanges.length - mostExchanges);
    let bytes = this.#bytes;
    for (const [index, exchange] of this.#exchanges.entries()) {
      if (index >= from && bytes <= mostBodyBytes) break;
      bytes -= bytesOf(exchange);
      from = Math.max(from, index + 1);
    }
    if (from === 0) return;
    this.#exchanges = this.#exchanges.slice(from);
    this.#bytes = bytes;
  }
}

function bytesOf({ requestBody, responseBody }: Exchange): number {
  const requestLength = requestBody instanceof Uint8Array ? requestBody.length : 0;
  return requestLength + (responseBody?.length ?? 0);
}

function matcher(filter: ExchangeFilter): (exchange: Exchange) => boolean {
  const path = filter.path === undefined ? undefined : globOf(filter.path);
  const status = filter.status === undefined ? undefined : String(filter.status).toLowerCase();
  return (exchange) =>
    (filter.api === undefined || filter.api === exchange.api) &&
    (filter.operation === undefined || filter.operation === exchange.operationId) &&
    (filter.method === undefined || filter.method.toUpperCase() === exchange.method) &&
    (path === undefined || path.test(exchange.url.split('?', 1)[0] ?? '')) &&
    (status === undefined ||
      status === String(exchange.status) ||
      status === `${Math.floor(exchange.status / 100)}xx`) &&
    (filter.since === undefined || Number(exchange.id) > Number(filter.since)) &&
    (filter.violations === undefined || filter.violations === exchange.violations.length > 0) &&
    (filter.body === undefined || contains(jsonOf(exchange.requestBody), filter.body));
}

function globOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
}

/** The body as JSON where it is JSON, else as text. */
export function jsonOf(body: unknown): unknown {
  if (!(body instanceof Uint8Array) && typeof body !== 'string') return body;
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether a value has at least what `part` has. */
function contains(value: unknown, part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return value === part;
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(part).every(
    ([key, wanted]) => Object.hasOwn(value, key) && contains(Reflect.get(value, key), wanted),
  );
}
