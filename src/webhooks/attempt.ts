import type { TimeSource } from '../clock.ts';
import { type AttemptError, AttemptFailure, toAttemptError } from './attempt-error.ts';
import { checkAttemptHeaders } from './attempt-headers.ts';
import type { Connections } from './connections.ts';
import { Deadline } from './deadline.ts';
import { type ExchangeProgress, emptyProgress, exchange } from './exchange.ts';
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
export interface AttemptMeans {
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

/** Where a run stands; `latest` is the hop under way. */
interface Run {
  readonly means: AttemptMeans;
  readonly deadline: Deadline;
  latest: ExchangeProgress;
  flag: string | undefined;
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

function assertAllowed(verdict: TargetVerdict, run: Run): AllowedTarget {
  if (verdict.allowed) return verdict;
  if (verdict.flag !== undefined) run.flag = verdict.flag;
  throw new AttemptFailure(verdict.code, verdict.reason);
}

async function sendHop(hop: Hop, maxAnswerBytes: number, run: Run): Promise<void> {
  const { deadline, means } = run;
  const progress = emptyProgress();
  run.latest = progress;
  const verdict = means.guard(hop.url);
  const target = assertAllowed(verdict instanceof Promise ? await deadline.race(verdict) : verdict, run);
  const { url } = target;
  const bodiless = hop.body.length === 0 || hop.method === 'GET' || hop.method === 'HEAD';
  const headers = withUserinfo(hop.headers, url);
  const { agent = await deadline.race(means.connections.open()) } = means.connections;
  const body = bodiless ? null : hop.body;
  const { time } = means;
  const request = { url, method: hop.method, headers, body, maxAnswerBytes, deadline, time };
  await means.connections.withPin({ target, deadline }, () => exchange(agent, request, progress));
}

/** The request a redirect asks for (RFC 9110, 15.4), or undefined when the answer is none. */
function redirected(hop: Hop, { status = 0, headers: { location } }: ExchangeProgress): Hop | undefined {
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

async function follow(request: AttemptRequest, run: Run): Promise<void> {
  checkAttemptHeaders(request.headers);
  const redirects = request.redirects ?? 0;
  let hop: Hop = request;
  for (let followed = 0; ; followed += 1) {
    await sendHop(hop, request.maxAnswerBytes ?? defaultMaxAnswerBytes, run);
    const next = redirects === 0 ? undefined : redirected(hop, run.latest);
    if (!next) return;
    if (followed === redirects) {
      throw new AttemptFailure('too-many-redirects', `The receiver redirects more than ${redirects} times.`);
    }
    hop = next;
  }
}

function resultOf(run: Run, start: number, end: number, error: AttemptError | undefined): AttemptResult {
  const { status, headers, chunks, truncated, connected, firstByte } = run.latest;
  return {
    status,
    headers,
    body: chunks.length === 0 ? noBytes : Buffer.concat(chunks),
    truncated,
    error,
    flag: run.flag,
    timings: { start, connected, firstByte, end },
  };
}

/**
 * Makes one delivery attempt and tells what came of it; whatever the network, the receiver or the URL does, it resolves.
 * One deadline covers everything. The target must pass the guard, each redirect's too, and the connection is made to an
 * address the guard has checked.
 */
export async function sendAttempt(request: AttemptRequest, means: AttemptMeans): Promise<AttemptResult> {
  const { time } = means;
  const start = time.now();
  const deadline = new Deadline(time, request.timeout);
  const run: Run = { means, deadline, latest: emptyProgress(), flag: undefined };
  try {
    await follow(request, run);
    return resultOf(run, start, time.now(), undefined);
  } catch (error) {
    return resultOf(run, start, time.now(), toAttemptError(deadline.failure ?? error));
  } finally {
    deadline.end();
  }
}
