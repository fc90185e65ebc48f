import type { Express, Request, Response } from 'express';
import { SparringError } from '../errors.ts';
import { assertAdminCaller } from './admin-access.ts';
import { problemAnswer } from './error-answer.ts';
import { handleRequest } from './handle-request.ts';
import { adminPrefix, defaultNamespace } from './locate-api.ts';
import type { MockServer } from './mock-server.ts';
import { type NodeHandler, send } from './node-handler.ts';
import { NodeRequest } from './node-request.ts';
import type { ServedApi } from './served-api.ts';

/** What lies beside the APIs: the admin API and a page that says where everything is. */
interface Surroundings {
  readonly server: MockServer;
  /** The admin API's own document, served by the same engine; made on first use. */
  readonly admin: () => Promise<ServedApi>;
  readonly adminToken: string | undefined;
}

/**
 * A handler for all that is not API traffic. Express and the admin document are loaded with the first such request, since a
 * mock that is only called never needs them.
 */
export function createFallback(surroundings: Surroundings): NodeHandler {
  let app: Promise<Express> | undefined;
  return function fallback(request, response, next) {
    app ??= createExpressApp(surroundings);
    app.then(
      (express) =>
        express(request as Request, response as Response, (error?: unknown) => {
          if (next) next(error);
          else send(request, response, problemAnswer(error ?? notFound(request.url)), undefined);
        }),
      (error: unknown) => send(request, response, problemAnswer(error), undefined),
    );
  };
}

async function createExpressApp(surroundings: Surroundings): Promise<Express> {
  const { default: express } = await import('express');
  const app = express();
  app.disable('x-powered-by');
  app.use(adminPrefix, async (request, response) => {
    send(request, response, await answerAdmin(surroundings, request), undefined);
  });
  app.get('/', (request, response) => {
    const apis = [...surroundings.server.mounts.byName].map(([name, { document }]) => ({
      name,
      title: document.title,
      url: `${request.protocol}://${request.headers.host ?? 'localhost'}/${name}`,
    }));
    response.json({ name: 'sparring', apis, admin: `${adminPrefix}/health` });
  });
  return app;
}

async function answerAdmin({ server, admin, adminToken }: Surroundings, request: Request) {
  try {
    assertAdminCaller(server.exposure, adminToken, request.headers);
    const name = request.get('sparring-namespace') ?? defaultNamespace;
    const url = request.url.startsWith('/') ? request.url : `/${request.url}`;
    return await handleRequest(
      await admin(),
      await server.namespace(name),
      new NodeRequest(request, { url, prefix: '' }),
    );
  } catch (error) {
    return problemAnswer(error);
  }
}

function notFound(url: string | undefined): SparringError {
  return new SparringError('operation-not-found', `Nothing is served at ${(url ?? '/').slice(0, 200)}.`, {
    next: 'See GET / for the APIs that are served here.',
  });
}
