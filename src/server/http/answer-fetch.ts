import { SparringError } from '../../errors.ts';
import { type Administration, answerAdmin } from '../admin/answer-admin.ts';
import { problemAnswer } from '../answers/error-answer.ts';
import { mendAnswer } from '../answers/mend-answer.ts';
import type { ApiRequest, ApiResponse } from '../message/api-message.ts';
import { isForeign } from '../routing/exposure.ts';
import { adminPrefix, locateApi } from '../routing/locate-api.ts';
import { readableStream } from './write-stream.ts';

/** A stand-in host for requests that never meet a socket. */
export const inProcessOrigin = 'http://sparring.localhost';

/**
 * Answers a Fetch API request without a socket, by the same way as one from the network; the admin API's too.
 *
 * @throws TypeError, as `fetch` does, when a fault drops the connection.
 */
export async function answerFetch(administration: Administration, request: Request): Promise<Response> {
  const answered = await answer(administration, request);
  if (answered.drop)
    throw new TypeError('fetch failed', { cause: new Error('The connection was dropped by a fault.') });
  try {
    return toResponse(request, answered);
  } catch (error) {
    const problem = error instanceof Error ? error : new TypeError(String(error));
    const mended = mendAnswer(answered, problem);
    for (const change of mended.changes)
      administration.server.tellOnce(`${request.method} ${request.url}: ${change}.`);
    return toResponse(request, mended.answer);
  }
}

async function answer(administration: Administration, request: Request): Promise<ApiResponse> {
  const { server } = administration;
  try {
    const url = new URL(request.url);
    const headers: Record<string, string> = { host: url.host };
    for (const [name, value] of request.headers) headers[name] = value;
    const { pathname, search } = url;
    if (pathname === adminPrefix || pathname.startsWith(`${adminPrefix}/`)) {
      const rest = pathname.slice(adminPrefix.length) || '/';
      return await answerAdmin(
        administration,
        apiRequestOf(request, headers, `${rest}${search}`, adminPrefix),
      );
    }
    const location = locateApi(server.mounts, `${pathname}${search}`, headers);
    if (!location) {
      throw new SparringError('operation-not-found', `No API is mounted at ${url.pathname}.`);
    }
    const apiRequest = apiRequestOf(request, headers, location.url, location.prefix);
    const served = await server.visit(location.namespace, !isForeign(headers));
    return await location.api.handle(served, apiRequest);
  } catch (error) {
    return problemAnswer(error);
  }
}

function apiRequestOf(
  request: Request,
  headers: Record<string, string>,
  url: string,
  prefix: string,
): ApiRequest {
  return {
    method: request.method,
    url,
    headers,
    baseUrl: `${new URL(request.url).origin}${prefix}`,
    parsedBody: undefined,
    signal: request.signal,
    readBody: (limit) => readBody(request, limit),
  };
}

async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > limit)
    throw new SparringError('body-too-large', `The body is larger than ${limit} bytes.`);
  return bytes;
}

function toResponse(request: Request, answer: ApiResponse): Response {
  const bodiless =
    request.method === 'HEAD' || answer.status === 204 || answer.status === 205 || answer.status === 304;
  const body = answer.body instanceof Uint8Array ? new Uint8Array(answer.body) : answer.body;
  const content = answer.stream ? readableStream(answer.stream) : body;
  const response = new Response(bodiless ? null : content, {
    status: answer.status,
    headers: answer.headers,
  });
  for (const cookie of answer.cookies ?? []) response.headers.append('set-cookie', cookie);
  return response;
}
