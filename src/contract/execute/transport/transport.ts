import { isJsonType, parseMediaType } from '../../../openapi/document/media-type.ts';
import type { ReceivedResponse, TransportFailure } from '../../model/exchange.ts';

export interface TransportRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  /** Ends waiting for a server that asks to be left alone for a while; the request under way goes on. */
  readonly impatient?: AbortSignal | undefined;
}

export type Answer =
  | { readonly response: ReceivedResponse; readonly failure?: undefined }
  | { readonly response?: undefined; readonly failure: TransportFailure };

/** How requests reach a server. It never rejects: what goes wrong on the way is an answer too. */
export interface Transport {
  /** Where the API's paths begin, without a trailing slash. */
  readonly url: string;
  send(request: TransportRequest): Promise<Answer>;
  close(): Promise<void>;
}

/** Bytes of the largest answer that is read. */
export const answerLimit = 8 * 1024 * 1024;

/** @param fields several values of a name are joined by `, ` */
export function receivedResponse(
  status: number,
  fields: Iterable<readonly [string, string | readonly string[] | undefined]>,
  body: Uint8Array,
): ReceivedResponse {
  const headers: Record<string, string> = {};
  for (const [name, value] of fields) {
    if (value !== undefined)
      headers[name.toLowerCase()] = typeof value === 'string' ? value : value.join(', ');
  }
  const type = parseMediaType(headers['content-type'] ?? '');
  const isJson = isJsonType(type?.essence ?? '');
  const text = decoderOf(isJson ? undefined : type?.parameters.charset).decode(body);
  return { status, headers, body, text, json: isJson ? parseJson(body) : undefined };
}

function decoderOf(charset: string | undefined): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

/** JSON is UTF-8 whatever a charset says (RFC 8259, section 8.1); other bytes are no JSON. */
function parseJson(body: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) };
  } catch {
    return undefined;
  }
}

/** Whether a target is this machine: what runs there may be written to without asking. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

/** A transport to anything that answers a Request, such as `mock.fetch`. */
export function fetchTransport(
  answer: (request: Request) => Response | Promise<Response>,
  url: string,
): Transport {
  return {
    url: url.replace(/\/+$/, ''),
    async send({ body, headers, method, url: address }) {
      try {
        const init = { method, headers, ...(body !== undefined && { body: asBody(body) }) };
        const response = await answer(new Request(address, init));
        const bytes = new Uint8Array(await response.arrayBuffer());
        return { response: receivedResponse(response.status, response.headers, bytes) };
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        return { failure: { kind: 'reset', message } };
      }
    },
    close: async () => {},
  };
}

function asBody(body: string | Uint8Array): string | Uint8Array<ArrayBuffer> {
  return typeof body === 'string' ? body : new Uint8Array(body);
}
