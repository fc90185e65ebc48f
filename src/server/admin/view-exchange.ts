import { type Exchange, jsonOf } from '../journal.ts';

const secretHeaders = /^(authorization|proxy-authorization|cookie|set-cookie)$|api[-_]?key|token|secret/i;
const secretFields = /password|secret|^(access_|refresh_|session_)?token$|authorization/i;
const redacted = '[redacted]';

/** An exchange as the admin API shows it: bodies as JSON where they are, secrets left out. */
export function viewExchange(exchange: Exchange): Readonly<Record<string, unknown>> {
  const { api, id, method, milliseconds, status, url, violations } = exchange;
  return {
    id,
    at: new Date(exchange.at).toISOString(),
    api,
    operation: exchange.operationId ?? null,
    method,
    url,
    request: { headers: viewHeaders(exchange.requestHeaders), body: viewBody(exchange.requestBody) },
    response: {
      status,
      headers: viewHeaders(exchange.responseHeaders),
      body: viewBody(exchange.responseBody),
    },
    violations,
    milliseconds,
    principal: exchange.principal ?? null,
    fault: exchange.fault ?? null,
  };
}

function viewHeaders(headers: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, secretHeaders.test(name) ? redacted : value]),
  );
}

function viewBody(body: unknown): unknown {
  if (body === undefined) return null;
  if (body instanceof Uint8Array && !isText(body)) return `${body.length} bytes`;
  return withoutSecrets(jsonOf(body));
}

function isText(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value === 'string')
    return value.replace(/((?:password|secret|token)=)[^&\s]+/gi, `$1${redacted}`);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      secretFields.test(key) && typeof child === 'string' ? redacted : withoutSecrets(child),
    ]),
  );
}
