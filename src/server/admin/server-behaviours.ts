import { version } from '../../version.ts';
import { mountPlaceOf } from '../routing/mount-apis.ts';
import type { AdminBehaviour } from './admin-behaviour.ts';
import { describeApi } from './describe-api.ts';

/** What is served. */
export const serverBehaviours: Readonly<Record<string, AdminBehaviour>> = {
  getHealth: ({ server, uptime }) => ({
    status: 200,
    body: { status: 'ready', version, apis: [...server.apis.keys()], uptime },
  }),
  listApis: ({ origin, server }) => ({
    status: 200,
    body: [...server.apis.values()].map((api) => {
      const { files: _, ...described } = describeApi(api, `${origin}${mountPlaceOf(server.mounts, api)}`);
      return {
        ...described,
        operations: api.document.operations.length,
        controls: Object.keys(api.document.extension.controls ?? {}),
        settings: api.settings,
      };
    }),
  }),
};
