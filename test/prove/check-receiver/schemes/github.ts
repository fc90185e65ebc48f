import { createHmac } from 'node:crypto';
import { type Delivery, headerOf, sameText } from '../delivery.ts';

/** `sha256=<hex>` or `sha1=<hex>` over the body. */
export function githubSignature(secret: string, body: Buffer, algorithm: 'sha256' | 'sha1'): string {
  return `${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`;
}

/** Whether `X-Hub-Signature-256` is right; the older header is not looked at. */
export function verifyGithub(delivery: Delivery, secrets: readonly string[]): boolean {
  const given = headerOf(delivery, 'x-hub-signature-256');
  if (!given) return false;
  return secrets.some((secret) => sameText(given, githubSignature(secret, delivery.body, 'sha256')));
}
