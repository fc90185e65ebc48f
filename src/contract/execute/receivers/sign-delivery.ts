import { createHmac } from 'node:crypto';
import type { DeliveryPolicy } from '../../../webhooks/policy.ts';
import {
  type AttemptInput,
  prepareAttempt,
  type SignedAttempt,
  signAttempt,
} from '../../../webhooks/prepare-attempt.ts';
import type { Forgery, ReceiverDelivery } from '../../model/receiver-run.ts';

/** A request's head, as it goes out. */
export interface SignedHead {
  readonly headers: Readonly<Record<string, string>>;
  /** Those that only whoever knows the secret can write. */
  readonly proofs: readonly string[];
  /** As they are sent: some schemes write into them. */
  readonly body: Uint8Array;
  readonly url: string;
}

/**
 * Stamps and signs a delivery now, or as it strays.
 *
 * @param now milliseconds since the Unix epoch, real time
 * @throws SparringError `usage` for a secret that the scheme cannot take
 */
export function signDelivery(delivery: ReceiverDelivery, url: string, now: number): SignedHead {
  const { age = 0, body, event, forgery, id, policy, secrets, signed = body, subscriptionId } = delivery;
  const input = { body: signed, url, id, event, attempt: 1, secrets, subscriptionId };
  const at = stampedAt(age, now);
  const written = writtenAttempt(policy, input, at);
  const right = written.headers;
  const unproven = prepareAttempt(policy, { ...input, secrets: [] }, at);
  const proofs = Object.keys(right).filter((name) => unproven[name] !== right[name]);
  const forged = forgery === undefined ? right : forgedHeaders(right, proofs, forgery, { delivery, url, at });
  const added = Object.entries(delivery.headers ?? {}).map(([name, value]) => [
    name,
    value.replace('{now}', new Date(now).toUTCString()),
  ]);
  return {
    headers: { ...forged, ...Object.fromEntries(added) },
    proofs,
    body: delivery.signed ? body : written.body,
    url: written.url,
  };
}

/** Milliseconds; of what is no time such as are written "Infinity", since "NaN" is what some libraries make of any text. */
function stampedAt(age: number, now: number): number {
  if (Number.isNaN(age)) return Number.POSITIVE_INFINITY;
  // A time in milliseconds where seconds belong.
  return age === Number.NEGATIVE_INFINITY ? now * 1000 : now - age * 1000;
}

/** What is no event may have no place for a signature; it goes out as it is. */
function writtenAttempt(policy: DeliveryPolicy, input: AttemptInput, at: number): SignedAttempt {
  try {
    return signAttempt(policy, input, at);
  } catch {
    return { body: input.body, url: input.url, headers: prepareAttempt(policy, input, at) };
  }
}

type Headers = Readonly<Record<string, string>>;

interface Signing {
  readonly delivery: ReceiverDelivery;
  readonly url: string;
  readonly at: number;
}

function forgedHeaders(
  headers: Headers,
  proofs: readonly string[],
  forgery: Forgery,
  signing: Signing,
): Headers {
  const [name = ''] = proofs;
  const value = headers[name] ?? '';
  const { start, signature, end } = partsOf(value);
  switch (forgery) {
    case 'unsigned':
      return without(headers, proofs);
    case 'emptied':
      return { ...headers, [name]: '' };
    case 'bare':
      return { ...headers, [name]: start.trimEnd() };
    case 'halved':
      return { ...headers, [name]: start + signature.slice(0, Math.ceil(signature.length / 2)) };
    case 'longer':
      return { ...headers, [name]: `${value}0` };
    case 'end-changed':
      return { ...headers, [name]: start + endChanged(signature) + end };
    case 'case-changed':
      return { ...headers, [name]: start + caseChanged(signature) + end };
    case 'weaker':
      return weaker(headers, proofs, signing);
    case 'empty-key':
      return emptyKeyed(headers, name, signing);
  }
}

function without(headers: Headers, names: readonly string[]): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

/** What stands before the signature in a header's value, the signature, and the signs that fill it up. */
function partsOf(value: string): { start: string; signature: string; end: string } {
  const [, start = '', signature = value, end = ''] = /^(.*?[=,: ])?([^=,: ]+)(=*)$/s.exec(value) ?? [];
  // The prefix reaches as far as it can: `t=1,v1=` of `t=1,v1=ab`.
  const at = Math.max(
    ...['=', ',', ':', ' '].map((sign) => value.slice(0, value.length - end.length).lastIndexOf(sign)),
  );
  if (at < 0) return { start, signature, end };
  const stop = value.length - end.length;
  return { start: value.slice(0, at + 1), signature: value.slice(at + 1, stop), end };
}

/** The last sign of a signature but one: of the very last, base64 may leave some bits unused. */
function endChanged(signature: string): string {
  const at = Math.max(0, signature.length - 2);
  const changed = signature[at] === '0' || signature[at] === 'A' ? '1' : '0';
  return signature.slice(0, at) + changed + signature.slice(at + 1);
}

/** Hexadecimal is the same in both cases, so that another digit takes the place of a letter there. */
function caseChanged(signature: string): string {
  if (/^[0-9a-f]+$/i.test(signature)) return endChanged(endChanged(signature).toUpperCase());
  const letters = /[a-z](?=[^a-z]*$)/i.exec(signature.slice(0, -2));
  if (!letters) return endChanged(signature);
  const { index } = letters;
  const letter = signature[index] ?? '';
  const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
  return signature.slice(0, index) + other + signature.slice(index + 1);
}

/** An older signature alone: one beside the first, or under the name of an older version. */
function weaker(headers: Headers, proofs: readonly string[], { delivery, at }: Signing): Headers {
  const [name = '', ...older] = proofs;
  if (older.length > 0) return without(headers, [name]);
  const { policy, secrets, signed = delivery.body } = delivery;
  if (policy.signature.scheme !== 'stripe') return { ...headers, [name]: `v0${headers[name] ?? ''}` };
  const time = Math.floor(at / 1000);
  const digest = createHmac('sha1', secrets[0] ?? '')
    .update(`${time}.`)
    .update(signed)
    .digest('hex');
  return { ...headers, [name]: `t=${time},v0=${digest}` };
}

/** As whoever guesses that the receiver's secret was never set. */
function emptyKeyed(headers: Headers, name: string, { at, delivery, url }: Signing): Headers {
  const { body, event, id, policy, signed = body, subscriptionId } = delivery;
  if (policy.signature.scheme === 'standard-webhooks') {
    const stamp = `${id}.${Math.floor(at / 1000)}.`;
    const digest = createHmac('sha256', '').update(stamp).update(signed).digest('base64');
    return { ...headers, [name]: `v1,${digest}` };
  }
  return prepareAttempt(
    policy,
    { body: signed, url, id, event, attempt: 1, secrets: [''], subscriptionId },
    at,
  );
}
