import { getCACertificates } from 'node:tls';
import type { Agent, ProxyAgent } from 'undici';
import type { TransportFailure } from '../../model/exchange.ts';
import { decodeBody } from './decode-body.ts';
import { answerLimit, receivedResponse, type Transport, type TransportRequest } from './transport.ts';

export interface NetworkOptions {
  /** Milliseconds for one request, from connecting to the last byte; default 10 seconds. */
  readonly timeout?: number | undefined;
  /** Most requests a second; absent: as fast as it goes. */
  readonly rate?: number | undefined;
  /** How often a request that was answered 429 is repeated; default 3. */
  readonly retries?: number | undefined;
  /** URL of a proxy that all requests go through. */
  readonly proxy?: string | undefined;
  readonly tls?: TlsOptions | undefined;
  /** Ends waiting requests. */
  readonly signal?: AbortSignal | undefined;
  /** Told before it is waited because the server asks for it (429), for how many milliseconds. */
  readonly onWait?: ((milliseconds: number) => void) | undefined;
  /** Waits; for tests. */
  readonly sleep?: ((milliseconds: number) => Promise<void>) | undefined;
}

/** Texts of PEM files. */
export interface TlsOptions {
  /** Authorities to trust beside the usual ones. */
  readonly ca?: string | undefined;
  /** A client certificate and its private key. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** Whether the server's certificate is accepted without being checked. */
  readonly insecure?: boolean | undefined;
}

/** Milliseconds: the longest that is waited for a server that asks for it, and the most in all that are. */
const longestWait = 60_000;
const mostWaited = 300_000;

/** A transport over the network. Redirects are answers like any others. */
export async function undiciTransport(url: string, options: NetworkOptions = {}): Promise<Transport> {
  const { request } = await import('undici');
  const { timeout = 10_000, sleep = wait } = options;
  const agent = await dispatcherOf(options, timeout);
  let waited = 0;
  const turn = options.rate === undefined ? undefined : pace(options.rate, sleep);

  async function attempt({ body, headers, method, url: address }: TransportRequest) {
    const deadline = AbortSignal.timeout(timeout);
    const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
    try {
      const answer = await request(address, {
        dispatcher: agent,
        method,
        headers,
        signal,
        ...(body !== undefined && { body }),
      });
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of answer.body) {
        const bytes = Buffer.from(chunk);
        size += bytes.length;
        if (size > answerLimit) {
          answer.body.destroy();
          const message = `the answer has more than ${answerLimit / 1024 / 1024} MiB`;
          return { failure: { kind: 'too-large', message } as const };
        }
        chunks.push(bytes);
      }
      const decoded = decodeBody(Buffer.concat(chunks), oneOf(answer.headers['content-encoding']));
      if ('problem' in decoded) {
        const message = `the answer cannot be read: ${decoded.problem}`;
        return { failure: { kind: 'malformed', message } as const };
      }
      const { body: bytes } = decoded;
      return { response: receivedResponse(answer.statusCode, Object.entries(answer.headers), bytes) };
    } catch (error) {
      return { failure: failureOf(error, timeout, options.signal?.aborted === true) };
    }
  }

  return {
    url: url.replace(/\/+$/, ''),
    async send(sent) {
      for (let retry = 0; ; retry += 1) {
        await turn?.();
        const answer = await attempt(sent);
        if (answer.response?.status !== 429 || retry >= (options.retries ?? 3)) return answer;
        const asked = patience(answer.response.headers['retry-after'], retry);
        // Who asks for longer is not waited for: the answer stands as it is.
        if (asked > longestWait || waited + asked > mostWaited || sent.impatient?.aborted) return answer;
        waited += asked;
        options.onWait?.(asked);
        await Promise.race([sleep(asked), ended(sent.impatient)]);
        if (sent.impatient?.aborted) return answer;
      }
    },
    close: () => agent.destroy(),
  };
}

async function dispatcherOf(
  { proxy, tls = {} }: NetworkOptions,
  timeout: number,
): Promise<Agent | ProxyAgent> {
  const { Agent, ProxyAgent } = await import('undici');
  const secure = {
    ...(tls.ca !== undefined && { ca: [...getCACertificates('default'), tls.ca] }),
    ...(tls.cert !== undefined && { cert: tls.cert, key: tls.key }),
    ...(tls.insecure && { rejectUnauthorized: false }),
  };
  const timeouts = { headersTimeout: timeout, bodyTimeout: timeout };
  if (proxy === undefined) return new Agent({ ...timeouts, connect: { timeout, ...secure } });
  return new ProxyAgent({ ...timeouts, uri: proxy, connect: { timeout }, requestTls: secure });
}

function oneOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.join(', ');
}

/** Resolves when the signal is given; never without one. */
function ended(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Milliseconds to wait after a 429: what Retry-After says in seconds or as a date (RFC 9110, section 10.2.3), else longer each time. */
function patience(retryAfter: string | undefined, retry: number): number {
  const seconds = Number(retryAfter ?? Number.NaN);
  const asked = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter ?? '') - Date.now();
  return Number.isFinite(asked) ? Math.max(asked, 0) : 1000 * 2 ** retry;
}

/** Lets callers through one after another, so many a second. */
function pace(rate: number, sleep: (milliseconds: number) => Promise<void>): () => Promise<void> {
  let free = 0;
  return async () => {
    const now = performance.now();
    const at = Math.max(now, free);
    free = at + 1000 / rate;
    if (at > now) await sleep(at - now);
  };
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Codes of OpenSSL and Node for certificates and handshakes that fail. */
const distrusted = /CERT|TLS|SSL|SIGNATURE|ISSUER|EPROTO/;

function failureOf(error: unknown, timeout: number, aborted: boolean): TransportFailure {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message || code : String(error);
  if (aborted) return { kind: 'aborted', message: 'the run was ended' };
  if (unreachable.has(code) || distrusted.test(code) || /^Proxy response/.test(message))
    return { kind: 'unreachable', message };
  const name = error instanceof Error ? error.name : '';
  if (name === 'TimeoutError' || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT')
    return { kind: 'timeout', message: `no whole answer within ${timeout} ms` };
  if (/^HPE_|CONTENT_LENGTH|PARSE/.test(code) || /parse|content-length|HTTP\/1\.1 protocol/i.test(message))
    return { kind: 'malformed', message: `the answer is no valid HTTP: ${message}` };
  return { kind: 'reset', message: `the connection was closed before the answer ended: ${message}` };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { cause } = error;
  const code: unknown =
    Reflect.get(error, 'code') ?? (cause instanceof Error ? Reflect.get(cause, 'code') : '');
  return typeof code === 'string' ? code : '';
}
