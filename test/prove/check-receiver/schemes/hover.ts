import { createHash, createHmac } from 'node:crypto';
import { type Delivery, headerOf, sameText } from '../delivery.ts';

/** The signed text: media type, MD5 of the body, path and date, joined by commas. */
function contentOf(delivery: Delivery): string {
  const digest = createHash('md5').update(delivery.body).digest('base64');
  const { pathname } = new URL(delivery.url);
  return [headerOf(delivery, 'content-type'), digest, pathname, headerOf(delivery, 'date')].join(',');
}

/** Whether a header of the form `<algorithm>=<id>:<base64>` is right. */
export function verifyHoverHeader(
  delivery: Delivery,
  secrets: readonly string[],
  name: string,
  algorithm: 'sha256' | 'sha1',
): boolean {
  const given = new RegExp(`^${algorithm}=[^:]*:(.+)$`).exec(headerOf(delivery, name) ?? '')?.[1];
  if (!given) return false;
  const content = contentOf(delivery);
  return secrets.some((secret) =>
    sameText(given, createHmac(algorithm, secret).update(content).digest('base64')),
  );
}

/** Whether the delivery is signed by SHA-256, and its date at most ten minutes away. */
export function verifyHover(delivery: Delivery, secrets: readonly string[]): boolean {
  const age = Date.now() - Date.parse(headerOf(delivery, 'date') ?? '');
  return Math.abs(age) <= 600_000 && verifyHoverHeader(delivery, secrets, 'hover-signature-256', 'sha256');
}
