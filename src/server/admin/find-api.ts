import { SparringError } from '../../errors.ts';
import { nearest } from '../../json/nearest.ts';
import type { ServedApi } from '../model/served-api.ts';
import type { MockServer } from '../namespaces/mock-server.ts';

/** The served API of that name. Throws `unknown-api` with the nearest right name. */
export function findServedApi({ apis }: Pick<MockServer, 'apis'>, name: string): ServedApi {
  const api = apis.get(name);
  if (api) return api;
  const guess = nearest(name, apis.keys());
  throw new SparringError('unknown-api', `No API named "${name.slice(0, 100)}" is served.`, {
    next: guess ? `Did you mean ${guess}?` : `Served are: ${[...apis.keys()].join(', ')}.`,
  });
}
