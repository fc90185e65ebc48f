import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { AllowedTarget } from '../../../webhooks/target-guard.ts';
import type { ReceivedResponse, TransportFailure } from '../../model/exchange.ts';
import type { ReceiverDelivery } from '../../model/receiver-run.ts';

/** What came of one request to a receiver. */
export interface DeliveryOutcome {
  readonly response: ReceivedResponse | undefined;
  readonly failure: TransportFailure | undefined;
  /** From the first byte's way to the last one's, connecting included. */
  readonly milliseconds: number;
}

/** Bytes of an answer that are kept. */
const mostAnswer = 64 * 1024;

/**
 * Sends a delivery's bytes over a connection of its own, and tells what came of it within the provider's limit; never rejects.
 * Names of headers, chunks and packets are as the delivery has them.
 */
export function sendDelivery(
  delivery: ReceiverDelivery,
  headers: Readonly<Record<string, string>>,
  target: AllowedTarget,
): Promise<DeliveryOutcome> {
  const { body, policy } = delivery;
  const started = performance.now();
  // What we wait between two packets is not the receiver's time.
  const ownPause = delivery.cut?.pause ?? 0;
  return new Promise((resolve) => {
    const send = target.url.protocol === 'https:' ? requestHttps : requestHttp;
    const sent = send(target.url, {
      method: policy.method,
      headers: spelled(delivery, headers),
      agent: false,
      lookup: pinned(target),
    });
    let isOver = false;
    const end = (outcome: Omit<DeliveryOutcome, 'milliseconds'>) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      sent.destroy();
      resolve({ ...outcome, milliseconds: performance.now() - started - ownPause });
    };
    const fail = (kind: TransportFailure['kind'], message: string) =>
      end({ response: undefined, failure: { kind, message } });
    const timer = setTimeout(
      () => fail('timeout', `it took longer than ${policy.timeout} ms, the provider's limit`),
      policy.timeout + ownPause,
    );
    sent.on('error', (error) => {
      const [kind, message] = failureOf(error);
      fail(kind, message);
    });
    sent.on('close', () => fail('reset', 'the connection was closed before the answer was complete'));
    sent.on('response', (answer) => {
      readAnswer(answer).then(
        (response) => end({ response, failure: undefined }),
        () => fail('reset', 'the connection was closed before the answer was complete'),
      );
    });
    if (delivery.hangsUp) sent.on('finish', () => fail('aborted', 'the connection was broken on purpose'));
    write(sent, delivery, body);
  });
}

/** The packets of a body go out one by one. */
function write(sent: ClientRequest, { chunked, cut }: ReceiverDelivery, body: Uint8Array): void {
  sent.setNoDelay(true);
  if (!cut) {
    if (chunked) sent.flushHeaders();
    sent.end(body);
    return;
  }
  sent.write(body.subarray(0, cut.at), () => {
    // The receiver is to read the first part before there is a second.
    setTimeout(() => sent.end(body.subarray(cut.at)), cut.pause);
  });
}

function spelled(
  { body, chunked, spelling }: ReceiverDelivery,
  headers: Readonly<Record<string, string>>,
): Record<string, string> {
  const framing: Record<string, string> = chunked
    ? { 'Transfer-Encoding': 'chunked' }
    : { 'Content-Length': String(body.length) };
  const all = { ...headers, ...framing };
  if (spelling === undefined) return all;
  const spell = (name: string) => (spelling === 'lower' ? name.toLowerCase() : name.toUpperCase());
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [spell(name), value]));
}

/** Connects to the addresses that were checked, and to no others. */
function pinned({ addresses }: AllowedTarget): LookupFunction {
  return (_hostname, options, done) => {
    if (options.all) done(null, [...addresses]);
    else done(null, addresses[0]?.address ?? '', addresses[0]?.family);
  };
}

async function readAnswer(answer: IncomingMessage): Promise<ReceivedResponse> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer) {
    const kept = Buffer.from(chunk).subarray(0, mostAnswer - length);
    chunks.push(kept);
    length += kept.length;
    if (length >= mostAnswer) break;
  }
  const body = Buffer.concat(chunks);
  const headers = Object.entries(answer.headers).map(([name, value]) => [
    name,
    [value ?? []].flat().join(', '),
  ]);
  const text = body.toString('utf8');
  return {
    status: answer.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    body,
    text,
    json: jsonIn(text),
  };
}

function jsonIn(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function failureOf(error: NodeJS.ErrnoException): readonly [TransportFailure['kind'], string] {
  if (error.code === 'ECONNREFUSED') return ['unreachable', 'nothing listens there'];
  if (error.code?.startsWith('HPE_')) return ['malformed', 'what it answered is not HTTP'];
  return ['reset', `the connection broke (${error.code ?? error.message})`];
}
