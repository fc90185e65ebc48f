import type { DeliveryPolicy } from './policy.ts';
import { findSigner } from './signers/find-signer.ts';
import { headerText } from './signers/header-text.ts';
import type { SigningInput } from './signers/signer.ts';
import { fillHeaderTemplate } from './signers/template.ts';

/** What is known of a delivery when an attempt is due. */
export interface AttemptInput {
  /** The exact bytes to send. */
  readonly body: Uint8Array;
  readonly url: string;
  /** Stable across attempts. */
  readonly id: string;
  readonly event: string;
  /** Counted from 1. */
  readonly attempt: number;
  readonly secrets: readonly string[];
  readonly subscriptionId: string;
}

/** What a header template of a policy can speak of. */
export const headerTemplatePlaceholders: readonly string[] = [
  'id',
  'event',
  'attempt',
  'timestamp',
  'date',
  'subscription-id',
];

let lastDate = { timestamp: Number.NaN, text: '' };

/** The HTTP date of Unix seconds (RFC 9110, 5.6.7), written once a second. */
function dateOf(timestamp: number): string {
  if (lastDate.timestamp !== timestamp)
    lastDate = { timestamp, text: new Date(timestamp * 1000).toUTCString() };
  return lastDate.text;
}

/** What is sent: the body and the URL as the scheme writes them, and the headers. */
export interface SignedAttempt {
  readonly body: Uint8Array;
  readonly url: string;
  readonly headers: Record<string, string>;
}

/** What the signer is told: the input, the time, and the content type and the policy's own headers. */
function signingInput(policy: DeliveryPolicy, input: AttemptInput, now: number): SigningInput {
  const timestamp = Math.floor(now / 1000);
  const date = dateOf(timestamp);
  const headers: Record<string, string> = { 'Content-Type': policy.contentType };
  for (const name of Object.keys(policy.headers)) {
    const template = policy.headers[name] ?? '';
    headers[name] = headerText(
      fillHeaderTemplate(template, (part) => placeholderValue(part, input, timestamp, date)),
    );
  }
  const { body, event, url, id, secrets, subscriptionId } = input;
  const { method } = policy;
  return { body, url, method, headers, id, event, timestamp, date, secrets, subscriptionId };
}

/**
 * The headers of one attempt, stamped and signed now: content type, the policy's own headers, then the signer's.
 * `now` is real time in milliseconds since the Unix epoch, since a receiver compares it with its own clock. Throws
 * `usage` when a secret does not have the form its scheme needs.
 */
export function prepareAttempt(
  policy: DeliveryPolicy,
  input: AttemptInput,
  now: number,
): Record<string, string> {
  const { scheme, options } = policy.signature;
  const signing = signingInput(policy, input, now);
  return Object.assign({ ...signing.headers }, findSigner(scheme).sign(signing, options));
}

/**
 * One attempt, stamped and signed now, with the body and the URL as a scheme that writes into them makes them. A `corrupt` one is
 * sent as it should be, under a signature of something else. Throws as `prepareAttempt`, and `usage` for a body without a place for its signature.
 */
export function signAttempt(
  policy: DeliveryPolicy,
  input: AttemptInput,
  now: number,
  corrupt = false,
): SignedAttempt {
  const { scheme, options } = policy.signature;
  const signed = corrupt ? corrupted(scheme, input) : input;
  const written = findSigner(scheme).write?.({ ...signingInput(policy, signed, now), corrupt }, options);
  const { body = input.body, url = input.url } = written ?? {};
  const headers = prepareAttempt(policy, { ...signed, ...written }, now);
  return { body, url, headers };
}

/** A secret that is itself the proof is altered; where bytes are signed, others are. */
function corrupted(scheme: string, input: AttemptInput): AttemptInput {
  return scheme === 'secret-header'
    ? { ...input, secrets: input.secrets.map((secret) => `${secret}-corrupted`) }
    : { ...input, body: Buffer.concat([input.body, Buffer.from(' ')]) };
}

function placeholderValue(part: string, input: AttemptInput, timestamp: number, date: string): string {
  if (part === 'id') return input.id;
  if (part === 'event') return input.event;
  if (part === 'attempt') return String(input.attempt);
  if (part === 'timestamp') return String(timestamp);
  if (part === 'date') return date;
  return part === 'subscription-id' ? input.subscriptionId : '';
}
