import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { systemTime, type TimeSource } from '../clock.ts';
import { SparringError } from '../errors.ts';
import type { Verification } from '../webhooks/signers/signer.ts';
import { verifyWebhook } from '../webhooks/verify-webhook.ts';

/** What a receiver answers. */
export interface ReceiverAnswer {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds of real time before the answer. */
  readonly delay?: number;
}

/** One request as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** By lower-case name; repeated fields joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The body as UTF-8. */
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown;
  /** Real time, milliseconds since the Unix epoch. */
  readonly at: number;
  /** Undefined where no scheme was given. */
  readonly verification: Verification | undefined;
  /** The status it was answered with. */
  readonly status: number;
}

export type ReceiverAnswerer = (request: Omit<ReceivedRequest, 'status'>, index: number) => ReceiverAnswer;

export interface ReceiverOptions {
  /** Verify signatures by this scheme, such as `stripe`; with `secret`. */
  readonly scheme?: string;
  /** Several while a secret is rotated. */
  readonly secret?: string | readonly string[];
  /** What the scheme takes beside the secret, such as header names. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly answer?: ReceiverAnswer | ReceiverAnswerer;
  /** 0, the default: any free one. */
  readonly port?: number;
  readonly time?: TimeSource;
}

/** A receiver of webhooks on 127.0.0.1 that records and verifies what arrives. */
export interface Receiver {
  readonly url: string;
  /** What has arrived, in order. */
  readonly requests: readonly ReceivedRequest[];
  /** Changes what is answered from now on. */
  answer(answer: ReceiverAnswer | ReceiverAnswerer): void;
  /** The first request that has not been taken by `next` yet, now or once it arrives. Rejects after `timeout` milliseconds (default 5,000). */
  next(timeout?: number): Promise<ReceivedRequest>;
  /** The first recorded or coming request for which it holds; rejects as `next` does. */
  waitFor(holds: (request: ReceivedRequest) => boolean, timeout?: number): Promise<ReceivedRequest>;
  /** Tells of every request; returns how to stop. */
  on(listener: (request: ReceivedRequest) => void): () => void;
  /** Forgets what has arrived. */
  clear(): void;
  close(): Promise<void>;
}

/** Bytes of the longest body that is taken. */
const longestBody = 10 * 1024 * 1024;
const patience = 5000;

/**
 * Starts a receiver on a port of 127.0.0.1, for tests and for looking at what a sender sends.
 *
 * @throws SparringError `port-in-use`; `usage` for a scheme without a secret.
 */
export async function createReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const { scheme, secret, time = systemTime } = options;
  if (scheme !== undefined && scheme !== 'none' && secret === undefined) {
    throw new SparringError(
      'usage',
      `Signatures of the scheme "${scheme}" cannot be verified without a secret.`,
    );
  }
  const requests: ReceivedRequest[] = [];
  const listeners = new Set<(request: ReceivedRequest) => void>();
  let answer = options.answer ?? {};
  let taken = 0;
  let count = 0;

  const server = createServer((request, response) => {
    void receive(request, response);
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await listening(server, options.port);
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request).catch(() => undefined);
    if (!body) return void response.writeHead(413, { connection: 'close' }).end();
    const seen = describe(request, body, time.now());
    const arrived = { ...seen, verification: verify(options, `${url}${seen.path}`, seen) };
    const given = typeof answer === 'function' ? answer(arrived, count) : answer;
    count += 1;
    const received = { ...arrived, status: given.status ?? 200 };
    requests.push(received);
    for (const listener of [...listeners]) listener(received);
    const send = () => response.writeHead(received.status, given.headers ?? {}).end(given.body ?? '');
    if (given.delay) time.wait(given.delay, send);
    else send();
  }

  function waitFor(
    holds: (request: ReceivedRequest) => boolean,
    timeout = patience,
  ): Promise<ReceivedRequest> {
    const found = requests.find(holds);
    if (found) return Promise.resolve(found);
    return new Promise((resolve, reject) => {
      const listen = (request: ReceivedRequest) => {
        if (!holds(request)) return;
        end();
        resolve(request);
      };
      const cancel = time.wait(timeout, () => {
        end();
        reject(new SparringError('usage', `Nothing like it has arrived within ${timeout} milliseconds.`));
      });
      const end = () => {
        cancel();
        listeners.delete(listen);
      };
      listeners.add(listen);
    });
  }

  return {
    url,
    requests,
    answer(changed) {
      answer = changed;
    },
    async next(timeout) {
      const index = taken;
      taken += 1;
      return requests[index] ?? waitFor((request) => requests.indexOf(request) >= index, timeout);
    },
    waitFor,
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear() {
      requests.length = 0;
      taken = 0;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

function listening(server: ReturnType<typeof createServer>, port: number | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error);
      reject(new SparringError('port-in-use', `Port ${port} of 127.0.0.1 is in use.`));
    });
  });
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > longestBody) throw new RangeError('The body is too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function describe(request: IncomingMessage, body: Buffer, at: number) {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
  const text = body.toString('utf8');
  return {
    method: request.method ?? 'POST',
    path: request.url ?? '/',
    headers: Object.fromEntries(headers) as Readonly<Record<string, string>>,
    body,
    text,
    json: jsonOf(text),
    at,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function verify(
  { options, scheme, secret = [] }: ReceiverOptions,
  url: string,
  { body, headers, method }: { body: Buffer; headers: Readonly<Record<string, string>>; method: string },
): Verification | undefined {
  if (scheme === undefined) return undefined;
  const secrets = [secret].flat();
  return verifyWebhook(scheme, { headers, body, url, method, secrets, ...(options && { options }) });
}
