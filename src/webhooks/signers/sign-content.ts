import { sign, verify } from 'node:crypto';
import { isAsymmetric, privateKeyOf, publicKeyOf } from './asymmetric-key.ts';
import { contentPieces, type SignedParts } from './content.ts';
import { hmacDigest } from './hmac-digest.ts';
import type { HmacTemplate, SignatureHeader } from './hmac-options.ts';
import { sameText } from './same-text.ts';

function contentBytes(template: HmacTemplate, parts: SignedParts): Buffer {
  return Buffer.concat(contentPieces(template.content, parts).map((piece) => Buffer.from(piece)));
}

/** What Node calls the hash of an algorithm; Ed25519 has its own within. */
function hashOf(algorithm: SignatureHeader['algorithm']): 'sha256' | null {
  return algorithm === 'ed25519' ? null : 'sha256';
}

/** The signature of one header, as text: an HMAC, or by a private key. Throws `usage` for a key of the wrong form. */
export function signContent(
  template: HmacTemplate,
  signature: SignatureHeader,
  secret: string,
  parts: SignedParts,
): string {
  const { algorithm, encoding } = signature;
  if (!isAsymmetric(algorithm))
    return hmacDigest(template.key, algorithm, encoding, secret, contentPieces(template.content, parts));
  return sign(hashOf(algorithm), contentBytes(template, parts), privateKeyOf(secret, algorithm)).toString(
    encoding,
  );
}

/** Whether a received signature is that of the content; the secret may be the public key. Throws as `signContent`. */
export function fitsContent(
  template: HmacTemplate,
  signature: SignatureHeader,
  secret: string,
  parts: SignedParts,
  received: string,
): boolean {
  const { algorithm, encoding } = signature;
  if (!isAsymmetric(algorithm)) return sameText(signContent(template, signature, secret, parts), received);
  const key = publicKeyOf(secret, algorithm);
  const bytes = Buffer.from(received, encoding);
  // Only one spelling: the decoder would take several for the same bytes. Hex may be written in upper case.
  const spelling = encoding === 'hex' ? received.toLowerCase() : received;
  return (
    bytes.toString(encoding) === spelling &&
    verify(hashOf(algorithm), contentBytes(template, parts), key, bytes)
  );
}
