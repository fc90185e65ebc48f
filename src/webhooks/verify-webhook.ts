import { SparringError } from '../errors.ts';
import { findSigner } from './signers/find-signer.ts';
import type { ReceivedDelivery, SignerOptions, Verification } from './signers/signer.ts';

/** Headers as receivers hold them: of node:http, Express, fetch, or a plain object. */
export type ReceivedHeaders =
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface ReceivedWebhook {
  readonly headers: ReceivedHeaders;
  /** The raw bytes, or the raw text as UTF-8; never what a JSON parser made of it. */
  readonly body: string | Uint8Array;
  /** The URL the webhook was registered with; needed where the scheme signs the URL or its path. */
  readonly url?: string;
  /** Default `POST`. */
  readonly method?: string;
  /** One of the two is needed; `secrets` while a secret is being rotated. */
  readonly secret?: string;
  readonly secrets?: readonly string[];
  /** Seconds a signed time may be off, either way; default 300, `Infinity` for no limit. */
  readonly tolerance?: number;
  /** Unix seconds; default the present. */
  readonly now?: number;
  /** When given, the subscription the delivery must name, where the scheme names one. */
  readonly subscriptionId?: string;
  /** The scheme's own options, as in the document. */
  readonly options?: SignerOptions;
}

const noOptions: SignerOptions = {};

function wrongUse(message: string, next: string): SparringError {
  return new SparringError('usage', message, { next });
}

function bytesOf(body: unknown): Uint8Array {
  if (typeof body === 'string') return Buffer.from(body, 'utf8');
  if (body instanceof Uint8Array) return body;
  throw wrongUse(
    'The body of a webhook must be the raw bytes or text that arrived, not a parsed value.',
    'Read the raw body, in Express with express.raw({ type: "*/*" }), and parse it after verification.',
  );
}

function headersOf(headers: ReceivedHeaders): ReadonlyMap<string, string> {
  const entries = Symbol.iterator in headers ? headers : Object.entries(headers);
  const found = new Map<string, string>();
  for (const [name, value] of entries) {
    if (value === undefined) continue;
    found.set(name.toLowerCase(), typeof value === 'string' ? value : value.join(', '));
  }
  return found;
}

function secretsOf(scheme: string, webhook: ReceivedWebhook): readonly string[] {
  const secrets = webhook.secrets ?? (webhook.secret === undefined ? [] : [webhook.secret]);
  if (scheme === 'none') return secrets;
  // An empty key is a key everybody knows; most often it is an environment variable that is not set.
  if (secrets.length > 0 && secrets.every((secret) => typeof secret === 'string' && secret !== ''))
    return secrets;
  throw wrongUse('No secret was given, or an empty one.', 'Pass the webhook’s secret as secret or secrets.');
}

/**
 * Checks a received webhook in constant time over its exact bytes. Answers `{ valid: true, … }` or
 * `{ valid: false, reason, message }`; nothing a sender can send makes it throw. Throws `usage` when the call is wrong:
 * an unknown scheme, a parsed body, no secret.
 */
export function verifyWebhook(scheme: string, webhook: ReceivedWebhook): Verification {
  const signer = findSigner(scheme);
  const delivery: ReceivedDelivery = {
    headers: headersOf(webhook.headers),
    body: bytesOf(webhook.body),
    method: webhook.method ?? 'POST',
    secrets: secretsOf(scheme, webhook),
    tolerance: webhook.tolerance ?? 300,
    now: webhook.now ?? Math.floor(Date.now() / 1000),
    ...(webhook.url !== undefined && { url: webhook.url }),
    ...(webhook.subscriptionId !== undefined && { subscriptionId: webhook.subscriptionId }),
  };
  return signer.verify(delivery, webhook.options ?? noOptions);
}
