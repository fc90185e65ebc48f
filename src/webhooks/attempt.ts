import type { Agent } from 'undici';
import type { TimeSource } from '../clock.ts';
import { type AttemptError, AttemptFailure, toAttemptError } from './attempt-error.ts';
import { checkAttemptHeaders } from './attempt-headers.ts';
import type { Connections } from './connections.ts';
import { Deadline } from './deadline.ts';
import { HttpExchange } from './exchange.ts';
import type { AllowedTarget, TargetGuard, TargetVerdict } from './target-guard.ts';

export interface AttemptRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The exact bytes; empty for none. */
  readonly body: Uint8Array;
  /** Milliseconds of real time for name, connection, TLS, headers and body together. */
  readonly timeout: number;
  /** Bytes of the answer to keep; default 64 KiB. */
  readonly maxAnswerBytes?: number;
  /** Redirects to follow; default 0. */
  readonly redirects?: number;
}

/** What an attempt works with. */
export interface AttemptServices {
  readonly guard: TargetGuard;
  readonly connections: Connections;
  /** Real time: a network has no other. */
  readonly time: TimeSource;
}

/** Milliseconds since the Unix epoch. `connected` and `firstByte` are of the last hop, and undefined if never reached. */
export interface AttemptTimings {
  readonly start: number;
  readonly connected: number | undefined;
  readonly firstByte: number | undefined;
  readonly end: number;
}

export interface AttemptResult {
  /** Of the last answer; present beside an error where the body broke off or did not end in time. */
  readonly status: number | undefined;
  /** By lower-case name; repeated fields joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The answer was longer than what is kept. */
  readonly truncated: boolean;
  /** Undefined when an answer arrived, whatever its status. */
  readonly error: AttemptError | undefined;
  /** For a blocked target: what would allow it. */
  readonly flag: string | undefined;
  readonly timings: AttemptTimings;
}

type Hop = Pick<AttemptRequest, 'url' | 'method' | 'headers' | 'body'>;

const defaultMaxAnswerBytes = 64 * 1024;
const noBytes = new Uint8Array();

/** `user:password@` in a URL, as the credentials they stand for (RFC 7617), unless a header says otherwise. */
function withUserinfo(headers: Hop['headers'], { username, password }: URL): Hop['headers'] {
  if (username === '' && password === '') return headers;
  const named = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
  if (named) return headers;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { ...headers, Authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
}

/** The request a redirect asks for (RFC 9110, 15.4), or undefined when the answer is none. */
function redirected(hop: Hop, { status = 0, headers: { location } }: HttpExchange): Hop | undefined {
  if (location === undefined || ![301, 302, 303, 307, 308].includes(status)) return undefined;
  const from = new URL(hop.url);
  const to = URL.parse(location, from);
  if (!to) throw new AttemptFailure('invalid-url', 'The receiver redirects to something that is not a URL.');
  const repeat = status === 307 || status === 308;
  const isPrivate = (name: string) => to.origin !== from.origin && ['authorization', 'cookie'].includes(name);
  const isAboutBody = (name: string) => !repeat && name.startsWith('content-');
  const kept = Object.entries(hop.headers).filter(([name]) => {
    const lower = name.toLowerCase();
    return !isPrivate(lower) && !isAboutBody(lower);
  });
  return {
    url: to.href,
    method: repeat ? hop.method : 'GET',
    headers: Object.fromEntries(kept),
    body: repeat ? hop.body : noBytes,
  };
}

/** An attempt under way, hop by hop. It goes on by calls and not by promises, since there can be many. */
class AttemptRun {
  readonly #request: AttemptRequest;
  readonly #means: AttemptServices;
  readonly #resolve: (result: AttemptResult) => void;
  readonly #start: number;
  readonly #started: number;
  readonly #deadline: Deadline;
  #followed = 0;
  #exchange: HttpExchange | undefined;
  #flag: string | undefined;
  #isOver = false;

  constructor(request: AttemptRequest, means: AttemptServices, resolve: (result: AttemptResult) => void) {
    this.#request = request;
    this.#means = means;
    this.#resolve = resolve;
    this.#start = means.time.now();
    this.#started = means.time.monotonic();
    this.#deadline = new Deadline(means.time, request.timeout);
    this.#deadline.onPass(() => {
      this.#exchange?.giveUp();
      this.#end(this.#deadline.failure);
    });
  }

  /** Real time, from which durations are taken: also where the system's clock is set while the attempt is under way. */
  #now(): number {
    return this.#start + Math.round(this.#means.time.monotonic() - this.#started);
  }

  begin(): void {
    try {
      checkAttemptHeaders(this.#request.headers);
      this.#ask(this.#request);
    } catch (error) {
      this.#end(error);
    }
  }

  /** Goes on, unless the deadline has passed meanwhile; what is thrown ends the attempt. */
  #step(next: () => void): void {
    if (this.#isOver) return;
    try {
      next();
    } catch (error) {
      this.#end(error);
    }
  }

  #ask(hop: Hop): void {
    const verdict = this.#means.guard(hop.url);
    if (verdict instanceof Promise) {
      void verdict.then((judged) => this.#step(() => this.#open(hop, judged)));
    } else this.#open(hop, verdict);
  }

  #open(hop: Hop, verdict: TargetVerdict): void {
    if (!verdict.allowed) {
      this.#flag = verdict.flag;
      throw new AttemptFailure(verdict.code, verdict.reason);
    }
    const { connections } = this.#means;
    if (connections.agent) this.#send(hop, verdict, connections.agent);
    else {
      const send = (agent: Agent) => this.#step(() => this.#send(hop, verdict, agent));
      connections.open().then(send, (error: unknown) => this.#end(error));
    }
  }

  #send(hop: Hop, target: AllowedTarget, agent: Agent): void {
    const { connections } = this.#means;
    const { maxAnswerBytes = defaultMaxAnswerBytes } = this.#request;
    const { method } = hop;
    const bodiless = hop.body.length === 0 || method === 'GET' || method === 'HEAD';
    const headers = withUserinfo(hop.headers, target.url);
    const body = bodiless ? null : hop.body;
    const time = { now: () => this.#now() };
    const exchange = new HttpExchange({ target, method, headers, body, maxAnswerBytes, time }, (error) =>
      this.#step(() => this.#answered(hop, exchange, error)),
    );
    this.#exchange = exchange;
    connections.pin({ target, deadline: this.#deadline });
    exchange.send(agent);
  }

  #answered(hop: Hop, exchange: HttpExchange, error: unknown): void {
    if (error !== undefined) throw error;
    const { redirects = 0 } = this.#request;
    const next = redirects === 0 ? undefined : redirected(hop, exchange);
    if (!next) {
      this.#end(undefined);
      return;
    }
    if (this.#followed === redirects) {
      throw new AttemptFailure('too-many-redirects', `The receiver redirects more than ${redirects} times.`);
    }
    this.#followed += 1;
    this.#exchange = undefined;
    this.#ask(next);
  }

  #end(error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#deadline.end();
    const exchange = this.#exchange;
    const chunks = exchange?.chunks ?? [];
    this.#resolve({
      status: exchange?.status,
      headers: exchange?.headers ?? {},
      body: chunks.length === 0 ? noBytes : Buffer.concat(chunks),
      truncated: exchange?.truncated ?? false,
      error: error === undefined ? undefined : toAttemptError(error),
      flag: this.#flag,
      timings: {
        start: this.#start,
        connected: exchange?.connected,
        firstByte: exchange?.firstByte,
        end: this.#now(),
      },
    });
  }
}

/**
 * Makes one delivery attempt and tells what came of it; whatever the network, the receiver or the URL does, it resolves.
 * One deadline covers everything. The target must pass the guard, each redirect's too, and the connection is made to an
 * address the guard has checked.
 */
export function sendAttempt(request: AttemptRequest, means: AttemptServices): Promise<AttemptResult> {
  return new Promise((resolve) => new AttemptRun(request, means, resolve).begin());
}
