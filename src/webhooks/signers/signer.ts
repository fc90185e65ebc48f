/** A signer's options as the document or a caller writes them. */
export type SignerOptions = Readonly<Record<string, unknown>>;

/** What one attempt signs. */
export interface SigningInput {
  /** The exact bytes that are sent. */
  readonly body: Uint8Array;
  /** As the subscription has it. */
  readonly url: string;
  readonly method: string;
  /** Those set so far; names in any case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Stable across the attempts of a delivery. */
  readonly id: string;
  /** Name of the webhook. */
  readonly event: string;
  /** Unix seconds of this attempt, real time. */
  readonly timestamp: number;
  /** The same moment as an HTTP date (RFC 9110, 5.6.7). */
  readonly date: string;
  /** Current secret first, then rotated ones that are still honoured; empty: the subscription has none. */
  readonly secrets: readonly string[];
  readonly subscriptionId: string;
  /** A signer that writes into the body signs something else, for a receiver that must refuse it. */
  readonly corrupt?: boolean;
}

/** What a signer writes of the request itself; what is absent stays as it was. */
export interface RewrittenRequest {
  readonly body?: Uint8Array;
  readonly url?: string;
}

/** What a receiver holds when it checks a delivery. */
export interface ReceivedDelivery {
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  readonly url?: string;
  readonly method: string;
  /** At least one, none of them empty. */
  readonly secrets: readonly string[];
  /** Seconds a stamp may differ from `now`, either way. */
  readonly tolerance: number;
  /** Unix seconds. */
  readonly now: number;
  /** When given, the subscription the delivery must name. */
  readonly subscriptionId?: string;
}

export type InvalidReason =
  | 'header-missing'
  | 'header-malformed'
  | 'timestamp-too-old'
  | 'timestamp-too-new'
  | 'signature-missing'
  | 'signature-malformed'
  | 'signature-mismatch'
  | 'other-subscription';

export interface ValidVerification {
  readonly valid: true;
  /** Which of the secrets held, counted from 0. */
  readonly secretIndex: number;
  /** Unix seconds, where the scheme signs a time. */
  readonly timestamp?: number;
  /** Where the scheme signs an id. */
  readonly id?: string;
}

export interface InvalidVerification {
  readonly valid: false;
  readonly reason: InvalidReason;
  /** A sentence for a log; it never holds a secret or the right signature. */
  readonly message: string;
}

export type Verification = ValidVerification | InvalidVerification;

/** One way of proving where a webhook comes from. */
export interface Signer {
  /** Throws `document-invalid` when the options make no sense; called when a policy is read. */
  check(options: SignerOptions): void;
  /**
   * For a scheme whose signature is in the body or the URL: what is sent in their place, and what `sign` then sees. Nothing when the
   * subscription has no secret. Throws `usage` for a body that has no place for a signature, and as `sign` does.
   */
  write?(input: SigningInput, options: SignerOptions): RewrittenRequest;
  /** The headers to add; none of them when the subscription has no secret. Throws `usage` for a secret of the wrong form. */
  sign(input: SigningInput, options: SignerOptions): Record<string, string>;
  /** A secret of the form the scheme needs, to show what a delivery looks like; absent: any base64 text will do. */
  exampleSecret?(options: SignerOptions): string;
  /** Throws `usage` when the call itself is wrong: a secret of the wrong form, or a URL missing that was signed. */
  verify(delivery: ReceivedDelivery, options: SignerOptions): Verification;
}

export function invalid(reason: InvalidReason, message: string): InvalidVerification {
  return { valid: false, reason, message };
}
