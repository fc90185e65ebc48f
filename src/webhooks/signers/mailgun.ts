import { createHmac, hash } from 'node:crypto';
import { isObject } from '../../json/is-object.ts';
import { childOf } from '../../json/json-pointer.ts';
import { checkTimestamp, parseTimestamp } from './check-timestamp.ts';
import { parseJsonBody, parseJsonObject, serialiseJsonBody } from './json-body.ts';
import { refuseUnknownOptions } from './options.ts';
import { sameText } from './same-text.ts';
import { invalid, type Signer } from './signer.ts';

function signatureOf(secret: string, timestamp: string, token: string): string {
  return createHmac('sha256', secret).update(timestamp).update(token).digest('hex');
}

/**
 * HMAC-SHA256 over time and token, hex, all three in `signature` of the body, whose events are not themselves signed. Another time
 * has another token. Source: Mailgun, "Securing webhooks".
 */
export const mailgunSigner: Signer = {
  check: (options) => refuseUnknownOptions(options, []),
  write({ body, corrupt, id, secrets: [secret], timestamp }) {
    if (secret === undefined) return {};
    const { signature: _, ...rest } = parseJsonObject(body, 'mailgun');
    const seconds = String(timestamp);
    const token = hash('sha512', `${id} ${seconds}`, 'hex').slice(0, 50);
    const signature = signatureOf(secret, seconds, corrupt ? `${token} ` : token);
    return { body: serialiseJsonBody({ signature: { timestamp: seconds, token, signature }, ...rest }) };
  },
  sign: () => ({}),
  verify(delivery) {
    const part = childOf(parseJsonBody(delivery.body), 'signature');
    if (!isObject(part)) return invalid('signature-missing', 'The body has no object "signature".');
    const { signature, timestamp: stamp, token } = part;
    const isText = typeof signature === 'string' && typeof stamp === 'string' && typeof token === 'string';
    const timestamp = isText ? parseTimestamp(stamp) : undefined;
    if (!isText || timestamp === undefined)
      return invalid(
        'signature-malformed',
        'The "signature" of the body needs the texts timestamp, token and signature.',
      );
    const secretIndex = delivery.secrets.findIndex((secret) =>
      sameText(signatureOf(secret, stamp, token), signature),
    );
    if (secretIndex < 0)
      return invalid(
        'signature-mismatch',
        'The signature in the body does not fit its time, its token and the secret.',
      );
    return checkTimestamp(timestamp, delivery) ?? { valid: true, secretIndex, timestamp, id: token };
  },
};
