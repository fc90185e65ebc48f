import { isObject, type JsonObject, objectOrEmpty } from '../../json/is-object.ts';
import type { ServerAddress } from './document.ts';

/** Stands for the address under which a caller reached an API, in texts that are made for all callers. */
export const callersAddress = 'https://caller.sparring.invalid';

/** Addresses that one server may stand for. */
const mostAddresses = 64;

/**
 * The addresses in a `servers` list, variables filled by their defaults, and after these by each of their other values. A
 * relative URL has no host name.
 */
export function readServerAddresses(servers: unknown): ServerAddress[] {
  if (!Array.isArray(servers)) return [];
  return servers.flatMap((server: unknown) => {
    if (!isObject(server) || typeof server.url !== 'string') return [];
    const variables = objectOrEmpty(server.variables);
    const names = [...server.url.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
    let urls: readonly string[] = [server.url];
    for (const name of new Set(names)) {
      const values = valuesOf(objectOrEmpty(variables[name]));
      if (values.length === 0) continue;
      urls = values
        .flatMap((value) => urls.map((url) => url.replaceAll(`{${name}}`, value)))
        .slice(0, mostAddresses);
    }
    return urls.map((url) => ({ url, ...partsOf(url) }));
  });
}

/** The values of a server variable, its default first. */
function valuesOf({ default: fallback, enum: others }: JsonObject): readonly string[] {
  const values = [fallback, ...(Array.isArray(others) ? others : [])];
  return [...new Set(values.filter((value) => value !== undefined && value !== null).map(String))];
}

function partsOf(url: string): { hostname: string; basePath: string } {
  const [, authority = '', path = ''] = /^(?:(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#]*))?([^?#]*)/i.exec(url) ?? [];
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const hostname = host.startsWith('[')
    ? host.slice(0, host.indexOf(']') + 1)
    : (host.split(':', 1)[0] ?? '');
  return { hostname: hostname.toLowerCase(), basePath: path.replace(/\/+$/, '') };
}
