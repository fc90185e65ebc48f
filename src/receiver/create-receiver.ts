import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { systemTime, type TimeSource } from '../clock.ts';
import { SparringError } from '../errors.ts';
import type { Verification } from '../webhooks/signers/signer.ts';
import { type ReceivedWebhook, verifyWebhook } from '../webhooks/verify-webhook.ts';
import { Inbox } from './inbox.ts';
import { type ReadRequest, type ReceivedRequest, readRequest } from './read-request.ts';
import { failedAnswer, type ReceiverAnswer, type ReceiverAnswerer, settleAnswer } from './receiver-answer.ts';

export type { ReceivedRequest } from './read-request.ts';
export type { ReceiverAnswer, ReceiverAnswerer } from './receiver-answer.ts';

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
  /** Of waiting, delays and stamps; real time by default. */
  readonly time?: TimeSource;
}

/** A receiver of webhooks on 127.0.0.1 that records and verifies what arrives. */
export interface Receiver {
  readonly url: string;
  /** What has arrived, in order. */
  readonly requests: readonly ReceivedRequest[];
  /** Changes what is answered from now on. Throws `usage` for what cannot be answered. */
  answer(answer: ReceiverAnswer | ReceiverAnswerer): void;
  /** The first request that has not been taken by `next` yet, now or once it arrives. Rejects after `timeout` milliseconds (default 5,000). */
  next(timeout?: number): Promise<ReceivedRequest>;
  /** The first recorded or coming request for which it holds; rejects as `next` does. */
  waitFor(holds: (request: ReceivedRequest) => boolean, timeout?: number): Promise<ReceivedRequest>;
  /** Tells of every request; returns how to stop. */
  on(listener: (request: ReceivedRequest) => void): () => void;
  /** Forgets what has arrived. */
  clear(): void;
  /** Breaks connections off and rejects whoever waits. */
  close(): Promise<void>;
}

const patience = 5000;
const host = '127.0.0.1';

/**
 * Starts a receiver on a port of 127.0.0.1, for tests and for looking at what a sender sends.
 *
 * @throws SparringError `port-in-use`; `usage` for an unknown scheme, a missing secret, or an
 *   answer that cannot be sent; `document-invalid` for options that the scheme does not know.
 */
export async function createReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const { port = 0, time = systemTime } = options;
  const verify = verifierOf(options);
  const inbox = new Inbox(time);
  let answerer = answererOf(options.answer ?? {});
  const server = createServer((request, response) => void receive(request, response));
  const origin = await listen(server, port);

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const read = await readRequest(request, () => time.now());
    if (read === 'broken-off') return void response.destroy();
    if (read === 'too-long') return void response.writeHead(413, { connection: 'close' }).end();
    const arrived = { ...read, verification: verify?.(webhookOf(read, origin)) };
    const { body, delay, headers, status } = await answerer(arrived);
    inbox.add({ ...arrived, status });
    const send = () => void response.writeHead(status, headers).end(status === 204 ? undefined : body);
    if (delay > 0) time.wait(delay, send);
    else send();
  }

  return {
    url: origin,
    requests: inbox.requests,
    answer(answer) {
      answerer = answererOf(answer);
    },
    next: (timeout = patience) => inbox.next(timeout),
    waitFor: (holds, timeout = patience) => inbox.waitFor(holds, timeout),
    on: (listener) => inbox.on(listener),
    clear: () => inbox.clear(),
    async close() {
      inbox.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** How requests are verified; undefined where they are not. An unknown scheme or option shows here, not at the first request. */
function verifierOf({ options, scheme, secret = [] }: ReceiverOptions) {
  if (scheme === undefined) return undefined;
  const secrets = [secret].flat();
  if (scheme !== 'none' && secrets.length === 0) {
    throw new SparringError(
      'usage',
      `Signatures of the scheme "${scheme}" cannot be verified without a secret.`,
    );
  }
  const shared = { secrets, ...(options && { options }) };
  verifyWebhook(scheme, { headers: {}, body: '', url: `http://${host}/`, ...shared });
  return (webhook: ReceivedWebhook): Verification => {
    try {
      return verifyWebhook(scheme, { ...webhook, ...shared });
    } catch (error) {
      // A secret of the wrong form, which some schemes read only when there is a signature.
      if (!(error instanceof SparringError)) throw error;
      return { valid: false, reason: 'signature-mismatch', message: error.message };
    }
  };
}

/** The request by the URL its sender called, which some schemes sign. */
function webhookOf({ body, headers, method, path }: ReadRequest, origin: string): ReceivedWebhook {
  const called = headers.host === undefined ? origin : `http://${headers.host}`;
  const url = URL.canParse(path, called) ? new URL(path, called).href : origin;
  return { headers, body, method, url };
}

/** A function that always gives a sendable answer; a constant one is checked at once. */
function answererOf(answer: ReceiverAnswer | ReceiverAnswerer) {
  let index = 0;
  if (typeof answer !== 'function') settleAnswer(answer, 0);
  return async (request: Omit<ReceivedRequest, 'status'>) => {
    const place = index;
    index += 1;
    if (typeof answer !== 'function') return settleAnswer(answer, place);
    try {
      return settleAnswer(await answer(request, place), place);
    } catch {
      return failedAnswer;
    }
  };
}

/** Resolves with the origin once the server listens. */
function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error);
      reject(new SparringError('port-in-use', `Port ${port} of ${host} is in use.`));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(`http://${host}:${typeof address === 'object' && address ? address.port : port}`);
    });
  });
}
