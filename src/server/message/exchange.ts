import type { Violation } from '../../errors.ts';
import type { RequestHeaders } from './api-message.ts';

/** One request and its answer, as they went by: references only, nothing is copied or rendered. */
export interface Exchange {
  readonly id: string;
  /** When it began: milliseconds since the Unix epoch on the namespace's clock. */
  readonly at: number;
  readonly api: string;
  readonly operationId: string | undefined;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: RequestHeaders;
  readonly requestBody: unknown;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string | Uint8Array | undefined;
  readonly violations: readonly Violation[];
  readonly milliseconds: number;
  readonly principal: string | undefined;
  readonly fault: string | undefined;
}
