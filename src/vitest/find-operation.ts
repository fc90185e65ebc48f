import { SparringError } from '../errors.ts';
import { nearest } from '../json/nearest.ts';
import type { ApiDocument, Operation } from '../openapi/document/document.ts';
import type { Router } from '../openapi/request/router.ts';
import type { ObservedMessage } from './observed-message.ts';
import type { OpenApi } from './open-api.ts';

/** @throws SparringError `usage` for an id that no operation has */
export function operationNamed({ context: { document } }: OpenApi, id: string): Operation {
  const operation = document.operationsById.get(id);
  if (operation) return operation;
  const guess = nearest(id, [...document.operationsById.keys()]);
  throw new SparringError('usage', `${document.name} has no operation "${id}".`, {
    next: guess ? `Did you mean ${guess}?` : `See them with sparring explain ${document.name}.`,
  });
}

/**
 * The operation that a request was for.
 *
 * @throws SparringError `usage` where none, or more than one, could be meant
 */
export function findOperation(
  { context: { document }, router }: OpenApi,
  { method, url }: Pick<ObservedMessage, 'method' | 'url'>,
  basePath: string | undefined,
): Operation {
  const next = "Name the operation, as in toMatchOpenApi('getCustomer').";
  if (url === undefined)
    throw new SparringError('usage', 'This response does not say which request it is for.', { next });
  const { hostname, pathname } = new URL(url);
  for (const path of pathsBelow(pathname, document, basePath)) {
    const methods = method === undefined ? methodsAt(router, path) : [method];
    if (methods.length > 1)
      throw new SparringError(
        'usage',
        `A Response does not say what method it answers, and ${path} has ${methods.join(', ')}.`,
        { next },
      );
    const [only] = methods;
    const found = only === undefined ? undefined : router.find(only, path, hostname);
    if (found && 'operation' in found) return found.operation;
  }
  throw new SparringError('usage', `No operation of ${document.name} is ${method ?? 'at'} ${pathname}.`, {
    next: `${next} Where its paths are below another one, say so: setOpenApi(api, { basePath: '/v1' }).`,
  });
}

/** A method that no document declares: a path is then answered with those it has. */
const noMethod = 'NONE';

function methodsAt(router: Router, path: string): readonly string[] {
  const found = router.find(noMethod, path);
  return found && 'allow' in found ? found.allow.filter((method) => method !== 'HEAD') : [];
}

/** The path below the base path; without one, as it is, and below a mock's namespace and the API's name. */
function pathsBelow(path: string, { name }: ApiDocument, basePath: string | undefined): readonly string[] {
  if (basePath !== undefined) return path.startsWith(basePath) ? [path.slice(basePath.length) || '/'] : [];
  const own = path.replace(/^\/~[^/]+/, '');
  return own.startsWith(`/${name}/`) ? [own.slice(name.length + 1), own] : [own];
}
