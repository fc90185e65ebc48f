import { createHmac } from 'node:crypto';
import { checkTimestamp, parseTimestamp } from './check-timestamp.ts';
import { headerNameOption, refuseUnknownOptions } from './options.ts';
import { sameText } from './same-text.ts';
import { invalid, type Signer, type SignerOptions } from './signer.ts';

function headerOf(options: SignerOptions): string {
  return headerNameOption(options, 'header', 'Stripe-Signature');
}

function signatureOf(secret: string, timestamp: string, body: Uint8Array): string {
  return createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');
}

/**
 * `t=<Unix seconds>,v1=<hex>`, one `v1` for each secret that is still honoured; HMAC-SHA256 over `<t>.<body>` with the
 * secret as text. Option: `header` (default `Stripe-Signature`). Source: Stripe documentation, "Verify webhook signatures".
 */
export const stripeSigner: Signer = {
  check(options) {
    refuseUnknownOptions(options, ['header']);
    headerOf(options);
  },
  sign({ secrets, timestamp, body }, options) {
    if (secrets.length === 0) return {};
    const signatures = secrets.map((secret) => `v1=${signatureOf(secret, String(timestamp), body)}`);
    return { [headerOf(options)]: [`t=${timestamp}`, ...signatures].join(',') };
  },
  verify(delivery, options) {
    const header = headerOf(options);
    const received = delivery.headers.get(header.toLowerCase());
    if (received === undefined) return invalid('header-missing', `The header ${header} is missing.`);
    const items = received.split(',').map((item) => item.trim());
    const [stamp, ...furtherStamps] = items.filter((item) => item.startsWith('t='));
    const signatures = items.filter((item) => item.startsWith('v1=')).map((item) => item.slice(3));
    const timestamp = parseTimestamp(stamp?.slice(2) ?? '');
    if (timestamp === undefined || furtherStamps.length > 0 || signatures.length === 0) {
      return invalid('header-malformed', `The header ${header} does not have the form t=…,v1=….`);
    }
    const secretIndex = delivery.secrets.findIndex((secret) => {
      const expected = signatureOf(secret, stamp?.slice(2) ?? '', delivery.body);
      return signatures.some((signature) => sameText(signature, expected));
    });
    if (secretIndex < 0) {
      return invalid('signature-mismatch', `No v1 signature in ${header} fits the delivery and the secret.`);
    }
    return checkTimestamp(timestamp, delivery) ?? { valid: true, secretIndex, timestamp };
  },
};
