import type { Agent, Dispatcher } from 'undici';
import type { TimeSource } from '../clock.ts';
import type { AllowedTarget } from './target-guard.ts';

/** One request over one connection. */
export interface ExchangeRequest {
  readonly target: AllowedTarget;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** null: none. */
  readonly body: Uint8Array | null;
  /** Bytes of the answer that are read before the connection is given up. */
  readonly maxAnswerBytes: number;
  /** Real time. */
  readonly time: Pick<TimeSource, 'now'>;
}

const noHeaders: Readonly<Record<string, string>> = {};

/**
 * Sends one request and reads its answer, up to the cap; what lies beyond is not waited for, and the connection is destroyed.
 * Redirects are answers. What is known is kept as it arrives, so that an attempt that runs out of time keeps what it saw.
 * It is the client's handler itself and has no promise, since there is one for every attempt.
 */
export class HttpExchange implements Dispatcher.DispatchHandler {
  /** Milliseconds. */
  connected: number | undefined;
  firstByte: number | undefined;
  status: number | undefined;
  headers = noHeaders;
  readonly chunks: Uint8Array[] = [];
  truncated = false;
  readonly #request: ExchangeRequest;
  readonly #done: (error?: unknown) => void;
  #size = 0;
  #isOver = false;
  #controller: Dispatcher.DispatchController | undefined;

  /** `done` is called once: when the answer has been read, or with what went wrong. */
  constructor(request: ExchangeRequest, done: (error?: unknown) => void) {
    this.#request = request;
    this.#done = done;
  }

  send(agent: Agent): void {
    const { body, headers, method, target } = this.#request;
    const { origin, path } = target;
    agent.dispatch({ origin, path, method, headers, body }, this);
  }

  /** Destroys the connection; nothing is told of any more. */
  giveUp(): void {
    this.#isOver = true;
    this.#controller?.abort(new Error('The deadline passed.'));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.connected = this.#request.time.now();
    this.#controller = controller;
    // It may have waited for its turn for longer than there is time.
    if (this.#isOver) this.giveUp();
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) return;
    this.firstByte = this.#request.time.now();
    this.status = status;
    this.headers = plainHeaders(headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (this.#isOver) return;
    const kept = chunk.subarray(0, this.#request.maxAnswerBytes - this.#size);
    this.chunks.push(kept);
    this.#size += kept.length;
    this.truncated = kept.length < chunk.length;
    if (!this.truncated) return;
    this.#end();
    controller.abort(new Error('The answer is longer than is read.'));
  }

  /** The client uses a connection again in the next turn of the event loop only; who sends before that opens another one. */
  onResponseEnd(): void {
    setImmediate(() => this.#end());
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#end(error);
  }

  #end(error?: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#done(error);
  }
}

/** The client has written the names in lower case; repeated fields are joined by a comma. */
function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  if (isPlain(headers)) return headers;
  const fields = Object.entries(headers).map(([name, value]) => [name, [value ?? []].flat().join(', ')]);
  return Object.fromEntries(fields);
}

function isPlain(headers: Record<string, string | string[] | undefined>): headers is Record<string, string> {
  for (const name in headers) if (typeof headers[name] !== 'string') return false;
  return true;
}
