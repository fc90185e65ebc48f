import { isObject, objectOrEmpty } from '../../json/is-object.ts';
import type { ServerAddress } from './document.ts';

/** Stands for the address under which a caller reached an API, in texts that are made for all callers. */
export const callersAddress = 'https://caller.sparring.invalid';

/** The addresses in a `servers` list, variables filled by their defaults. A relative URL has no host name. */
export function readServerAddresses(servers: unknown): ServerAddress[] {
  if (!Array.isArray(servers)) return [];
  return servers.flatMap((server: unknown) => {
    if (!isObject(server) || typeof server.url !== 'string') return [];
    const variables = objectOrEmpty(server.variables);
    const url = server.url.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
      const value = objectOrEmpty(variables[name]).default;
      return value === undefined ? whole : String(value);
    });
    return [{ url, ...partsOf(url) }];
  });
}

function partsOf(url: string): { hostname: string; basePath: string } {
  const [, authority = '', path = ''] = /^(?:(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#]*))?([^?#]*)/i.exec(url) ?? [];
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const hostname = host.startsWith('[')
    ? host.slice(0, host.indexOf(']') + 1)
    : (host.split(':', 1)[0] ?? '');
  return { hostname: hostname.toLowerCase(), basePath: path.replace(/\/+$/, '') };
}
