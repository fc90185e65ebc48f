import type { Express, Request, Response } from 'express';
import { SparringError } from '../../errors.ts';
import { type Administration, answerAdmin } from '../admin/answer-admin.ts';
import { problemAnswer } from '../answers/error-answer.ts';
import type { NodeHandler } from '../model/node-handler.ts';
import { assertHost } from '../routing/exposure.ts';
import { adminPrefix } from '../routing/locate-api.ts';
import { writeResponse } from './node-handler.ts';
import { NodeRequest } from './node-request.ts';

/**
 * A handler for all that is not API traffic: the admin API, and a page that says where everything is. Express and the admin
 * document are loaded with the first such request, since a mock that is only called never needs them.
 */
export function createExpressFallback(administration: Administration): NodeHandler {
  let app: Promise<Express> | undefined;
  return function fallback(request, response, next) {
    app ??= createExpressApp(administration);
    app.then(
      (express) =>
        express(request as Request, response as Response, (error?: unknown) => {
          if (next) next(error);
          else writeResponse(request, response, problemAnswer(error ?? notFound(request.url)), undefined);
        }),
      (error: unknown) => writeResponse(request, response, problemAnswer(error), undefined),
    );
  };
}

async function createExpressApp(administration: Administration): Promise<Express> {
  const { default: express } = await import('express');
  const app = express();
  app.disable('x-powered-by');
  app.use((request, response, next) => {
    try {
      assertHost(administration.server.exposure, request.headers);
    } catch (error) {
      return writeResponse(request, response, problemAnswer(error), undefined);
    }
    next();
  });
  app.use(adminPrefix, async (request, response) => {
    const url = request.url.startsWith('/') ? request.url : `/${request.url}`;
    const asked = new NodeRequest(request, { url, prefix: '' }, goneSignal(response));
    const answer = await answerAdmin(administration, asked);
    writeResponse(request, response, answer, undefined, administration.server.tellOnce);
  });
  app.get('/', (request, response) => {
    const apis = [...administration.server.mounts.byName].map(([name, { document }]) => ({
      name,
      title: document.title,
      url: `${request.protocol}://${request.headers.host ?? 'localhost'}/${name}`,
    }));
    response.json({ name: 'sparring', apis, admin: `${adminPrefix}/health` });
  });
  return app;
}

/** Aborted when the caller goes away before it has been answered. */
function goneSignal(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

function notFound(url: string | undefined): SparringError {
  return new SparringError('operation-not-found', `Nothing is served at ${(url ?? '/').slice(0, 200)}.`, {
    next: 'See GET / for the APIs that are served here.',
  });
}
