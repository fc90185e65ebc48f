import type { ServedApi } from '../model/served-api.ts';
import type { Mounts } from './locate-api.ts';

/**
 * Mounts every API below its name and at the hosts of its document's servers; the only one at `/` too, where asked for.
 * Reads the map at each call, so that an API that was loaded again is mounted by mounting all of them again.
 */
export function mountApis(apis: ReadonlyMap<string, ServedApi>, onlyAtRoot: boolean): Mounts<ServedApi> {
  const byHost = new Map<string, ServedApi>();
  for (const api of apis.values()) {
    for (const origin of api.origins) byHost.set(new URL(origin).hostname, api);
  }
  const [only] = apis.values();
  return { byName: new Map(apis), byHost, atRoot: onlyAtRoot && apis.size === 1 ? only : undefined };
}
