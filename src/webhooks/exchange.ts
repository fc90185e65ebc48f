import type { Agent, Dispatcher } from 'undici';
import type { TimeSource } from '../clock.ts';
import type { Deadline } from './deadline.ts';

/** One request over one connection. */
export interface ExchangeRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** null: none. */
  readonly body: Uint8Array | null;
  /** Bytes of the answer that are read before the connection is given up. */
  readonly maxAnswerBytes: number;
  readonly deadline: Deadline;
  /** Real time. */
  readonly time: Pick<TimeSource, 'now'>;
}

/** What is known so far; filled as it arrives, so that an attempt that runs out of time keeps what it saw. */
export interface ExchangeProgress {
  connected: number | undefined;
  firstByte: number | undefined;
  status: number | undefined;
  headers: Readonly<Record<string, string>>;
  readonly chunks: Uint8Array[];
  /** Bytes in `chunks`. */
  size: number;
  truncated: boolean;
}

export function emptyProgress(): ExchangeProgress {
  return {
    connected: undefined,
    firstByte: undefined,
    status: undefined,
    headers: {},
    chunks: [],
    size: 0,
    truncated: false,
  };
}

/**
 * Sends one request and reads its answer into `progress`, up to the cap; what lies beyond is not waited for, and the
 * connection is destroyed, as it is when the deadline passes. Redirects are answers. Rejects for every failure.
 */
export function exchange(agent: Agent, request: ExchangeRequest, progress: ExchangeProgress): Promise<void> {
  const { body, headers, method, url } = request;
  return new Promise((resolve, reject) => {
    const handler = new ExchangeHandler(request, progress, resolve, reject);
    agent.dispatch({ origin: url.origin, path: url.pathname + url.search, method, headers, body }, handler);
  });
}

/** What the client tells of one exchange. One object for all of it, since there is one for every attempt. */
class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly #request: ExchangeRequest;
  readonly #progress: ExchangeProgress;
  readonly #resolve: () => void;
  readonly #reject: (error: unknown) => void;
  readonly #stop: () => void;
  #controller: Dispatcher.DispatchController | undefined;

  constructor(
    request: ExchangeRequest,
    progress: ExchangeProgress,
    resolve: () => void,
    reject: (error: unknown) => void,
  ) {
    this.#request = request;
    this.#progress = progress;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#stop = request.deadline.onPass(() => this.#giveUp());
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#progress.connected = this.#request.time.now();
    this.#controller = controller;
    // It may have waited for its turn for longer than there is time.
    if (this.#request.deadline.failure) this.#giveUp();
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    if (status < 200) return;
    this.#progress.firstByte = this.#request.time.now();
    this.#progress.status = status;
    this.#progress.headers = plainHeaders(headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    const progress = this.#progress;
    if (progress.truncated || keep(chunk, progress, this.#request.maxAnswerBytes)) return;
    this.onResponseEnd();
    controller.abort(new Error('The answer is longer than is read.'));
  }

  onResponseEnd(): void {
    this.#stop();
    this.#resolve();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#stop();
    this.#reject(error);
  }

  #giveUp(): void {
    this.#reject(this.#request.deadline.failure);
    this.#controller?.abort(new Error('The deadline passed.'));
  }
}

/** The client has written the names in lower case; repeated fields are joined by a comma. */
function plainHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value !== undefined) plain[name] = typeof value === 'string' ? value : value.join(', ');
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
