/** Header fields by lower-case name, as Node's `IncomingMessage.headers` gives them. */
export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** One request to an API, free of any server framework. */
export interface ApiRequest {
  /** Upper-case. */
  readonly method: string;
  /** Path and query as sent, below the mount: `/customers?limit=2`. */
  readonly url: string;
  readonly headers: RequestHeaders;
  /** What the caller sees before `url`: `http://127.0.0.1:4010/hive`. */
  readonly baseUrl: string;
  /** A body that somebody upstream (a user's own `express.json()`) has already parsed. */
  readonly parsedBody: unknown;
  /** Aborted when the caller goes away before the answer; absent where nobody looks. */
  readonly signal?: AbortSignal | undefined;
  /** The bytes of the body, at once where they are here already. Throws `body-too-large` past `limit` bytes. */
  readBody(limit: number): Uint8Array | Promise<Uint8Array>;
}

/** One answer, ready to be written. */
export interface ApiResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Several `set-cookie` fields, the only ones that cannot share one (RFC 9110, section 5.3). */
  readonly cookies?: readonly string[];
  readonly body: string | Uint8Array | undefined;
  /** Where the body is sent item by item; `body` is all of it. */
  readonly stream?: AnswerStream;
  /** A fault: end the connection before anything is sent, or half way through the body. */
  readonly drop?: 'before' | 'after';
}

/** A body that is sent item by item. */
export interface AnswerStream {
  readonly parts: readonly string[];
  /** Milliseconds between two items. */
  readonly interval: number;
  /** Whether the connection stays open after the last one. */
  readonly open: boolean;
  wait(milliseconds: number): Promise<void>;
}

/** The first value of a header field that may repeat. */
export function headerOf(headers: RequestHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' || value === undefined ? value : value[0];
}
