import type { DeliveryPolicy } from '../../../webhooks/policy.ts';
import { type AttemptInput, prepareAttempt } from '../../../webhooks/prepare-attempt.ts';

/** What a signature scheme does, as found out by signing. */
export interface SchemeTraits {
  /** Headers that only whoever knows the secret can write; the one that decides is the first. */
  readonly proofs: readonly string[];
  readonly signsBody: boolean;
  readonly signsTime: boolean;
  /** Whether a delivery can carry a signature of each of several secrets. */
  readonly takesSeveral: boolean;
  /** Whether it can be signed with an empty key, and stamped with what is no time. */
  readonly takesEmptyKey: boolean;
  readonly takesNoTime: boolean;
}

/** Any moment. */
const moment = 1_700_000_000_000;
const later = moment + 86_400_000;

/**
 * @param secrets two of the form that the scheme takes
 * @throws SparringError `usage` for a secret of another form
 */
export function schemeTraits(
  policy: DeliveryPolicy,
  [secret, other]: readonly [string, string],
): SchemeTraits {
  const headersOf = (input: Partial<AttemptInput>, now = moment) =>
    prepareAttempt(policy, { ...plain, secrets: [secret], ...input }, now);
  const signed = headersOf({});
  const unsigned = headersOf({ secrets: [] });
  const proofs = Object.keys(signed).filter((name) => unsigned[name] !== signed[name]);
  const differs = (headers: Readonly<Record<string, string>>) =>
    proofs.some((name) => headers[name] !== signed[name]);
  const both = headersOf({ secrets: [secret, other] });
  return {
    proofs,
    signsBody: differs(headersOf({ body: Buffer.from('{"other":true}') })),
    signsTime: differs(headersOf({}, later)),
    takesSeveral: differs(both),
    takesEmptyKey:
      policy.signature.scheme === 'standard-webhooks' || isPossible(() => headersOf({ secrets: [''] })),
    takesNoTime: isPossible(() => headersOf({}, Number.POSITIVE_INFINITY)),
  };
}

function isPossible(sign: () => unknown): boolean {
  try {
    sign();
    return true;
  } catch {
    // Key pairs have no empty key, and times that are written out must be some.
    return false;
  }
}

const plain: AttemptInput = {
  body: Buffer.from('{}'),
  url: 'http://127.0.0.1/hooks',
  id: 'delivery',
  event: 'event',
  attempt: 1,
  secrets: [],
  subscriptionId: '1',
};
