import { hmacSigner } from './hmac.ts';

/**
 * Content type, MD5 of the body, path without query and date, joined by commas; the value names the webhook's id.
 * Source: developers.hover.to/docs/webhook-signature-verification. The id before the colon is not itself signed.
 */
export const hoverSigner = hmacSigner({
  header: 'Hover-Signature-256',
  prefix: 'sha256={subscription-id}:',
  encoding: 'base64',
  content: '{content-type},{body-md5-base64},{path},{date}',
  headers: { Date: '{date}' },
  also: [{ header: 'Hover-Signature', prefix: 'sha1={subscription-id}:', algorithm: 'sha1' }],
});
