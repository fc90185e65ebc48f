import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What a receiver has in hand when it verifies a delivery. */
export interface Delivery {
  /** The receiver's URL as the sender knows it, query included. */
  readonly url: string;
  /** Names in lower case, as Node gives them. */
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  /** The bytes as they came. */
  readonly body: Buffer;
}

/** An answer of a receiver. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The value of a header, or undefined where it is missing or came as a list. */
export function headerOf(delivery: Delivery, name: string): string | undefined {
  const value = delivery.headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** Whether two texts are equal, in a time that does not tell how much of them is. */
export function sameText(given: string, expected: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Seconds since the epoch by this machine's clock. */
export function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
