import type { RequestHeaders } from '../message/api-message.ts';
import type { Exchange } from '../message/exchange.ts';
import { type ExchangeFilter, exchangeMatcher } from './exchange-filter.ts';
import type { Keeper, SharedBytes } from './shared-bytes.ts';

export type { ExchangeFilter } from './exchange-filter.ts';

/** How much a journal keeps. */
interface JournalBounds {
  /** Most exchanges; default 1,000. */
  readonly exchanges?: number;
  /** Most bytes of bodies; default 8 MiB. The latest exchange is kept however large it is. */
  readonly bytes?: number;
  /** What all journals of the process may keep together. */
  readonly shared?: SharedBytes;
}

/** The last exchanges of a namespace, bounded in number and in bytes of bodies. */
export class Journal implements Keeper {
  readonly #most: number;
  readonly #mostBytes: number;
  /** A ring: exchange number n, counted from 0, stands at n modulo the most there may be. */
  readonly #ring: (Exchange | undefined)[] = [];
  /** Bytes of each one's bodies, at the same place: to look into an old one would fetch it from afar. */
  readonly #sizes: number[] = [];
  /** Number of the oldest exchange that is kept, and of the next one to come. */
  #first = 0;
  #next = 0;
  #bytes = 0;
  #lastId = 0;

  readonly #shared: SharedBytes | undefined;

  constructor({ exchanges = 1000, bytes = 8 * 1024 * 1024, shared }: JournalBounds = {}) {
    this.#shared = shared;
    this.#most = exchanges;
    this.#mostBytes = bytes;
  }

  /** The id of the next exchange: the number of requests so far, from 1. */
  nextId(): string {
    this.#lastId += 1;
    return String(this.#lastId);
  }

  record(exchange: Exchange): void {
    if (this.#next - this.#first === this.#most) this.#dropOldest();
    const place = this.#next % this.#most;
    const bytes = bytesOf(exchange);
    this.#ring[place] = exchange;
    this.#sizes[place] = bytes;
    this.#next += 1;
    this.#bytes += bytes;
    while (this.#bytes > this.#mostBytes && this.#next - this.#first > 1) this.#dropOldest();
    this.#shared?.set(this, this.#bytes);
  }

  /** Exchanges that fit the filter, oldest first. */
  list(filter: ExchangeFilter = {}): readonly Exchange[] {
    return this.#after(filter.since).filter(exchangeMatcher(filter));
  }

  /** The first exchange that fits the filter. */
  find(filter: ExchangeFilter = {}): Exchange | undefined {
    return this.#after(filter.since).find(exchangeMatcher(filter));
  }

  count(filter: ExchangeFilter = {}): number {
    return this.list(filter).length;
  }

  get(id: string): Exchange | undefined {
    return this.#kept().find((exchange) => exchange.id === id);
  }

  /** Makes room for the journals of other namespaces. */
  forgetOldest(): boolean {
    if (this.#next === this.#first) return false;
    this.#dropOldest();
    this.#shared?.lower(this, this.#bytes);
    return true;
  }

  /** Forgets all exchanges; ids go on. */
  clear(): void {
    this.#ring.length = 0;
    this.#first = 0;
    this.#next = 0;
    this.#bytes = 0;
    this.#shared?.set(this, 0);
  }

  #kept(): readonly Exchange[] {
    const split = this.#first % this.#most;
    return [...this.#ring.slice(split), ...this.#ring.slice(0, split)].filter((kept) => kept !== undefined);
  }

  /** What was recorded after an exchange, which concurrent requests let differ from the order of ids; by id once it is gone. */
  #after(since: string | undefined): readonly Exchange[] {
    const kept = this.#kept();
    if (since === undefined) return kept;
    const index = kept.findIndex(({ id }) => id === since);
    return index < 0 ? kept.filter(({ id }) => Number(id) > Number(since)) : kept.slice(index + 1);
  }

  #dropOldest(): void {
    const index = this.#first % this.#most;
    this.#ring[index] = undefined;
    this.#first += 1;
    this.#bytes -= this.#sizes[index] ?? 0;
  }
}

function bytesOf({ requestBody, requestHeaders, responseBody }: Exchange): number {
  return sizeOf(requestBody, requestHeaders) + (responseBody?.length ?? 0);
}

/** Of a body that somebody upstream has parsed, only its announced length is known. */
function sizeOf(body: unknown, headers: RequestHeaders): number {
  if (body === undefined) return 0;
  if (body instanceof Uint8Array || typeof body === 'string') return body.length;
  return Number(headers['content-length']) || 0;
}
