import { createHmac } from 'node:crypto';
import { type Delivery, headerOf, nowInSeconds, sameText } from '../delivery.ts';

/** Five minutes, the default of Stripe's own libraries. */
const tolerance = 300;

/** The parts of a `Stripe-Signature` header: the stamp, and the signatures by their version. */
export function stripeParts(header: string): { stamp: string; v1: string[]; v0: string[] } {
  const parts = header.split(',').map((part) => part.split('='));
  const valuesOf = (name: string) => parts.flatMap(([key, value]) => (key === name && value ? [value] : []));
  return { stamp: valuesOf('t')[0] ?? '', v1: valuesOf('v1'), v0: valuesOf('v0') };
}

/** Hexadecimal HMAC of stamp and body. */
export function stripeSignature(
  secret: string,
  stamp: string,
  body: Buffer,
  algorithm: 'sha256' | 'sha1' = 'sha256',
): string {
  return createHmac(algorithm, secret).update(`${stamp}.`).update(body).digest('hex');
}

/** Whether a stamp is not older than the tolerance. */
export function stripeStampIsFresh(stamp: string): boolean {
  return /^\d+$/.test(stamp) && nowInSeconds() - Number(stamp) <= tolerance;
}

/** Whether one of the `v1` signatures is right, and the stamp fresh. */
export function verifyStripe(delivery: Delivery, secrets: readonly string[]): boolean {
  const header = headerOf(delivery, 'stripe-signature');
  if (!header) return false;
  const { stamp, v1 } = stripeParts(header);
  if (!stripeStampIsFresh(stamp)) return false;
  const expected = secrets.map((secret) => stripeSignature(secret, stamp, delivery.body));
  return v1.some((one) => expected.some((right) => sameText(one, right)));
}
