import type { SignerOptions } from './signers/signer.ts';
import type { StatusRange } from './status-range.ts';

/** How one webhook is delivered: all data, from the document, its webhook and the subscription. Times in milliseconds. */
export interface DeliveryPolicy {
  readonly method: string;
  readonly contentType: string;
  /** Templates by header name; see `prepare-attempt.ts` for what they can speak of. */
  readonly headers: Readonly<Record<string, string>>;
  /** Answers that settle a delivery. */
  readonly success: readonly StatusRange[];
  /** One deadline for a whole attempt. */
  readonly timeout: number;
  /** Delay before each retry; its length is the number of retries. */
  readonly schedule: readonly number[];
  /** 0 to 1: how far a delay may stray from the schedule, either way, as a part of it. */
  readonly jitter: number;
  /** Redirects to follow; 0: a redirect is an answer like any other. */
  readonly redirects: number;
  readonly retryAfter: RetryAfterPolicy;
  readonly disable: DisablePolicy;
  /** Attempts under way at once to one endpoint. */
  readonly concurrency: number;
  /** `ordered`: a delivery waits until the one before it is settled. */
  readonly order: 'unordered' | 'ordered';
  readonly signature: SignaturePolicy;
}

export interface RetryAfterPolicy {
  readonly honour: boolean;
  /** What a receiver may ask for at most. */
  readonly max: number;
}

export interface DisablePolicy {
  /** One such answer disables the subscription. */
  readonly statuses: readonly StatusRange[];
  /** So many failed attempts in a row disable it; null: never. */
  readonly failuresInARow: number | null;
}

export interface SignaturePolicy {
  readonly scheme: string;
  readonly options: SignerOptions;
}

/** Some of the fields; undefined says nothing. */
export type Settings<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** What one layer (document, webhook, subscription) says about delivery. */
export type PolicySettings = Settings<
  Omit<DeliveryPolicy, 'headers' | 'retryAfter' | 'disable'> & {
    /** null takes a header away that a wider layer set. */
    readonly headers: Readonly<Record<string, string | null>>;
    readonly retryAfter: Settings<RetryAfterPolicy>;
    readonly disable: Settings<DisablePolicy>;
  }
>;

/** What holds where nobody says otherwise: any 2xx within 10 s, one attempt, unsigned. */
export const defaultPolicy: DeliveryPolicy = {
  method: 'POST',
  contentType: 'application/json',
  headers: {},
  success: [{ from: 200, to: 299 }],
  timeout: 10_000,
  schedule: [],
  jitter: 0,
  redirects: 0,
  retryAfter: { honour: false, max: 3_600_000 },
  disable: { statuses: [], failuresInARow: null },
  concurrency: 10,
  order: 'unordered',
  signature: { scheme: 'none', options: {} },
};

function mergeHeaders(
  wider: Readonly<Record<string, string>>,
  narrower: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const replaced = new Set(Object.keys(narrower).map((name) => name.toLowerCase()));
  const kept = Object.entries(wider).filter(([name]) => !replaced.has(name.toLowerCase()));
  const added = Object.entries(narrower).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
  return Object.fromEntries([...kept, ...added]);
}

function mergeSignature(wider: SignaturePolicy, narrower: SignaturePolicy | undefined): SignaturePolicy {
  if (!narrower) return wider;
  if (narrower.scheme !== wider.scheme) return narrower;
  return { scheme: wider.scheme, options: { ...wider.options, ...narrower.options } };
}

function mergeRetryAfter(wider: RetryAfterPolicy, narrower: Settings<RetryAfterPolicy>): RetryAfterPolicy {
  return { honour: narrower.honour ?? wider.honour, max: narrower.max ?? wider.max };
}

function mergeDisable(wider: DisablePolicy, narrower: Settings<DisablePolicy>): DisablePolicy {
  const { statuses = wider.statuses, failuresInARow = wider.failuresInARow } = narrower;
  return { statuses, failuresInARow };
}

function mergeLayer(wider: DeliveryPolicy, layer: PolicySettings): DeliveryPolicy {
  return {
    method: layer.method ?? wider.method,
    contentType: layer.contentType ?? wider.contentType,
    headers: mergeHeaders(wider.headers, layer.headers ?? {}),
    success: layer.success ?? wider.success,
    timeout: layer.timeout ?? wider.timeout,
    schedule: layer.schedule ?? wider.schedule,
    jitter: layer.jitter ?? wider.jitter,
    redirects: layer.redirects ?? wider.redirects,
    retryAfter: mergeRetryAfter(wider.retryAfter, layer.retryAfter ?? {}),
    disable: mergeDisable(wider.disable, layer.disable ?? {}),
    concurrency: layer.concurrency ?? wider.concurrency,
    order: layer.order ?? wider.order,
    signature: mergeSignature(wider.signature, layer.signature),
  };
}

/**
 * The policy that holds, from the widest layer (document) to the narrowest (subscription). A narrower layer wins;
 * headers, `retryAfter`, `disable` and the options of one signature scheme are merged by name. Do this once per
 * webhook and subscription, not per attempt: signers keep what they read by the identity of `signature.options`.
 */
export function resolvePolicy(...layers: readonly (PolicySettings | undefined)[]): DeliveryPolicy {
  return layers.reduce<DeliveryPolicy>(
    (policy, layer) => (layer ? mergeLayer(policy, layer) : policy),
    defaultPolicy,
  );
}
