import { SparringError } from '../../errors.ts';
import { nearest } from '../../json/nearest.ts';
import type { MountOption } from '../model/mock-options.ts';
import type { ServedApi } from '../model/served-api.ts';
import type { Mounts, RootMount } from './locate-api.ts';

/**
 * Mounts every API below its name, at the hosts of its document's servers, and at the place that was asked for; the only one that has
 * no such place at `/` too. Reads the map at each call, so that an API that was loaded again is mounted by mounting all of them again.
 *
 * @throws SparringError `usage` for a place that is no path, is taken, or is of no API that is served
 */
export function mountApis(apis: ReadonlyMap<string, ServedApi>, asked: MountOption = {}): Mounts<ServedApi> {
  const byHost = new Map<string, ServedApi>();
  for (const api of apis.values()) {
    for (const origin of api.origins) byHost.set(new URL(origin).hostname, api);
  }
  const byPlace = placesOf(apis, asked);
  const [only] = apis.values();
  const atRoot = only && apis.size === 1 && byPlace.length === 0 ? rootMount(only) : undefined;
  return { byName: new Map(apis), byHost, byPlace, atRoot };
}

/** The path at which an API is shown to be: where it was asked to be, else below its name. */
export function mountPlaceOf({ byPlace }: Mounts<ServedApi>, api: ServedApi): string {
  return byPlace.find((mount) => mount.api.name === api.name)?.place ?? `/${api.name}`;
}

function placesOf(apis: ReadonlyMap<string, ServedApi>, asked: MountOption): Mounts<ServedApi>['byPlace'] {
  const wanted = typeof asked === 'string' ? placeOfOnly(apis, asked) : Object.entries(asked);
  const places = new Map<string, ServedApi>();
  for (const [name, text] of wanted) {
    const api = apis.get(name);
    if (!api) throw unknownApi(name, [...apis.keys()]);
    const place = readPlace(text);
    const isTaken =
      places.has(place) || [...apis.keys()].some((other) => place === `/${other}` && other !== name);
    if (isTaken) throw new SparringError('usage', `Two APIs cannot both be mounted at ${place}.`);
    if (place !== `/${name}`) places.set(place, api);
  }
  return [...places]
    .map(([place, api]) => ({ place, api }))
    .sort((one, other) => other.place.length - one.place.length);
}

function placeOfOnly(apis: ReadonlyMap<string, ServedApi>, text: string): readonly [string, string][] {
  const [name, ...others] = apis.keys();
  if (name !== undefined && others.length === 0) return [[name, text]];
  throw new SparringError('usage', `One place, ${text}, was given for ${apis.size} APIs.`, {
    next: 'Say which API it is for: --mount <api>=<path>.',
  });
}

/** Without a slash at its end. */
function readPlace(text: string): string {
  const place = text.replace(/\/+$/, '');
  if (
    /^(?:\/[\w.-]+(?:~[\w.-]*)?)+$/.test(place) &&
    !/^\/_sparring(?:\/|$)/.test(place) &&
    !/\/\.\.?(?:\/|$)/.test(place)
  )
    return place;
  throw new SparringError('usage', `${JSON.stringify(text)} is no place to mount an API at.`, {
    next: 'Give a path such as /api/v2; /_sparring and paths that begin with ~ are taken.',
  });
}

function rootMount(api: ServedApi): RootMount<ServedApi> {
  const has = (path: string) => api.router.find('GET', path) !== undefined;
  // Asked at each request below the API's name, so that it costs nothing where no path can be meant from the root.
  const isUnclear = api.document.operations.some(({ path }) => {
    const [, first = ''] = path.split('/', 2);
    return first.includes('{') || first === api.name;
  });
  const basePaths = api.document.servers.some(({ basePath }) => basePath.split('/', 2)[1] === api.name);
  return {
    api,
    has,
    prefersRoot: (path) => (isUnclear || basePaths) && prefersRoot(api, path),
  };
}

/** Of two ways to read a path the one that agrees with more of what the document writes out; below the name where both do alike. */
function prefersRoot(api: ServedApi, path: string): boolean {
  const fromRoot = literalsAt(api, path);
  if (fromRoot < 0) return false;
  return fromRoot > literalsAt(api, path.slice(api.name.length + 1) || '/');
}

/** How many segments of the path template that a path matches are no parameters; -1 where none matches. */
function literalsAt(api: ServedApi, path: string): number {
  const match = matchOf(api, path);
  if (match === undefined) return -1;
  return match.split('/').filter((segment) => segment !== '' && !segment.includes('{')).length;
}

function matchOf(api: ServedApi, path: string): string | undefined {
  try {
    const found = api.router.find('GET', path);
    if (!found) return undefined;
    if ('operation' in found) return found.operation.path;
    const other = api.router.find(found.allow[0] ?? 'GET', path);
    return other && 'operation' in other ? other.operation.path : undefined;
  } catch {
    // A malformed path is told by whoever answers.
    return undefined;
  }
}

function unknownApi(name: string, known: readonly string[]): SparringError {
  const guess = nearest(name, known);
  return new SparringError('unknown-api', `No API named "${name}" is served, so it cannot be mounted.`, {
    next: guess ? `Did you mean ${guess}?` : `Served are: ${known.join(', ')}.`,
  });
}
