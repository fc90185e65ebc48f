import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Verify } from './received-request.ts';

/**
 * Mailgun's library (mailgun.js 14.0.1) has no verifier, so this follows its page "Securing Webhooks": HMAC-SHA256 of
 * `timestamp` and `token`, hexadecimal, all three from the object `signature` in the body.
 */
export const verify: Verify = ({ body }, signingKey) => {
  const { signature } = JSON.parse(body.toString('utf8'));
  const { timestamp, token, signature: given } = signature ?? {};
  if ([timestamp, token, given].some((value) => typeof value !== 'string')) return false;
  const expected = createHmac('sha256', signingKey).update(`${timestamp}${token}`).digest('hex');
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
};
