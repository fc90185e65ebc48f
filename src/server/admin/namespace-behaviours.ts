import { SparringError } from '../../errors.ts';
import { objectOrEmpty } from '../../openapi/is-object.ts';
import { runControl } from '../run-control.ts';
import { type AdminBehaviour, done, textOf } from './admin-behaviour.ts';
import { findServedApi } from './find-api.ts';

/** States beside each other, and what happens to records outside their API. */
export const namespaceBehaviours: Readonly<Record<string, AdminBehaviour>> = {
  listNamespaces: ({ server }) => ({
    status: 200,
    body: server.namespaces.list().map(({ name, records }) => ({ name, records })),
  }),
  dropNamespace({ path, server }) {
    if (server.namespaces.drop(textOf(path.name))) return done;
    throw new SparringError('record-not-found', `The namespace "${path.name}" cannot be dropped.`, {
      next: 'See GET /_sparring/namespaces; the default one can only be reset.',
    });
  },
  async runControl({ body, path, server, served }) {
    const api = findServedApi(server, textOf(path.api));
    const call = {
      collection: textOf(path.collection),
      id: textOf(path.id),
      name: textOf(path.control),
      body: objectOrEmpty(body),
    };
    return { status: 200, body: (await runControl(served.namespace, api, call)).value };
  },
};
