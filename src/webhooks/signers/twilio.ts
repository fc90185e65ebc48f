import { hash } from 'node:crypto';
import { hmacSigner } from './hmac.ts';
import { sameText } from './same-text.ts';
import {
  invalid,
  type ReceivedDelivery,
  type Signer,
  type SignerOptions,
  type Verification,
} from './signer.ts';

const form = /^application\/x-www-form-urlencoded\b/i;

const byTemplate = hmacSigner({
  header: 'X-Twilio-Signature',
  algorithm: 'sha1',
  encoding: 'base64',
  content: '{url}{form-sorted}',
});

/** Whether the URL must say the digest of the body: it has one, and is no form, whose fields are signed. */
function needsDigest(body: Uint8Array, contentType = ''): boolean {
  return body.length > 0 && !form.test(contentType);
}

/** The URL as it is registered, with the digest behind its query, before a fragment; nothing else of it changes. */
function withDigest(url: string, body: Uint8Array): string {
  const [, base = url, fragment = ''] = /^([^#]*)(#.*)?$/s.exec(url) ?? [];
  return `${base}${base.includes('?') ? '&' : '?'}bodySHA256=${hash('sha256', body, 'hex')}${fragment}`;
}

/** The URL as it is, without its port, and with the port its scheme has anyway: senders sign one of them. */
function spellingsOf(url: string): readonly string[] {
  const [, start = '', port = '', rest = ''] = /^(https?:\/\/[^/?#]*?)(:\d+)?([/?#].*)?$/is.exec(url) ?? [];
  if (start === '') return [url];
  const usual = /^https:/i.test(url) ? ':443' : ':80';
  return [url, port === '' ? `${start}${usual}${rest}` : `${start}${rest}`];
}

/** Where the URL says a digest, the fields of the body are not signed, whatever its media type. */
function unformed(headers: ReceivedDelivery['headers']): ReceivedDelivery['headers'] {
  return new Map([...headers].filter(([name]) => name !== 'content-type'));
}

function verify(delivery: ReceivedDelivery, options: SignerOptions): Verification {
  const { body, headers, url } = delivery;
  if (url === undefined) return byTemplate.verify(delivery, options);
  const digest = URL.parse(url, 'http://localhost')?.searchParams.get('bodySHA256') ?? undefined;
  const signed = digest === undefined ? delivery : { ...delivery, headers: unformed(headers) };
  const verifications = spellingsOf(url).map((spelling) =>
    byTemplate.verify({ ...signed, url: spelling }, options),
  );
  const [first = byTemplate.verify(signed, options)] = verifications;
  const verification = verifications.find(({ valid }) => valid) ?? first;
  if (!verification.valid || (digest === undefined && !needsDigest(body, headers.get('content-type'))))
    return verification;
  if (sameText(digest?.toLowerCase() ?? '', hash('sha256', body, 'hex'))) return verification;
  return invalid('signature-mismatch', 'The bodySHA256 in the URL does not fit the body.');
}

/**
 * HMAC-SHA1 over the URL and the sorted fields of a form; for another body, over the URL with `bodySHA256` in its query. Options as
 * `hmac`. Source: Twilio, "Webhooks security" and error 57012, and its library.
 */
export const twilioSigner: Signer = {
  ...byTemplate,
  write({ body, headers, secrets, url }) {
    const contentType = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type');
    return secrets.length > 0 && needsDigest(body, contentType?.[1]) ? { url: withDigest(url, body) } : {};
  },
  verify,
};
