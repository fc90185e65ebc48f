import { SparringError } from '../../errors.ts';
import { objectOrEmpty } from '../../json/is-object.ts';
import { runControl } from '../namespaces/run-control.ts';
import { defaultNamespace } from '../routing/locate-api.ts';
import { type AdminBehaviour, done, optionalText } from './admin-behaviour.ts';
import { findServedApi } from './find-api.ts';

/** States beside each other, and what happens to records outside their API. */
export const namespaceBehaviours: Readonly<Record<string, AdminBehaviour>> = {
  listNamespaces: ({ server }) => ({
    status: 200,
    body: server.namespaces.list().map(({ kept, name, records }) => ({ name, records, kept })),
  }),
  async dropNamespaces({ server }) {
    await Promise.all(server.namespaces.list().map(({ name }) => server.namespaces.drop(name)));
    return done;
  },
  async dropNamespace({ path, server }) {
    const name = optionalText(path.name);
    if (await server.namespaces.drop(name)) return done;
    if (name === defaultNamespace) {
      throw new SparringError('conflict', 'The default namespace cannot be dropped.', {
        next: 'Take it back to the fixtures: POST /_sparring/reset.',
      });
    }
    throw new SparringError('record-not-found', `There is no namespace "${name.slice(0, 100)}".`, {
      next: 'See GET /_sparring/namespaces for those there are.',
    });
  },
  async runControl({ body, path, server, served }) {
    // POST to a single record's path, which has no such method, is a control's path by its shape.
    if (path.api === 'state' && !server.apis.has('state')) throw noPost();
    const api = findServedApi(server, optionalText(path.api));
    const call = {
      collection: optionalText(path.collection),
      id: optionalText(path.id),
      name: optionalText(path.control),
      body: objectOrEmpty(body),
    };
    return { status: 200, body: (await runControl(served.namespace, api, call)).value };
  },
};

function noPost(): SparringError {
  return new SparringError('method-not-allowed', 'POST is not declared for the path of a single record.', {
    next: 'Add one with POST /_sparring/state/{api}/{collection}, or PUT it here.',
    headers: { allow: 'DELETE, GET, HEAD, PATCH, PUT' },
  });
}
