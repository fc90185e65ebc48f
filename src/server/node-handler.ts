import type { IncomingMessage, ServerResponse } from 'node:http';
import { SparringError } from '../errors.ts';
import type { ApiRequest, ApiResponse } from './api-message.ts';
import { problemAnswer } from './error-answer.ts';
import { assertHost, corsHeaders, isPreflight, preflightHeaders } from './exposure.ts';
import { adminPrefix, type Location, locateApi } from './locate-api.ts';
import type { MockServer } from './mock-server.ts';
import type { ServedApi } from './served-api.ts';
import type { ServedNamespace } from './served-namespace.ts';

/** What Express and Node pass on when a handler does not answer. */
export type Next = (error?: unknown) => void;
export type NodeHandler = (request: IncomingMessage, response: ServerResponse, next?: Next) => void;

/** What Express's own parsers and mounts leave on a request. */
interface MountedRequest extends IncomingMessage {
  readonly body?: unknown;
  readonly baseUrl?: string;
  readonly originalUrl?: string;
}

/**
 * The one handler `(req, res, next)` for Node's server, anybody's Express app, and supertest. API traffic is answered here;
 * everything else goes to `next`, or without one to `fallback`.
 */
export function createNodeHandler(server: MockServer, fallback: NodeHandler): NodeHandler {
  return function handle(request: MountedRequest, response, next) {
    const target = request.url ?? '/';
    let location: Location<ServedApi> | undefined;
    let cors: Record<string, string> | undefined;
    try {
      if (target.length > 1 && target.startsWith(adminPrefix)) return fallback(request, response, next);
      location = locateApi(server.mounts, target, request.headers);
      if (!location) return next ? next() : fallback(request, response);
      assertHost(server.exposure, request.headers);
      cors = corsHeaders(server.exposure, request.headers);
      if (isPreflight(request.method ?? 'GET', request.headers)) {
        response.writeHead(204, { ...cors, ...preflightHeaders(request.headers) }).end();
        return;
      }
    } catch (error) {
      return send(request, response, problemAnswer(error), undefined);
    }
    answer(server, location, request).then(
      (result) => send(request, response, result, cors),
      (error: unknown) => send(request, response, problemAnswer(error), cors),
    );
  };
}

/** Rejects only when there is no such namespace. */
function answer(
  server: MockServer,
  location: Location<ServedApi>,
  request: MountedRequest,
): Promise<ApiResponse> {
  const call = (served: ServedNamespace) => location.api.handle(served, apiRequestOf(request, location));
  try {
    const found = server.namespace(location.namespace);
    return found instanceof Promise ? found.then(call) : call(found);
  } catch (error) {
    return Promise.reject(error);
  }
}

/** A Node request as plain values. */
export function apiRequestOf(
  request: MountedRequest,
  location: { readonly url: string; readonly prefix: string },
): ApiRequest {
  return {
    method: request.method ?? 'GET',
    url: location.url,
    headers: request.headers,
    get baseUrl() {
      const scheme = 'encrypted' in request.socket && request.socket.encrypted ? 'https' : 'http';
      return `${scheme}://${request.headers.host ?? 'localhost'}${request.baseUrl ?? ''}${location.prefix}`;
    },
    parsedBody: request.body,
    readBody: (limit) => readBody(request, limit),
  };
}

/** Reads a request's body into one buffer. Throws `body-too-large` as soon as more than `limit` bytes are announced or seen. */
function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limit) return Promise.reject(tooLarge(limit));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
      else reject(tooLarge(limit));
    });
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => {
      if (!request.readableEnded) reject(brokenOff());
    });
  });
}

function brokenOff(): SparringError {
  return new SparringError('malformed-body', 'The connection closed before the body was complete.');
}

function tooLarge(limit: number): SparringError {
  return new SparringError('body-too-large', `The body is larger than ${limit} bytes.`);
}

/** Writes an answer to the wire. A body that was not read is not waited for: the connection closes instead. */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: ApiResponse,
  cors: Readonly<Record<string, string>> | undefined,
): void {
  const { body, status } = answer;
  if (answer.drop === 'before') {
    request.socket.destroy();
    return;
  }
  const headers: Record<string, string | number> = cors
    ? { ...answer.headers, ...cors }
    : { ...answer.headers };
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body?.length;
  if (length !== undefined) headers['content-length'] = length;
  else if (status !== 204 && status !== 304 && headers['content-length'] === undefined)
    headers['content-length'] = 0;
  if (!request.complete && hasBody(request)) headers.connection = 'close';
  response.writeHead(status, headers);
  if (answer.drop === 'after') {
    response.write(body === undefined ? '' : body.slice(0, Math.floor(body.length / 2)), () =>
      request.socket.destroy(),
    );
    return;
  }
  if (request.method === 'HEAD') response.end();
  // Text of ASCII alone is the same in Latin-1, which Node writes without transcoding.
  else if (typeof body === 'string' && length === body.length) response.end(body, 'latin1');
  else response.end(body);
}

function hasBody(request: IncomingMessage): boolean {
  return (
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
  );
}
