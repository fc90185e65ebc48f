import { hash, type KeyObject, sign, verify } from 'node:crypto';
import { isObject } from '../../json/is-object.ts';
import { newPrivateKey, privateKeyOf, publicKeyOf } from './asymmetric-key.ts';
import { checkTimestamp } from './check-timestamp.ts';
import { refuseUnknownOptions, textOption } from './options.ts';
import { sameText } from './same-text.ts';
import { invalid, type Signer } from './signer.ts';

const header = 'Plaid-Verification';

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}

/** The thumbprint of a public key (RFC 7638): a name that is the same each time. */
function thumbprintOf(key: KeyObject): string {
  const { crv, kty, x, y } = key.export({ format: 'jwk' });
  return hash('sha256', JSON.stringify({ crv, kty, x, y }), 'base64url');
}

function objectIn(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Whether a token is signed by a key: ECDSA over its first two parts, r and s side by side (RFC 7515, 3.4 of RFC 7518). */
function isSignedBy(secret: string, content: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  const key = { key: publicKeyOf(secret, 'ecdsa-p256'), dsaEncoding: 'ieee-p1363' } as const;
  return bytes.toString('base64url') === signature && verify('sha256', Buffer.from(content), key, bytes);
}

/**
 * A JSON Web Token (ES256) in `Plaid-Verification` that says time and SHA-256 of the body. Option: `keyId`, the `kid` of its header
 * (default: the key's thumbprint). Source: Plaid, "Verify webhooks".
 */
export const plaidSigner: Signer = {
  check(options) {
    refuseUnknownOptions(options, ['keyId']);
    textOption(options, 'keyId', '');
  },
  exampleSecret: () => newPrivateKey('ecdsa-p256'),
  sign({ body, secrets: [secret], timestamp }, options) {
    if (secret === undefined) return {};
    const key = privateKeyOf(secret, 'ecdsa-p256');
    const kid = textOption(options, 'keyId', '') || thumbprintOf(publicKeyOf(secret, 'ecdsa-p256'));
    const claims = { iat: timestamp, request_body_sha256: hash('sha256', body, 'hex') };
    const content = `${base64url({ alg: 'ES256', kid, typ: 'JWT' })}.${base64url(claims)}`;
    const signature = sign('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' });
    return { [header]: `${content}.${signature.toString('base64url')}` };
  },
  verify(delivery) {
    const token = delivery.headers.get(header.toLowerCase());
    if (token === undefined) return invalid('header-missing', `The header ${header} is missing.`);
    const [head = '', claims = '', signature = '', ...more] = token.split('.');
    const { iat, request_body_sha256: digest } = objectIn(claims);
    if (
      objectIn(head).alg !== 'ES256' ||
      more.length > 0 ||
      typeof iat !== 'number' ||
      typeof digest !== 'string'
    )
      return invalid(
        'header-malformed',
        `The header ${header} is no ES256 token with iat and request_body_sha256.`,
      );
    const secretIndex = delivery.secrets.findIndex((secret) =>
      isSignedBy(secret, `${head}.${claims}`, signature),
    );
    if (secretIndex < 0) return invalid('signature-mismatch', `The token in ${header} does not fit the key.`);
    if (!sameText(digest, hash('sha256', delivery.body, 'hex')))
      return invalid('signature-mismatch', `The token in ${header} is of another body.`);
    return checkTimestamp(iat, delivery) ?? { valid: true, secretIndex, timestamp: iat };
  },
};
