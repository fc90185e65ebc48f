import type { RequestHeaders } from '../message/api-message.ts';
import { headerOf } from '../message/api-message.ts';

/** Where APIs answer. */
export interface Mounts<T> {
  readonly byName: ReadonlyMap<string, T>;
  /** At paths of their own, such as `/api/v2`, the longest first. */
  readonly byPlace: readonly { readonly place: string; readonly api: T }[];
  /** By lower-case host name of a document's servers, such as `api.hive.id`. */
  readonly byHost: ReadonlyMap<string, T>;
  /** The only API, which answers at `/` too. */
  readonly atRoot: RootMount<T> | undefined;
}

export interface RootMount<T> {
  readonly api: T;
  /** Whether a path is its own; `/` that is not is left to the page that says what is served. */
  has(path: string): boolean;
  /** Whether a path that begins with the API's name is rather meant from the root: `/pets/7` of an API `pets` with `/pets/{id}`. */
  prefersRoot(path: string): boolean;
}

/** Which API a URL names, what is left of the URL, and whose state it is about. */
export interface Location<T> {
  readonly api: T;
  readonly namespace: string;
  /** Path and query below the mount; starts with `/`. */
  readonly url: string;
  /** Path of the mount, namespace included, without a trailing slash: `/hive`, `/~anna/hive`, or empty. */
  readonly prefix: string;
}

export const defaultNamespace = 'default';
export const adminPrefix = '/_sparring';

/**
 * Finds the API a request is for: by host (`hive.localhost`, any name below it, or a host of the document's servers), by the place it
 * is mounted at, by the first path segment (`/hive/…`), or the one mounted at `/`. `/~name` before the path selects a namespace, as the
 * header `sparring-namespace` does.
 *
 * @returns undefined when no API is meant, so that the request falls through to the rest of the server.
 */
export function locateApi<T>(
  mounts: Mounts<T>,
  target: string,
  headers: RequestHeaders,
): Location<T> | undefined {
  const byPath = target.startsWith('/~') ? splitNamespace(target) : undefined;
  const url = byPath?.url ?? target;
  const namespace = byPath?.namespace ?? headerOf(headers, 'sparring-namespace') ?? defaultNamespace;
  const outer = byPath ? `/~${namespace}` : '';

  const byHost = apiOfHost(mounts, headerOf(headers, 'host'));
  if (byHost) return { api: byHost, namespace, url, prefix: outer };
  for (const { api, place } of mounts.byPlace) {
    if (isBelow(url, place))
      return { api, namespace, url: withSlash(url.slice(place.length)), prefix: `${outer}${place}` };
  }
  const end = segmentEnd(url);
  const name = url.slice(1, end);
  const byName = mounts.byName.get(name);
  const root = mounts.atRoot;
  if (byName && root?.prefersRoot(pathOf(url)) !== true)
    return { api: byName, namespace, url: withSlash(url.slice(end)), prefix: `${outer}/${name}` };
  if (!root || name === '_sparring' || (name === '' && !root.has('/'))) return undefined;
  return { api: root.api, namespace, url, prefix: outer };
}

function splitNamespace(target: string): { namespace: string; url: string } {
  const end = segmentEnd(target);
  return { namespace: target.slice(2, end), url: withSlash(target.slice(end)) };
}

/** Index after the first path segment. */
function segmentEnd(url: string): number {
  for (let index = 1; index < url.length; index += 1) {
    const code = url.charCodeAt(index);
    if (code === 47 || code === 63) return index;
  }
  return url.length;
}

function isBelow(url: string, place: string): boolean {
  if (!url.startsWith(place)) return false;
  const next = url.charAt(place.length);
  return next === '' || next === '/' || next === '?';
}

function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

function withSlash(rest: string): string {
  return rest.startsWith('/') ? rest : `/${rest}`;
}

function apiOfHost<T>(mounts: Mounts<T>, host: string | undefined): T | undefined {
  if (host === undefined || isPlainLoopback(host)) return undefined;
  const name = hostnameOf(host);
  const exact = mounts.byHost.get(name);
  if (exact) return exact;
  if (!name.endsWith('.localhost')) return undefined;
  const label = name.slice(0, -'.localhost'.length).split('.').at(-1);
  return label === undefined ? undefined : mounts.byName.get(label);
}

function isPlainLoopback(host: string): boolean {
  return host.startsWith('127.0.0.1') || host === 'localhost' || host.startsWith('localhost:');
}

/** Host name of a Host field, lower-case, without port and trailing dot. */
export function hostnameOf(host: string): string {
  const withoutPort = host.startsWith('[')
    ? host.slice(0, host.indexOf(']') + 1)
    : (host.split(':', 1)[0] ?? '');
  return withoutPort.toLowerCase().replace(/\.$/, '');
}
