import type { IncomingMessage } from 'node:http';
import type { Verification } from '../webhooks/signers/signer.ts';

/** One request as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** By lower-case name; repeated fields joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** Name and value of each field as sent, in order. */
  readonly rawHeaders: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** The body as UTF-8. */
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown;
  /** When it had arrived whole, milliseconds since the Unix epoch on the receiver's time. */
  readonly at: number;
  /** Undefined where no scheme was given, so that nothing was checked. */
  readonly verification: Verification | undefined;
  /** The status it is answered with. */
  readonly status: number;
}

/** A request before it is verified and answered. */
export type ReadRequest = Omit<ReceivedRequest, 'verification' | 'status'>;

/** Bytes of the longest body that is taken. */
const longestBody = 10 * 1024 * 1024;

/** Reads a request to its end; `too-long` for one with more than 10 MiB, `broken-off` where the sender went away. */
export async function readRequest(
  request: IncomingMessage,
  now: () => number,
): Promise<ReadRequest | 'too-long' | 'broken-off'> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request) {
      length += chunk.length;
      if (length > longestBody) return 'too-long';
      chunks.push(chunk);
    }
  } catch {
    return 'broken-off';
  }
  const body = Buffer.concat(chunks);
  const text = body.toString('utf8');
  const { headersDistinct, method = 'POST', rawHeaders, url = '/' } = request;
  const headers = Object.entries(headersDistinct).map(([name, values]) => [name, values?.join(', ') ?? '']);
  return {
    method,
    path: url,
    headers: Object.fromEntries(headers),
    rawHeaders: pairsOf(rawHeaders),
    body,
    text,
    json: jsonOf(text),
    at: now(),
  };
}

function pairsOf(flat: readonly string[]): readonly (readonly [string, string])[] {
  return flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1] ?? ''] as const] : []));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
