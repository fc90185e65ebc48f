import type { IncomingMessage, ServerResponse } from 'node:http';
import { problemAnswer } from '../answers/error-answer.ts';
import { mendAnswer } from '../answers/mend-answer.ts';
import { andThen } from '../message/and-then.ts';
import type { ApiResponse } from '../message/api-message.ts';
import type { NodeHandler } from '../model/node-handler.ts';
import type { ServedApi } from '../model/served-api.ts';
import type { ServedNamespace } from '../model/served-namespace.ts';
import type { MockServer } from '../namespaces/mock-server.ts';
import {
  assertHost,
  corsHeaders,
  exposedHeaders,
  isForeign,
  isPreflight,
  preflightHeaders,
} from '../routing/exposure.ts';
import { adminPrefix, type Location, locateApi } from '../routing/locate-api.ts';
import { endTogether } from './end-together.ts';
import { isLingering, lingerBeforeClose } from './linger-before-close.ts';
import { awaitsBody, hasBody, type MountedRequest, NodeRequest } from './node-request.ts';
import { toOriginForm } from './to-origin-form.ts';
import { writeStream } from './write-stream.ts';

/**
 * The one handler `(req, res, next)` for Node's server, anybody's Express app, and supertest. API traffic is answered here;
 * everything else goes to `next`, or without one to `fallback`.
 */
export function createNodeHandler(server: MockServer, fallback: NodeHandler): NodeHandler {
  return function handle(request: MountedRequest, response, next) {
    if (isLingering(request.socket)) return;
    const target = toOriginForm(request);
    let location: Location<ServedApi> | undefined;
    let cors: Record<string, string> | undefined;
    try {
      if (target.length > 1 && target.startsWith(adminPrefix)) return fallback(request, response, next);
      location = locateApi(server.mounts, target, request.headers);
      if (!location) return next ? next() : fallback(request, response);
      cors = corsHeaders(server.exposure, request.headers);
      assertHost(server.exposure, request.headers);
      if (isPreflight(request.method ?? 'GET', request.headers)) {
        response.writeHead(204, { ...cors, ...preflightHeaders(request.headers) }).end();
        return;
      }
    } catch (error) {
      return writeResponse(request, response, problemAnswer(error), cors, server.tellOnce);
    }
    const place = location;
    const respond = () => {
      const answered = answer(server, place, request);
      if (answered instanceof Promise)
        void answered.then((late) => writeResponse(request, response, late, cors, server.tellOnce));
      else writeResponse(request, response, answered, cors, server.tellOnce);
    };
    // A tick later, a body that came in one packet with its head is here.
    if (hasBody(request)) process.nextTick(respond);
    else respond();
  };
}

function answer(
  server: MockServer,
  location: Location<ServedApi>,
  request: MountedRequest,
): ApiResponse | Promise<ApiResponse> {
  const call = (served: ServedNamespace) => location.api.handle(served, new NodeRequest(request, location));
  try {
    const isRemembered = !isForeign(request.headers);
    const answered = andThen(server.visit(location.namespace, isRemembered), call);
    return answered instanceof Promise ? answered.catch(problemAnswer) : answered;
  } catch (error) {
    return problemAnswer(error);
  }
}

/**
 * Writes an answer to the wire, and never throws. A body that was not read is not waited for: the connection closes instead,
 * once the client has had the time to read the answer.
 *
 * @param tell told what of the answer could not be written as it is
 */
export function writeResponse(
  request: IncomingMessage,
  response: ServerResponse,
  answer: ApiResponse,
  cors: Readonly<Record<string, string>> | undefined,
  tell?: (message: string) => void,
): void {
  const { body, status } = answer;
  if (answer.drop === 'before') {
    request.socket.destroy();
    return;
  }
  const headers: Record<string, string | number | string[]> = cors
    ? { ...answer.headers, ...cors, ...exposedHeaders(answer, cors) }
    : { ...answer.headers };
  if (answer.cookies) headers['set-cookie'] = [...answer.cookies];
  const stream = request.method === 'HEAD' ? undefined : answer.stream;
  const length = stream ? undefined : typeof body === 'string' ? Buffer.byteLength(body) : body?.length;
  if (length !== undefined) headers['content-length'] = length;
  else if (!stream && status !== 204 && status !== 304 && headers['content-length'] === undefined)
    headers['content-length'] = 0;
  if (awaitsBody(request)) {
    headers.connection = 'close';
    lingerBeforeClose(request.socket);
  }
  const problem = writeHead(response, status, headers);
  if (problem !== undefined) {
    const mended = mendAnswer(answer, problem);
    for (const change of mended.changes) tell?.(`${request.method} ${request.url}: ${change}.`);
    // What was mended is known to be writable, so that this happens once.
    writeResponse(request, response, mended.answer, cors);
    return;
  }
  if (answer.drop === 'after') {
    response.write(body === undefined ? '' : body.slice(0, Math.floor(body.length / 2)), () =>
      request.socket.destroy(),
    );
    return;
  }
  if (stream) {
    void writeStream(response, stream);
    return;
  }
  // Text of ASCII alone is the same in Latin-1, which Node writes without transcoding.
  const isLatin = typeof body === 'string' && length === body.length;
  endTogether(response, request.method === 'HEAD' ? undefined : body, isLatin ? 'latin1' : 'utf8');
}

/** Writes the head of an answer; what is thrown where that is none that HTTP can have. */
function writeHead(
  response: ServerResponse,
  status: number,
  headers: Record<string, string | number | string[]>,
): Error | undefined {
  // An interim status (RFC 9110, section 15.2) would leave the client waiting for the answer.
  if (status < 200) return new RangeError(`${status} is no status of an answer.`);
  try {
    response.writeHead(status, headers);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new TypeError(String(error));
  }
}
