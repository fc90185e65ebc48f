import { SparringError } from '../errors.ts';
import type { ApiRequest, ApiResponse } from './api-message.ts';
import { problemAnswer } from './error-answer.ts';
import { locateApi } from './locate-api.ts';
import type { MockServer } from './mock-server.ts';

/** A stand-in host for requests that never meet a socket. */
export const inProcessOrigin = 'http://sparring.localhost';

/**
 * Answers a Fetch API request without a socket, by the same way as one from the network.
 *
 * @throws TypeError, as `fetch` does, when a fault drops the connection.
 */
export async function answerFetch(server: MockServer, request: Request): Promise<Response> {
  return toResponse(request, await answer(server, request));
}

async function answer(server: MockServer, request: Request): Promise<ApiResponse> {
  try {
    const url = new URL(request.url);
    const headers: Record<string, string> = { host: url.host };
    for (const [name, value] of request.headers) headers[name] = value;
    const location = locateApi(server.mounts, `${url.pathname}${url.search}`, headers);
    if (!location) {
      throw new SparringError('operation-not-found', `No API is mounted at ${url.pathname}.`);
    }
    const apiRequest: ApiRequest = {
      method: request.method,
      url: location.url,
      headers,
      baseUrl: `${url.origin}${location.prefix}`,
      parsedBody: undefined,
      readBody: (limit) => readBody(request, limit),
    };
    return await location.api.handle(await server.namespace(location.namespace), apiRequest);
  } catch (error) {
    return problemAnswer(error);
  }
}

async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > limit)
    throw new SparringError('body-too-large', `The body is larger than ${limit} bytes.`);
  return bytes;
}

function toResponse(request: Request, answer: ApiResponse): Response {
  if (answer.drop)
    throw new TypeError('fetch failed', { cause: new Error('The connection was dropped by a fault.') });
  const bodiless = request.method === 'HEAD' || answer.status === 204 || answer.status === 304;
  const body = answer.body instanceof Uint8Array ? new Uint8Array(answer.body) : answer.body;
  return new Response(bodiless ? null : body, { status: answer.status, headers: answer.headers });
}
