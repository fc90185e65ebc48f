import type { IncomingMessage } from 'node:http';
import { SparringError } from '../../errors.ts';
import type { ApiRequest, RequestHeaders } from '../message/api-message.ts';

/** What Express's own parsers and mounts leave on a request. */
export interface MountedRequest extends IncomingMessage {
  readonly body?: unknown;
  readonly baseUrl?: string;
  readonly originalUrl?: string;
}

/**
 * A Node request as plain values. It is a class since an accessor in an object literal makes every object a shape of its
 * own, which no inline cache knows (measured: two thirds of what a GET let survive a collection of garbage).
 */
export class NodeRequest implements ApiRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: RequestHeaders;
  readonly parsedBody: unknown;
  readonly signal: AbortSignal | undefined;
  readonly #request: MountedRequest;
  readonly #prefix: string;

  /** `url` and `prefix` are what is below the mount, and the mount. */
  constructor(
    request: MountedRequest,
    { prefix, url }: { readonly url: string; readonly prefix: string },
    signal?: AbortSignal,
  ) {
    this.method = request.method ?? 'GET';
    this.url = url;
    this.headers = request.headers;
    this.parsedBody = request.body;
    this.signal = signal;
    this.#request = request;
    this.#prefix = prefix;
  }

  get baseUrl(): string {
    const { baseUrl = '', headers, socket } = this.#request;
    const scheme = 'encrypted' in socket && socket.encrypted ? 'https' : 'http';
    return `${scheme}://${headers.host ?? 'localhost'}${baseUrl}${this.#prefix}`;
  }

  readBody(limit: number): Uint8Array | Promise<Uint8Array> {
    const request = this.#request;
    // The stream of a body that is not there may have no end to wait for (`optimizeEmptyRequests`).
    if (!hasBody(request)) return noBytes;
    const announced = lengthOf(request);
    if (announced > limit) throw tooLarge(limit);
    // What is here already is taken without the listeners and events of a stream.
    if (isBuffered(request)) {
      const bytes: unknown = request.read();
      if (bytes instanceof Uint8Array) return bytes;
    }
    return readStream(request, limit);
  }
}

const noBytes = new Uint8Array();

/** Whether a request has a body at all (RFC 9112, section 6.3). */
export function hasBody(request: IncomingMessage): boolean {
  return request.headers['transfer-encoding'] !== undefined || lengthOf(request) > 0;
}

/** Whether a part of the body is neither read nor here. A body of announced length is read whole or not at all. */
export function awaitsBody(request: IncomingMessage): boolean {
  if (request.complete || !hasBody(request)) return false;
  return lengthOf(request) === 0 || !(request.readableDidRead || isBuffered(request));
}

/** The announced length; 0 without one. */
function lengthOf({ headers }: IncomingMessage): number {
  return Number(headers['content-length'] ?? 0);
}

function isBuffered(request: IncomingMessage): boolean {
  return request.readableLength > 0 && request.readableLength === lengthOf(request);
}

/** Collects a body that is on its way. */
function readStream(request: IncomingMessage, limit: number): Promise<Uint8Array> {
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
