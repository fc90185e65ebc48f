import type { CaseExchange } from '../../model/exchange.ts';

/**
 * The URL that the last answer's Location points to, relative to its request (RFC 9110, section 10.2.2); undefined where there is
 * none, and for other servers, which never get credentials.
 */
export function locationTarget(exchanges: readonly CaseExchange[]): string | undefined {
  const last = exchanges.at(-1);
  const location = last?.response?.headers.location;
  if (!last || location === undefined || !URL.canParse(location, last.request.url)) return undefined;
  const url = new URL(location, last.request.url);
  return url.origin === new URL(last.request.url).origin ? url.href : undefined;
}
