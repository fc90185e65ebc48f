import type { Agent, Dispatcher } from 'undici';

/** One request over one connection. */
export interface ExchangeRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** null: none. */
  readonly body: Uint8Array | null;
  /** Bytes of the answer that are read before the connection is given up. */
  readonly maxAnswerBytes: number;
  readonly signal: AbortSignal;
}

/** What is known so far; filled as it arrives, so that an attempt that runs out of time keeps what it saw. */
export interface ExchangeProgress {
  connected?: number;
  firstByte?: number;
  status?: number;
  headers: Readonly<Record<string, string>>;
  readonly chunks: Uint8Array[];
  /** Bytes in `chunks`. */
  size: number;
  truncated: boolean;
}

export function emptyProgress(): ExchangeProgress {
  return { headers: {}, chunks: [], size: 0, truncated: false };
}

function plainHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value !== undefined) plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}

/** Keeps what fits under the cap; false once it is full and more came. */
function keep(chunk: Uint8Array, progress: ExchangeProgress, maximum: number): boolean {
  const kept = chunk.subarray(0, maximum - progress.size);
  progress.chunks.push(kept);
  progress.size += kept.length;
  progress.truncated = kept.length < chunk.length;
  return !progress.truncated;
}

/**
 * Sends one request and reads its answer into `progress`, up to the cap; what lies beyond is not waited for, and the
 * connection is destroyed. Redirects are answers. Rejects for every failure; `now` gives milliseconds.
 */
export function exchange(
  agent: Agent,
  request: ExchangeRequest,
  progress: ExchangeProgress,
  now: () => number,
): Promise<void> {
  const { url, signal } = request;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(controller) {
      progress.connected = now();
      const abort = () => controller.abort(new Error('The deadline passed.'));
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort, { once: true });
    },
    onResponseStart(_controller, status, headers) {
      if (status < 200) return;
      progress.firstByte = now();
      progress.status = status;
      progress.headers = plainHeaders(headers);
    },
    onResponseData(controller, chunk) {
      if (progress.truncated || keep(chunk, progress, request.maxAnswerBytes)) return;
      resolve();
      controller.abort(new Error('The answer is longer than is read.'));
    },
    onResponseEnd: () => resolve(),
    onResponseError: (_controller, error) => reject(error),
  };
  agent.dispatch(
    {
      origin: url.origin,
      path: url.pathname + url.search,
      method: request.method,
      headers: request.headers,
      body: request.body,
    },
    handler,
  );
  return promise;
}
