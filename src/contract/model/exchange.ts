import type { Operation } from '../../openapi/document/document.ts';
import type { RequestTemplate } from './request-template.ts';
import type { Expectation, Step } from './step.ts';

/** A request as it was sent; `url` is absolute. Credentials are in `headers` or `url` and never leave the run unredacted. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  /** Names of the headers and query parameters that hold credentials which must not be shown. */
  readonly secrets: readonly string[];
}

export interface ReceivedResponse {
  readonly status: number;
  /** Lower-case names; several fields of a name are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The body as text, decoded as UTF-8. */
  readonly text: string;
  /** The body as a JSON value, where its media type is one of JSON and it parses. */
  readonly json: { readonly value: unknown } | undefined;
}

/** Why there is no answer. */
export interface TransportFailure {
  readonly kind: 'unreachable' | 'timeout' | 'reset' | 'malformed' | 'too-large' | 'aborted';
  /** A clause without a full stop. */
  readonly message: string;
}

/** One request and what came of it. */
export interface CaseExchange {
  /** `setup` makes a need, `cleanup` deletes what was made; `step` is one of the case's own. */
  readonly role: 'setup' | 'step' | 'cleanup';
  /** The step it is of; undefined for setup and cleanup. */
  readonly step: Step | undefined;
  readonly operation: Operation;
  readonly expect: Expectation;
  /** The template with its References filled: what was meant by the request. */
  readonly sent: RequestTemplate;
  readonly request: SentRequest;
  readonly response: ReceivedResponse | undefined;
  readonly failure: TransportFailure | undefined;
  /** Its number in the ledger, where it may create something. */
  readonly creation?: number;
}
