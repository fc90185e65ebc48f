import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** Another private key of the same type, written in the same form: PEM, a JSON Web Key, DER or a raw Ed25519 pair; undefined for what is none. */
export function anotherPrivateKey(text: string): string | undefined {
  if (text.startsWith('-----BEGIN')) {
    const other = anotherLike(read(() => createPrivateKey(text.replaceAll('\\n', '\n'))));
    return other && String(other.export({ format: 'pem', type: 'pkcs8' }));
  }
  if (text.startsWith('{')) {
    const other = anotherLike(read(() => createPrivateKey({ key: JSON.parse(text), format: 'jwk' })));
    return other && JSON.stringify(other.export({ format: 'jwk' }));
  }
  const encoding = /^(?:[0-9a-f]{2})+$/i.test(text) ? 'hex' : 'base64';
  const bytes = Buffer.from(text, encoding);
  const der = read(() => createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' }));
  return (
    anotherLike(der)?.export({ format: 'der', type: 'pkcs8' }).toString(encoding) ?? rawPair(bytes, encoding)
  );
}

/** The seed with its public key behind it, as 64 bytes. */
function rawPair(bytes: Buffer, encoding: 'hex' | 'base64'): string | undefined {
  if (bytes.length !== 64) return undefined;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
  const shown = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return Buffer.concat([seed, shown]).toString(encoding);
}

function read(make: () => KeyObject): KeyObject | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

function anotherLike(key: KeyObject | undefined): KeyObject | undefined {
  const { asymmetricKeyDetails, asymmetricKeyType } = key ?? {};
  if (asymmetricKeyType === 'ed25519') return generateKeyPairSync('ed25519').privateKey;
  if (asymmetricKeyType === 'rsa') return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  if (asymmetricKeyType !== 'ec') return undefined;
  return generateKeyPairSync('ec', { namedCurve: asymmetricKeyDetails?.namedCurve ?? 'prime256v1' })
    .privateKey;
}
