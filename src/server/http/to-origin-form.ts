import type { IncomingMessage } from 'node:http';

/**
 * The target of a request as path and query. A target that is a whole URL (RFC 9112, section 3.2.2: a server must take it, and
 * its host counts instead of the Host field) is split into these on the request itself.
 */
export function toOriginForm(request: IncomingMessage): string {
  const target = request.url ?? '/';
  if (target.startsWith('/')) return target;
  const [, host, path] = /^https?:\/\/([^/?#]*)(.*)$/is.exec(target) ?? [];
  if (host === undefined || path === undefined) return target;
  request.headers.host = host;
  request.url = path.startsWith('/') ? path : `/${path}`;
  return request.url;
}
