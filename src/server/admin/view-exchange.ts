import { toDateTime } from '../../clock.ts';
import type { RequestHeaders } from '../message/api-message.ts';
import type { Exchange } from '../message/exchange.ts';
import { readableBody } from '../message/readable-body.ts';
import { type Redact, redacted } from './redact.ts';

/**
 * An exchange as the admin API shows it: bodies as JSON where they are, secrets left out. The JSON or text of a body is cut
 * after `longestBody` characters.
 */
export function viewExchange(
  exchange: Exchange,
  redact: Redact,
  longestBody = Number.POSITIVE_INFINITY,
): Readonly<Record<string, unknown>> {
  const { api, id, method, milliseconds, status, url, violations } = exchange;
  const message = (headers: RequestHeaders, body: unknown, isSent: boolean) => ({
    headers: viewHeaders(headers, redact),
    body: isTooLarge(body, longestBody)
      ? `${body.length} bytes, which are too many to be searched for secrets and shown here`
      : cut(viewBody(body, headers, redact, isSent), longestBody),
  });
  return {
    id,
    at: toDateTime(exchange.at),
    api,
    operation: exchange.operationId ?? null,
    method,
    url: redact.text(url),
    request: message(exchange.requestHeaders, exchange.requestBody, true),
    response: { status, ...message(exchange.responseHeaders, exchange.responseBody, false) },
    violations,
    milliseconds,
    principal: exchange.principal ?? null,
    fault: exchange.fault ?? null,
  };
}

function viewHeaders(headers: RequestHeaders, redact: Redact): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      redact.isSecretHeader(name) ? redacted : redact.value(value),
    ]),
  );
}

/** Bytes of the largest body that is searched for secrets. */
const largestSearched = 500_000;

/** Whether a body is so large that it is not shown at all: a part of one would show secrets that only the whole tells as such. */
function isTooLarge(body: unknown, longestBody: number): body is string | Uint8Array {
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return false;
  return body.length > Math.min(largestSearched, 8 * longestBody);
}

function viewBody(body: unknown, headers: RequestHeaders, redact: Redact, isSent: boolean): unknown {
  if (body === undefined) return null;
  const readable = readableBody(body, headers);
  if (readable instanceof Uint8Array) return `${readable.length} bytes`;
  return redact.value(readable, isSent);
}

function cut(body: unknown, length: number): unknown {
  if (length === Number.POSITIVE_INFINITY) return body;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return text.length > length ? `${text.slice(0, length)}…` : body;
}
