import { receivedResponse } from '../contract/execute/transport/transport.ts';
import type { ReceivedResponse, SentRequest } from '../contract/model/exchange.ts';
import { isObject, objectOrEmpty } from '../json/is-object.ts';
import { parseMediaType } from '../openapi/document/media-type.ts';

/** An answer that a test got, and what can be told of the request it is for. */
export interface ObservedMessage {
  /** Upper-case; a Response of the Fetch API does not know it. */
  readonly method: string | undefined;
  /** Absolute; undefined where the answer came from no address. */
  readonly url: string | undefined;
  readonly request: Pick<SentRequest, 'body' | 'headers'>;
  readonly response: ReceivedResponse;
}

/**
 * Reads a Response of the Fetch API (a copy of it, so that the test can read it too) or an answer of supertest.
 *
 * @throws TypeError for anything else, and for a Response whose body was read before
 */
export async function observedMessage(received: unknown): Promise<ObservedMessage> {
  if (received instanceof Response) return fromFetch(received);
  if (isObject(received) && typeof received.status === 'number' && isObject(received.headers))
    return fromSupertest(received, received.status, received.headers);
  if (isObject(received) && typeof received.then === 'function')
    throw new TypeError(
      'This is a promise of a response: await it first, as in expect(await request(app).get("/")).',
    );
  throw new TypeError('toMatchOpenApi takes a Response of fetch or an answer of supertest.');
}

async function fromFetch(received: Response): Promise<ObservedMessage> {
  if (received.bodyUsed)
    throw new TypeError(
      'The body of this Response was read before: match the Response first, or a clone() of it.',
    );
  const body = new Uint8Array(await received.clone().arrayBuffer());
  return {
    method: undefined,
    url: received.url === '' ? undefined : received.url,
    request: { headers: {}, body: undefined },
    response: receivedResponse(received.status, received.headers, body),
  };
}

function fromSupertest(
  received: Readonly<Record<string, unknown>>,
  status: number,
  fields: Readonly<Record<string, unknown>>,
): ObservedMessage {
  const { body, request, text } = received;
  const { _data: data, header, method, url } = objectOrEmpty(request);
  const bytes = typeof text === 'string' ? Buffer.from(text) : body instanceof Uint8Array ? body : undefined;
  const headers = textsOf(objectOrEmpty(header));
  return {
    method: typeof method === 'string' ? method.toUpperCase() : undefined,
    url: typeof url === 'string' ? url : undefined,
    request: { headers, body: bodyOf(data, headers['content-type'] ?? '') },
    response: receivedResponse(status, Object.entries(textsOf(fields)), bytes ?? new Uint8Array()),
  };
}

/** Header fields with lower-case names; several of a name are joined. */
function textsOf(fields: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : String(value),
    ]),
  );
}

/** What supertest sends of the data it was given. */
function bodyOf(data: unknown, contentType: string): string | Uint8Array | undefined {
  if (data === undefined || data === null) return undefined;
  if (typeof data === 'string' || data instanceof Uint8Array) return data;
  if (parseMediaType(contentType)?.essence === 'application/x-www-form-urlencoded')
    return new URLSearchParams(Object.entries(textsOf(objectOrEmpty(data)))).toString();
  return JSON.stringify(data);
}
