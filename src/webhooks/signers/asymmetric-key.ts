import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SparringError } from '../../errors.ts';
import { isObject } from '../../json/is-object.ts';
import { remember } from './remember.ts';

/** The ways of signing with a private key: what is signed is the content itself; ECDSA signatures are DER. */
export const asymmetricAlgorithms = ['ed25519', 'ecdsa-p256', 'rsa-sha256'] as const;
export type AsymmetricAlgorithm = (typeof asymmetricAlgorithms)[number];

export function isAsymmetric(algorithm: string): algorithm is AsymmetricAlgorithm {
  return asymmetricAlgorithms.some((one) => one === algorithm);
}

/** DER around the 32 bytes of an Ed25519 key (RFC 8410): PKCS #8 for the private one, SPKI for the public one. */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

const names: Readonly<Record<AsymmetricAlgorithm, string>> = {
  ed25519: 'Ed25519',
  'ecdsa-p256': 'P-256',
  'rsa-sha256': 'RSA',
};

function isOf(key: KeyObject, algorithm: AsymmetricAlgorithm): boolean {
  if (algorithm === 'ed25519') return key.asymmetricKeyType === 'ed25519';
  if (algorithm === 'rsa-sha256') return key.asymmetricKeyType === 'rsa';
  return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
}

function attempted(read: () => KeyObject): KeyObject | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Bytes from hex or base64; undefined for a text that is neither. */
function bytesIn(text: string): Buffer | undefined {
  if (/^(?:[0-9a-f]{2})+$/i.test(text)) return Buffer.from(text, 'hex');
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

/** Raw Ed25519: 32 bytes are a public key, 64 the seed with its public key behind it. 32 bytes are never taken for a seed. */
function rawKey(bytes: Buffer): KeyObject | undefined {
  if (bytes.length === 32)
    return createPublicKey({ key: Buffer.concat([publicPrefix, bytes]), format: 'der', type: 'spki' });
  if (bytes.length !== 64) return undefined;
  const der = Buffer.concat([privatePrefix, bytes.subarray(0, 32)]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const own = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return own.subarray(-32).equals(bytes.subarray(32)) ? key : undefined;
}

function readKey(secret: string, algorithm: AsymmetricAlgorithm): KeyObject | undefined {
  const text = secret.trim();
  if (text.startsWith('-----BEGIN')) {
    // A line of an environment file writes line ends as \n.
    const pem = text.replaceAll('\\n', '\n');
    return attempted(() => createPrivateKey(pem)) ?? attempted(() => createPublicKey(pem));
  }
  if (text.startsWith('{')) return attempted(() => jsonWebKey(text));
  const bytes = bytesIn(text);
  if (bytes === undefined) return undefined;
  return (
    attempted(() => createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' })) ??
    attempted(() => createPublicKey({ key: bytes, format: 'der', type: 'spki' })) ??
    (algorithm === 'ed25519' ? attempted(() => rawKey(bytes) ?? refuse(algorithm)) : undefined)
  );
}

function jsonWebKey(text: string): KeyObject {
  const key: unknown = JSON.parse(text);
  if (!isObject(key)) throw new TypeError('A JSON Web Key is an object.');
  return 'd' in key
    ? createPrivateKey({ key: { ...key }, format: 'jwk' })
    : createPublicKey({ key: { ...key }, format: 'jwk' });
}

function refuse(algorithm: AsymmetricAlgorithm): never {
  const raw =
    algorithm === 'ed25519' ? ', or raw: 32 bytes of a public key, 64 of a seed with its public key' : '';
  throw new SparringError('usage', `The secret of this webhook is not an ${names[algorithm]} key.`, {
    next: `Give the key as PEM, as a JSON Web Key, or as hex or base64 of its DER (PKCS #8, SPKI)${raw}.`,
  });
}

const keyOf = remember((secret = '', algorithm = '') => {
  if (!isAsymmetric(algorithm)) throw new TypeError(`${algorithm} is no algorithm of key pairs.`);
  const key = readKey(secret, algorithm);
  return key && isOf(key, algorithm) ? key : refuse(algorithm);
});

/** The private key of a secret. Throws `usage` for what is no key of the algorithm, and for a public one. */
export function privateKeyOf(secret: string, algorithm: AsymmetricAlgorithm): KeyObject {
  const key = keyOf(secret, algorithm);
  if (key.type === 'private') return key;
  const raw = algorithm === 'ed25519' ? ', or as 64 bytes: the seed and the public key behind it' : '';
  throw new SparringError('usage', 'The secret of this webhook is a public key, which cannot sign.', {
    next: `Sign with the private key: as PEM, as a JSON Web Key, as PKCS #8 in hex or base64${raw}.`,
  });
}

/** The public key of a secret, which may be the private one. Throws `usage` for what is no key of the algorithm. */
export const publicKeyOf = remember((secret = '', algorithm = '') => {
  const key = keyOf(secret, algorithm);
  return key.type === 'private' ? createPublicKey(key) : key;
});

/** A new private key, as PEM. */
export function newPrivateKey(algorithm: AsymmetricAlgorithm): string {
  return newKey(algorithm).export({ format: 'pem', type: 'pkcs8' }).toString();
}

function newKey(algorithm: AsymmetricAlgorithm): KeyObject {
  if (algorithm === 'ed25519') return generateKeyPairSync('ed25519').privateKey;
  if (algorithm === 'rsa-sha256') return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}
