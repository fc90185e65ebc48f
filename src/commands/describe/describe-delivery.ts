import type { DeliveryPolicy } from '../../webhooks/policy.ts';
import { prepareAttempt } from '../../webhooks/prepare-attempt.ts';
import { findSigner } from '../../webhooks/signers/find-signer.ts';
import type { StatusRange } from '../../webhooks/status-range.ts';
import { durationInWords } from '../common/words.ts';

/** Delays that are named before the rest is only counted. */
const mostNamed = 5;

/** How a webhook is delivered, in a line: `2xx in 10 s; retried after 1 min, 5 min; signed (stripe)`. */
export function describeDelivery({ schedule, signature, success, timeout }: DeliveryPolicy): string {
  const signed = signature.scheme === 'none' ? 'unsigned' : `signed (${signature.scheme})`;
  return `${success.map(rangeInWords).join(', ')} in ${durationInWords(timeout)}; ${retriesInWords(schedule)}; ${signed}`;
}

/**
 * The headers of a delivery as the document has them; those a signature adds are named, with what is in them left open. The
 * secret is one that its scheme can read.
 */
export function deliveryHeaders(policy: DeliveryPolicy): readonly (readonly [name: string, value: string])[] {
  const { options, scheme } = policy.signature;
  const stamps = {
    id: '{id}',
    event: '{event}',
    attempt: 1,
    secrets: [findSigner(scheme).exampleSecret?.(options) ?? 'c2VjcmV0c2VjcmV0'],
    subscriptionId: '',
  };
  const all = prepareAttempt(policy, { ...stamps, body: Buffer.alloc(0), url: 'http://localhost/' }, 0);
  return Object.keys(all).map((name) => {
    if (name === 'Content-Type') return [name, policy.contentType];
    return [name, policy.headers[name] ?? `(by the signature scheme ${policy.signature.scheme})`];
  });
}

function rangeInWords({ from, to }: StatusRange): string {
  if (from === to) return `${from}`;
  if (from % 100 === 0 && to === from + 99) return `${from / 100}xx`;
  return from === 100 ? `below ${to + 1}` : `${from}-${to}`;
}

function retriesInWords(schedule: readonly number[]): string {
  if (schedule.length === 0) return 'no retries';
  const named = schedule.slice(0, mostNamed).map(durationInWords).join(', ');
  return `retried after ${named}${schedule.length > mostNamed ? `, … (${schedule.length} times)` : ''}`;
}
