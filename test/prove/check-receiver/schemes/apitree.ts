import { createHmac } from 'node:crypto';
import { type Delivery, headerOf, sameText } from '../delivery.ts';

/** Whether the HMAC-SHA1 over URL and body is right. */
export function verifyApitree(delivery: Delivery, secrets: readonly string[]): boolean {
  const given = headerOf(delivery, 'x-apitree-signature');
  if (!given) return false;
  return secrets.some((secret) =>
    sameText(given, createHmac('sha1', secret).update(delivery.url).update(delivery.body).digest('base64')),
  );
}
