import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { SparringError } from '../../errors.ts';
import { remember } from './remember.ts';
import { sameText } from './same-text.ts';

/** DER around the 32 bytes of an Ed25519 key (RFC 8410): PKCS #8 for the private one, SPKI for the public one. */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * One secret of the Standard Webhooks scheme: how it signs a stamp (in Latin-1) and a body, and how it recognises a signature
 * such as `v1,…`.
 */
export interface StandardWebhooksKey {
  sign(stamp: string, body: Uint8Array): string;
  accepts(signature: string, stamp: string, body: Uint8Array): boolean;
}

function decode(secret: string, base64: string): Buffer {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > 0 && bytes.toString('base64').replace(/=+$/, '') === base64.replace(/=+$/, ''))
    return bytes;
  const prefix = /^wh[a-z]+_/.exec(secret)?.[0] ?? '';
  throw new SparringError('usage', `The webhook secret is not base64${prefix && ` after ${prefix}`}.`, {
    next: 'Use a secret of the form whsec_<base64>, or a key pair whsk_<base64> and whpk_<base64>.',
  });
}

function symmetricKey(bytes: Buffer): StandardWebhooksKey {
  const key = createSecretKey(bytes);
  const sign = (stamp: string, body: Uint8Array) =>
    `v1,${createHmac('sha256', key).update(stamp, 'latin1').update(body).digest('base64')}`;
  return { sign, accepts: (received, stamp, body) => sameText(received, sign(stamp, body)) };
}

function asymmetricKey(privateKey: KeyObject | undefined, publicKey: KeyObject): StandardWebhooksKey {
  return {
    sign(stamp, body) {
      if (privateKey) return `v1a,${sign(null, signedBytes(stamp, body), privateKey).toString('base64')}`;
      throw new SparringError('usage', 'A whpk_ key is public and cannot sign.', {
        next: 'Sign with the whsk_ key.',
      });
    },
    accepts(received, stamp, body) {
      const bytes = Buffer.from(received.slice(4), 'base64');
      // Only the one spelling: the decoder would take several for the same bytes.
      const canonical = received === `v1a,${bytes.toString('base64')}`;
      return canonical && bytes.length === 64 && verify(null, signedBytes(stamp, body), publicKey, bytes);
    },
  };
}

function signedBytes(stamp: string, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(stamp, 'latin1'), body]);
}

function ed25519Bytes(secret: string, bytes: Buffer, lengths: readonly number[]): Buffer {
  if (lengths.includes(bytes.length)) return bytes.subarray(0, 32);
  throw new SparringError(
    'usage',
    `The ${secret.slice(0, 5)} key has ${bytes.length} bytes; it must have ${lengths.join(' or ')}.`,
    { next: 'Use an Ed25519 key.' },
  );
}

/**
 * Reads `whsec_<base64>` (also without the prefix), `whsk_<base64>` (Ed25519 seed, or seed and public key) or
 * `whpk_<base64>` (public key); with the form `text`, the secret's own bytes for HMAC, whatever its prefix. Throws `usage`. Source: the Standard Webhooks specification, "Signature scheme".
 */
export const readStandardWebhooksKey = remember((secret = '', form = 'base64'): StandardWebhooksKey => {
  if (form === 'text') return symmetricKey(Buffer.from(secret, 'utf8'));
  if (secret.startsWith('whsk_')) {
    const seed = ed25519Bytes(secret, decode(secret, secret.slice(5)), [32, 64]);
    const key = Buffer.concat([privatePrefix, seed]);
    const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
    return asymmetricKey(privateKey, createPublicKey(privateKey));
  }
  if (secret.startsWith('whpk_')) {
    const key = Buffer.concat([publicPrefix, ed25519Bytes(secret, decode(secret, secret.slice(5)), [32])]);
    return asymmetricKey(undefined, createPublicKey({ key, format: 'der', type: 'spki' }));
  }
  return symmetricKey(decode(secret, secret.startsWith('whsec_') ? secret.slice(6) : secret));
});
